//! Making, changing and closing rooms; going in and out; being moved.

use crate::support::{Stage, id, to, update};
use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{Role, RoomState};
use flagship_protocol::number::Capacity;

#[test]
fn a_new_room_is_there_at_once_and_whole() {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    let Some(Event::BreakoutRoomCreated { room: announced }) = stage.last_events().pop() else {
        panic!()
    };
    assert_eq!(
        (announced.id.clone(), announced.name.as_str(), announced.state),
        (room, "Blue", RoomState::Open)
    );
    assert_eq!(stage.session.state().rooms_by_age(), [announced]);
}

#[test]
fn rooms_are_listed_in_the_order_in_which_they_were_made() {
    let mut stage = Stage::new();
    let made: Vec<RoomId> = (0..limits::ROOMS).map(|n| stage.room(&format!("Room {n}"))).collect();
    let listed: Vec<RoomId> = stage
        .session
        .state()
        .rooms_by_age()
        .iter()
        .map(|room| room.id.clone())
        .collect();
    assert_eq!(listed, made);
    let command = CreateRoom {
        name: "One more".parse().unwrap(),
        capacity: None,
        preparing: false,
    };
    assert_eq!(stage.is_refused("ada", command.clone()), ErrorCode::TooManyRooms);
    stage.does(
        "ada",
        DeleteRoom {
            room_id: made[0].clone(),
            expected_version: None,
        },
    );
    let new = stage.does("ada", command).room.unwrap().id;
    assert!(!made.contains(&new), "ids are not used again");
}

#[test]
fn going_from_room_to_room_is_seen_by_all() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    stage.join("grace", &red);
    let participant_id = id("grace");
    assert_eq!(
        stage.last_events(),
        [
            &Event::BreakoutRoomLeft {
                room_id: blue,
                participant_id: participant_id.clone()
            },
            &Event::BreakoutRoomJoined {
                room_id: red.clone(),
                participant_id: participant_id.clone()
            },
        ]
    );
    stage.does("grace", LeaveRoom { room_id: None });
    assert_eq!(
        stage.last_events(),
        [&Event::BreakoutRoomLeft {
            room_id: red,
            participant_id
        }]
    );
    assert_eq!(stage.location("grace").as_str(), "main");
    stage.check();
}

#[test]
fn joining_where_one_is_already_is_no_event_but_answers_the_same() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let again = stage.does(
        "grace",
        JoinRoom {
            room_id: blue.clone(),
            expected_room_id: None,
        },
    );
    assert_eq!(again.room.unwrap().id, blue);
    assert_eq!(again.participant.unwrap().room_id, blue);
    assert!(stage.last_events().is_empty());
    stage.does("grace", LeaveRoom { room_id: None });
    stage.does("grace", LeaveRoom { room_id: None });
    assert!(stage.last_events().is_empty());
    stage.check();
}

#[test]
fn leaving_a_room_that_one_is_not_in_is_refused() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.join("grace", &blue);
    assert_eq!(
        stage.is_refused("grace", LeaveRoom { room_id: Some(red) }),
        ErrorCode::NotInRoom
    );
    stage.does("grace", LeaveRoom { room_id: Some(blue) });
}

#[test]
fn closing_and_deleting_strand_nobody() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    for (who, room) in [("a", &blue), ("b", &blue), ("c", &red)] {
        stage.join(who, room);
    }
    stage.does(
        "ada",
        CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        },
    );
    assert_eq!(stage.location("a").as_str(), "main");
    assert_eq!(stage.location("c"), red);
    assert_eq!(
        stage.is_refused(
            "a",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomClosed
    );
    assert_eq!(
        stage.say("ada", &blue, "hello?").unwrap_err().code(),
        ErrorCode::RoomClosed
    );
    stage.session.state().may_read(&id("a"), &blue).unwrap();
    assert_eq!(
        stage.session.state().may_read(&id("c"), &blue).unwrap_err().code(),
        ErrorCode::NotInRoom
    );
    stage.does(
        "ada",
        CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        },
    );
    assert!(stage.last_events().is_empty(), "closed already");

    stage.does(
        "ada",
        DeleteRoom {
            room_id: red.clone(),
            expected_version: None,
        },
    );
    assert_eq!(stage.location("c").as_str(), "main");
    assert_eq!(
        stage.is_refused(
            "c",
            JoinRoom {
                room_id: red.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomNotFound
    );
    assert_eq!(
        stage.is_refused(
            "ada",
            CloseRoom {
                room_id: red,
                expected_version: None
            }
        ),
        ErrorCode::RoomNotFound
    );
    stage.check();
}

#[test]
fn main_can_be_entered_but_not_changed() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    stage.join("grace", &RoomId::main());
    assert_eq!(stage.location("grace").as_str(), "main");
    for command in [
        Command::from(update(&RoomId::main())),
        CloseRoom {
            room_id: RoomId::main(),
            expected_version: None,
        }
        .into(),
        DeleteRoom {
            room_id: RoomId::main(),
            expected_version: None,
        }
        .into(),
    ] {
        assert_eq!(stage.is_refused("ada", command), ErrorCode::Forbidden);
    }
}

