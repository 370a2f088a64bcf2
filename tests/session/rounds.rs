//! Opening and closing together, timers, countdowns, clocks that jump.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::{Room, RoomState};
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::number::{CountdownMs, TimerMs};

use crate::support::{Stage, actor, id, to};

const MINUTE: u64 = 60_000;

fn open_for(minutes: u64) -> OpenRooms {
    OpenRooms {
        room_ids: None,
        duration_ms: TimerMs::new(minutes * MINUTE),
        expected_versions: Default::default(),
    }
}

fn room<'a>(stage: &'a Stage, id: &RoomId) -> &'a Room {
    stage.session.state().room(id).unwrap()
}

/// Two rooms that are being prepared, with somebody assigned to each.
fn prepared() -> (Stage, RoomId, RoomId) {
    let mut stage = Stage::new();
    let mut prepare = |name: &str| {
        let command = CreateRoom {
            name: name.parse().unwrap(),
            capacity: None,
            preparing: true,
        };
        stage.does("ada", command).room.unwrap().id
    };
    let (blue, red) = (prepare("Blue"), prepare("Red"));
    for (who, room) in [("grace", &blue), ("linus", &red)] {
        stage.does(who, JoinSession {});
        let assignments = vec![Assignment {
            participant_id: id(who),
            room_id: Some(room.clone()),
            expected_room_id: Change::Keep,
            expected_location_id: None,
        }];
        stage.does("ada", Assign { assignments });
    }
    (stage, blue, red)
}

#[test]
fn a_room_that_is_prepared_waits_until_all_are_opened() {
    let (mut stage, blue, red) = prepared();
    assert_eq!(room(&stage, &blue).state, RoomState::Preparing);
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomClosed
    );
    assert_eq!(
        stage.say("ada", &blue, "anybody?").unwrap_err().code(),
        ErrorCode::RoomClosed
    );
    stage.does("ada", OpenRooms::default());
    assert_eq!((stage.location("grace"), stage.location("linus")), (blue.clone(), red));
    assert_eq!(stage.session.state().info.round, 1);
    assert_eq!(room(&stage, &blue).ends_at, None);
    stage.check();
}

#[test]
fn opening_needs_rooms() {
    let mut stage = Stage::new();
    assert_eq!(stage.is_refused("ada", OpenRooms::default()), ErrorCode::NoRooms);
    let unknown = OpenRooms {
        room_ids: Some(vec!["nowhere".parse().unwrap()]),
        duration_ms: None,
        expected_versions: Default::default(),
    };
    assert_eq!(stage.is_refused("ada", unknown), ErrorCode::RoomNotFound);
}

#[test]
fn a_round_ends_by_itself_with_warnings_a_countdown_and_everyone_back() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", open_for(10));
    let begun = stage.now;
    stage.does("ada", LeaveSession {});
    assert_eq!(room(&stage, &blue).ends_at, Some(begun + 10 * MINUTE));

    let mut seen = Vec::new();
    while let Some(due) = stage.session.poll_timeout() {
        stage.now = due;
        stage.restart();
        stage.time_out();
        let events = stage.last_events().into_iter().map(|event| match event {
            Event::BreakoutRoomWarning { remaining_ms, .. } => format!("warning {}", remaining_ms / MINUTE),
            Event::BreakoutRoomClosing { .. } => "closing".into(),
            Event::BreakoutRoomLeft { participant_id, .. } => format!("{participant_id} left"),
            Event::BreakoutRoomClosed { .. } => "closed".into(),
            other => panic!("{other:?}"),
        });
        seen.push(((due - begun) / 1_000, events.collect::<Vec<_>>()));
    }
    let both = |what: &str| vec![what.to_owned(), what.to_owned()];
    let home = ["grace left", "closed", "linus left", "closed"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(
        seen,
        [
            (300, both("warning 5")),
            (540, both("warning 1")),
            (600, both("closing")),
            (630, home)
        ]
    );
    assert_eq!(
        (stage.location("grace").as_str(), stage.location("linus").as_str()),
        ("main", "main")
    );
    assert_eq!(room(&stage, &red).state, RoomState::Closed);
    stage.check();
}

