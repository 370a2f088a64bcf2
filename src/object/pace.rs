//! How fast one participant may go: a token bucket each.
//!
//! In memory only: whoever has the object evicted has waited longer than a bucket takes to fill up again.

use std::collections::BTreeMap;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;

use super::failure::Failure;

/// Buckets that are kept at most before the full ones are dropped: those of everyone, and of as many who were
/// refused.
const BUCKETS: usize = 2 * limits::PARTICIPANTS;

/// The buckets of a session.
pub(super) struct Pace {
    counts: bool,
    /// When each bucket will be full again, milliseconds since the epoch. A full one may be absent.
    full_at: BTreeMap<ParticipantId, u64>,
}

impl Pace {
    /// Full buckets. `counts`: whether anybody is ever refused.
    pub(super) fn new(counts: bool) -> Self {
        Self {
            counts,
            full_at: BTreeMap::new(),
        }
    }

    /// Takes one token of somebody's.
    ///
    /// # Errors
    /// [`ErrorCode::RateLimited`], with the time until there is one again; nothing was taken.
    pub(super) fn spend(&mut self, who: &ParticipantId, now: u64) -> Result<(), Failure> {
        self.spend_several(who, 1, now)
    }

    /// Takes some tokens of somebody's, for what costs as much as so many commands.
    ///
    /// # Errors
    /// As [`Self::spend`].
    pub(super) fn spend_several(&mut self, who: &ParticipantId, tokens: u64, now: u64) -> Result<(), Failure> {
        if !self.counts {
            return Ok(());
        }
        let full_at = self.full_at.get(who).copied().unwrap_or(now).max(now);
        let spent_until = full_at + tokens * limits::COMMAND_INTERVAL_MS;
        let wait = spent_until.saturating_sub(now + limits::COMMANDS_AT_ONCE * limits::COMMAND_INTERVAL_MS);
        if wait > 0 {
            let mut error = ErrorBody::new(
                ErrorCode::RateLimited,
                "you send faster than may be; wait, then send this again under its id",
            );
            error.retry_after_ms = Some(wait);
            return Err(error.into());
        }
        if self.full_at.len() >= BUCKETS {
            self.full_at.retain(|_, full_at| *full_at > now);
        }
        self.full_at.insert(who.clone(), spent_until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(refused(pace.spend(&ada, 1_000)), None);
        }
        assert_eq!(refused(pace.spend(&ada, 1_000)), Some(limits::COMMAND_INTERVAL_MS));
        assert_eq!(
            refused(pace.spend(&"grace".parse().unwrap(), 1_000)),
            None,
            "others have their own"
        );
        let later = 1_000 + limits::COMMAND_INTERVAL_MS;
        assert_eq!(refused(pace.spend(&ada, later - 1)), Some(1));
        assert_eq!(refused(pace.spend(&ada, later)), None, "as was said");
        assert_eq!(refused(pace.spend(&ada, later)), Some(limits::COMMAND_INTERVAL_MS));
    }

    #[test]
    fn what_costs_more_takes_more() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        let half = limits::COMMANDS_AT_ONCE / 2;
        for _ in 0..2 {
            assert_eq!(refused(pace.spend_several(&ada, half, 1_000)), None);
        }
        let wait = half * limits::COMMAND_INTERVAL_MS;
        assert_eq!(refused(pace.spend_several(&ada, half, 1_000)), Some(wait));
    }

    #[test]
    fn a_bucket_does_not_overflow() {
        let ada = "ada".parse().unwrap();
        let mut pace = Pace::new(true);
        assert_eq!(refused(pace.spend(&ada, 0)), None);
        let passed = (0..2 * limits::COMMANDS_AT_ONCE).filter(|_| refused(pace.spend(&ada, 1 << 40)).is_none());
        assert_eq!(passed.count() as u64, limits::COMMANDS_AT_ONCE);
    }

    #[test]
    fn strangers_do_not_fill_the_memory() {
        let mut pace = Pace::new(true);
        for (now, name) in (0..10 * BUCKETS as u64).map(|number| (number * 100, format!("p{number}"))) {
            assert_eq!(refused(pace.spend(&name.parse().unwrap(), now)), None);
            assert!(pace.full_at.len() <= BUCKETS);
        }
    }

    #[test]
    fn nobody_is_counted_where_that_is_off() {
        let mut pace = Pace::new(false);
        for _ in 0..2 * limits::COMMANDS_AT_ONCE {
            assert_eq!(refused(pace.spend(&"ada".parse().unwrap(), 1)), None);
        }
    }
}
