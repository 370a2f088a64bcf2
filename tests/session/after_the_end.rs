//! Moderation of a session that is over: what was said is taken back, and who may not read on is put out.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{MessageId, RoomId};
use flagship_protocol::model::{Role, SessionState};

use crate::support::{Stage, id, update};

/// Ada hosts, Barbara moderates, Grace facilitates Blue, Linus said something in Blue and in main; it is over.
fn stage() -> (Stage, RoomId, [MessageId; 2]) {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.come(&["barbara", "grace", "ken"]);
    stage.promote("barbara", Role::Moderator);
    let facilitator_ids = Some(vec![id("grace")]);
    stage.does(
        "ada",
        UpdateRoom {
            facilitator_ids,
            ..update(&blue)
        },
    );
    stage.join("grace", &blue);
    stage.join("linus", &blue);
    let said = [&blue, &RoomId::main()].map(|room| {
        let answer = stage.say("linus", room, "abuse").unwrap();
        answer.result.message.unwrap().id
    });
    stage.does("ada", EndSession {});
    (stage, blue, said)
}

fn delete(message_id: &MessageId) -> DeleteMessage {
    let message_id = message_id.clone();
    DeleteMessage { message_id }
}

#[test]
fn what_was_said_is_taken_back_by_those_who_could_before() {
    for (who, in_room, in_main) in [
        ("ada", Ok(()), Ok(())),
        ("barbara", Ok(()), Ok(())),
        ("linus", Ok(()), Ok(())),
        ("grace", Ok(()), Err(ErrorCode::Forbidden)),
        ("ken", Err(ErrorCode::MessageNotFound), Err(ErrorCode::Forbidden)),
        ("stranger", Err(ErrorCode::SessionEnded), Err(ErrorCode::SessionEnded)),
    ] {
        let (mut stage, _, [of_room, of_main]) = stage();
        for (message, expected) in [(&of_room, in_room), (&of_main, in_main)] {
            let done = stage.tries(who, delete(message));
            assert_eq!(done.map(drop).map_err(|rejection| rejection.code()), expected, "{who}");
        }
        assert_eq!(stage.session.state().info.state, SessionState::Ended);
        stage.restart();
        stage.check();
    }
}

#[test]
fn who_is_banned_after_the_end_reads_no_more_and_may_be_let_again() {
    let (mut stage, blue, _) = stage();
    let participant_id = id("linus");
    stage.does(
        "barbara",
        BanParticipant {
            participant_id: participant_id.clone(),
        },
    );
    for room in [&blue, &RoomId::main()] {
        let read = stage.session.state().may_read(&participant_id, room);
        assert_eq!(read.unwrap_err().code(), ErrorCode::Banned);
    }
    stage.does(
        "ada",
        UnbanParticipant {
            participant_id: participant_id.clone(),
        },
    );
    assert_eq!(stage.session.state().may_read(&participant_id, &RoomId::main()), Ok(()));
}

#[test]
fn a_moderator_is_removed_after_the_end_and_moderates_no_more() {
    let (mut stage, _, [_, of_main]) = stage();
    let participant_id = id("barbara");
    stage.does("ada", RemoveParticipant { participant_id });
    // What a participant may not read does not exist for them.
    assert_eq!(
        stage.is_refused("barbara", delete(&of_main)),
        ErrorCode::MessageNotFound
    );
    assert_eq!(stage.is_refused("barbara", JoinSession {}), ErrorCode::SessionEnded);
}

#[test]
fn nothing_is_said_or_changed_any_more() {
    let (mut stage, blue, [_, of_main]) = stage();
    let content = || "better".parse().unwrap();
    let commands: Vec<Command> = vec![
        EditMessage {
            message_id: of_main.clone(),
            content: content(),
            mentions: vec![],
        }
        .into(),
        Broadcast {
            room_ids: None,
            content: content(),
        }
        .into(),
        update(&blue).into(),
        MuteParticipant {
            participant_id: id("linus"),
            muted: true,
        }
        .into(),
    ];
    for command in commands {
        assert_eq!(stage.is_refused("ada", command), ErrorCode::SessionEnded);
    }
}
