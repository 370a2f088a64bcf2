//! People who keep order in one room without being moderators.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;
use flagship_protocol::number::{SlowModeMs, TimerMs};

use crate::support::{Stage, id, update};

/// Grace facilitates Blue, where Linus is; Ken is in Red.
fn stage() -> (Stage, RoomId, RoomId) {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.come(&["grace"]);
    let facilitator_ids = Some(vec![id("grace"), id("grace")]);
    stage.does(
        "ada",
        UpdateRoom {
            facilitator_ids,
            ..update(&blue)
        },
    );
    stage.join("linus", &blue);
    stage.join("ken", &red);
    (stage, blue, red)
}

/// What a facilitator does in a room, about somebody who is in it and Barbara, who knocks at it.
fn duties(room: &RoomId, present: &str) -> Vec<Command> {
    let rooms = || Some(vec![room.clone()]);
    vec![
        UpdateRoom {
            locked: Some(true),
            ..update(room)
        }
        .into(),
        ExtendTimer {
            room_ids: rooms(),
            by_ms: TimerMs::new(60_000).unwrap(),
            expected_versions: Default::default(),
        }
        .into(),
        Broadcast {
            room_ids: rooms(),
            content: "Welcome".parse().unwrap(),
        }
        .into(),
        MuteParticipant {
            participant_id: id(present),
            muted: true,
        }
        .into(),
        InviteParticipants {
            participant_ids: vec![id("barbara")],
            room_id: Some(room.clone()),
        }
        .into(),
        AnswerKnock {
            participant_id: id("barbara"),
            admit: true,
            room_id: None,
        }
        .into(),
        MoveParticipant {
            participant_id: id(present),
            room_id: RoomId::main(),
            expected_room_id: None,
        }
        .into(),
    ]
}

#[test]
fn they_run_their_own_room_and_no_other() {
    let (mut stage, blue, red) = stage();
    assert_eq!(stage.shown(&blue).facilitator_ids, [id("grace")]);
    let duration_ms = TimerMs::new(60_000);
    stage.does(
        "ada",
        SetTimer {
            room_ids: None,
            duration_ms,
            expected_versions: Default::default(),
        },
    );
    for (room, present, is_own) in [(&red, "ken", false), (&blue, "linus", true)] {
        let room_id = Some(room.clone());
        stage.does("barbara", Knock { room_id });
        for duty in duties(room, present) {
            if is_own {
                stage.does("grace", duty);
            } else {
                assert_eq!(stage.is_refused("grace", duty), ErrorCode::Forbidden);
            }
        }
    }
    assert_eq!(
        (stage.location("linus"), stage.location("barbara")),
        (RoomId::main(), blue)
    );
    stage.check();
}

#[test]
fn they_do_not_reach_beyond_their_room() {
    let (mut stage, blue, red) = stage();
    let facilitator_ids = Some(vec![id("grace"), id("linus")]);
    let beyond: [Command; 7] = [
        UpdateRoom {
            facilitator_ids,
            ..update(&blue)
        }
        .into(),
        Broadcast {
            room_ids: None,
            content: "hi".parse().unwrap(),
        }
        .into(),
        Broadcast {
            room_ids: Some(vec![blue.clone(), red.clone()]),
            content: "hi".parse().unwrap(),
        }
        .into(),
        ExtendTimer {
            room_ids: None,
            by_ms: TimerMs::new(60_000).unwrap(),
            expected_versions: Default::default(),
        }
        .into(),
        MoveParticipant {
            participant_id: id("linus"),
            room_id: red,
            expected_room_id: None,
        }
        .into(),
        CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        }
        .into(),
        BanParticipant {
            participant_id: id("linus"),
        }
        .into(),
    ];
    for command in beyond {
        assert_eq!(stage.is_refused("grace", command), ErrorCode::Forbidden);
    }
    let facilitator_ids = Some(vec![]);
    stage.does(
        "ada",
        UpdateRoom {
            facilitator_ids,
            ..update(&blue)
        },
    );
    for duty in duties(&blue, "linus") {
        assert_eq!(stage.is_refused("grace", duty), ErrorCode::Forbidden);
    }
}

#[test]
fn they_come_into_their_locked_room_and_speak_without_pause() {
    let (mut stage, blue, _) = stage();
    let slow_mode_ms = Change::Set(SlowModeMs::new(60_000).unwrap());
    let locked = Some(true);
    stage.does(
        "ada",
        UpdateRoom {
            locked,
            slow_mode_ms,
            ..update(&blue)
        },
    );
    stage.join("grace", &blue);
    for _ in 0..3 {
        stage.say("grace", &blue, "hello").unwrap();
    }
    assert_eq!(stage.say("linus", &blue, "hello").map(|_| ()), Ok(()));
    assert_eq!(
        stage.say("linus", &blue, "hello").unwrap_err().code(),
        ErrorCode::RateLimited
    );
}

#[test]
fn facilitators_are_people_of_the_session_and_few() {
    let (mut stage, blue, _) = stage();
    let facilitate = |people: Vec<&str>| UpdateRoom {
        facilitator_ids: Some(people.into_iter().map(id).collect()),
        ..update(&blue)
    };
    assert_eq!(
        stage.is_refused("ada", facilitate(vec!["linus", "nobody"])),
        ErrorCode::ParticipantNotFound
    );
    let names: Vec<String> = (0..=limits::FACILITATORS).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    stage.come(&names);
    assert_eq!(stage.is_refused("ada", facilitate(names)), ErrorCode::TooMany);
}
