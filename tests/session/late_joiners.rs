//! People who come while rooms are open: held, sent to the smallest room, brought back, or free to choose.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::LateJoiners;
use flagship_protocol::number::Capacity;

use crate::support::{Stage, id, to, update};

/// Two open rooms with Grace and Linus in the first, where nobody may choose.
fn stage(late_joiners: LateJoiners) -> (Stage, RoomId, RoomId) {
    let mut stage = Stage::new();
    let (blue, red) = (stage.prepare("Blue", None), stage.prepare("Red", None));
    let settings = UpdateSession {
        late_joiners: Some(late_joiners),
        self_select: Some(false),
        ..Default::default()
    };
    stage.does("ada", settings);
    stage.come(&["grace", "linus"]);
    stage.assign([to("grace", Some(&blue)), to("linus", Some(&blue))]);
    stage.does("ada", OpenRooms::default());
    (stage, blue, red)
}

#[test]
fn they_are_held_in_main_until_somebody_gives_them_a_room() {
    let (mut stage, blue, red) = stage(LateJoiners::Hold);
    stage.come(&["late"]);
    assert_eq!(stage.location("late"), RoomId::main());
    assert_eq!(
        stage.is_refused(
            "late",
            JoinRoom {
                room_id: blue,
                expected_room_id: None
            }
        ),
        ErrorCode::Forbidden
    );
    stage.assign([to("late", Some(&red))]);
    assert_eq!(stage.location("late"), red);
}

#[test]
fn they_go_to_the_smallest_room_that_takes_them() {
    let (mut stage, blue, red) = stage(LateJoiners::Smallest);
    stage.come(&["one"]);
    assert_eq!(
        (stage.location("one"), stage.person("one").assigned_room_id.clone()),
        (red.clone(), Some(red.clone()))
    );
    stage.come(&["two"]);
    assert_eq!(stage.location("two"), red);
    stage.come(&["three"]);
    assert_eq!(stage.location("three"), blue, "equally small: the older");
    let locked = Some(true);
    stage.does("ada", UpdateRoom { locked, ..update(&red) });
    stage.come(&["four"]);
    assert_eq!(stage.location("four"), blue, "a locked room takes nobody");
    let capacity = Change::Set(Capacity::new(4).unwrap());
    stage.does(
        "ada",
        UpdateRoom {
            capacity,
            ..update(&blue)
        },
    );
    stage.come(&["five"]);
    assert_eq!(stage.location("five"), RoomId::main(), "no room takes them");
    stage.check();
}

#[test]
fn a_locked_room_does_not_take_back_a_participant_who_was_in_it() {
    let (mut stage, blue, _) = stage(LateJoiners::Previous);
    assert_eq!(stage.location("grace"), blue);
    stage.assign([to("grace", None)]);
    stage.does("grace", LeaveSession {});
    let lock = UpdateRoom {
        locked: Some(true),
        ..update(&blue)
    };
    stage.does("ada", lock);
    stage.come(&["grace"]);
    assert_eq!(stage.location("grace"), RoomId::main());
}

#[test]
fn they_come_back_to_the_room_that_they_left() {
    let (mut stage, _, red) = stage(LateJoiners::Previous);
    stage.come(&["ken"]);
    assert_eq!(stage.location("ken"), RoomId::main(), "a newcomer waits");
    let (participant_id, room_id) = (id("ken"), red.clone());
    stage.does(
        "ada",
        MoveParticipant {
            participant_id,
            room_id,
            expected_room_id: None,
        },
    );
    stage.does("ken", LeaveSession {});
    stage.restart();
    stage.come(&["ken"]);
    assert_eq!(stage.location("ken"), red);
    stage.does("ken", LeaveSession {});
    let (room_id, expected_version) = (red, None);
    stage.does(
        "ada",
        DeleteRoom {
            room_id,
            expected_version,
        },
    );
    stage.come(&["ken"]);
    assert_eq!(stage.location("ken"), RoomId::main(), "that room is gone");
    stage.check();
}

#[test]
fn they_choose_even_where_others_may_not() {
    let (mut stage, blue, red) = stage(LateJoiners::Choose);
    stage.come(&["late"]);
    assert_eq!(stage.location("late"), RoomId::main());
    stage.join("late", &blue);
    assert_eq!(stage.location("late"), blue);
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: red,
                expected_room_id: None
            }
        ),
        ErrorCode::Forbidden
    );
}

#[test]
fn a_room_of_their_own_comes_before_any_rule() {
    for rule in [
        LateJoiners::Hold,
        LateJoiners::Smallest,
        LateJoiners::Previous,
        LateJoiners::Choose,
    ] {
        let (mut stage, blue, _) = stage(rule);
        stage.does("grace", LeaveSession {});
        stage.come(&["grace"]);
        assert_eq!(stage.location("grace"), blue, "{rule:?}");
        stage.check();
    }
}

#[test]
fn between_rounds_nobody_is_late() {
    let (mut stage, _, _) = stage(LateJoiners::Smallest);
    stage.does("ada", CloseRooms::default());
    stage.come(&["early"]);
    assert_eq!(stage.location("early"), RoomId::main(), "rooms that close take nobody");
    stage.wait_until(stage.now + 60_000);
    stage.come(&["earlier"]);
    assert_eq!(stage.person("earlier").assigned_room_id, None);
}
