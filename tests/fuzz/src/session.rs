//! Commands on a real session.
//!
//! The input has one act a line. `a`, `b`, `c` or `d` is who sends; what follows is what they send, as over a socket.
//! `+` lets so many milliseconds pass, `*` takes a snapshot, `!` loses all memory and restores it.

use flagship_protocol::commands::Command;
use flagship_protocol::events::SequencedEvent;
use flagship_protocol::frames::{ClientFrame, decode_message};
use flagship_session::Actor;

use crate::frames::check_refusal;
use crate::support::{Stage, actor};

/// What one input may do.
const ACTS: usize = 200;

/// Long enough for every timer there is.
const LONGEST_WAIT_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// Whatever anybody sends: a refusal changes nothing, a repeat is answered as the first time, what is stored can be
/// read, and [`Stage::check`] holds.
pub fn session(data: &[u8]) {
    let Some(text) = crate::text(data) else {
        return;
    };
    let mut stage = Stage::new();
    for line in text.lines().take(ACTS) {
        let Some((act, rest)) = line.split_at_checked(1) else {
            continue;
        };
        match act {
            "a" => send(&mut stage, "ada", rest),
            "b" => send(&mut stage, "bo", rest),
            "c" => send(&mut stage, "cleo", rest),
            "d" => send(&mut stage, "dan", rest),
            "+" => {
                let wait: u64 = rest.trim().parse().unwrap_or(1);
                stage.wait_until(stage.now + wait.min(LONGEST_WAIT_MS));
            }
            "*" => stage.take_snapshot(),
            "!" => {
                let before = stage.session.state().clone();
                stage.restart();
                assert_eq!(*stage.session.state(), before, "restored as it was");
            }
            _ => {}
        }
    }
    stage.check();
    for entry in &stage.journal {
        let stored = serde_json::to_string(&entry.events).unwrap();
        let read: Vec<SequencedEvent> = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, entry.events, "{stored}");
    }
}

fn send(stage: &mut Stage, who: &str, message: &str) {
    let frames = match decode_message(message) {
        Ok(frames) => frames,
        Err(error) => return check_refusal(error),
    };
    for frame in frames {
        match frame {
            Ok(ClientFrame::Command(frame)) => carry_out(stage, &actor(who), frame.id.as_str(), &frame.command),
            Ok(_) => {}
            Err(bad) => check_refusal(bad.error),
        }
    }
}

fn carry_out(stage: &mut Stage, who: &Actor, key: &str, command: &Command) {
    // Stage::check would take it for a text that is for moderators.
    if serde_json::to_string(command).unwrap().contains("secret of ") {
        return;
    }
    let before = (stage.session.state().clone(), stage.journal.len());
    match stage.send_as(who, key, command.clone()) {
        Ok(first) => {
            let after = (stage.session.state().clone(), stage.journal.len());
            let again = stage.send_as(who, key, command.clone()).unwrap();
            assert!(again.duplicate, "{command:?} under {key} is carried out once");
            assert_eq!((again.rev, again.result), (first.rev, first.result));
            assert_eq!((stage.session.state().clone(), stage.journal.len()), after);
        }
        Err(refused) => {
            assert_eq!(
                (stage.session.state().clone(), stage.journal.len()),
                before,
                "{command:?} was refused, {refused:?}, and changed something"
            );
        }
    }
}
