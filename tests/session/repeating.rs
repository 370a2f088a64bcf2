//! Commands that come again under their key, after their actor lost what let them see the answer.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{MessageId, RoomId};
use flagship_protocol::model::Role;
use flagship_protocol::moderation::HelpKind;

use crate::support::{Stage, id};

fn send(room_id: &RoomId, content: &str) -> SendMessage {
    SendMessage {
        room_id: room_id.clone(),
        content: content.parse().unwrap(),
        reply_to: None,
        mentions: vec![],
        seen_session: None,
    }
}

fn remove(who: &str) -> RemoveParticipant {
    RemoveParticipant {
        participant_id: id(who),
    }
}

fn edit(message_id: &MessageId, content: &str) -> EditMessage {
    EditMessage {
        message_id: message_id.clone(),
        content: content.parse().unwrap(),
        mentions: vec![],
    }
}

#[test]
fn a_banned_person_is_told_nothing() {
    let mut stage = Stage::new();
    let main = RoomId::main();
    stage.send("grace", "k1", send(&main, "hello")).unwrap();
    let ban = BanParticipant {
        participant_id: id("grace"),
    };
    stage.does("ada", ban);
    for again in [send(&main, "hello"), send(&main, "something else")] {
        let refused = stage.send("grace", "k1", again).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Banned);
    }
}

#[test]
fn who_was_removed_is_told_ids_and_positions_and_not_what_was_said() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let first = stage.send("grace", "k1", send(&blue, "hello")).unwrap();
    let message = first.result.message.unwrap();
    stage.does("grace", edit(&message.id, "hello all"));
    let react = ReactToMessage {
        message_id: message.id.clone(),
        emoji: "👍".parse().unwrap(),
        added: true,
    };
    stage.does("ada", react);
    stage.does("ada", remove("grace"));
    let again = stage.send("grace", "k1", send(&blue, "hello")).unwrap();
    assert!(again.duplicate);
    assert_eq!(again.rev, first.rev);
    let shown = again.result.message.unwrap();
    assert_eq!((&shown.id, shown.seq), (&message.id, message.seq));
    assert_eq!(shown.content.as_str(), "");
    assert!(shown.reactions.is_empty() && shown.deleted_at.is_none());
    stage.come(&["grace"]);
    let again = stage.send("grace", "k1", send(&blue, "hello")).unwrap();
    assert_eq!(again.result.message.unwrap().content.as_str(), "hello all");
}

#[test]
fn a_moderator_without_the_role_does_not_see_by_it_what_is_said_elsewhere() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    stage.come(&["grace"]);
    stage.promote("grace", Role::Moderator);
    let said = stage.say("linus", &blue, "for us").unwrap().result.message.unwrap();
    let react = ReactToMessage {
        message_id: said.id.clone(),
        emoji: "👍".parse().unwrap(),
        added: true,
    };
    let first = stage.send("grace", "k1", react.clone()).unwrap();
    assert_eq!(first.result.message.unwrap().content.as_str(), "for us");
    let ask = AskForHelp {
        kind: HelpKind::Alert,
        text: Some("secret of linus".parse().unwrap()),
        about_participant_id: Some(id("grace")),
    };
    let request_id = stage.does("linus", ask).help_request.unwrap().id;
    let claim = ClaimHelp { request_id };
    assert!(
        stage
            .send("grace", "k2", claim.clone())
            .unwrap()
            .result
            .help_request
            .unwrap()
            .text
            .is_some()
    );
    stage.promote("grace", Role::Participant);
    stage.does("linus", edit(&said.id, "for us alone"));
    let again = stage.send("grace", "k1", react).unwrap();
    assert!(again.duplicate);
    assert_eq!(again.result.message.unwrap().content.as_str(), "");
    let again = stage.send("grace", "k2", claim).unwrap().result.help_request.unwrap();
    assert_eq!((again.text, again.about_participant_id), (None, None));
}

#[test]
fn deleted_content_is_shown_to_nobody_again() {
    let mut stage = Stage::new();
    let main = RoomId::main();
    let first = stage.send("grace", "k1", send(&main, "a secret")).unwrap();
    let message_id = first.result.message.unwrap().id;
    stage.send("grace", "k2", edit(&message_id, "another secret")).unwrap();
    let react = ReactToMessage {
        message_id: message_id.clone(),
        emoji: "👍".parse().unwrap(),
        added: true,
    };
    stage.send("grace", "k3", react.clone()).unwrap();
    stage.does(
        "ada",
        DeleteMessage {
            message_id: message_id.clone(),
        },
    );
    let again = [
        stage.send("grace", "k1", send(&main, "a secret")),
        stage.send("grace", "k2", edit(&message_id, "another secret")),
        stage.send("grace", "k3", react),
    ];
    for again in again {
        let shown = again.unwrap().result.message.unwrap();
        assert!(shown.deleted_at.is_some());
        assert_eq!(shown.content.as_str(), "");
    }
}

#[test]
fn a_direct_message_is_not_shown_again_to_who_was_removed() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    let whisper = SendDirectMessage {
        participant_id: id("ada"),
        content: "between us".parse().unwrap(),
        reply_to: None,
    };
    stage.send("grace", "k1", whisper.clone()).unwrap();
    stage.does("ada", remove("grace"));
    let again = stage
        .send("grace", "k1", whisper)
        .unwrap()
        .result
        .direct_message
        .unwrap();
    assert_eq!(again.content.as_str(), "");
}

#[test]
fn leaving_again_leaves_nobody_and_is_answered() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    stage.send("grace", "k1", LeaveSession {}).unwrap();
    assert!(stage.send("grace", "k1", LeaveSession {}).unwrap().duplicate);
}
