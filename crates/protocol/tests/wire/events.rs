//! Events.

use crate::samples::*;
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::model::*;
use flagship_protocol::moderation::*;
use flagship_protocol::text::MessageContent;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn events_look_like_this() {
    let participant_id = || "grace".parse().unwrap();
    let room_id = || "r3".parse().unwrap();
    let events = [
        Event::SessionCreated {
            session: session(),
            epoch: "e".into(),
        },
        Event::SessionUpdated { session: session() },
        Event::SessionEnded {
            session: Session {
                state: SessionState::Ended,
                ..session()
            },
        },
        Event::ParticipantJoined {
            participant: participant(),
        },
        Event::ParticipantLeft {
            participant_id: participant_id(),
        },
        Event::ParticipantUpdated {
            participant: participant(),
        },
        Event::ParticipantRemoved {
            participant_id: participant_id(),
        },
        Event::ParticipantBanned {
            participant_id: participant_id(),
        },
        Event::ParticipantUnbanned {
            participant_id: participant_id(),
        },
        Event::BreakoutRoomCreated { room: room() },
        Event::BreakoutRoomUpdated {
            room: Room {
                capacity: None,
                ..room()
            },
        },
        Event::BreakoutRoomOpened { room: room() },
        Event::BreakoutRoomWarning {
            room_id: room_id(),
            ends_at: 9_000,
            remaining_ms: 60_000,
        },
        Event::BreakoutRoomClosing {
            room: Room {
                state: RoomState::Closing,
                ends_at: None,
                closes_at: Some(9_500),
                ..room()
            },
        },
        Event::ParticipantsAssigned {
            assignments: vec![assignment()],
        },
        Event::BreakoutRoomClosed {
            room: Room {
                state: RoomState::Closed,
                ..room()
            },
        },
        Event::BreakoutRoomDeleted { room_id: room_id() },
        Event::BreakoutRoomJoined {
            room_id: room_id(),
            participant_id: participant_id(),
        },
        Event::BreakoutRoomLeft {
            room_id: room_id(),
            participant_id: participant_id(),
        },
        Event::GuestsAssigned {
            assignments: vec![
                guest(),
                GuestAssignment {
                    room_id: None,
                    ..guest()
                },
            ],
        },
        Event::HelpRequested {
            request: HelpRequest {
                kind: HelpKind::Help,
                state: HelpState::Waiting,
                text: None,
                about_participant_id: None,
                claimed_by: None,
                claimed_at: None,
                ..help_request()
            },
        },
        Event::HelpUpdated {
            request: HelpRequest {
                state: HelpState::Resolved,
                closed_at: Some(5_000),
                ..help_request()
            },
        },
        Event::ProfileUpdated {
            participant_id: participant_id(),
            profile: profile(),
        },
        Event::MessageCreated { message: message() },
        Event::MessageEdited {
            message: edited_message(),
        },
        Event::MessageDeleted {
            room_id: room_id(),
            message_id: "m5".parse().unwrap(),
            deleted_by: participant_id(),
        },
        Event::MessageReacted {
            room_id: room_id(),
            message_id: "m5".parse().unwrap(),
            participant_id: participant_id(),
            emoji: "👍".parse().unwrap(),
            added: true,
        },
        Event::DirectMessageCreated {
            message: direct_message(),
        },
        Event::DirectMessageEdited {
            message: DirectMessage {
                content: "It is settled".parse().unwrap(),
                reply_to: Some("m6".parse().unwrap()),
                reactions: vec![reaction()],
                edited_at: Some(4_000),
                version: Some(9),
                ..direct_message()
            },
        },
        Event::DirectMessageDeleted {
            message_id: "m7".parse().unwrap(),
            sender_id: participant_id(),
            recipient_id: "ada".parse().unwrap(),
            version: 9,
        },
        Event::DirectMessageReacted {
            message_id: "m7".parse().unwrap(),
            sender_id: participant_id(),
            recipient_id: "ada".parse().unwrap(),
            participant_id: participant_id(),
            emoji: "👍".parse().unwrap(),
            added: false,
            version: 9,
        },
    ];
    let tags: BTreeSet<String> = events.iter().map(|event| json!(event)["type"].to_string()).collect();
    assert_eq!(tags.len(), events.len(), "every event has one sample");
    let sequenced: Vec<SequencedEvent> = events
        .into_iter()
        .zip(1..)
        .map(|(event, seq)| SequencedEvent {
            event,
            seq,
            rev: seq,
            at: 1_000,
        })
        .collect();
    let text = serde_json::to_string(&sequenced).unwrap();
    assert_eq!(serde_json::from_str::<Vec<SequencedEvent>>(&text).unwrap(), sequenced);
    insta::assert_json_snapshot!("events", sequenced);
}

/// A message takes a shorter way into JSON than other events, to the same text.
#[test]
fn a_message_is_written_like_every_event() {
    let event = Event::MessageCreated { message: message() };
    let mut expected = json!(event);
    for (name, number) in [("seq", 1), ("rev", 5), ("at", 1_000)] {
        expected[name] = json!(number);
    }
    let (seq, rev, at) = (1, 5, 1_000);
    assert_eq!(json!(SequencedEvent { event, seq, rev, at }), expected);
}

/// The journal finds them by it.
#[test]
fn an_event_begins_with_what_it_is() {
    let sequenced = SequencedEvent {
        event: Event::MessageCreated { message: message() },
        seq: 1,
        rev: 5,
        at: 1_000,
    };
    let text = serde_json::to_string(&[sequenced]).unwrap();
    assert!(text.starts_with(r#"[{"type":"message_created","message":{"#), "{text}");
}

#[test]
fn only_a_deleted_message_says_nothing() {
    let deleted = Message {
        content: MessageContent::nothing(),
        deleted_at: Some(4_000),
        deleted_by: Some("ada".parse().unwrap()),
        version: Some(9),
        ..message()
    };
    let text = serde_json::to_string(&deleted).unwrap();
    assert!(text.contains(r#""content":"""#));
    assert_eq!(serde_json::from_str::<Message>(&text).unwrap(), deleted);
    assert!(
        serde_json::from_str::<MessageContent>(r#""""#).is_err(),
        "nobody says nothing"
    );
}
