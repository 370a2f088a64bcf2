//! Editing, taking back, answering, reacting, mentioning, and writing to one person.

use crate::support::{Stage, id, update};
use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{MessageId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message, Reaction, Role};
use flagship_protocol::number::SlowModeMs;

fn edit(message_id: &MessageId, content: &str) -> EditMessage {
    EditMessage {
        message_id: message_id.clone(),
        content: content.parse().unwrap(),
        mentions: vec![],
    }
}

fn delete(message_id: &MessageId) -> DeleteMessage {
    DeleteMessage {
        message_id: message_id.clone(),
    }
}

fn react(message_id: &MessageId, emoji: &str, added: bool) -> ReactToMessage {
    ReactToMessage {
        message_id: message_id.clone(),
        emoji: emoji.parse().unwrap(),
        added,
    }
}

fn direct(to: &str, content: &str) -> SendDirectMessage {
    SendDirectMessage {
        participant_id: id(to),
        content: content.parse().unwrap(),
        reply_to: None,
    }
}

fn answer(room: &RoomId, to: &MessageId) -> SendMessage {
    SendMessage {
        room_id: room.clone(),
        content: "and I think".parse().unwrap(),
        reply_to: Some(to.clone()),
        mentions: vec![],
        seen_session: None,
    }
}

fn said(stage: &mut Stage, who: &str, room: &RoomId, content: &str) -> Message {
    stage.say(who, room, content).unwrap().result.message.unwrap()
}

fn wrote(stage: &mut Stage, who: &str, to: &str, content: &str) -> DirectMessage {
    stage.does(who, direct(to, content)).direct_message.unwrap()
}

/// Everything that anybody can be told from now on.
fn everything(stage: &Stage) -> String {
    let journal = serde_json::to_string(&stage.journal.iter().map(|entry| &entry.events).collect::<Vec<_>>());
    let results = stage
        .journal
        .iter()
        .map(|entry| entry.command_result())
        .collect::<Vec<_>>();
    let state = serde_json::to_string(stage.session.state());
    journal.unwrap() + &serde_json::to_string(&results).unwrap() + &state.unwrap()
}

#[test]
fn who_said_something_may_say_it_otherwise() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    let message = said(&mut stage, "grace", &RoomId::main(), "a misteak");
    stage.now = 5_000;
    let edited = stage.does("grace", edit(&message.id, "a mistake")).message.unwrap();
    assert_eq!(edited.content.as_str(), "a mistake");
    assert_eq!((edited.edited_at, edited.seq), (Some(5_000), message.seq));
    assert_eq!(edited.version, stage.journal.last().map(|entry| entry.rev));
    assert!(matches!(stage.last_events()[..], [Event::MessageEdited { message }] if *message == edited));
    assert!(
        !everything(&stage).contains("misteak"),
        "what it said before is nowhere"
    );
    for other in ["ada", "linus"] {
        assert_eq!(stage.is_refused(other, edit(&message.id, "mine")), ErrorCode::Forbidden);
    }
    assert_eq!(
        stage.is_refused("grace", edit(&"m1".parse().unwrap(), "?")),
        ErrorCode::MessageNotFound
    );
    stage.take_snapshot();
    stage.restart();
    stage.check();
}

#[test]
fn an_edit_that_changes_nothing_tells_nobody() {
    let mut stage = Stage::new();
    let message = said(&mut stage, "ada", &RoomId::main(), "hello");
    let again = stage.does("ada", edit(&message.id, "hello")).message.unwrap();
    assert_eq!(again, message);
    assert!(stage.last_events().is_empty());
    assert_eq!(
        stage.journal.last().unwrap().result,
        None,
        "what it says is in one place"
    );
}

#[test]
fn editing_and_reacting_need_what_speaking_needs() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let message = said(&mut stage, "grace", &blue, "here");
    let mute = |muted| MuteParticipant {
        participant_id: id("grace"),
        muted,
    };
    stage.does("grace", react(&message.id, "🎉", true));
    stage.does("ada", mute(true));
    assert_eq!(stage.is_refused("grace", edit(&message.id, "more")), ErrorCode::Muted);
    assert_eq!(
        stage.is_refused("grace", react(&message.id, "👍", true)),
        ErrorCode::Muted
    );
    stage.does("grace", react(&message.id, "🎉", false));
    stage.does("ada", mute(false));
    stage.does("grace", LeaveRoom { room_id: None });
    assert_eq!(
        stage.is_refused("grace", edit(&message.id, "more")),
        ErrorCode::NotInRoom
    );
    assert_eq!(
        stage.is_refused("grace", react(&message.id, "👍", true)),
        ErrorCode::NotInRoom
    );
    let close = CloseRoom {
        room_id: blue.clone(),
        expected_version: None,
    };
    stage.does("ada", close);
    assert_eq!(
        stage.is_refused("grace", edit(&message.id, "more")),
        ErrorCode::RoomClosed
    );
    stage.does("ada", EndSession {});
    assert_eq!(
        stage.is_refused("grace", edit(&message.id, "more")),
        ErrorCode::SessionEnded
    );
    let added = react(&message.id, "👍", true);
    assert_eq!(stage.is_refused("grace", added), ErrorCode::SessionEnded);
}

