//! Frames in both directions.

use crate::samples::*;
use flagship_protocol::commands::*;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::*;
use flagship_protocol::ids::StreamId;
use flagship_protocol::model::*;
use flagship_protocol::moderation::*;

#[test]
fn client_frames_look_like_this_and_are_read_back() {
    let positions: Positions = [
        (StreamId::Session, 12),
        (StreamId::Room("ab".parse().unwrap()), 34),
        (StreamId::Moderators, 5),
        (StreamId::Participant("auth0|grace:1 %é".parse().unwrap()), 2),
    ]
    .into();
    let frames = vec![
        ClientFrame::Hello(Hello { resume: None }),
        ClientFrame::Hello(Hello {
            resume: Some(Resume {
                epoch: "e".into(),
                streams: positions.clone(),
            }),
        }),
        ClientFrame::Command(CommandFrame {
            id: "k1".parse().unwrap(),
            command: LeaveRoom { room_id: None }.into(),
        }),
        ClientFrame::Cursor(Cursor {
            received: positions.clone(),
            read: positions.clone(),
            announced: [("room:main".parse().unwrap(), 5)].into(),
            ..Cursor::default()
        }),
        ClientFrame::Cursor(Cursor {
            received: positions.clone(),
            read: positions,
            ..Cursor::default()
        }),
        ClientFrame::Cursor(Cursor {
            mark: Some("5e1f".into()),
            ..Cursor::default()
        }),
        ClientFrame::Typing(Typing {
            room_id: Some("ab".parse().unwrap()),
            participant_id: None,
        }),
        ClientFrame::Typing(Typing {
            room_id: None,
            participant_id: Some("grace".parse().unwrap()),
        }),
        ClientFrame::Auth(Auth { token: "a.b.c".into() }),
    ];
    for frame in &frames {
        let text = serde_json::to_string(frame).unwrap();
        assert_eq!(&ClientFrame::decode(&text).unwrap(), frame);
    }
    let text = serde_json::to_string(&frames).unwrap();
    let read: Vec<_> = decode_message(&text).unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(read, frames, "an array of frames");
    insta::assert_json_snapshot!("client_frames", frames);
}

#[test]
fn server_frames_look_like_this() {
    let streams: Positions = [(StreamId::Session, 2), ("room:main".parse().unwrap(), 0)].into();
    let snapshot = Snapshot {
        session: session(),
        participants: vec![participant()],
        rooms: vec![room()],
        connected: vec!["ada".parse().unwrap()],
        messages: vec![message()],
        moderation: Some(moderation()),
        own: Own {
            help: vec![help_request()],
            profile: profile(),
            direct_messages: vec![direct_message()],
        },
    };
    let welcome = |resumed: bool| Welcome {
        protocol: 1,
        epoch: "e".into(),
        server_time: 5_000,
        participant: participant(),
        resumed,
        streams: streams.clone(),
        snapshot: (!resumed).then(|| snapshot.clone()),
        messages: vec![],
        moderation: resumed.then(moderation),
        read: if resumed { streams.clone() } else { Positions::new() },
    };
    let ack = Ack {
        id: "k1".parse().unwrap(),
        rev: 97,
        duplicate: false,
        result: CommandResult::default(),
        streams: None,
        messages: vec![],
        moderation: None,
    };
    let forbidden = ErrorBody {
        needs: Some(vec![Role::Host, Role::Moderator]),
        have: Some(Role::Participant),
        ..ErrorBody::new(ErrorCode::Forbidden, "no")
    };
    let event = SequencedEvent {
        event: Event::MessageCreated { message: message() },
        seq: 1,
        rev: 5,
        at: 3_000,
    };
    let frames = vec![
        ServerFrame::Welcome(welcome(false)),
        ServerFrame::Welcome(welcome(true)),
        ServerFrame::Events(Events {
            stream: "room:r3".parse().unwrap(),
            from: 0,
            events: vec![event],
        }),
        ServerFrame::Ack(ack.clone()),
        ServerFrame::Ack(Ack {
            duplicate: true,
            result: CommandResult {
                session: Some(session()),
                participant: Some(participant()),
                room: Some(room()),
                help_request: Some(help_request()),
                profile: Some(profile()),
                rooms: Some(vec![room()]),
                message: Some(edited_message()),
                direct_message: Some(direct_message()),
            },
            streams: Some(streams.clone()),
            messages: vec![message()],
            moderation: Some(moderation()),
            ..ack
        }),
        ServerFrame::Nack(Nack {
            id: Some("k1".parse().unwrap()),
            error: forbidden,
        }),
        ServerFrame::Nack(Nack {
            id: None,
            error: ErrorBody::new(ErrorCode::Unavailable, "later"),
        }),
        ServerFrame::Nack(Nack {
            id: Some("k2".parse().unwrap()),
            error: ErrorBody {
                field: Some("roomId".into()),
                retry_after_ms: Some(4_000),
                current: Some(Box::new(room())),
                current_session: Some(Box::new(session())),
                current_participant: Some(Box::new(participant())),
                ..ErrorBody::new(ErrorCode::Stale, "look again")
            },
        }),
        ServerFrame::Presence(Presence {
            connected: vec!["ada".parse().unwrap()],
            disconnected: vec![],
        }),
        ServerFrame::Typing(TypingNotice {
            room_id: "r3".parse().unwrap(),
            participant_id: "ada".parse().unwrap(),
        }),
        ServerFrame::Receipts(Receipts {
            stream: "room:r3".parse().unwrap(),
            members: 4,
            received: vec![(9, 3), (7, 1)],
            read: vec![(7, 2)],
            announced: vec![(9, 1), (7, 2)],
        }),
        ServerFrame::DirectTyping(DirectTyping {
            participant_id: "ada".parse().unwrap(),
        }),
        ServerFrame::Read(ReadPositions {
            read: [
                ("room:r3".parse().unwrap(), 7),
                (StreamId::Participant("auth0|ada".parse().unwrap()), 9),
            ]
            .into(),
        }),
        ServerFrame::Receipts(Receipts {
            stream: "participant:ada".parse().unwrap(),
            members: 2,
            received: vec![(9, 1)],
            read: vec![],
            announced: vec![],
        }),
        ServerFrame::Notice(Notice::StreamsChanged {
            streams,
            messages: vec![message()],
            moderation: Some(moderation()),
        }),
        ServerFrame::Notice(Notice::Authenticated { expires_at: 9_000 }),
        ServerFrame::Notice(Notice::Confirm { mark: "5e1f".into() }),
        ServerFrame::Notice(Notice::TokenExpired { closes_at: 9_000 }),
    ];
    for frame in &frames {
        assert_eq!(&serde_json::from_str::<ServerFrame>(&frame.to_json()).unwrap(), frame);
    }
    insta::assert_json_snapshot!("server_frames", frames);
}
