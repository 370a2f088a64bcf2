//! Who may read what was said in a breakout room: by stays.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{MessageId, RoomId, StreamId};
use flagship_protocol::model::{ChatHistory, Role, RoomState};
use flagship_session::{Readable, Session};

use crate::support::{Stage, id, to};

/// The contents of a room's messages that somebody may read.
fn reads(stage: &Stage, who: &str, room: &RoomId) -> Vec<String> {
    let said = stage.journal.iter().flat_map(|entry| &entry.events);
    let said = said.filter_map(|sequenced| flagship_session::Said::of(&sequenced.event));
    let state = stage.session.state();
    let mut contents = Vec::new();
    for said in said.filter(|said| state.may_read_said(&id(who), said)) {
        if let flagship_session::Said::Room(message) = said
            && message.room_id == *room
        {
            contents.push(message.content.to_string());
        }
    }
    contents
}

/// Which stretches somebody is told that they miss, as the positions before and after them.
fn misses(stage: &Stage, who: &str, room: &RoomId) -> Vec<(u64, u64)> {
    let state = stage.session.state();
    let head = state.head(&StreamId::Room(room.clone()));
    let gaps = state.readable(&id(who), room).unwrap().gaps(0, head + 1, head);
    gaps.into_iter().map(|gap| (gap.after, gap.before)).collect()
}

fn leave(stage: &mut Stage, who: &str) {
    stage.does(who, LeaveRoom { room_id: None });
}

fn says(stage: &mut Stage, who: &str, room: &RoomId, content: &str) -> MessageId {
    stage.say(who, room, content).unwrap().result.message.unwrap().id
}

fn history(stage: &mut Stage, history: ChatHistory) {
    let command = UpdateSession {
        chat_history: Some(history),
        ..UpdateSession::default()
    };
    stage.does("ada", command);
}

#[test]
fn a_participant_reads_what_was_said_while_they_were_in_the_room() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    says(&mut stage, "linus", &blue, "before");
    stage.join("grace", &blue);
    says(&mut stage, "linus", &blue, "first stay");
    leave(&mut stage, "grace");
    says(&mut stage, "linus", &blue, "between");
    stage.join("grace", &blue);
    says(&mut stage, "grace", &blue, "second stay");
    leave(&mut stage, "grace");
    says(&mut stage, "linus", &blue, "after");
    assert_eq!(reads(&stage, "grace", &blue), ["first stay", "second stay"]);
    assert_eq!(misses(&stage, "grace", &blue), [(0, 2), (2, 4)]);
    assert_eq!(reads(&stage, "linus", &blue).len(), 5);
    assert_eq!(misses(&stage, "linus", &blue), []);
    assert_eq!(reads(&stage, "ada", &blue).len(), 5, "hosts read every room");
    stage.does("ada", CloseRooms::default());
    assert_eq!(reads(&stage, "grace", &blue), ["first stay", "second stay"]);
    stage.check();
}

#[test]
fn who_was_there_while_nothing_was_said_is_told_that_something_is_withheld() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    leave(&mut stage, "grace");
    assert_eq!(misses(&stage, "grace", &blue), []);
    stage.join("linus", &blue);
    says(&mut stage, "linus", &blue, "afterwards");
    assert!(reads(&stage, "grace", &blue).is_empty());
    assert_eq!(misses(&stage, "grace", &blue), [(0, 2)]);
}

#[test]
fn the_next_group_does_not_read_what_the_last_one_said() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    stage.come(&["grace", "linus"]);
    stage.assign([to("grace", Some(&blue))]);
    stage.does("ada", OpenRooms::default());
    says(&mut stage, "grace", &blue, "first group");
    let close = CloseRooms {
        countdown_ms: flagship_protocol::number::CountdownMs::new(0),
        ..CloseRooms::default()
    };
    stage.does("ada", close);
    stage.assign([to("grace", None), to("linus", Some(&blue))]);
    history(&mut stage, ChatHistory::Round);
    stage.does("ada", OpenRooms::default());
    says(&mut stage, "linus", &blue, "second group");
    assert_eq!(reads(&stage, "linus", &blue), ["second group"]);
    assert_eq!(reads(&stage, "grace", &blue), ["first group"]);
    let rounds: Vec<(u32, u64)> = stage
        .shown(&blue)
        .rounds
        .iter()
        .map(|round| (round.round, round.after))
        .collect();
    assert_eq!(rounds, [(1, 0), (2, 1)], "those who read both see where one ends");
    stage.check();
}

