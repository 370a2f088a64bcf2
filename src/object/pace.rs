//! How fast one participant may go: an allowance each, of milliseconds that fill up with time. `costs` says what is taken
//! for what.
//!
//! What cannot be paid for is refused, and refusals are counted too: by a second allowance, beyond which connections are
//! closed. A client that keeps to `retryAfterMs` never comes there.
//!
//! In memory only: whoever has the object evicted has waited longer than it takes to have paid for most of it.

use std::collections::BTreeMap;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;

use super::failure::Failure;

/// Participants that are kept at most before those with nothing to pay are dropped: everyone, and as many who were
/// refused.
const KEPT: usize = 2 * limits::PARTICIPANTS;

/// What can be saved up, in milliseconds.
const ALLOWANCE_MS: u64 = limits::COMMANDS_AT_ONCE * limits::COMMAND_INTERVAL_MS;

/// Refusals that can be saved up, in milliseconds.
const REFUSALS_MS: u64 = limits::REFUSALS_AT_ONCE * limits::COMMAND_INTERVAL_MS;

/// When the allowances of a participant are full again, milliseconds since the epoch.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    until: u64,
    refusals_until: u64,
}

/// The allowances of a session.
pub(super) struct Pace {
    counts: bool,
    /// Those with full allowances may be absent.
    spent: BTreeMap<ParticipantId, Spent>,
    /// How much was refused since that was asked.
    refused: u32,
}

impl Pace {
    /// Full allowances. `counts`: whether anybody is ever refused.
    pub(super) fn new(counts: bool) -> Self {
        Self {
            counts,
            spent: BTreeMap::new(),
            refused: 0,
        }
    }

    /// Whether anybody is ever refused.
    pub(super) fn counts(&self) -> bool {
        self.counts
    }

    /// Takes a cost in advance.
    ///
    /// # Errors
    /// [`ErrorCode::RateLimited`], with the time until there is enough again; nothing was taken.
    pub(super) fn pay(&mut self, who: &ParticipantId, cost: u64, now: u64) -> Result<(), Failure> {
        if !self.counts {
            return Ok(());
        }
        self.update(who, now, |spent| {
            let until = spent.until.max(now) + cost;
            let wait = until.saturating_sub(now + ALLOWANCE_MS);
            if wait > 0 {
                return Err(too_fast(wait).into());
            }
            spent.until = until;
            Ok(())
        })
    }

    /// Takes a cost that turned out afterwards. What is not there counts as refused.
    pub(super) fn charge(&mut self, who: &ParticipantId, cost: u64, now: u64) {
        if !self.counts || cost == 0 {
            return;
        }
        let lacks = self.update(who, now, |spent| {
            let until = spent.until.max(now) + cost;
            spent.until = until.min(now + ALLOWANCE_MS);
            until - spent.until
        });
        if lacks > 0 {
            self.refuse(who, lacks, now);
        }
    }

    /// Counts something that was refused because it came too fast.
    pub(super) fn refuse(&mut self, who: &ParticipantId, cost: u64, now: u64) {
        if !self.counts {
            return;
        }
        self.refused = self.refused.saturating_add(1);
        self.update(who, now, |spent| {
            let before = spent.refusals_until.max(now);
            let until = before + cost;
            spent.refusals_until = if until <= now + REFUSALS_MS {
                until
            } else {
                // Once it is too much, it takes a while until it no longer is.
                before.max(now + REFUSALS_MS + limits::FLOOD_PAUSE_MS)
            };
        });
    }

    /// How long a participant is to be kept away who has gone on in spite of refusals, in milliseconds; `None` for
    /// everybody else.
    pub(super) fn excess(&self, who: &ParticipantId, now: u64) -> Option<u64> {
        let spent = self.spent.get(who)?;
        spent
            .refusals_until
            .checked_sub(now + REFUSALS_MS)
            .filter(|wait| *wait > 0)
    }

    /// How often something was refused since this was asked.
    pub(super) fn take_refused(&mut self) -> u32 {
        std::mem::take(&mut self.refused)
    }

    fn update<T>(&mut self, who: &ParticipantId, now: u64, update: impl FnOnce(&mut Spent) -> T) -> T {
        if let Some(spent) = self.spent.get_mut(who) {
            return update(spent);
        }
        if self.spent.len() >= KEPT {
            self.spent
                .retain(|_, spent| spent.until > now || spent.refusals_until > now);
        }
        update(self.spent.entry(who.clone()).or_default())
    }
}

