//! Speaking, and retrying.

use crate::support::{Stage, actor, id};
use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::Role;
use flagship_session::{NewSession, Session};

fn hello(room_id: &RoomId) -> SendMessage {
    SendMessage {
        room_id: room_id.clone(),
        content: "hello".parse().unwrap(),
        reply_to: None,
        mentions: vec![],
        seen_session: None,
    }
}

#[test]
fn messages_of_a_room_are_numbered_without_gaps() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    stage.join("linus", &red);
    let mut seqs = Vec::new();
    for _ in 0..3 {
        seqs.push(stage.say("grace", &blue, "b").unwrap().result.message.unwrap().seq);
        stage.say("linus", &red, "r").unwrap();
        stage.say("ada", &RoomId::main(), "m").unwrap();
    }
    assert_eq!(seqs, [1, 2, 3]);
    stage.check();
}

#[test]
fn one_speaks_in_main_and_in_the_room_one_is_in() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    stage.say("grace", &blue, "here").unwrap();
    stage.say("grace", &RoomId::main(), "and there").unwrap();
    assert_eq!(stage.is_refused("grace", hello(&red)), ErrorCode::NotInRoom);
    assert_eq!(
        stage.is_refused("grace", hello(&"nowhere".parse().unwrap())),
        ErrorCode::RoomNotFound
    );
    stage.promote("grace", Role::Moderator);
    stage.say("grace", &red, "from outside").unwrap();
}

/// A message that was written at a position of the `session` stream.
fn written(room_id: &RoomId, seen_session: u64) -> SendMessage {
    SendMessage {
        seen_session: Some(seen_session),
        ..hello(room_id)
    }
}

fn moved(who: &str, room_id: &RoomId) -> MoveParticipant {
    MoveParticipant {
        participant_id: id(who),
        room_id: room_id.clone(),
        expected_room_id: None,
    }
}

/// The position of the `session` stream.
fn position(stage: &Stage) -> u64 {
    stage.session.state().head(&StreamId::Session)
}

#[test]
fn what_was_on_its_way_when_its_writer_was_moved_goes_to_the_room_it_was_written_for() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    let seen = position(&stage);
    stage.does("ada", moved("grace", &red));
    stage.does("ada", moved("grace", &RoomId::main()));
    let said = stage.does("grace", written(&blue, seen)).message.unwrap();
    assert_eq!(said.room_id, blue);
    assert_eq!(stage.location("grace"), RoomId::main());
    // A repeat, after a lost answer, shows its sender the message, which lies outside their stay.
    for duplicate in [false, true] {
        let sent = stage.send("grace", "late", written(&blue, seen)).unwrap();
        assert_eq!(sent.duplicate, duplicate);
        assert_eq!(sent.result.message.unwrap().content, said.content);
    }
    // A client that knows of the move, or gives no position, is refused.
    let knows = position(&stage);
    assert_eq!(stage.is_refused("grace", written(&blue, knows)), ErrorCode::NotInRoom);
    assert_eq!(stage.is_refused("grace", hello(&blue)), ErrorCode::NotInRoom);
    // So is a participant who never was in the room.
    stage.come(&["linus"]);
    assert_eq!(stage.is_refused("linus", written(&blue, 0)), ErrorCode::NotInRoom);
    stage.check();
}

#[test]
fn what_is_on_its_way_for_too_long_is_refused() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let seen = position(&stage);
    stage.does("ada", moved("grace", &RoomId::main()));
    stage.now += limits::LATE_MESSAGE_MS;
    stage.does("grace", written(&blue, seen));
    stage.now += 1;
    assert_eq!(stage.is_refused("grace", written(&blue, seen)), ErrorCode::NotInRoom);
}