#[test]
fn what_was_taken_back_is_nowhere() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    let send = SendMessage {
        room_id: RoomId::main(),
        content: "unspeakable".parse().unwrap(),
        reply_to: None,
        mentions: vec![id("ada")],
        seen_session: None,
    };
    let message = stage.send("grace", "k1", send.clone()).unwrap().result.message.unwrap();
    stage.send("grace", "k2", edit(&message.id, "unspeakable too")).unwrap();
    stage.does("ada", react(&message.id, "😱", true));
    stage.take_snapshot();
    stage.now = 9_000;
    let deleted = stage
        .send("ada", "k3", delete(&message.id))
        .unwrap()
        .result
        .message
        .unwrap();
    assert_eq!((deleted.content.as_str(), deleted.deleted_at), ("", Some(9_000)));
    assert_eq!(deleted.deleted_by, Some(id("ada")));
    assert!(deleted.mentions.is_empty() && deleted.reactions.is_empty());
    assert!(!everything(&stage).contains("unspeakable"));
    assert!(!everything(&stage).contains("😱\",\"participantIds"));
    // The same requests again, as somebody whose answers were lost would send them.
    stage.restart();
    let entries = stage.journal.len();
    for (who, key, command) in [
        ("grace", "k1", Command::from(send)),
        ("grace", "k2", edit(&message.id, "unspeakable too").into()),
        ("ada", "k3", delete(&message.id).into()),
    ] {
        let again = stage.send(who, key, command).unwrap();
        assert!(again.duplicate);
        assert_eq!(again.result.message.as_ref(), Some(&deleted), "as it is now");
    }
    assert_eq!(stage.journal.len(), entries);
    for command in [
        Command::from(edit(&message.id, "back")),
        react(&message.id, "👍", true).into(),
        answer(&RoomId::main(), &message.id).into(),
    ] {
        assert_eq!(stage.is_refused("grace", command), ErrorCode::MessageDeleted);
    }
    stage.does("grace", delete(&message.id));
    assert!(stage.last_events().is_empty(), "it was taken back already");
    stage.check();
}

#[test]
fn those_who_keep_order_take_back_what_others_said() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    for (who, room) in [("grace", &blue), ("linus", &blue), ("barbara", &red)] {
        stage.join(who, room);
    }
    let facilitators = UpdateRoom {
        facilitator_ids: Some(vec![id("linus")]),
        ..update(&blue)
    };
    stage.does("ada", facilitators);
    let (here, there) = (
        said(&mut stage, "grace", &blue, "here"),
        said(&mut stage, "barbara", &red, "there"),
    );
    let main = said(&mut stage, "grace", &RoomId::main(), "to all");
    assert_eq!(stage.is_refused("barbara", delete(&main.id)), ErrorCode::Forbidden);
    assert_eq!(stage.is_refused("linus", delete(&main.id)), ErrorCode::Forbidden);
    assert_eq!(
        stage.is_refused("linus", delete(&there.id)),
        ErrorCode::MessageNotFound,
        "what one may not read does not exist"
    );
    stage.does("linus", delete(&here.id));
    stage.promote("linus", Role::Moderator);
    stage.does("linus", delete(&there.id));
    stage.does("linus", delete(&main.id));
}

#[test]
fn an_answer_is_to_a_message_of_the_same_room() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let here = said(&mut stage, "grace", &blue, "here");
    let answered = stage.does("ada", answer(&blue, &here.id)).message.unwrap();
    assert_eq!(answered.reply_to.as_ref(), Some(&here.id));
    assert_eq!(
        stage.is_refused("ada", answer(&RoomId::main(), &here.id)),
        ErrorCode::MessageNotFound
    );
    assert_eq!(
        stage.is_refused("ada", answer(&blue, &"m999".parse().unwrap())),
        ErrorCode::MessageNotFound
    );
    let private = wrote(&mut stage, "grace", "ada", "in private");
    assert_eq!(
        stage.is_refused("grace", answer(&blue, &private.id)),
        ErrorCode::MessageNotFound
    );
}

#[test]
fn members_are_mentioned_once_each() {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    stage.does("linus", LeaveSession {});
    let mention = |names: &[&str]| SendMessage {
        room_id: RoomId::main(),
        content: "you".parse().unwrap(),
        reply_to: None,
        mentions: names.iter().map(|name| id(name)).collect(),
        seen_session: None,
    };
    let message = stage
        .does("ada", mention(&["linus", "grace", "linus"]))
        .message
        .unwrap();
    assert_eq!(message.mentions, [id("linus"), id("grace")]);
    let fewer = EditMessage {
        mentions: vec![id("grace")],
        ..edit(&message.id, "you")
    };
    assert_eq!(stage.does("ada", fewer).message.unwrap().mentions, [id("grace")]);
    assert_eq!(
        stage.is_refused("ada", mention(&["nobody"])),
        ErrorCode::ParticipantNotFound
    );
    let many: Vec<&str> = std::iter::repeat_n("grace", limits::MENTIONS + 1).collect();
    assert_eq!(stage.is_refused("ada", mention(&many)), ErrorCode::TooMany);
}

