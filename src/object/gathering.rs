//! How what happens while a session is busy is gathered, and when it goes out.

use std::rc::Rc;
use std::time::Duration;

use flagship_protocol::limits;
use wasm_bindgen_futures::spawn_local;
use worker::Delay;

use super::live::Live;
use super::outbox::GATHER_MS;
use super::{SessionObject, now};

/// So many more messages come in within [`GATHER_MS`] only where a sending holds many of them up.
const MANY: usize = 16;

/// A gathering is given no more than this beyond its time, in milliseconds, however long a sending takes.
const LONGEST_MS: u64 = 50;

/// When a gathering is over.
///
/// One that ends in time is. One that ends late does so because the thread was busy with sending, and what came
/// meanwhile is only read now: it goes on as long as much comes in, but no longer than it was late, so that nobody waits
/// twice as long as they would have. It also looks once where nothing came in yet: the first that is read would go out
/// alone, and cost as much as all the others together.
#[derive(Debug)]
struct Gathering {
    began: u64,
    late: Option<Late>,
}

/// What a gathering that ended late is given.
#[derive(Debug)]
struct Late {
    until: u64,
    /// How many messages waited at the last look.
    waited: usize,
}

impl Gathering {
    /// One that begins now, milliseconds since the epoch.
    fn begin(now: u64) -> Self {
        Self { began: now, late: None }
    }

    /// Whether it takes another [`GATHER_MS`], with so many messages that wait.
    fn goes_on(&mut self, now: u64, waiting: usize) -> bool {
        let Some(late) = &mut self.late else {
            let took = now.saturating_sub(self.began);
            let is_late = took > 2 * GATHER_MS;
            if is_late {
                self.late = Some(Late {
                    until: now + took.min(LONGEST_MS),
                    waited: waiting,
                });
            }
            return is_late;
        };
        let comes = waiting.saturating_sub(std::mem::replace(&mut late.waited, waiting));
        comes >= MANY && now < late.until
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
        if self.live.borrow_mut().as_mut().is_some_and(Live::begin_receipts) {
            let live = Rc::clone(&self.live);
            spawn_local(async move {
                Delay::from(Duration::from_millis(limits::RECEIPTS_MS)).await;
                if let Some(live) = live.borrow_mut().as_mut() {
                    live.tell_receipts(now());
                }
            });
        }
    }

    /// Sends what waits. Says whether that was anything.
    fn send_at_once(&self) -> bool {
        self.live.borrow_mut().as_mut().is_some_and(|live| live.send(now()))
    }

    /// Whether so much went out that what follows had better be gathered.
    fn is_busy(&self) -> bool {
        self.live
            .borrow()
            .as_ref()
            .is_some_and(|live| live.allowance.is_used_up())
    }

    /// Waits until a gathering is over.
    async fn gather(&self) {
        let mut gathering = Gathering::begin(now());
        loop {
            Delay::from(Duration::from_millis(GATHER_MS)).await;
            let waiting = self.inbox.borrow().len();
            if !gathering.goes_on(now(), waiting) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at a gathering that began at 1,000, at the times and with the messages given, until it is over.
    fn over_after(looks: &[(u64, usize)]) -> usize {
        let mut gathering = Gathering::begin(1_000);
        let goes_on = |look: &&(u64, usize)| gathering.goes_on(look.0, look.1);
        looks.iter().take_while(goes_on).count() + 1
    }

    #[test]
    fn one_that_ends_in_time_is_over() {
        assert_eq!(over_after(&[(1_004, 0)]), 1);
        assert_eq!(over_after(&[(1_008, 500)]), 1);
    }

    #[test]
    fn one_that_ends_late_goes_on_while_much_comes_in() {
        assert_eq!(over_after(&[(1_030, 20), (1_034, 40), (1_038, 60), (1_042, 61)]), 4);
    }

    #[test]
    fn one_that_ends_late_looks_once_more_where_nothing_came_in_yet() {
        assert_eq!(over_after(&[(1_030, 0), (1_034, 0)]), 2);
        assert_eq!(over_after(&[(1_030, 0), (1_034, 80), (1_038, 159), (1_042, 160)]), 4);
    }

    #[test]
    fn nobody_waits_longer_than_a_sending_took() {
        let soon: Vec<_> = (0..50_u64).map(|n| (1_020 + n * 4, 100 * n as usize)).collect();
        assert_eq!(soon[over_after(&soon) - 1].0, 1_040);
        let late: Vec<_> = (0..50_u64).map(|n| (1_500 + n * 4, 100 * n as usize)).collect();
        assert_eq!(late[over_after(&late) - 1].0, 1_552);
    }
}
