//! As what somebody acts: who is in the session, who left it, who was removed, and after its end.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::model::Role;
use flagship_session::{Rejection, Session, State};

use crate::support::{Stage, actor, id, to, update};

/// Ada hosts, Barbara moderates, Grace facilitates Blue and is assigned to it, Linus is in it.
fn stage() -> (Stage, RoomId) {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.room("Red");
    stage.come(&["barbara", "grace"]);
    stage.promote("barbara", Role::Moderator);
    let facilitator_ids = Some(vec![id("grace"), id("barbara")]);
    let facilitate = UpdateRoom {
        facilitator_ids,
        ..update(&blue)
    };
    stage.does("ada", facilitate);
    stage.assign([to("grace", Some(&blue)), to("barbara", Some(&blue))]);
    stage.join("linus", &blue);
    (stage, blue)
}

fn remove(who: &str) -> RemoveParticipant {
    let participant_id = id(who);
    RemoveParticipant { participant_id }
}

fn ban(who: &str) -> BanParticipant {
    let participant_id = id(who);
    BanParticipant { participant_id }
}

/// What moderators alone may see, by name, and why somebody may not.
fn moderators_reads(state: &State, who: &str, room: &RoomId) -> Vec<(&'static str, Result<(), Rejection>)> {
    let me = actor(who);
    // Where nobody has been.
    let room = state.rooms.keys().find(|other| *other != room).unwrap();
    let or_not = |is_shown: bool| if is_shown { Ok(()) } else { Err(Rejection::NotInSession) };
    vec![
        ("debrief", state.check_moderation(&me.id)),
        ("activity", state.activity(&me, 0).map(drop)),
        ("list", state.list(&me).map(drop)),
        ("template", state.template(&me).map(drop)),
        ("moderation", or_not(state.moderation(&me.id).is_some())),
        ("stream", or_not(state.follows(&me.id, &StreamId::Moderators))),
        ("room", state.may_read(&me.id, room)),
    ]
}

/// The same, where the session must go on.
fn live_reads(session: &Session, who: &str) -> Vec<(&'static str, Result<(), Rejection>)> {
    let me = actor(who);
    vec![
        ("proposal", session.state().may_propose(&me)),
        ("reading a list", session.read_list(&me, "").map(drop)),
    ]
}

#[test]
fn a_removed_moderator_sees_and_does_nothing_that_moderators_may() {
    let (mut stage, blue) = stage();
    for (what, read) in moderators_reads(stage.session.state(), "barbara", &blue) {
        assert_eq!(read, Ok(()), "{what}");
    }
    stage.does("ada", remove("barbara"));
    for take_back in [false, true] {
        if take_back {
            stage.restart();
        }
        let state = stage.session.state();
        let reads = moderators_reads(state, "barbara", &blue);
        for (what, read) in reads.into_iter().chain(live_reads(&stage.session, "barbara")) {
            assert!(read.is_err(), "{what}");
        }
    }
    // Asking comes in, as a participant.
    assert_eq!(stage.is_refused("barbara", ban("linus")), ErrorCode::Forbidden);
    stage.come(&["barbara"]);
    assert_eq!(stage.person("barbara").role, Role::Participant);
    for (what, read) in moderators_reads(stage.session.state(), "barbara", &blue) {
        assert!(read.is_err(), "{what}");
    }
    stage.check();
}

#[test]
fn removal_ends_what_somebody_was_more_than_others() {
    for (put_out, come_back) in [
        (Command::from(remove("grace")), None),
        (
            ban("grace").into(),
            Some(UnbanParticipant {
                participant_id: id("grace"),
            }),
        ),
    ] {
        let (mut stage, blue) = stage();
        stage.does("ada", put_out);
        assert_eq!(stage.shown(&blue).facilitator_ids, [id("barbara")], "everybody is told");
        assert_eq!(stage.shown(&blue).version, stage.session.state().rev);
        if let Some(unban) = come_back {
            stage.does("ada", unban);
        }
        stage.come(&["grace"]);
        assert_eq!(stage.location("grace"), RoomId::main(), "the assignment has ended");
        let broadcast = Broadcast {
            room_ids: Some(vec![blue.clone()]),
            content: "hi".parse().unwrap(),
        };
        assert_eq!(stage.is_refused("grace", broadcast), ErrorCode::Forbidden);
        stage.check();
    }
}

#[test]
fn somebody_without_anything_of_that_is_removed_in_one_event() {
    let (mut stage, _) = stage();
    stage.come(&["ken"]);
    stage.does("ada", remove("ken"));
    assert!(matches!(
        stage.last_events().as_slice(),
        [Event::ParticipantRemoved { .. }]
    ));
}

#[test]
fn a_role_is_kept_by_leaving_and_worth_something_again_after_coming_back() {
    let (mut stage, blue) = stage();
    stage.does("barbara", LeaveSession {});
    let state = stage.session.state();
    for (what, read) in moderators_reads(state, "barbara", &blue) {
        let read = read.unwrap_err();
        assert_eq!(
            read.code(),
            if what == "room" {
                ErrorCode::NotInRoom
            } else {
                ErrorCode::Forbidden
            }
        );
    }
    assert_eq!(
        state.check_moderation(&id("barbara")).unwrap_err().to_string(),
        "you are not in this session; join it first"
    );
    stage.come(&["barbara"]);
    for (what, read) in moderators_reads(stage.session.state(), "barbara", &blue) {
        assert_eq!(read, Ok(()), "{what}");
    }
}

#[test]
fn who_left_before_the_end_looks_after_it_as_they_were_and_who_was_removed_does_not() {
    let (mut stage, blue) = stage();
    stage.come(&["ken"]);
    stage.promote("ken", Role::Moderator);
    stage.does("ada", remove("ken"));
    stage.does("barbara", LeaveSession {});
    stage.does("ada", EndSession {});
    for (what, read) in moderators_reads(stage.session.state(), "barbara", &blue) {
        assert_eq!(read, Ok(()), "{what}");
    }
    for (what, read) in moderators_reads(stage.session.state(), "ken", &blue) {
        assert!(read.is_err(), "{what}");
    }
    assert_eq!(stage.is_refused("ken", ban("linus")), ErrorCode::Forbidden);
    stage.does("barbara", ban("linus"));
    assert_eq!(
        stage.session.state().may_read(&id("linus"), &blue).unwrap_err().code(),
        ErrorCode::Banned
    );
}

#[test]
fn somebody_acts_only_in_the_session() {
    let (mut stage, _) = stage();
    let acting = |stage: &Stage, who: &str| stage.session.state().check_acting(&id(who));
    assert_eq!(acting(&stage, "stranger"), Err(Rejection::NotInSession));
    assert_eq!(acting(&stage, "linus"), Ok(()));
    stage.does("ada", remove("linus"));
    assert_eq!(acting(&stage, "linus"), Err(Rejection::NotInSession));
    stage.does("ada", ban("linus"));
    assert_eq!(acting(&stage, "linus"), Err(Rejection::Banned));
}
