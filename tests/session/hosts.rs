//! Several hosts at once: nobody overwrites unseen what another did, and there is always a host.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::Role;
use flagship_protocol::number::{CountdownMs, TimerMs};

use crate::support::{Stage, id, to, update};

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    stage.promote("grace", Role::Host);
    stage
}

fn hand_over(who: &str) -> HandOver {
    let participant_id = id(who);
    HandOver { participant_id }
}

fn moved(who: &str, room_id: &RoomId) -> MoveParticipant {
    MoveParticipant {
        participant_id: id(who),
        room_id: room_id.clone(),
        expected_room_id: None,
    }
}

fn set_role(who: &str, role: Role) -> SetRole {
    let participant_id = id(who);
    SetRole {
        participant_id,
        role,
        expected_role: None,
    }
}

#[test]
fn a_change_of_the_session_from_an_old_version_is_refused_with_the_new_one() {
    let mut stage = stage();
    let seen = stage.session.state().info.version;
    let rename = |title: &str, seen: u64| UpdateSession {
        title: Some(title.parse().unwrap()),
        expected_version: Some(seen),
        ..Default::default()
    };
    stage.does("ada", rename("Morning", seen));
    let error = ErrorBody::from(stage.tries("grace", rename("Evening", seen)).unwrap_err());
    let current = error.current_session.unwrap();
    assert_eq!((error.code, current.title.as_str()), (ErrorCode::Stale, "Morning"));
    stage.does("grace", rename("Evening", current.version));
}

#[test]
fn closing_or_deleting_a_room_that_was_changed_is_refused_with_the_room() {
    let mut stage = stage();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let seen = Some(stage.shown(&blue).version);
    let name = Some("Azure".parse().unwrap());
    stage.does("ada", UpdateRoom { name, ..update(&blue) });
    for command in [
        Command::from(CloseRoom {
            room_id: blue.clone(),
            expected_version: seen,
        }),
        DeleteRoom {
            room_id: blue.clone(),
            expected_version: seen,
        }
        .into(),
    ] {
        let error = ErrorBody::from(stage.tries("grace", command).unwrap_err());
        assert_eq!(
            (error.code, error.current.unwrap().name.as_str()),
            (ErrorCode::Stale, "Azure")
        );
    }
    let expected_version = Some(stage.shown(&red).version);
    stage.does(
        "grace",
        CloseRoom {
            room_id: red,
            expected_version,
        },
    );
    let expected_version = Some(stage.shown(&blue).version);
    stage.does(
        "grace",
        DeleteRoom {
            room_id: blue,
            expected_version,
        },
    );
}