#[test]
fn a_room_that_opens_again_before_anything_was_said_has_one_opening() {
    let mut stage = Stage::new();
    let blue = stage.prepare("Blue", None);
    for _ in 0..3 {
        stage.does("ada", OpenRooms::default());
        let close = CloseRoom {
            room_id: blue.clone(),
            expected_version: None,
        };
        stage.does("ada", close);
    }
    assert_eq!(stage.shown(&blue).state, RoomState::Closed);
    assert_eq!(stage.shown(&blue).rounds.len(), 1);
    assert_eq!(stage.shown(&blue).rounds[0].round, 3);
}

#[test]
fn a_session_may_show_the_whole_round_to_those_who_come_later() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["grace", "ken"]);
    stage.join("linus", &blue);
    says(&mut stage, "linus", &blue, "before");
    stage.join("grace", &blue);
    history(&mut stage, ChatHistory::Round);
    assert!(
        reads(&stage, "grace", &blue).is_empty(),
        "the setting is about later arrivals"
    );
    stage.join("ken", &blue);
    assert_eq!(reads(&stage, "ken", &blue), ["before"]);
    history(&mut stage, ChatHistory::Stay);
    assert_eq!(
        reads(&stage, "ken", &blue),
        ["before"],
        "nor does it take anything back"
    );
    leave(&mut stage, "ken");
    says(&mut stage, "linus", &blue, "meanwhile");
    history(&mut stage, ChatHistory::Round);
    stage.join("ken", &blue);
    assert_eq!(reads(&stage, "ken", &blue), ["before", "meanwhile"]);
    assert_eq!(misses(&stage, "ken", &blue), []);
    stage.check();
}

#[test]
fn who_was_removed_reads_nothing_until_they_come_in_again() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    says(&mut stage, "grace", &blue, "hello");
    let remove = RemoveParticipant {
        participant_id: id("grace"),
    };
    stage.does("ada", remove);
    for room in [&blue, &RoomId::main()] {
        let refused = stage.session.state().may_read(&id("grace"), room).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Removed);
    }
    says(&mut stage, "ada", &blue, "without them");
    stage.come(&["grace"]);
    assert_eq!(reads(&stage, "grace", &blue), ["hello"]);
    let ban = BanParticipant {
        participant_id: id("grace"),
    };
    stage.does("ada", ban);
    let banned = stage.session.state().may_read(&id("grace"), &blue).unwrap_err();
    assert_eq!(banned.code(), ErrorCode::Banned);
    let unban = UnbanParticipant {
        participant_id: id("grace"),
    };
    stage.does("ada", unban);
    let unbanned = stage.session.state().may_read(&id("grace"), &blue).unwrap_err();
    assert_eq!(unbanned.code(), ErrorCode::Removed);
}

#[test]
fn who_was_removed_does_not_look_at_the_session_after_its_end() {
    let mut stage = Stage::new();
    stage.come(&["grace", "linus"]);
    stage.does("linus", LeaveSession {});
    let remove = RemoveParticipant {
        participant_id: id("grace"),
    };
    stage.does("ada", remove);
    stage.does("ada", EndSession {});
    let refused = stage
        .session
        .enter(&crate::support::actor("grace"), stage.now)
        .unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Removed);
    stage.appears(&crate::support::actor("linus"));
}

#[test]
fn a_role_that_is_taken_away_takes_the_reading_with_it() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    stage.come(&["grace"]);
    stage.promote("grace", Role::Moderator);
    says(&mut stage, "linus", &blue, "alone");
    assert_eq!(reads(&stage, "grace", &blue), ["alone"]);
    stage.join("grace", &blue);
    says(&mut stage, "linus", &blue, "together");
    stage.promote("grace", Role::Participant);
    assert_eq!(reads(&stage, "grace", &blue), ["together"]);
    leave(&mut stage, "grace");
    assert_eq!(reads(&stage, "grace", &blue), ["together"]);
}

#[test]
fn nobody_learns_by_an_edit_what_was_said_before_they_came() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    let message_id = says(&mut stage, "linus", &blue, "a secret");
    let edit = |content: &str| EditMessage {
        message_id: message_id.clone(),
        content: content.parse().unwrap(),
        mentions: vec![],
    };
    stage.does("linus", edit("a secret!"));
    stage.join("grace", &blue);
    assert_eq!(stage.is_refused("linus", edit("a secret?")), ErrorCode::AudienceChanged);
    stage.promote("grace", Role::Moderator);
    stage.does("linus", edit("a secret?"));
    stage.promote("grace", Role::Participant);
    leave(&mut stage, "grace");
    stage.does("linus", edit("no secret"));
    let delete = DeleteMessage {
        message_id: message_id.clone(),
    };
    stage.join("grace", &blue);
    stage.does("linus", delete);
    stage.check();
}