#[test]
fn a_capacity_holds_for_guests_and_moves_but_not_for_those_who_keep_order() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("a", &blue);
    stage.join("b", &blue);
    let people = |n: u64| Change::Set(Capacity::new(n).unwrap());
    let cap = |to: Change<Capacity>| UpdateRoom {
        capacity: to,
        ..update(&blue)
    };
    assert_eq!(stage.is_refused("ada", cap(people(1))), ErrorCode::CapacityTooLow);
    stage.does("ada", cap(people(2)));
    assert_eq!(
        stage.is_refused(
            "c",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomFull
    );
    stage.does(
        "a",
        JoinRoom {
            room_id: blue.clone(),
            expected_room_id: None,
        },
    );
    stage.does("c", JoinSession {});
    let push = MoveParticipant {
        participant_id: id("c"),
        room_id: blue.clone(),
        expected_room_id: None,
    };
    assert_eq!(stage.is_refused("ada", push.clone()), ErrorCode::RoomFull);
    stage.join("ada", &blue);
    stage.does("ada", cap(Change::Clear));
    stage.does("ada", push);
    stage.check();
}

#[test]
fn a_lock_keeps_guests_out_unless_they_are_moved_in() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.does(
        "ada",
        UpdateRoom {
            locked: Some(true),
            ..update(&blue)
        },
    );
    stage.does("grace", JoinSession {});
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomLocked
    );
    stage.does(
        "ada",
        MoveParticipant {
            participant_id: id("grace"),
            room_id: blue.clone(),
            expected_room_id: None,
        },
    );
    assert_eq!(stage.location("grace"), blue);
    stage.promote("grace", Role::Moderator);
    stage.does("grace", LeaveRoom { room_id: None });
    stage.join("grace", &blue);
}

#[test]
fn a_change_that_changes_nothing_is_answered_and_not_announced() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let rename = UpdateRoom {
        name: Some("Azure".parse().unwrap()),
        ..update(&blue)
    };
    let renamed = stage.does("ada", rename.clone()).room.unwrap();
    assert_eq!(renamed.version, stage.session.state().rev);
    assert_eq!(stage.does("ada", rename).room.unwrap(), renamed);
    assert!(stage.last_events().is_empty());
}

#[test]
fn two_hosts_do_not_overwrite_each_other_unseen() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.does("grace", JoinSession {});
    stage.promote("grace", Role::Host);
    let rename = |room: &RoomId, name: &str, version: u64| UpdateRoom {
        name: Some(name.parse().unwrap()),
        facilitator_ids: None,
        slow_mode_ms: Change::Keep,
        expected_version: Some(version),
        ..update(room)
    };
    let version = |stage: &Stage, room: &RoomId| stage.session.state().room(room).unwrap().version;
    let (seen_blue, seen_red) = (version(&stage, &blue), version(&stage, &red));
    stage.does("ada", rename(&blue, "Azure", seen_blue));
    let stale = stage.tries("grace", rename(&blue, "Navy", seen_blue)).unwrap_err();
    let error = flagship_protocol::error::ErrorBody::from(stale);
    assert_eq!(
        (error.code, error.current.unwrap().name.as_str()),
        (ErrorCode::Stale, "Azure")
    );
    stage.does("grace", rename(&red, "Ruby", seen_red));
    let now = version(&stage, &blue);
    stage.does("grace", rename(&blue, "Navy", now));
}

#[test]
fn unknown_rooms_and_people_are_named() {
    let mut stage = Stage::new();
    let nowhere: RoomId = "nowhere".parse().unwrap();
    let blue = stage.room("Blue");
    assert_eq!(
        stage.is_refused(
            "ada",
            JoinRoom {
                room_id: nowhere.clone(),
                expected_room_id: None,
            }
        ),
        ErrorCode::RoomNotFound
    );
    assert_eq!(stage.is_refused("ada", update(&nowhere)), ErrorCode::RoomNotFound);
    let nobody = MoveParticipant {
        participant_id: id("nobody"),
        room_id: blue,
        expected_room_id: None,
    };
    assert_eq!(stage.is_refused("ada", nobody), ErrorCode::ParticipantNotFound);
    assert_eq!(
        stage.is_refused(
            "ada",
            SetRole {
                participant_id: id("nobody"),
                role: Role::Host,
                expected_role: None,
            }
        ),
        ErrorCode::ParticipantNotFound
    );
    assert_eq!(
        stage.is_refused(
            "ada",
            BanParticipant {
                participant_id: id("nobody")
            }
        ),
        ErrorCode::ParticipantNotFound
    );
    assert_eq!(
        stage.is_refused(
            "ada",
            UnbanParticipant {
                participant_id: id("nobody")
            }
        ),
        ErrorCode::ParticipantNotFound
    );
}