#[test]
fn an_assignment_that_another_host_changed_is_refused_with_the_person_and_nothing_is_assigned() {
    let mut stage = stage();
    let (blue, red) = (stage.prepare("Blue", None), stage.prepare("Red", None));
    let seeing = |who: &str, room, expected_room_id| Assignment {
        expected_room_id,
        ..to(who, room)
    };
    stage.does(
        "ada",
        Assign {
            assignments: vec![seeing("linus", Some(&blue), Change::Clear)],
        },
    );
    let assignments = vec![to("grace", Some(&red)), seeing("linus", Some(&red), Change::Clear)];
    let error = ErrorBody::from(stage.tries("grace", Assign { assignments }).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    assert_eq!(error.current_participant.unwrap().assigned_room_id, Some(blue.clone()));
    assert_eq!(stage.person("grace").assigned_room_id, None);
    let assignments = vec![seeing("linus", Some(&red), Change::Set(blue.clone()))];
    stage.does("grace", Assign { assignments });
    assert_eq!(stage.person("linus").assigned_room_id, Some(red));
}

#[test]
fn what_is_done_to_many_rooms_from_an_old_view_is_refused_with_the_room() {
    let mut stage = stage();
    let (blue, red) = (stage.prepare("Blue", None), stage.prepare("Red", None));
    let seen = |stage: &Stage| -> Versions {
        let rooms = [&blue, &red].into_iter();
        rooms.map(|room| (room.clone(), stage.shown(room).version)).collect()
    };
    let minutes = |minutes: u64| TimerMs::new(minutes * 60_000).unwrap();
    let open = |duration_ms, expected_versions| OpenRooms {
        duration_ms: Some(minutes(duration_ms)),
        expected_versions,
        ..Default::default()
    };
    // Both look at the same rooms, and both begin the round.
    let both = seen(&stage);
    stage.does("ada", open(10, both.clone()));
    let ends_at = stage.shown(&blue).ends_at;
    let error = ErrorBody::from(stage.tries("grace", open(5, both.clone())).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    assert_eq!(error.current.unwrap().ends_at, ends_at);
    // Both give more time: it is given once.
    let both = seen(&stage);
    let extend = ExtendTimer {
        room_ids: None,
        by_ms: minutes(1),
        expected_versions: both.clone(),
    };
    stage.does("ada", extend.clone());
    assert_eq!(stage.is_refused("grace", extend), ErrorCode::Stale);
    assert_eq!(stage.shown(&red).ends_at, ends_at.map(|at| at + 60_000));
    for late in [
        Command::from(SetTimer {
            room_ids: Some(vec![red.clone()]),
            duration_ms: None,
            expected_versions: both.clone(),
        }),
        CloseRooms {
            expected_versions: both.clone(),
            ..Default::default()
        }
        .into(),
    ] {
        assert_eq!(stage.is_refused("grace", late), ErrorCode::Stale);
    }
    // Who saw nothing of one room does not mind what happened to it.
    stage.does(
        "ada",
        UpdateRoom {
            locked: Some(true),
            ..update(&blue)
        },
    );
    let mut only_red = seen(&stage);
    only_red.remove(&blue);
    stage.does(
        "ada",
        UpdateRoom {
            locked: Some(false),
            ..update(&blue)
        },
    );
    stage.does(
        "grace",
        CloseRooms {
            expected_versions: only_red,
            ..Default::default()
        },
    );
    // A room that is gone is said to be.
    let both = seen(&stage);
    let expected_version = None;
    stage.does(
        "ada",
        DeleteRoom {
            room_id: blue.clone(),
            expected_version,
        },
    );
    assert_eq!(stage.is_refused("grace", open(5, both)), ErrorCode::RoomNotFound);
}

#[test]
fn somebody_whom_another_host_has_moved_meanwhile_is_not_moved_again_unseen() {
    let mut stage = stage();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let seeing = |room_id: &RoomId, expected_room_id: &RoomId| MoveParticipant {
        participant_id: id("linus"),
        room_id: room_id.clone(),
        expected_room_id: Some(expected_room_id.clone()),
    };
    stage.does("ada", seeing(&blue, &RoomId::main()));
    let error = ErrorBody::from(stage.tries("grace", seeing(&red, &RoomId::main())).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    assert_eq!(error.current_participant.unwrap().room_id, blue);
    stage.does("grace", seeing(&red, &blue));
    assert_eq!(stage.person("linus").room_id, red);
}

#[test]
fn an_assignment_does_not_take_somebody_out_of_a_room_that_they_were_not_seen_in() {
    let mut stage = stage();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let seeing = |expected: &RoomId| Assign {
        assignments: vec![Assignment {
            expected_room_id: Change::Clear,
            expected_location_id: Some(expected.clone()),
            ..to("linus", Some(&red))
        }],
    };
    // Moved, and assigned to nothing: that Linus belongs nowhere is still true.
    stage.does("ada", moved("linus", &blue));
    let error = ErrorBody::from(stage.tries("grace", seeing(&RoomId::main())).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    assert_eq!(error.current_participant.unwrap().room_id, blue);
    assert_eq!(stage.person("linus").assigned_room_id, None);
    stage.does("grace", seeing(&blue));
    assert_eq!(stage.person("linus").room_id, red);
}

#[test]
fn people_change_places_only_from_where_they_were_seen() {
    let mut stage = stage();
    stage.come(&["ken"]);
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.assign([to("linus", Some(&blue)), to("ken", Some(&red))]);
    let seen = |stage: &Stage, who: &str| {
        let person = stage.person(who);
        Some(SeenPlace {
            room_id: person.room_id.clone(),
            assigned_room_id: person.assigned_room_id.clone(),
        })
    };
    let swap = |expected, other_expected| SwapParticipants {
        participant_id: id("linus"),
        other_participant_id: id("ken"),
        expected,
        other_expected,
    };
    // Both let them change places: once.
    let both = (seen(&stage, "linus"), seen(&stage, "ken"));
    stage.does("ada", swap(both.0.clone(), both.1.clone()));
    let error = ErrorBody::from(stage.tries("grace", swap(both.0, both.1)).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    let current = error.current_participant.unwrap();
    assert_eq!((current.id, current.room_id), (id("linus"), red.clone()));
    assert_eq!(stage.person("ken").room_id, blue);
    // The other one was moved, and belongs where they did.
    let both = (seen(&stage, "linus"), seen(&stage, "ken"));
    stage.does("ada", moved("ken", &RoomId::main()));
    let error = ErrorBody::from(stage.tries("grace", swap(both.0.clone(), both.1)).unwrap_err());
    assert_eq!(error.current_participant.unwrap().id, id("ken"));
    // Somebody belongs elsewhere, and is where they were.
    let other = seen(&stage, "ken");
    stage.assign([to("ken", None)]);
    assert_eq!(stage.is_refused("grace", swap(both.0.clone(), other)), ErrorCode::Stale);
    let other = seen(&stage, "ken");
    stage.does("grace", swap(both.0, other));
    let places = ["linus", "ken"].map(|who| stage.person(who).room_id.clone());
    assert_eq!(places, [RoomId::main(), red]);
}

#[test]
fn a_role_that_another_host_gave_meanwhile_is_not_taken_back_unseen() {
    let mut stage = stage();
    let from = |role, seen| SetRole {
        expected_role: Some(seen),
        ..set_role("linus", role)
    };
    stage.does("ada", from(Role::Host, Role::Participant));
    let late = from(Role::Moderator, Role::Participant);
    let error = ErrorBody::from(stage.tries("grace", late).unwrap_err());
    assert_eq!(error.code, ErrorCode::Stale);
    assert_eq!(error.current_participant.unwrap().role, Role::Host);
    stage.does("grace", from(Role::Moderator, Role::Host));
    assert_eq!(stage.person("linus").role, Role::Moderator);
}

#[test]
fn nobody_is_recalled_from_a_round_that_was_not_seen() {
    let mut stage = stage();
    let blue = stage.room("Blue");
    let seen: Versions = [(blue.clone(), stage.shown(&blue).version)].into();
    let recall = |expected_versions| RecallRooms {
        expected_versions,
        ..Default::default()
    };
    stage.does(
        "ada",
        CloseRooms {
            countdown_ms: CountdownMs::new(0),
            ..Default::default()
        },
    );
    stage.assign([to("linus", Some(&blue))]);
    stage.does("ada", OpenRooms::default());
    let error = ErrorBody::from(stage.tries("grace", recall(seen)).unwrap_err());
    assert_eq!(
        (error.code, error.current.unwrap().id),
        (ErrorCode::Stale, blue.clone())
    );
    assert_eq!(stage.person("linus").room_id, blue);
    stage.does("grace", recall([(blue.clone(), stage.shown(&blue).version)].into()));
    assert_eq!(stage.person("linus").room_id, RoomId::main());
}

#[test]
fn who_was_moved_meanwhile_does_not_walk_away_unknowingly() {
    let mut stage = stage();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    let from = |room_id: &RoomId, seen: &RoomId| JoinRoom {
        room_id: room_id.clone(),
        expected_room_id: Some(seen.clone()),
    };
    stage.does("ada", moved("linus", &red));
    for to in [&blue, &RoomId::main()] {
        let error = ErrorBody::from(stage.tries("linus", from(to, &RoomId::main())).unwrap_err());
        assert_eq!(error.code, ErrorCode::Stale);
        assert_eq!(error.current_participant.unwrap().room_id, red);
    }
    stage.does("linus", from(&blue, &red));
    assert_eq!(stage.person("linus").room_id, blue);
}

#[test]
fn hosts_who_work_in_different_rooms_do_not_disturb_each_other() {
    let mut stage = stage();
    let rooms = [stage.room("Blue"), stage.room("Red")];
    let mut seen = rooms.clone().map(|room| stage.shown(&room).version);
    for turn in 0..10 {
        for ((host, room), seen) in ["ada", "grace"].into_iter().zip(&rooms).zip(&mut seen) {
            let name = Some(format!("Room {turn}").parse().unwrap());
            let expected_version = Some(*seen);
            let change = UpdateRoom {
                name,
                expected_version,
                ..update(room)
            };
            *seen = stage.does(host, change).room.unwrap().version;
        }
    }
}

#[test]
fn a_host_leaves_and_a_co_host_carries_on() {
    let mut stage = stage();
    let blue = stage.prepare("Blue", None);
    stage.assign([to("linus", Some(&blue))]);
    let duration_ms = TimerMs::new(60_000);
    stage.does(
        "ada",
        OpenRooms {
            room_ids: None,
            duration_ms,
            expected_versions: Default::default(),
        },
    );
    stage.does("ada", LeaveSession {});
    let by_ms = TimerMs::new(60_000).unwrap();
    stage.does(
        "grace",
        ExtendTimer {
            room_ids: None,
            by_ms,
            expected_versions: Default::default(),
        },
    );
    stage.wait_until(stage.now + 100_000);
    assert_eq!(stage.location("linus"), blue);
    stage.does("grace", CloseRooms::default());
    stage.does("ada", JoinSession {});
    assert_eq!(stage.person("ada").role, Role::Host, "the role is kept for a return");
    stage.check();
}

#[test]
fn a_host_hands_over_in_one_step() {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    let participant_id = id("grace");
    stage.does(
        "ada",
        MuteParticipant {
            participant_id,
            muted: true,
        },
    );
    let answer = stage.does("ada", hand_over("grace")).participant.unwrap();
    assert_eq!((answer.id, answer.role, answer.muted), (id("grace"), Role::Host, false));
    assert_eq!(stage.person("ada").role, Role::Moderator);
    assert_eq!(stage.is_refused("ada", hand_over("linus")), ErrorCode::Forbidden);
    assert_eq!(stage.is_refused("grace", hand_over("grace")), ErrorCode::Invalid);
    assert_eq!(
        stage.is_refused("grace", hand_over("nobody")),
        ErrorCode::ParticipantNotFound
    );
    assert_eq!(
        stage.is_refused("grace", set_role("grace", Role::Participant)),
        ErrorCode::LastHost
    );
    stage.check();
}

#[test]
fn the_last_host_stays_host_even_while_away() {
    let mut stage = stage();
    stage.does("ada", LeaveSession {});
    stage.does("grace", set_role("grace", Role::Participant));
    assert_eq!(
        stage.is_refused("grace", set_role("grace", Role::Host)),
        ErrorCode::Forbidden
    );
    stage.come(&["ada"]);
    assert_eq!(
        stage.is_refused("ada", set_role("ada", Role::Moderator)),
        ErrorCode::LastHost
    );
    stage.check();
}