#[test]
fn what_is_on_its_way_does_not_get_past_a_mute_a_removal_or_the_end_of_a_room() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let setting = |stage: &mut Stage| {
        stage.join("grace", &blue);
        let seen = position(stage);
        stage.does("ada", moved("grace", &RoomId::main()));
        seen
    };
    let mute = |muted| MuteParticipant {
        participant_id: id("grace"),
        muted,
    };
    let seen = setting(&mut stage);
    stage.does("ada", mute(true));
    assert_eq!(stage.is_refused("grace", written(&blue, seen)), ErrorCode::Muted);
    stage.does("ada", mute(false));
    stage.does(
        "ada",
        RemoveParticipant {
            participant_id: id("grace"),
        },
    );
    stage.come(&["grace"]);
    assert_eq!(stage.is_refused("grace", written(&blue, seen)), ErrorCode::NotInRoom);

    // The room is closed, and opened for others.
    let seen = setting(&mut stage);
    stage.does(
        "ada",
        CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        },
    );
    assert_eq!(stage.is_refused("grace", written(&blue, seen)), ErrorCode::RoomClosed);
    stage.does(
        "ada",
        OpenRooms {
            room_ids: Some(vec![blue.clone()]),
            ..OpenRooms::default()
        },
    );
    stage.join("linus", &blue);
    assert_eq!(stage.is_refused("grace", written(&blue, seen)), ErrorCode::NotInRoom);
    assert_eq!(stage.is_refused("grace", written(&red, seen)), ErrorCode::NotInRoom);
}

#[test]
fn when_a_message_was_written_does_not_make_it_another_one() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let first = stage.send("grace", "k1", written(&blue, 1)).unwrap();
    let again = stage.send("grace", "k1", written(&blue, 2)).unwrap();
    assert!(again.duplicate);
    assert_eq!(again.result, first.result);
    assert!(stage.send("grace", "k1", hello(&blue)).unwrap().duplicate);
}

#[test]
fn one_reads_main_and_the_rooms_one_has_been_in() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    stage.does("grace", LeaveRoom { room_id: None });
    let state = stage.session.state();
    state.may_read(&id("grace"), &RoomId::main()).unwrap();
    state.may_read(&id("grace"), &blue).unwrap();
    state.may_read(&id("ada"), &red).unwrap();
    assert_eq!(
        state.may_read(&id("grace"), &red).unwrap_err().code(),
        ErrorCode::NotInRoom
    );
    assert_eq!(
        state
            .may_read(&id("grace"), &"nowhere".parse().unwrap())
            .unwrap_err()
            .code(),
        ErrorCode::RoomNotFound
    );
}

#[test]
fn a_broadcast_reaches_everyone_or_the_rooms_that_are_named() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let to = |room_ids: Option<Vec<RoomId>>| Broadcast {
        room_ids,
        content: "Five minutes left".parse().unwrap(),
    };
    let said = stage.does("ada", to(None)).message.unwrap();
    assert!(said.broadcast && said.room_id.is_main());

    let rooms = Some(vec![red.clone(), blue.clone(), red.clone()]);
    let before = stage.journal.len();
    let first = stage.send("ada", "b", to(rooms.clone())).unwrap();
    let entries = &stage.journal[before..];
    let streams: Vec<String> = entries.iter().map(|entry| entry.stream.to_string()).collect();
    assert_eq!(
        streams,
        [format!("room:{blue}"), format!("room:{red}")],
        "each room once, each with its own entry"
    );
    let again = stage.send("ada", "b", to(rooms)).unwrap();
    assert_eq!(
        (again.duplicate, again.rev, again.result),
        (true, first.rev, first.result)
    );
    stage.does(
        "ada",
        CloseRoom {
            room_id: red.clone(),
            expected_version: None,
        },
    );
    assert_eq!(
        stage.is_refused("ada", to(Some(vec![blue, red]))),
        ErrorCode::RoomClosed
    );
    assert_eq!(stage.is_refused("ada", to(Some(vec![]))), ErrorCode::NoRooms);
    stage.check();
}