/// A refusal because of too much, with the time to wait in milliseconds.
pub(super) fn too_fast(wait: u64) -> ErrorBody {
    let mut error = ErrorBody::new(
        ErrorCode::RateLimited,
        "you send faster than may be; wait, then send this again under its id",
    );
    error.retry_after_ms = Some(wait);
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAND: u64 = limits::COMMAND_INTERVAL_MS;

    fn refused(outcome: Result<(), Failure>) -> Option<u64> {
        match outcome {
            Ok(()) => None,
            Err(Failure::Refused(error)) => {
                assert_eq!(error.code, ErrorCode::RateLimited);
                assert!(error.retryable);
                error.retry_after_ms
            }
            Err(Failure::Broken(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn a_burst_passes_and_then_one_an_interval() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        for _ in 0..limits::COMMANDS_AT_ONCE {
            assert_eq!(refused(pace.pay(&ada, COMMAND, 1_000)), None);
        }
        assert_eq!(refused(pace.pay(&ada, COMMAND, 1_000)), Some(COMMAND));
        assert_eq!(
            refused(pace.pay(&"grace".parse().unwrap(), COMMAND, 1_000)),
            None,
            "others have their own"
        );
        let later = 1_000 + COMMAND;
        assert_eq!(refused(pace.pay(&ada, COMMAND, later - 1)), Some(1));
        assert_eq!(refused(pace.pay(&ada, COMMAND, later)), None, "as was said");
        assert_eq!(refused(pace.pay(&ada, COMMAND, later)), Some(COMMAND));
    }

    #[test]
    fn what_costs_more_takes_more() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        for _ in 0..2 {
            assert_eq!(refused(pace.pay(&ada, ALLOWANCE_MS / 2, 1_000)), None);
        }
        assert_eq!(refused(pace.pay(&ada, ALLOWANCE_MS / 2, 1_000)), Some(ALLOWANCE_MS / 2));
    }

    #[test]
    fn an_allowance_does_not_overflow() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        assert_eq!(refused(pace.pay(&ada, COMMAND, 0)), None);
        let passed = (0..2 * limits::COMMANDS_AT_ONCE).filter(|_| refused(pace.pay(&ada, COMMAND, 1 << 40)).is_none());
        assert_eq!(passed.count() as u64, limits::COMMANDS_AT_ONCE);
    }

    #[test]
    fn what_turns_out_afterwards_is_taken_and_what_lacks_is_a_refusal() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        pace.charge(&ada, ALLOWANCE_MS - COMMAND, 1_000);
        assert_eq!(refused(pace.pay(&ada, COMMAND, 1_000)), None);
        pace.charge(&ada, REFUSALS_MS, 1_000);
        assert_eq!(pace.excess(&ada, 1_000), None, "not yet");
        assert_eq!(
            refused(pace.pay(&ada, COMMAND, 1_000)),
            Some(COMMAND),
            "no debts are made"
        );
        pace.charge(&ada, COMMAND, 1_000);
        assert!(pace.excess(&ada, 1_000).is_some());
    }

    #[test]
    fn whoever_goes_on_in_spite_of_refusals_is_kept_away_for_a_while() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        for _ in 0..limits::REFUSALS_AT_ONCE {
            pace.refuse(&ada, COMMAND, 1_000);
            assert_eq!(pace.excess(&ada, 1_000), None);
        }
        pace.refuse(&ada, COMMAND, 1_000);
        assert_eq!(pace.excess(&ada, 1_000), Some(limits::FLOOD_PAUSE_MS));
        assert_eq!(pace.excess(&"grace".parse().unwrap(), 1_000), None);
        pace.refuse(&ada, COMMAND, 1_000);
        let later = 1_000 + limits::FLOOD_PAUSE_MS;
        assert_eq!(pace.excess(&ada, later - 1), Some(1), "no longer by going on");
        assert_eq!(pace.excess(&ada, later), None);
        pace.refuse(&ada, COMMAND, later);
        assert_eq!(pace.excess(&ada, later), Some(limits::FLOOD_PAUSE_MS), "and again");
    }

    #[test]
    fn strangers_do_not_fill_the_memory() {
        let mut pace = Pace::new(true);
        for (now, name) in (0..10 * KEPT as u64).map(|number| (number * 100, format!("p{number}"))) {
            assert_eq!(refused(pace.pay(&name.parse().unwrap(), COMMAND, now)), None);
            assert!(pace.spent.len() <= KEPT);
        }
    }

    #[test]
    fn nobody_is_counted_where_that_is_off() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(false);
        for _ in 0..2 * limits::COMMANDS_AT_ONCE {
            assert_eq!(refused(pace.pay(&ada, COMMAND, 1)), None);
        }
        pace.charge(&ada, 10 * ALLOWANCE_MS, 1);
        pace.refuse(&ada, 10 * REFUSALS_MS, 1);
        assert_eq!(pace.excess(&ada, 1), None);
    }
}