#[test]
fn one_follows_the_session_main_and_the_room_one_is_in() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let state = |stage: &Stage| stage.session.state().followed(&id("grace"));
    stage.does("grace", JoinSession {});
    let main = StreamId::Room(RoomId::main());
    let own = StreamId::Participant(id("grace"));
    assert_eq!(state(&stage), [StreamId::Session, main.clone(), own.clone()]);
    stage.join("grace", &blue);
    assert_eq!(
        state(&stage),
        [StreamId::Session, main.clone(), own, StreamId::Room(blue.clone())]
    );
    for stream in state(&stage) {
        assert!(stage.session.state().follows(&id("grace"), &stream));
    }
    stage.does(
        "ada",
        CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        },
    );
    assert!(!stage.session.state().follows(&id("grace"), &StreamId::Room(blue)));
}

#[test]
fn several_rooms_are_made_at_once_in_order_and_all_or_none() {
    let mut stage = Stage::new();
    let several = |count: usize| CreateRooms {
        rooms: (1..=count)
            .map(|number| NewRoom {
                name: format!("Room {number}").parse().unwrap(),
                capacity: None,
                guests: vec![],
            })
            .collect(),
        template_id: None,
    };
    let first = stage.does("ada", several(12)).rooms.unwrap();
    let single = stage.room("After");
    let second = stage.does("ada", several(11)).rooms.unwrap();
    let made = first.iter().map(|room| &room.id).chain([&single]);
    let made: Vec<&RoomId> = made.chain(second.iter().map(|room| &room.id)).collect();
    let listed = stage.session.state().rooms_by_age();
    assert_eq!(listed.iter().map(|room| &room.id).collect::<Vec<_>>(), made);
    assert!(first.iter().all(|room| room.state == RoomState::Preparing));
    let mut builder = flagship_session::DebriefBuilder::default();
    stage.journal.iter().for_each(|entry| builder.add(entry));
    let told = builder.finish().unwrap().rooms;
    assert_eq!(told.iter().map(|room| &room.room_id).collect::<Vec<_>>(), made);
    assert_eq!(
        stage.is_refused("ada", several(limits::ROOMS - 23)),
        ErrorCode::TooManyRooms
    );
    assert_eq!(stage.is_refused("ada", several(0)), ErrorCode::NoRooms);
    stage.check();
}

#[test]
fn two_people_change_places_even_where_no_room_has_space() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.prepare("Blue", Some(1)), stage.prepare("Red", Some(1)));
    stage.come(&["grace", "linus", "ken"]);
    stage.assign([to("grace", Some(&blue)), to("linus", Some(&red))]);
    stage.does("ada", OpenRooms::default());
    let swap = |one: &str, other: &str| SwapParticipants {
        participant_id: id(one),
        other_participant_id: id(other),
        expected: None,
        other_expected: None,
    };
    stage.does("ada", swap("grace", "linus"));
    assert_eq!(
        (stage.location("grace"), stage.location("linus")),
        (red.clone(), blue.clone())
    );
    assert_eq!(stage.person("grace").assigned_room_id, Some(red.clone()));
    stage.does("ada", swap("grace", "ken"));
    assert_eq!((stage.location("grace"), stage.location("ken")), (RoomId::main(), red));
    assert_eq!(stage.person("grace").assigned_room_id, None);
    assert_eq!(stage.is_refused("ada", swap("ken", "ken")), ErrorCode::Invalid);
    assert_eq!(
        stage.is_refused("ada", swap("ken", "nobody")),
        ErrorCode::ParticipantNotFound
    );
    stage.does("ada", CloseRooms::default());
    assert_eq!(stage.is_refused("ada", swap("ken", "linus")), ErrorCode::RoomClosed);
    stage.check();
}

#[test]
fn a_template_is_applied_once_and_answered_also_without_its_rooms() {
    let room = |name: &str| NewRoom {
        name: name.parse().unwrap(),
        capacity: None,
        guests: vec![],
    };
    let apply = |rooms: Vec<NewRoom>, template: &str| CreateRooms {
        rooms,
        template_id: Some(template.parse().unwrap()),
    };
    let mut stage = Stage::new();
    let first = stage.send("ada", "k", apply(vec![room("Blue")], "t1")).unwrap();
    let again = stage.send("ada", "k", apply(vec![], "t1")).unwrap();
    assert!(again.duplicate);
    assert_eq!((again.rev, again.result), (first.rev, first.result));
    let other = stage.send("ada", "k", apply(vec![room("Blue")], "t2")).unwrap_err();
    assert_eq!(other.code(), ErrorCode::IdempotencyMismatch);
    let plain = CreateRooms {
        rooms: vec![room("Blue")],
        template_id: None,
    };
    assert_eq!(
        stage.send("ada", "k", plain).unwrap_err().code(),
        ErrorCode::IdempotencyMismatch
    );
    assert_eq!(stage.is_refused("ada", apply(vec![], "t1")), ErrorCode::NoRooms);
    stage.check();
}
