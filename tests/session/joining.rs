//! Coming in, leaving, locking, banning, ending.

use crate::support::{Stage, actor, id};
use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::model::{Role, RoomState, SessionState};

#[test]
fn who_creates_a_session_is_in_it_as_its_host() {
    let stage = Stage::new();
    let ada = stage.session.state().participant(&id("ada")).unwrap();
    assert_eq!((ada.role, ada.room_id.as_str()), (Role::Host, "main"));
}

#[test]
fn the_first_action_registers_somebody_unseen() {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    stage.join("grace", &room);
    let grace = stage.session.state().participant(&id("grace")).unwrap();
    assert_eq!((grace.role, &grace.room_id), (Role::Participant, &room));
    assert_eq!(
        stage.journal.iter().rev().nth(1).unwrap().key,
        None,
        "registering has an entry of its own"
    );
    stage.check();
}

#[test]
fn a_refused_first_action_does_not_register() {
    let mut stage = Stage::new();
    assert_eq!(
        stage.is_refused(
            "grace",
            CreateRoom {
                name: "Blue".parse().unwrap(),
                capacity: None,
                preparing: false
            }
        ),
        ErrorCode::Forbidden
    );
    assert_eq!(stage.session.state().participant(&id("grace")), None);
}

#[test]
fn presence_alone_registers_once() {
    let mut stage = Stage::new();
    assert_eq!(stage.session.enter(&actor("grace"), 2_000).unwrap().len(), 1);
    assert_eq!(stage.session.enter(&actor("grace"), 2_000).unwrap(), []);
}

#[test]
fn leaving_keeps_the_role_for_a_return() {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    stage.join("grace", &room);
    stage.promote("grace", Role::Moderator);
    stage.does("grace", LeaveSession {});
    assert_eq!(stage.session.state().participant(&id("grace")), None);
    assert_eq!(stage.session.state().occupants(&room).count(), 0);
    let back = stage.does("grace", JoinSession {}).participant.unwrap();
    assert_eq!((back.role, back.room_id.as_str()), (Role::Moderator, "main"));
    stage.check();
}

#[test]
fn a_locked_session_keeps_newcomers_out_and_lets_members_back_in() {
    let mut stage = Stage::new();
    stage.does("grace", JoinSession {});
    stage.does("grace", LeaveSession {});
    stage.does(
        "ada",
        UpdateSession {
            title: None,
            locked: Some(true),
            ..Default::default()
        },
    );
    assert_eq!(stage.is_refused("linus", JoinSession {}), ErrorCode::SessionLocked);
    stage.does("grace", JoinSession {});
    stage.does(
        "ada",
        UpdateSession {
            title: None,
            locked: Some(false),
            ..Default::default()
        },
    );
    stage.does("linus", JoinSession {});
}

#[test]
fn a_locked_session_keeps_out_a_participant_who_was_removed() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    let lock = |locked| UpdateSession {
        locked: Some(locked),
        ..Default::default()
    };
    stage.does("ada", lock(true));
    let participant_id = id("grace");
    stage.does("ada", RemoveParticipant { participant_id });
    assert_eq!(stage.is_refused("grace", JoinSession {}), ErrorCode::SessionLocked);
    stage.does("ada", lock(false));
    stage.does("grace", JoinSession {});
}

#[test]
fn a_banned_person_is_out_and_stays_out_until_unbanned() {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    stage.join("mallory", &room);
    stage.does(
        "ada",
        BanParticipant {
            participant_id: id("mallory"),
        },
    );
    assert_eq!(stage.session.state().occupants(&room).count(), 0);
    assert_eq!(stage.is_refused("mallory", JoinSession {}), ErrorCode::Banned);
    assert_eq!(
        stage.session.enter(&actor("mallory"), 9_000).unwrap_err().code(),
        ErrorCode::Banned
    );
    assert_eq!(
        stage
            .session
            .state()
            .may_read(&id("mallory"), &room)
            .unwrap_err()
            .code(),
        ErrorCode::Banned
    );
    stage.does(
        "ada",
        UnbanParticipant {
            participant_id: id("mallory"),
        },
    );
    stage.does("mallory", JoinSession {});
    stage.check();
}

#[test]
fn hosts_cannot_be_banned_and_the_last_one_stays() {
    let mut stage = Stage::new();
    stage.does("grace", JoinSession {});
    stage.promote("grace", Role::Moderator);
    assert_eq!(
        stage.is_refused(
            "grace",
            BanParticipant {
                participant_id: id("ada")
            }
        ),
        ErrorCode::Forbidden
    );
    let step_down = SetRole {
        participant_id: id("ada"),
        role: Role::Participant,
        expected_role: None,
    };
    assert_eq!(stage.is_refused("ada", step_down.clone()), ErrorCode::LastHost);
    stage.promote("grace", Role::Host);
    stage.does("ada", step_down);
    assert_eq!(
        stage.session.state().participant(&id("ada")).unwrap().role,
        Role::Participant
    );
}

#[test]
fn ending_brings_everyone_back_and_leaves_everything_readable() {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    stage.join("grace", &room);
    stage.say("grace", &room, "hello").unwrap();
    let ended = stage.does("ada", EndSession {}).session.unwrap();
    assert_eq!(ended.state, SessionState::Ended);
    assert_eq!(stage.location("grace").as_str(), "main");
    assert_eq!(stage.session.state().rooms[&room].room.state, RoomState::Closed);
    assert!(matches!(stage.last_events().last(), Some(Event::SessionEnded { .. })));
    assert_eq!(stage.is_refused("ada", EndSession {}), ErrorCode::SessionEnded);
    assert_eq!(stage.is_refused("linus", JoinSession {}), ErrorCode::SessionEnded);
    stage.session.state().may_read(&id("grace"), &room).unwrap();
    assert_eq!(stage.session.enter(&actor("grace"), 9_000).unwrap(), [], "may look");
    stage.check();
}

#[test]
fn a_full_session_says_so() {
    let mut stage = Stage::new();
    for n in 1..flagship_protocol::limits::PARTICIPANTS {
        stage
            .journal
            .extend(stage.session.enter(&actor(&format!("p{n}")), 2_000).unwrap());
    }
    assert_eq!(stage.is_refused("late", JoinSession {}), ErrorCode::SessionFull);
    stage.check();
}
