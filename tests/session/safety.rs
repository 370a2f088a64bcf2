//! Keeping a group safe: mute, remove, ban, slow mode, what is announced and what stays hidden.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::model::Role;
use flagship_protocol::moderation::HelpKind;
use flagship_protocol::number::SlowModeMs;

use crate::support::{Stage, actor, id, update};

fn mute(who: &str, muted: bool) -> MuteParticipant {
    let participant_id = id(who);
    MuteParticipant { participant_id, muted }
}

fn remove(who: &str) -> RemoveParticipant {
    let participant_id = id(who);
    RemoveParticipant { participant_id }
}

fn ban(who: &str) -> BanParticipant {
    let participant_id = id(who);
    BanParticipant { participant_id }
}

fn slow(seconds: u64) -> Change<SlowModeMs> {
    SlowModeMs::new(seconds * 1_000).map_or(Change::Clear, Change::Set)
}

/// Ada hosts, Barbara moderates, Grace and Mallory are in a room.
fn stage() -> (Stage, RoomId) {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["barbara"]);
    stage.promote("barbara", Role::Moderator);
    stage.join("grace", &blue);
    stage.join("mallory", &blue);
    (stage, blue)
}

#[test]
fn who_is_muted_says_nothing_anywhere_until_unmuted_and_may_still_ask_for_help() {
    let (mut stage, blue) = stage();
    stage.does("barbara", mute("mallory", true));
    for room in [&blue, &RoomId::main()] {
        let error = ErrorBody::from(stage.say("mallory", room, "hi").unwrap_err());
        assert_eq!(error.code, ErrorCode::Muted);
        assert_eq!(error.message, "you are muted; ask a host or moderator to let you speak");
    }
    stage.does("mallory", LeaveSession {});
    stage.come(&["mallory"]);
    assert!(stage.person("mallory").muted, "coming back changes nothing");
    let (kind, text, about_participant_id) = (HelpKind::Help, None, None);
    stage.does(
        "mallory",
        AskForHelp {
            kind,
            text,
            about_participant_id,
        },
    );
    stage.does("barbara", mute("mallory", false));
    stage.say("mallory", &RoomId::main(), "sorry").unwrap();
    stage.check();
}

#[test]
fn those_who_keep_order_are_not_muted() {
    let (mut stage, _) = stage();
    for who in ["ada", "barbara"] {
        assert_eq!(stage.is_refused("ada", mute(who, true)), ErrorCode::Forbidden);
    }
    stage.does("ada", mute("grace", true));
    stage.promote("grace", Role::Moderator);
    assert!(!stage.person("grace").muted);
    assert_eq!(
        stage.is_refused("ada", mute("nobody", true)),
        ErrorCode::ParticipantNotFound
    );
    stage.check();
}

#[test]
fn who_is_removed_is_out_of_room_and_session_and_may_come_back() {
    let (mut stage, blue) = stage();
    stage.does("barbara", remove("mallory"));
    assert_eq!(stage.session.state().occupants(&blue).count(), 1);
    assert_eq!(stage.session.state().participant(&id("mallory")), None);
    assert_eq!(
        stage.is_refused("barbara", remove("mallory")),
        ErrorCode::ParticipantNotFound
    );
    stage.come(&["mallory"]);
    assert_eq!(stage.location("mallory"), RoomId::main());
    assert_eq!(stage.is_refused("barbara", remove("ada")), ErrorCode::Forbidden);
    stage.check();
}

#[test]
fn who_is_banned_stays_out_by_identity_whatever_they_try() {
    let (mut stage, blue) = stage();
    stage.does("barbara", ban("mallory"));
    stage.restart();
    for command in [
        Command::from(JoinSession {}),
        JoinRoom {
            room_id: blue.clone(),
            expected_room_id: None,
        }
        .into(),
        LeaveSession {}.into(),
    ] {
        assert_eq!(stage.is_refused("mallory", command), ErrorCode::Banned);
    }
    let renamed = flagship_session::Actor::new(id("mallory"), "Somebody else".parse().unwrap());
    assert_eq!(
        stage.session.enter(&renamed, stage.now).unwrap_err().code(),
        ErrorCode::Banned
    );
    let read = stage.session.state().may_read(&id("mallory"), &RoomId::main());
    assert_eq!(read.unwrap_err().code(), ErrorCode::Banned);
    for command in [
        Command::from(MoveParticipant {
            participant_id: id("mallory"),
            room_id: blue.clone(),
            expected_room_id: None,
        }),
        InviteParticipants {
            participant_ids: vec![id("mallory")],
            room_id: Some(blue.clone()),
        }
        .into(),
        SwapParticipants {
            participant_id: id("grace"),
            other_participant_id: id("mallory"),
            expected: None,
            other_expected: None,
        }
        .into(),
    ] {
        assert_eq!(stage.is_refused("ada", command), ErrorCode::ParticipantBanned);
    }
    stage.does("ada", EndSession {});
    assert_eq!(
        stage.session.enter(&actor("mallory"), stage.now).unwrap_err().code(),
        ErrorCode::Banned
    );
}

#[test]
fn a_banned_moderator_hears_nothing_of_the_others() {
    let (mut stage, _) = stage();
    assert!(stage.session.state().follows(&id("barbara"), &StreamId::Moderators));
    stage.does("ada", ban("barbara"));
    let state = stage.session.state();
    assert!(!state.follows(&id("barbara"), &StreamId::Moderators));
    assert!(!state.followed(&id("barbara")).contains(&StreamId::Moderators));
    assert_eq!(state.moderation(&id("barbara")), None);
}