#[test]
fn a_retry_gets_the_original_answer_of_every_command() {
    let mut stage = Stage::new();
    stage.does("grace", JoinSession {});
    let blue = stage.room("Blue");
    let room_id = || blue.clone();
    let participant_id = || id("grace");
    let commands: Vec<(&str, Command)> = vec![
        (
            "ada",
            CreateRoom {
                name: "Red".parse().unwrap(),
                capacity: None,
                preparing: false,
            }
            .into(),
        ),
        (
            "grace",
            JoinRoom {
                room_id: room_id(),
                expected_room_id: None,
            }
            .into(),
        ),
        ("grace", hello(&blue).into()),
        ("grace", LeaveRoom { room_id: None }.into()),
        ("grace", LeaveRoom { room_id: None }.into()),
        (
            "ada",
            MoveParticipant {
                participant_id: participant_id(),
                room_id: room_id(),
                expected_room_id: None,
            }
            .into(),
        ),
        (
            "ada",
            SetRole {
                participant_id: participant_id(),
                role: Role::Moderator,
                expected_role: None,
            }
            .into(),
        ),
        (
            "ada",
            SetRole {
                participant_id: participant_id(),
                role: Role::Moderator,
                expected_role: None,
            }
            .into(),
        ),
        (
            "ada",
            UpdateSession {
                title: Some("New".parse().unwrap()),
                locked: None,
                ..Default::default()
            }
            .into(),
        ),
        (
            "ada",
            CloseRoom {
                room_id: room_id(),
                expected_version: None,
            }
            .into(),
        ),
        (
            "ada",
            DeleteRoom {
                room_id: room_id(),
                expected_version: None,
            }
            .into(),
        ),
        (
            "ada",
            BanParticipant {
                participant_id: participant_id(),
            }
            .into(),
        ),
        (
            "ada",
            UnbanParticipant {
                participant_id: participant_id(),
            }
            .into(),
        ),
        ("ada", EndSession {}.into()),
    ];
    let mut first = Vec::new();
    for (n, (who, command)) in commands.iter().enumerate() {
        first.push(stage.send(who, &format!("retry-{n}"), command.clone()).unwrap());
    }
    // By the end its room is deleted, and grace was sent out: it is not to be read any more.
    for said in first.iter_mut().filter_map(|answer| answer.result.message.as_mut()) {
        said.content = flagship_protocol::text::MessageContent::nothing();
    }
    let entries = stage.journal.len();
    for _ in 0..2 {
        for (n, (who, command)) in commands.iter().enumerate() {
            let again = stage.send(who, &format!("retry-{n}"), command.clone()).unwrap();
            assert!(again.duplicate);
            assert_eq!(
                (again.rev, &again.result),
                (first[n].rev, &first[n].result),
                "{command:?}"
            );
        }
        stage.take_snapshot();
        stage.restart();
    }
    assert_eq!(stage.journal.len(), entries, "nothing happened twice");
}

#[test]
fn a_key_used_for_something_else_is_refused() {
    let mut stage = Stage::new();
    stage.send("ada", "k", hello(&RoomId::main())).unwrap();
    let other = SendMessage {
        room_id: RoomId::main(),
        content: "other".parse().unwrap(),
        reply_to: None,
        mentions: vec![],
        seen_session: None,
    };
    assert_eq!(
        stage.send("ada", "k", other).unwrap_err().code(),
        ErrorCode::IdempotencyMismatch
    );
    assert_eq!(
        stage.send("ada", "k", EndSession {}).unwrap_err().code(),
        ErrorCode::IdempotencyMismatch
    );
    assert!(
        !stage.send("grace", "k", hello(&RoomId::main())).unwrap().duplicate,
        "keys belong to who uses them"
    );
}

#[test]
fn a_refused_command_may_be_tried_again_under_its_key() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    assert!(stage.send("grace", "k", hello(&blue)).is_err());
    stage.join("grace", &blue);
    assert!(!stage.send("grace", "k", hello(&blue)).unwrap().duplicate);
}

#[test]
fn time_never_goes_back_in_the_journal() {
    let mut stage = Stage::new();
    stage.now = 5_000;
    stage.say("ada", &RoomId::main(), "later").unwrap();
    stage.now = 2_000;
    let message = stage
        .say("ada", &RoomId::main(), "after a clock step")
        .unwrap()
        .result
        .message
        .unwrap();
    assert_eq!(message.created_at, 5_000);
    assert!(stage.journal.is_sorted_by_key(|entry| entry.at));
}

#[test]
fn creating_again_is_settled_by_who_and_what() {
    let title = || "Workshop".parse().unwrap();
    let plan = NewSession {
        id: "s1".parse().unwrap(),
        title: title(),
        anonymous: false,
    };
    let (session, entries) = Session::create(plan, "e".into(), &actor("ada"), Some("k".parse().unwrap()), 1_000);
    session
        .settle_creation(&entries[0], &actor("ada"), &title(), false)
        .unwrap();
    assert!(
        session
            .settle_creation(&entries[0], &actor("ada"), &"Other".parse().unwrap(), false)
            .is_err()
    );
    for (who, anonymous) in [("grace", false), ("ada", true)] {
        assert!(
            session
                .settle_creation(&entries[0], &actor(who), &title(), anonymous)
                .is_err()
        );
    }
}
