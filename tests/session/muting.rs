//! Who mutes whom where, and who lifts it.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::{Participant, Role};

use crate::support::{Stage, id, update};

/// Ada hosts, Barbara moderates; Grace and Ken facilitate Blue, where they are with Linus; Grace facilitates Red too.
fn stage() -> (Stage, RoomId, RoomId) {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.come(&["barbara"]);
    stage.promote("barbara", Role::Moderator);
    for who in ["grace", "ken", "linus"] {
        stage.join(who, &blue);
    }
    for (room, facilitators) in [(&blue, vec!["grace", "ken"]), (&red, vec!["grace"])] {
        let facilitator_ids = Some(facilitators.into_iter().map(id).collect());
        stage.does(
            "ada",
            UpdateRoom {
                facilitator_ids,
                ..update(room)
            },
        );
    }
    (stage, blue, red)
}

fn mute(who: &str, muted: bool) -> MuteParticipant {
    let participant_id = id(who);
    MuteParticipant { participant_id, muted }
}

fn may_speak(stage: &Stage, who: &str, room: &RoomId) -> bool {
    let mut trial = stage.clone();
    match trial.say(who, room, "hi") {
        Ok(_) => true,
        Err(rejection) => {
            assert_eq!(rejection.code(), ErrorCode::Muted);
            false
        }
    }
}

#[test]
fn a_facilitators_mute_holds_in_the_room_and_nowhere_else() {
    let (mut stage, blue, red) = stage();
    let first = stage.say("linus", &blue, "before").unwrap().result.message.unwrap();
    stage.does("grace", mute("linus", true));
    assert!(!stage.person("linus").muted, "not in the whole session");
    assert_eq!(stage.person("linus").muted_in, std::slice::from_ref(&blue));
    assert!(!may_speak(&stage, "linus", &blue));
    assert!(may_speak(&stage, "linus", &RoomId::main()));
    let edit = EditMessage {
        message_id: first.id.clone(),
        content: "after".parse().unwrap(),
        mentions: vec![],
    };
    assert_eq!(stage.is_refused("linus", edit), ErrorCode::Muted);
    let react = ReactToMessage {
        message_id: first.id,
        emoji: "👍".parse().unwrap(),
        added: true,
    };
    assert_eq!(stage.is_refused("linus", react), ErrorCode::Muted);
    stage.join("linus", &red);
    assert!(may_speak(&stage, "linus", &red));
    stage.join("linus", &blue);
    assert!(!may_speak(&stage, "linus", &blue), "coming back changes nothing");
    stage.restart();
    assert!(!may_speak(&stage, "linus", &blue));
    stage.check();
}

#[test]
fn a_facilitators_mute_is_lifted_by_those_of_the_room_and_by_moderators() {
    for by in ["grace", "ken", "barbara", "ada"] {
        let (mut stage, blue, _) = stage();
        stage.does("grace", mute("linus", true));
        if by == "ken" {
            // Also when they are elsewhere by then.
            stage.does("linus", LeaveRoom { room_id: None });
        }
        stage.does(by, mute("linus", false));
        assert!(stage.person("linus").muted_in.is_empty());
        stage.join("linus", &blue);
        assert!(may_speak(&stage, "linus", &blue));
    }
}

#[test]
fn nobody_lifts_what_a_higher_role_muted() {
    for (by, role, who_may_not) in [
        ("ada", Role::Host, vec!["barbara", "grace", "ken"]),
        ("barbara", Role::Moderator, vec!["grace", "ken"]),
    ] {
        let (mut stage, blue, _) = stage();
        stage.does(by, mute("grace", true));
        assert_eq!(stage.person("grace").muted_by, Some(role));
        for other in who_may_not {
            assert_eq!(
                stage.is_refused(other, mute("grace", false)),
                ErrorCode::Forbidden,
                "{other}"
            );
        }
        for room in [&blue, &RoomId::main()] {
            assert!(!may_speak(&stage, "grace", room));
        }
        let broadcast = Broadcast {
            room_ids: Some(vec![blue.clone()]),
            content: "hi".parse().unwrap(),
        };
        assert_eq!(stage.is_refused("grace", broadcast), ErrorCode::Muted, "by no way");
        stage.does("ada", mute("grace", false));
        assert!(may_speak(&stage, "grace", &blue));
        assert_eq!(stage.person("grace").muted_by, None);
    }
}

#[test]
fn a_higher_role_makes_a_mute_its_own_and_a_lower_one_does_not() {
    let (mut stage, ..) = stage();
    stage.does("barbara", mute("linus", true));
    stage.does("ada", mute("linus", true));
    stage.does("barbara", mute("linus", true));
    assert_eq!(stage.person("linus").muted_by, Some(Role::Host));
    assert_eq!(stage.is_refused("barbara", mute("linus", false)), ErrorCode::Forbidden);
}

#[test]
fn a_facilitator_lifts_their_own_mute_and_leaves_the_sessions() {
    let (mut stage, blue, _) = stage();
    stage.does("grace", mute("linus", true));
    stage.does("barbara", mute("linus", true));
    stage.does("grace", mute("linus", false));
    assert!(stage.person("linus").muted && stage.person("linus").muted_in.is_empty());
    assert!(!may_speak(&stage, "linus", &blue));
}

#[test]
fn who_becomes_a_moderator_is_muted_nowhere_and_a_deleted_room_is_forgotten() {
    let (mut stage, blue, _) = stage();
    stage.does("grace", mute("linus", true));
    stage.does("grace", mute("ken", true));
    stage.promote("linus", Role::Moderator);
    assert!(stage.person("linus").muted_in.is_empty());
    stage.does(
        "ada",
        DeleteRoom {
            room_id: blue,
            expected_version: None,
        },
    );
    assert!(stage.person("ken").muted_in.is_empty());
    stage.check();
}

#[test]
fn a_mute_from_before_roles_were_kept_counts_as_a_moderators() {
    let (mut stage, blue, _) = stage();
    stage.does("ada", mute("grace", true));
    stage.take_snapshot();
    let mut json = serde_json::to_value(stage.snapshot.take().unwrap()).unwrap();
    let participant = &mut json["members"]["grace"]["participant"];
    participant.as_object_mut().unwrap().remove("mutedBy").unwrap();
    let before: Participant = serde_json::from_value(participant.clone()).unwrap();
    assert!(before.muted && before.muted_by.is_none());
    stage.snapshot = Some(serde_json::from_value(json).unwrap());
    stage.restart();
    assert!(!may_speak(&stage, "grace", &blue));
    assert_eq!(stage.is_refused("grace", mute("grace", false)), ErrorCode::Forbidden);
    stage.does("barbara", mute("grace", false));
    assert!(may_speak(&stage, "grace", &blue));
}