#[test]
fn nobody_comes_into_a_room_that_closes_and_those_in_it_may_finish() {
    let (mut stage, blue, _) = prepared();
    stage.does("ada", OpenRooms::default());
    stage.does(
        "ada",
        CloseRooms {
            room_ids: None,
            countdown_ms: CountdownMs::new(20_000),
            expected_versions: Default::default(),
        },
    );
    assert_eq!(room(&stage, &blue).closes_at, Some(stage.now + 20_000));
    stage.say("grace", &blue, "one last thing").unwrap();
    assert_eq!(
        stage.is_refused(
            "linus",
            JoinRoom {
                room_id: blue.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::RoomClosed
    );
    stage.wait_until(stage.now + 20_000);
    assert_eq!(stage.location("grace").as_str(), "main");
    assert_eq!(stage.session.poll_timeout(), None, "no alarm is left behind");
}

#[test]
fn a_countdown_of_nothing_closes_at_once_and_the_sessions_own_is_the_default() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", OpenRooms::default());
    stage.does(
        "ada",
        CloseRooms {
            room_ids: Some(vec![blue.clone()]),
            countdown_ms: CountdownMs::new(0),
            expected_versions: Default::default(),
        },
    );
    assert_eq!(room(&stage, &blue).state, RoomState::Closed);
    assert_eq!(stage.location("linus"), red);
    stage.does(
        "ada",
        UpdateSession {
            countdown_ms: CountdownMs::new(5_000),
            ..Default::default()
        },
    );
    stage.does("ada", CloseRooms::default());
    assert_eq!(room(&stage, &red).closes_at, Some(stage.now + 5_000));
}

#[test]
fn rooms_open_again_with_those_who_are_assigned() {
    let (mut stage, blue, _) = prepared();
    for round in 1..=3 {
        stage.does("ada", open_for(1));
        assert_eq!(stage.session.state().info.round, round);
        assert_eq!(stage.location("grace"), blue);
        stage.wait_until(stage.now + 10 * MINUTE);
        assert_eq!(stage.location("grace").as_str(), "main");
    }
    stage.check();
}

#[test]
fn opening_one_room_is_no_round() {
    let (mut stage, blue, red) = prepared();
    stage.does(
        "ada",
        OpenRooms {
            room_ids: Some(vec![blue]),
            duration_ms: None,
            expected_versions: Default::default(),
        },
    );
    assert_eq!(stage.session.state().info.round, 0);
    assert_eq!(room(&stage, &red).state, RoomState::Preparing);
    stage.does("ada", OpenRooms::default());
    assert_eq!(stage.session.state().info.round, 0, "one was open already");
    assert_eq!(room(&stage, &red).state, RoomState::Open);
}

#[test]
fn more_time_for_one_room_or_for_all() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", open_for(2));
    let ends_at = stage.now + 2 * MINUTE;
    let extend = |room_ids| ExtendTimer {
        room_ids,
        by_ms: TimerMs::new(MINUTE).unwrap(),
        expected_versions: Default::default(),
    };
    stage.does("ada", extend(Some(vec![blue.clone()])));
    assert_eq!(
        (room(&stage, &blue).ends_at, room(&stage, &red).ends_at),
        (Some(ends_at + MINUTE), Some(ends_at))
    );
    stage.does("ada", extend(None));
    assert_eq!(room(&stage, &red).ends_at, Some(ends_at + MINUTE));

    stage.wait_until(ends_at + 2 * MINUTE - 1);
    stage.does("ada", extend(None));
    assert_eq!(room(&stage, &blue).ends_at, Some(ends_at + 3 * MINUTE));
}

#[test]
fn a_room_that_closes_goes_on_when_it_gets_more_time() {
    let (mut stage, blue, _) = prepared();
    stage.does("ada", open_for(2));
    stage.wait_until(stage.now + 2 * MINUTE);
    assert_eq!(room(&stage, &blue).state, RoomState::Closing);
    stage.does(
        "ada",
        ExtendTimer {
            room_ids: None,
            by_ms: TimerMs::new(3 * MINUTE).unwrap(),
            expected_versions: Default::default(),
        },
    );
    assert_eq!(
        (room(&stage, &blue).state, room(&stage, &blue).ends_at),
        (RoomState::Open, Some(stage.now + 3 * MINUTE))
    );
    assert_eq!(stage.location("grace"), blue);
}