#[test]
fn a_message_of_the_last_group_is_not_edited_while_the_next_one_is_away() {
    let mut stage = Stage::new();
    history(&mut stage, ChatHistory::Round);
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    let message_id = says(&mut stage, "linus", &blue, "a secret");
    leave(&mut stage, "linus");
    let (room_id, expected_version) = (blue.clone(), None);
    stage.does(
        "ada",
        CloseRoom {
            room_id,
            expected_version,
        },
    );
    stage.does("ada", OpenRooms::default());
    stage.join("linus", &blue);
    // Whoever joins later reads back to the opening, and so the edit, whose text is from before it.
    let edit = EditMessage {
        message_id,
        content: "a secret!".parse().unwrap(),
        mentions: vec![],
    };
    assert_eq!(stage.is_refused("linus", edit), ErrorCode::AudienceChanged);
}

#[test]
fn what_one_may_not_read_does_not_exist_for_one() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    let message_id = says(&mut stage, "linus", &blue, "before");
    stage.join("grace", &blue);
    let react = ReactToMessage {
        message_id: message_id.clone(),
        emoji: "👍".parse().unwrap(),
        added: true,
    };
    assert_eq!(stage.is_refused("grace", react), ErrorCode::MessageNotFound);
    let reply = SendMessage {
        room_id: blue.clone(),
        content: "to that".parse().unwrap(),
        reply_to: Some(message_id.clone()),
        mentions: vec![],
        seen_session: None,
    };
    assert_eq!(stage.is_refused("grace", reply), ErrorCode::MessageNotFound);
    assert_eq!(
        stage.is_refused("grace", DeleteMessage { message_id }),
        ErrorCode::MessageNotFound
    );
}

#[test]
fn hopping_in_and_out_keeps_one_stay() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    for _ in 0..50 {
        stage.join("grace", &blue);
        leave(&mut stage, "grace");
    }
    stage.join("grace", &blue);
    says(&mut stage, "grace", &blue, "hello");
    for _ in 0..50 {
        leave(&mut stage, "grace");
        stage.join("grace", &blue);
    }
    let member = &stage.session.state().members[&id("grace")];
    assert_eq!(member.stays.in_room(&blue).len(), 1);
    assert_eq!(reads(&stage, "grace", &blue), ["hello"]);
}

#[test]
fn stays_are_restored_from_the_journal_and_from_a_snapshot() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    says(&mut stage, "linus", &blue, "before");
    stage.join("grace", &blue);
    says(&mut stage, "linus", &blue, "during");
    stage.take_snapshot();
    leave(&mut stage, "grace");
    says(&mut stage, "linus", &blue, "after");
    let state = stage.session.state().clone();
    stage.restart();
    assert_eq!(stage.session.state(), &state);
    let whole = Session::restore(None, stage.journal.iter().cloned()).unwrap();
    assert_eq!(whole.state(), &state);
    assert_eq!(reads(&stage, "grace", &blue), ["during"]);
}

#[test]
fn a_session_from_before_keeps_its_rule() {
    let mut stage = Stage::new();
    for sequenced in stage.journal.iter_mut().flat_map(|entry| &mut entry.events) {
        if let flagship_protocol::events::Event::SessionCreated { session, .. } = &mut sequenced.event {
            session.chat_history = None;
        }
    }
    stage.restart();
    let blue = stage.room("Blue");
    stage.join("linus", &blue);
    let message_id = says(&mut stage, "linus", &blue, "before");
    stage.join("grace", &blue);
    leave(&mut stage, "grace");
    says(&mut stage, "linus", &blue, "after");
    assert_eq!(reads(&stage, "grace", &blue), ["before", "after"]);
    assert_eq!(stage.session.state().readable(&id("grace"), &blue), Ok(Readable::All));
    stage.join("grace", &blue);
    let edit = EditMessage {
        message_id,
        content: "edited".parse().unwrap(),
        mentions: vec![],
    };
    stage.does("linus", edit);
    let change = UpdateSession {
        chat_history: Some(ChatHistory::Round),
        ..UpdateSession::default()
    };
    assert_eq!(stage.is_refused("ada", change), ErrorCode::Invalid);
    assert!(!serde_json::to_string(stage.session.state()).unwrap().contains("stays"));
}