#[test]
fn those_who_keep_order_know_who_is_banned_and_may_let_them_back_in() {
    let (mut stage, _) = stage();
    let banned = |stage: &Stage, who: &str| -> Option<Vec<String>> {
        let known = stage.session.state().moderation(&id(who))?.banned;
        Some(known.into_iter().map(|banned| banned.alias.to_string()).collect())
    };
    let mallory = stage.person("mallory").alias.to_string();
    stage.does("ada", ban("mallory"));
    stage.restart();
    assert_eq!(banned(&stage, "barbara"), Some(vec![mallory]));
    assert_eq!(banned(&stage, "grace"), None);
    let participant_id = id("mallory");
    stage.does("barbara", UnbanParticipant { participant_id });
    assert_eq!(banned(&stage, "ada"), Some(vec![]));
    stage.does("mallory", JoinSession {});
}

#[test]
fn slow_mode_spaces_what_participants_say_in_a_room_and_in_main() {
    let (mut stage, blue) = stage();
    stage.does(
        "ada",
        UpdateRoom {
            slow_mode_ms: slow(10),
            ..update(&blue)
        },
    );
    stage.does(
        "ada",
        UpdateSession {
            slow_mode_ms: slow(30),
            ..Default::default()
        },
    );
    stage.now = 100_000;
    stage.say("grace", &blue, "one").unwrap();
    stage.now = 104_000;
    let error = ErrorBody::from(stage.say("grace", &blue, "two").unwrap_err());
    assert_eq!(
        (error.code, error.retry_after_ms),
        (ErrorCode::RateLimited, Some(6_000))
    );
    stage.say("mallory", &blue, "everybody waits for themselves").unwrap();
    for _ in 0..2 {
        stage.say("barbara", &blue, "and moderators do not").unwrap();
    }
    stage.now = 110_000;
    stage.say("grace", &blue, "two").unwrap();
    let error = ErrorBody::from(stage.say("grace", &RoomId::main(), "and here").unwrap_err());
    assert_eq!(error.retry_after_ms, Some(30_000));
    stage.restart();
    stage.now = 120_000 - 1;
    assert_eq!(
        stage.say("grace", &blue, "three").unwrap_err().code(),
        ErrorCode::RateLimited
    );
    stage.does(
        "ada",
        UpdateRoom {
            slow_mode_ms: slow(0),
            ..update(&blue)
        },
    );
    stage.say("grace", &blue, "three").unwrap();
}

#[test]
fn recording_is_off_until_it_is_announced_to_everyone() {
    let (mut stage, _) = stage();
    assert!(!stage.session.state().info.recording);
    assert_eq!(
        stage.is_refused(
            "grace",
            UpdateSession {
                recording: Some(true),
                ..Default::default()
            }
        ),
        ErrorCode::Forbidden
    );
    stage.does(
        "ada",
        UpdateSession {
            recording: Some(true),
            ..Default::default()
        },
    );
    assert!(matches!(stage.last_events()[..], [Event::SessionUpdated { session }] if session.recording));
    assert_eq!(stage.journal.last().unwrap().stream, StreamId::Session);
}

#[test]
fn what_people_write_about_themselves_is_for_moderators_and_their_name_for_all() {
    let (mut stage, _) = stage();
    let profile = UpdateProfile {
        alias: Some("Amazing Grace".parse().unwrap()),
        about: Change::Set("secret of grace".parse().unwrap()),
        tags: Some(vec!["secret of grace".parse().unwrap()]),
    };
    let told = stage.does("grace", profile.clone());
    assert_eq!(told.participant.unwrap().alias.as_str(), "Amazing Grace");
    assert_eq!(stage.person("grace").alias.as_str(), "Amazing Grace");
    let state = stage.session.state();
    assert_eq!(state.own(&id("grace")).profile, told.profile.clone().unwrap());
    assert_eq!(
        state.moderation(&id("barbara")).unwrap().profiles[&id("grace")],
        told.profile.unwrap()
    );
    assert_eq!(state.own(&id("mallory")), Default::default());
    assert_eq!(state.moderation(&id("mallory")), None);
    stage.does("grace", profile);
    assert!(stage.last_events().is_empty(), "said already");
    let (about, tags) = (Change::Clear, Some(vec!["word".parse().unwrap(); 17]));
    let many = UpdateProfile {
        alias: None,
        about,
        tags,
    };
    assert_eq!(stage.is_refused("grace", many.clone()), ErrorCode::TooMany);
    stage.does("grace", UpdateProfile { tags: None, ..many });
    assert_eq!(stage.session.state().own(&id("grace")).profile.about, None);
    stage.check();
}

#[test]
fn an_alert_reaches_the_moderators_and_never_the_room() {
    let (mut stage, _) = stage();
    let alert = AskForHelp {
        kind: HelpKind::Alert,
        text: Some("secret of grace".parse().unwrap()),
        about_participant_id: Some(id("mallory")),
    };
    stage.does("grace", alert);
    let public = |entry: &&flagship_session::Entry| {
        let followed = stage.session.state().followed(&id("mallory"));
        followed.contains(&entry.stream)
    };
    let heard = stage.journal.iter().filter(public).flat_map(|entry| &entry.events);
    let tells = |event: &flagship_protocol::events::SequencedEvent| {
        matches!(event.event, Event::HelpRequested { .. } | Event::HelpUpdated { .. })
    };
    assert!(!heard.into_iter().any(tells));
    stage.check();
}