#[test]
fn a_timer_has_bounds() {
    let (mut stage, blue, _) = prepared();
    let extend = ExtendTimer {
        room_ids: Some(vec![blue.clone()]),
        by_ms: TimerMs::new(MINUTE).unwrap(),
        expected_versions: Default::default(),
    };
    stage.does("ada", OpenRooms::default());
    assert_eq!(stage.is_refused("ada", extend.clone()), ErrorCode::NoTimer);
    assert_eq!(
        stage.is_refused(
            "ada",
            ExtendTimer {
                room_ids: None,
                ..extend.clone()
            }
        ),
        ErrorCode::NoRooms
    );
    stage.does(
        "ada",
        SetTimer {
            room_ids: None,
            duration_ms: TimerMs::new(24 * 60 * MINUTE),
            expected_versions: Default::default(),
        },
    );
    assert_eq!(stage.is_refused("ada", extend), ErrorCode::TimerTooLong);
    stage.does(
        "ada",
        SetTimer {
            room_ids: None,
            duration_ms: None,
            expected_versions: Default::default(),
        },
    );
    assert_eq!(
        (room(&stage, &blue).ends_at, stage.session.poll_timeout()),
        (None, None)
    );
    for out_of_bounds in [0, 999, 24 * 60 * MINUTE + 1, u64::MAX] {
        assert_eq!(TimerMs::new(out_of_bounds), None);
    }
    assert_eq!(CountdownMs::new(300_001), None);
}

#[test]
fn a_clock_that_jumps_far_ahead_closes_at_once_and_warns_of_nothing() {
    let (mut stage, blue, _) = prepared();
    stage.does("ada", open_for(10));
    stage.now += 24 * 60 * MINUTE;
    stage.time_out();
    assert_eq!(room(&stage, &blue).state, RoomState::Closed);
    assert!(
        !stage
            .last_events()
            .iter()
            .any(|event| matches!(event, Event::BreakoutRoomWarning { .. }))
    );
    assert_eq!(stage.session.poll_timeout(), None);
    stage.check();
}

#[test]
fn an_alarm_that_rings_early_does_nothing() {
    let (mut stage, _, _) = prepared();
    stage.does("ada", open_for(10));
    let due = stage.session.poll_timeout().unwrap();
    assert_eq!(stage.session.handle_timeout(due - 1), []);
    stage.now -= 1_000;
    assert_eq!(
        stage.session.handle_timeout(stage.now),
        [],
        "nor one whose clock went back"
    );
}

#[test]
fn renaming_a_room_does_not_warn_again() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", open_for(10));
    stage.wait_until(stage.now + 5 * MINUTE);
    let due = stage.session.poll_timeout();
    for room_id in [blue, red] {
        let rename = UpdateRoom {
            room_id,
            name: Some("New".parse().unwrap()),
            capacity: Change::Keep,
            locked: None,
            facilitator_ids: None,
            slow_mode_ms: Change::Keep,
            expected_version: None,
        };
        stage.does("ada", rename);
    }
    assert_eq!(stage.session.poll_timeout(), due);
}

#[test]
fn recalling_empties_rooms_without_closing_them() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", OpenRooms::default());
    stage.does(
        "ada",
        RecallRooms {
            room_ids: Some(vec![blue.clone()]),
            ..Default::default()
        },
    );
    assert_eq!(
        (stage.location("grace").as_str(), stage.location("linus")),
        ("main", red)
    );
    assert_eq!(room(&stage, &blue).state, RoomState::Open);
    stage.does("ada", RecallRooms::default());
    assert_eq!(stage.location("linus").as_str(), "main");
}

#[test]
fn hosts_decide_whether_people_choose_and_return_by_themselves() {
    let (mut stage, blue, red) = prepared();
    stage.does("ada", OpenRooms::default());
    let settings = UpdateSession {
        self_select: Some(false),
        return_allowed: Some(false),
        ..Default::default()
    };
    stage.does("ada", settings);
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: red.clone(),
                expected_room_id: None
            }
        ),
        ErrorCode::Forbidden
    );
    assert_eq!(
        stage.is_refused("grace", LeaveRoom { room_id: None }),
        ErrorCode::Forbidden
    );
    assert_eq!(
        stage.is_refused(
            "grace",
            JoinRoom {
                room_id: RoomId::main(),
                expected_room_id: None,
            }
        ),
        ErrorCode::Forbidden
    );
    stage.does("ada", RecallRooms::default());
    stage.join("grace", &blue);
    stage.join("ada", &red);
    stage.does("ada", LeaveRoom { room_id: None });
}