#[test]
fn emoji_stand_in_the_order_in_which_they_came() {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    let message = said(&mut stage, "ada", &RoomId::main(), "we did it");
    for (who, emoji, added) in [
        ("grace", "🎉", true),
        ("linus", "👍", true),
        ("linus", "🎉", true),
        ("linus", "🎉", true),
        ("ada", "👀", true),
        ("ada", "👀", false),
        ("grace", "👀", false),
    ] {
        stage.does(who, react(&message.id, emoji, added));
    }
    let reaction = |emoji: &str, who: &[&str]| Reaction {
        emoji: emoji.parse().unwrap(),
        participant_ids: who.iter().map(|who| id(who)).collect(),
    };
    let shown = stage.does("linus", react(&message.id, "👍", true)).message.unwrap();
    assert_eq!(
        shown.reactions,
        [reaction("🎉", &["grace", "linus"]), reaction("👍", &["linus"])]
    );
    let told = stage.journal.iter().flat_map(|entry| &entry.events);
    let told = told.filter(|sequenced| matches!(sequenced.event, Event::MessageReacted { .. }));
    assert_eq!(told.count(), 5, "what changes nothing tells nobody");
    stage.check();
}

#[test]
fn a_message_takes_so_many_emoji() {
    let mut stage = Stage::new();
    let message = said(&mut stage, "ada", &RoomId::main(), "hello");
    let all: Vec<String> = ('\u{1f600}'..'\u{1f640}').map(String::from).collect();
    for emoji in &all[..limits::EMOJI_PER_MESSAGE] {
        stage.does("ada", react(&message.id, emoji, true));
    }
    let next = &all[limits::EMOJI_PER_MESSAGE];
    assert_eq!(
        stage.is_refused("ada", react(&message.id, next, true)),
        ErrorCode::TooMany
    );
    stage.does("grace", react(&message.id, &all[0], true));
    stage.does("ada", react(&message.id, &all[1], false));
    stage.does("ada", react(&message.id, next, true));
}

#[test]
fn what_is_said_to_one_person_is_for_two() {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    let message = wrote(&mut stage, "grace", "ada", "between us");
    let streams: Vec<StreamId> = stage.journal[stage.journal.len() - 2..]
        .iter()
        .map(|entry| entry.stream.clone())
        .collect();
    assert_eq!(
        streams,
        [StreamId::Participant(id("grace")), StreamId::Participant(id("ada"))]
    );
    let reply = SendDirectMessage {
        reply_to: Some(message.id.clone()),
        ..direct("grace", "I see")
    };
    assert_eq!(
        stage.does("ada", reply.clone()).direct_message.unwrap().reply_to,
        Some(message.id.clone())
    );
    let elsewhere = SendDirectMessage {
        reply_to: Some(message.id.clone()),
        ..direct("linus", "I see")
    };
    assert_eq!(stage.is_refused("ada", elsewhere), ErrorCode::MessageNotFound);
    assert_eq!(stage.is_refused("grace", direct("linus", "psst")), ErrorCode::Forbidden);
    assert_eq!(
        stage.is_refused("ada", direct("ada", "note to self")),
        ErrorCode::Invalid
    );
    assert_eq!(
        stage.is_refused("ada", direct("nobody", "?")),
        ErrorCode::ParticipantNotFound
    );
    stage.promote("linus", Role::Moderator);
    for command in [
        Command::from(delete(&message.id)),
        edit(&message.id, "not mine").into(),
        react(&message.id, "👍", true).into(),
    ] {
        assert_eq!(stage.is_refused("linus", command), ErrorCode::MessageNotFound);
    }
    let liked = stage
        .does("ada", react(&message.id, "👍", true))
        .direct_message
        .unwrap();
    assert_eq!(liked.reactions.len(), 1);
    assert_eq!(stage.is_refused("ada", delete(&message.id)), ErrorCode::Forbidden);
    stage.does("grace", edit(&message.id, "between the two of us"));
    assert!(!everything(&stage).contains("between us"));
    stage.does("grace", delete(&message.id));
    assert!(!everything(&stage).contains("between the two"));
    stage.take_snapshot();
    stage.restart();
    stage.check();
}

#[test]
fn who_is_muted_may_ask_a_host_why() {
    let mut stage = Stage::new();
    stage.come(&["grace"]);
    stage.does(
        "ada",
        MuteParticipant {
            participant_id: id("grace"),
            muted: true,
        },
    );
    let slow = UpdateSession {
        slow_mode_ms: Change::Set(SlowModeMs::new(60_000).unwrap()),
        ..Default::default()
    };
    stage.does("ada", slow);
    wrote(&mut stage, "grace", "ada", "why?");
    wrote(&mut stage, "grace", "ada", "what did I do?");
    stage.does(
        "ada",
        BanParticipant {
            participant_id: id("grace"),
        },
    );
    assert_eq!(stage.is_refused("grace", direct("ada", "please")), ErrorCode::Banned);
    assert_eq!(
        stage.is_refused("ada", direct("grace", "no")),
        ErrorCode::ParticipantBanned
    );
}
