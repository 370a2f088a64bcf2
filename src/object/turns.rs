//! That no socket keeps the others from being read.
//!
//! As long as one socket has something to read, the platform reads nothing else. A client that sends without end would
//! keep all others waiting, even where its messages are only refused, or not looked at because it was closed. So after
//! some of those, and after many messages in a row of one connection, all have their turn. That takes a millisecond, in
//! which nothing is handled: among the messages of many people it never happens.

use std::cell::Cell;

use super::sockets::ConnectionId;

/// Messages in a row of one connection, or frames that were refused, after which others have their turn: a millisecond or
/// two.
const AT_ONCE: u32 = 32;

/// What came since others had their turn.
#[derive(Debug, Default)]
pub(super) struct Turns {
    last: Cell<ConnectionId>,
    in_a_row: Cell<u32>,
    in_vain: Cell<u32>,
}

impl Turns {
    /// A message of a connection came.
    pub(super) fn came(&self, from: ConnectionId) {
        let in_a_row = if self.last.replace(from) == from {
            self.in_a_row.get() + 1
        } else {
            1
        };
        self.in_a_row.set(in_a_row);
    }

    /// A message was not looked at.
    pub(super) fn discarded(&self) {
        self.in_vain.set(self.in_vain.get() + 1);
    }

    /// So many frames were refused because they came too fast.
    pub(super) fn refused(&self, frames: u32) {
        self.in_vain.set(self.in_vain.get().saturating_add(frames));
    }

    /// Whether it is time for others; asked once.
    pub(super) fn are_due(&self) -> bool {
        let are_due = self.in_a_row.get() >= AT_ONCE || self.in_vain.get() >= AT_ONCE;
        if are_due {
            self.in_a_row.set(0);
            self.in_vain.set(0);
        }
        are_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns_after(messages: impl IntoIterator<Item = ConnectionId>) -> usize {
        let turns = Turns::default();
        let due = messages.into_iter().filter(|from| {
            turns.came(*from);
            turns.are_due()
        });
        due.count()
    }

    #[test]
    fn one_that_sends_without_end_gives_others_their_turn() {
        assert_eq!(turns_after(vec![7; 320]), 10);
    }

    #[test]
    fn many_who_send_are_not_held_up() {
        assert_eq!(turns_after((0..6_400).map(|number| number % 3)), 0);
        assert_eq!(turns_after((0..6_400).map(|number| number / 31)), 0);
    }

    #[test]
    fn what_is_in_vain_gives_others_their_turn_whoever_sends_it() {
        let turns = Turns::default();
        let discarded = (0..320).filter(|_| {
            turns.discarded();
            turns.are_due()
        });
        assert_eq!(discarded.count(), 10);
        turns.refused(AT_ONCE);
        assert!(turns.are_due() && !turns.are_due());
    }
}