#[test]
fn a_raised_hand_is_seen_until_it_is_lowered() {
    let (mut stage, _, _) = prepared();
    assert!(
        stage
            .does("grace", RaiseHand { raised: true })
            .participant
            .unwrap()
            .hand_raised
    );
    stage.does("grace", RaiseHand { raised: true });
    assert!(stage.last_events().is_empty());
    stage.does("grace", RaiseHand { raised: false });
    assert!(matches!(stage.last_events()[..], [Event::ParticipantUpdated { .. }]));
}

#[test]
fn closing_reaches_those_who_never_came_who_were_offline_and_who_reload_in_the_middle() {
    let (mut stage, blue, red) = prepared();
    stage.come(&["ken"]);
    stage.assign([to("ken", Some(&blue))]);
    stage.does("ken", LeaveSession {});
    stage.does("ada", open_for(1));
    let countdown_ms = stage.session.state().info.countdown_ms.get();
    let closing = stage.now + MINUTE;
    stage.wait_until(closing);
    assert_eq!(room(&stage, &blue).state, RoomState::Closing);
    // Linus goes away for good, Grace reloads, Ken comes only now, and the object is evicted.
    stage.does("linus", LeaveSession {});
    stage.take_snapshot();
    stage.restart();
    stage.appears(&actor("grace"));
    assert_eq!(stage.location("grace"), blue, "a reload in the middle changes nothing");
    stage.come(&["ken"]);
    assert_eq!(stage.location("ken"), RoomId::main(), "a room that closes takes nobody");
    stage.restart();
    stage.wait_until(closing + countdown_ms);
    stage.come(&["linus"]);
    for who in ["grace", "linus", "ken"] {
        assert_eq!(stage.location(who), RoomId::main(), "{who}");
    }
    for id in [&blue, &red] {
        assert_eq!(
            (room(&stage, id).state, stage.session.state().occupants(id).count()),
            (RoomState::Closed, 0)
        );
    }
    assert_eq!(stage.session.poll_timeout(), None);
    stage.check();
}

#[test]
fn the_next_round_has_the_same_groups_or_new_ones() {
    let (mut stage, blue, red) = prepared();
    let close_now = || CloseRooms {
        room_ids: None,
        countdown_ms: CountdownMs::new(0),
        expected_versions: Default::default(),
    };
    let groups = |stage: &Stage| (stage.location("grace"), stage.location("linus"));
    for round in 1..=2 {
        stage.does("ada", open_for(10));
        assert_eq!(groups(&stage), (blue.clone(), red.clone()));
        assert_eq!(stage.session.state().info.round, round);
        stage.does("ada", close_now());
        assert_eq!(groups(&stage), (RoomId::main(), RoomId::main()));
    }
    stage.assign([to("grace", Some(&red)), to("linus", Some(&red))]);
    stage.does("ada", open_for(10));
    assert_eq!(groups(&stage), (red.clone(), red));
    stage.check();
}

#[test]
fn rooms_do_not_open_for_nobody() {
    let (mut stage, blue, _) = prepared();
    stage.does(
        "ada",
        UpdateSession {
            self_select: Some(false),
            ..Default::default()
        },
    );
    stage.does(
        "ada",
        Assign {
            assignments: everybody_out(&stage),
        },
    );
    assert_eq!(stage.is_refused("ada", open_for(10)), ErrorCode::NobodyAssigned);
    stage.does(
        "ada",
        AssignGuests {
            assignments: vec![GuestAssignment {
                key: "grace@example.org".parse().unwrap(),
                room_id: Some(blue),
            }],
        },
    );
    stage.does("ada", open_for(10));
}

/// Takes everybody's assignment away.
fn everybody_out(stage: &Stage) -> Vec<Assignment> {
    let people = stage.session.state().participants();
    people
        .map(|participant| Assignment {
            participant_id: participant.id.clone(),
            room_id: None,
            expected_room_id: Change::Keep,
            expected_location_id: None,
        })
        .collect()
}
