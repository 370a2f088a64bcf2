//! What came over sockets while a gathering runs.
//!
//! While a session is busy, what comes waits for what else comes within the same few milliseconds, and is handled with
//! it: in the order in which it came, in one turn, and so in one transaction of the storage. Most of what a message
//! costs is not in the message. Nobody hears of it later than without that: what it brings about would have waited.
//!
//! It is in memory alone, and nothing in it was acknowledged: whoever sent it asks again if it is lost.

use super::sockets::ConnectionId;

/// Bytes that wait no longer.
const BYTES: usize = 1024 * 1024;

/// Messages that wait no longer: more than are under way in the liveliest room.
const MESSAGES: usize = 256;

/// A message as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    /// Frames, to be read.
    Text(String),
    /// More than is read, in UTF-16 code units: not copied.
    TooLong(usize),
    /// What no client should send.
    Binary,
}

impl Incoming {
    /// How long it is, in bytes, or somewhat less.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::TooLong(units) => *units,
            Self::Binary => 0,
        }
    }
}

/// Messages that wait, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    messages: Vec<(ConnectionId, Incoming)>,
    bytes: usize,
    since: Option<u64>,
}

impl Inbox {
    /// Adds a message. Says whether it is time to handle them. `now` tells the time in milliseconds since the epoch: only
    /// the first of those that wait asks for it.
    pub(super) fn push(&mut self, from: ConnectionId, message: Incoming, now: impl FnOnce() -> u64) -> bool {
        self.since.get_or_insert_with(now);
        if let Incoming::Text(text) = &message {
            self.bytes += text.len();
        }
        self.messages.push((from, message));
        self.bytes >= BYTES || self.messages.len() >= MESSAGES
    }

    /// When the first of the messages that wait was read, milliseconds since the epoch.
    pub(super) fn since(&self) -> Option<u64> {
        self.since
    }

    /// Whether something of a connection waits.
    pub(super) fn has(&self, from: ConnectionId) -> bool {
        self.messages.iter().any(|(id, _)| *id == from)
    }

    /// Takes out all of them.
    pub(super) fn take(&mut self) -> Vec<(ConnectionId, Incoming)> {
        self.bytes = 0;
        self.since = None;
        std::mem::take(&mut self.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_in_which_messages_came() {
        let mut inbox = Inbox::default();
        for (id, text, now) in [(7, "a", 1_000), (8, "b", 1_001), (7, "c", 1_002)] {
            assert!(!inbox.push(id, Incoming::Text(text.into()), || now));
        }
        assert!(inbox.has(8) && !inbox.has(9));
        assert_eq!(inbox.since(), Some(1_000));
        let texts = inbox.take().into_iter().map(|(id, message)| match message {
            Incoming::Text(text) => format!("{id}{text}"),
            Incoming::TooLong(_) | Incoming::Binary => String::new(),
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["7a", "8b", "7c"]);
        assert_eq!(inbox.take(), []);
        assert_eq!(inbox.since(), None);
    }

    #[test]
    fn a_great_deal_does_not_wait() {
        let mut inbox = Inbox::default();
        assert!(!inbox.push(1, Incoming::Text("x".repeat(BYTES - 1)), || 1));
        assert!(inbox.push(1, Incoming::Text("x".into()), || 1));
        inbox.take();
        assert!(!inbox.push(1, Incoming::Text("x".into()), || 1), "counted anew");
        for _ in 2..MESSAGES {
            assert!(!inbox.push(1, Incoming::Binary, || 1));
        }
        assert!(inbox.push(1, Incoming::Binary, || 1), "nor do a great many");
    }
}
