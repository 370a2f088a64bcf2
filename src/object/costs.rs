//! What each frame and each call costs the participant who sends it: the one table.
//!
//! A cost is in milliseconds of the sender's allowance, see [`super::pace`]. What does work that grows with the session
//! costs so much that one participant who does nothing else takes a few percent of its time. The bytes of what is sent
//! and of what is answered come on top.

use flagship_protocol::frames::ClientFrame;
use flagship_protocol::limits;

use crate::call::Call;

/// One command, in which the documentation counts.
const COMMAND: u64 = limits::COMMAND_INTERVAL_MS;

/// Something that walks through everyone in the session, or through a page of the journal.
const PAGE: u64 = 2 * COMMAND;

/// Something that gives the whole session, or works through all of it.
const WHOLE: u64 = 20 * COMMAND;

/// A handshake: the object is woken, and a socket is attached to it.
pub(super) const HANDSHAKE: u64 = 5 * COMMAND;

/// A welcome with a snapshot, beyond the `hello` that asked for it: the client decides only what it asks for.
pub(super) const SNAPSHOT: u64 = 15 * COMMAND;

/// A frame that cannot be read.
pub(super) const UNREADABLE: u64 = COMMAND;

/// A frame that is refused because it came too fast.
pub(super) const REFUSED: u64 = COMMAND;

/// Commands that a call counts for that asks a model about everybody's texts.
const MODEL: u64 = 100 * COMMAND;

/// Journal entries that count for one command where the whole journal is read.
const ENTRIES_PER_COMMAND: u64 = 1_000;

/// What a frame costs.
pub(super) fn of_frame(frame: &ClientFrame) -> u64 {
    match frame {
        // A resume reads at most as much as it answers, which is counted by its bytes.
        ClientFrame::Hello(_) => 5 * COMMAND,
        ClientFrame::Command(_) | ClientFrame::Typing(_) => COMMAND,
        // Ten tabs report every second in a lively room, and have to leave something for what is said.
        ClientFrame::Cursor(_) => COMMAND * 2 / 5,
        // A signature takes up to 10 ms to verify, by a key of 4096 bits.
        ClientFrame::Auth(_) => 50 * COMMAND,
    }
}

/// What a call costs in a session with so many journal entries.
pub(super) fn of_call(call: &Call, entries: u64) -> u64 {
    // No more than half of what can be saved up, so that the longest journal can still be read.
    let journal = (entries / ENTRIES_PER_COMMAND).min(limits::COMMANDS_AT_ONCE / 2) * COMMAND;
    match call {
        // The Worker and the object ask these themselves, and creating is counted before there is a session.
        Call::Create { .. } | Call::Erase | Call::Ping => 0,
        // One for each step of a stream, which can be many a second.
        Call::Events { cursor: Some(_), .. } => COMMAND / 10,
        Call::Command { .. }
        | Call::ApplyTemplate { .. }
        | Call::Message { .. }
        | Call::Typing { .. }
        | Call::MoveCursor { .. }
        | Call::DebugPermissions { .. } => COMMAND,
        Call::Messages { .. }
        | Call::DirectMessages { .. }
        | Call::Receipts { .. }
        | Call::Ticket { .. }
        | Call::Activity { .. } => PAGE,
        Call::Rooms { .. } | Call::TryRoomCreation { .. } => 2 * PAGE,
        Call::Search { .. } => limits::SEARCH_COST * COMMAND,
        Call::Snapshot { .. } | Call::Events { cursor: None, .. } | Call::List { .. } | Call::Template { .. } => WHOLE,
        Call::ReadList { text, .. } => WHOLE + of_bytes_in(text.len()),
        Call::Texts { .. } => MODEL,
        Call::Propose { request, .. } if request.avoid_repeats => WHOLE + journal,
        Call::Propose { .. } => WHOLE,
        Call::Debrief { .. } => WHOLE + journal,
    }
}

/// What reading so many bytes costs, beside what they ask for.
pub(super) fn of_bytes_in(bytes: usize) -> u64 {
    (bytes / limits::BYTES_IN_PER_COMMAND) as u64 * COMMAND
}

/// What answering with so many bytes costs, beside finding out what to answer.
pub(super) fn of_bytes_out(bytes: usize) -> u64 {
    (bytes / limits::BYTES_OUT_PER_COMMAND) as u64 * COMMAND
}

#[cfg(test)]
mod tests {
    use flagship_protocol::frames::{Auth, Cursor, Hello};

    use super::*;

    /// What a participant may save up.
    const SAVED: u64 = limits::COMMANDS_AT_ONCE * COMMAND;

    #[test]
    fn everything_can_be_paid_for() {
        let actor = flagship_session::Actor::new("ada".parse().unwrap(), "Ada".parse().unwrap());
        assert!(of_call(&Call::Debrief { actor }, u64::MAX) < SAVED);
        assert!(of_bytes_in(limits::IMPORT_BYTES) + WHOLE < SAVED);
        assert!(of_bytes_out(limits::RESUME_BYTES) + SNAPSHOT < SAVED);
    }

    #[test]
    fn ten_tabs_that_come_back_at_once_are_let_in() {
        let hello = of_frame(&ClientFrame::Hello(Hello::default()));
        let largest = 4 * 1024 * 1024;
        let back = HANDSHAKE + hello + SNAPSHOT + of_bytes_out(largest);
        assert!(limits::SOCKETS_PER_PARTICIPANT as u64 * back <= SAVED);
    }

    #[test]
    fn ten_tabs_in_a_lively_room_leave_half_for_what_is_said() {
        let cursors = of_frame(&ClientFrame::Cursor(Cursor::default()));
        assert!(
            limits::SOCKETS_PER_PARTICIPANT as u64 * cursors <= 500,
            "in each second"
        );
    }

    #[test]
    fn signatures_are_few() {
        let auth = of_frame(&ClientFrame::Auth(Auth { token: String::new() }));
        assert!(
            SAVED / auth >= 2 * limits::SOCKETS_PER_PARTICIPANT as u64,
            "all tabs, twice"
        );
        assert!(1_000 / auth == 0, "less than one a second after that");
    }
}
