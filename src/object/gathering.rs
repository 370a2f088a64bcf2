//! How what happens while a session is busy is gathered, and when it goes out.

use std::time::Duration;

use flagship_protocol::limits;
use wasm_bindgen_futures::spawn_local;
use worker::Delay;

use super::live::Live;
use super::outbox::GATHER_MS;
use super::{SessionObject, now};

/// When a gathering is over: [`GATHER_MS`] after the first message that was read.
///
/// Not after it began. It begins when frames have just been handed over to the platform, and as long as these go out,
/// nothing is read: what came meanwhile waits in the sockets, and would go out by parts, each of which costs as much as
/// the whole. Nobody waits longer by this, since a message waits from when it is read.
#[derive(Debug, Default)]
struct Gathering {
    has_looked: bool,
}

impl Gathering {
    /// How much longer it takes, in milliseconds; `None` if it is over. `since` is when the first of the messages that wait
    /// was read.
    ///
    /// Where none was read yet, it looks once more: frames may still be going out.
    fn goes_on(&mut self, now: u64, since: Option<u64>) -> Option<u64> {
        let waited = match since {
            // A clock that went back must not hold anybody up.
            Some(since) => now.checked_sub(since)?,
            None if std::mem::replace(&mut self.has_looked, true) => return None,
            None => 0,
        };
        GATHER_MS.checked_sub(waited).filter(|wait| *wait > 0)
    }
}

impl SessionObject {
    /// Sends what waits, unless it gathers. Begins to gather what follows if that was much.
    pub(super) fn send(&self) {
        if !self.gathering.get() && self.send_at_once() && self.is_busy() {
            self.gathering.set(true);
            let object = self.clone();
            spawn_local(async move {
                loop {
                    object.gather().await;
                    object.take_in();
                    // As long as there is something to send, the next gathering begins.
                    if !object.send_at_once() {
                        break;
                    }
                    object.finish_turn();
                }
                object.gathering.set(false);
                object.finish_turn();
            });
        }
        if self.in_memory(Live::begin_receipts) == Some(true) {
            let object = self.clone();
            spawn_local(async move {
                Delay::from(Duration::from_millis(limits::RECEIPTS_MS)).await;
                object.in_memory(|live| live.tell_receipts(now()));
            });
        }
    }

    /// Sends what waits. Says whether that was anything.
    fn send_at_once(&self) -> bool {
        // What could not be sent is given up with the rest; there may be more to send then.
        self.storage_in_memory(|live| live.send(now()))
            .is_some_and(|sent| sent.unwrap_or(true))
    }

    /// Whether so much went out that what follows had better be gathered.
    fn is_busy(&self) -> bool {
        self.in_memory(|live| live.allowance.is_used_up()) == Some(true)
    }

    /// Waits until a gathering is over.
    async fn gather(&self) {
        let mut gathering = Gathering::default();
        let mut wait = Some(GATHER_MS);
        while let Some(ms) = wait {
            Delay::from(Duration::from_millis(ms)).await;
            let since = self.inbox.borrow().since();
            wait = gathering.goes_on(now(), since);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_over_when_the_first_message_has_waited() {
        let mut gathering = Gathering::default();
        assert_eq!(gathering.goes_on(1_004, Some(1_000)), None);
        assert_eq!(gathering.goes_on(1_030, Some(1_000)), None);
    }

    #[test]
    fn what_is_read_late_has_its_time_too() {
        let mut gathering = Gathering::default();
        assert_eq!(gathering.goes_on(1_030, Some(1_029)), Some(3));
        assert_eq!(gathering.goes_on(1_033, Some(1_029)), None);
    }

    #[test]
    fn where_nothing_was_read_it_looks_once_more() {
        let mut gathering = Gathering::default();
        assert_eq!(gathering.goes_on(1_005, None), Some(GATHER_MS));
        assert_eq!(gathering.goes_on(1_009, None), None);
        let mut gathering = Gathering::default();
        assert_eq!(gathering.goes_on(1_005, None), Some(GATHER_MS));
        assert_eq!(gathering.goes_on(1_009, Some(1_006)), Some(1));
        assert_eq!(gathering.goes_on(1_010, Some(1_006)), None);
    }

    #[test]
    fn a_clock_that_goes_back_holds_nobody_up() {
        assert_eq!(Gathering::default().goes_on(1_000, Some(9_000)), None);
    }
}
