//! When the archive is written: in batches, after a pause, with backoff and a circuit breaker.
//!
//! The journal holds everything already, so that a failing archive costs nothing but freshness.

/// Whether the archive is believed to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circuit {
    /// It works: whole batches.
    Closed,
    /// It failed several times in a row: one small batch at long intervals finds out when it works again.
    Open,
}

/// Failures in a row that open the circuit.
const FAILURES_TO_OPEN: u32 = 5;

/// Longest pause between two attempts, in milliseconds. Bounds how stale the archive is after an outage.
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Entries that wait no longer for others.
const FULL: u64 = 500;

/// Most entries in one batch. What it binds is cut to what D1 takes.
const BATCH: u64 = 1_000;

/// Entries in the batch that tries an open circuit.
const PROBE: u64 = 1;

/// Decides when to write the next batch to the archive, and how large it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveSchedule {
    interval: u64,
    spread: u64,
    archived: u64,
    failures: u32,
    due: Option<u64>,
}

impl ArchiveSchedule {
    /// A schedule that waits `interval` milliseconds for a batch to gather, with everything up to the entry
    /// `archived` in the archive. `seed` spreads the retries of many sessions over time.
    pub fn new(interval: u64, archived: u64, seed: u64) -> Self {
        Self {
            interval,
            spread: seed % 1_000,
            archived,
            failures: 0,
            due: None,
        }
    }

    /// The journal has grown to `head`. Gives the time at which a batch is due, if that is news.
    pub fn grown(&mut self, head: u64, now: u64) -> Option<u64> {
        if head <= self.archived {
            return None;
        }
        let due = self.after(head, now);
        // While the archive fails, it is not asked any sooner.
        if self.due.is_some_and(|known| known <= due || self.failures > 0) {
            return None;
        }
        self.due = Some(due);
        self.due
    }

    /// When what waits is due: soon if it is a whole batch. Each batch costs an alarm and a row, whatever is in it.
    fn after(&self, head: u64, now: u64) -> u64 {
        let is_full = head.saturating_sub(self.archived) >= FULL;
        now.saturating_add(if is_full { 0 } else { self.interval })
    }

    /// The last entry that is in the archive.
    pub fn archived(&self) -> u64 {
        self.archived
    }

    /// Whether the archive is believed to work.
    pub fn circuit(&self) -> Circuit {
        if self.failures >= FAILURES_TO_OPEN {
            Circuit::Open
        } else {
            Circuit::Closed
        }
    }

    /// Most entries for the next batch.
    pub fn batch(&self) -> u64 {
        match self.circuit() {
            Circuit::Closed => BATCH,
            Circuit::Open => PROBE,
        }
    }

    /// Everything up to the entry `archived` is in the archive. Gives when the next batch is due, if the journal,
    /// now at `head`, has more.
    pub fn succeeded(&mut self, archived: u64, head: u64, now: u64) -> Option<u64> {
        self.archived = self.archived.max(archived);
        self.failures = 0;
        self.due = (head > self.archived).then(|| self.after(head, now));
        self.due
    }

    /// The batch failed. Gives when to try again.
    pub fn failed(&mut self, now: u64) -> u64 {
        self.failures = self.failures.saturating_add(1);
        let doubled = self.interval.max(1).saturating_mul(1 << self.failures.min(16));
        let pause = doubled
            .min(LONGEST_PAUSE_MS)
            .saturating_add(self.spread.min(doubled / 2));
        let due = now.saturating_add(pause);
        self.due = Some(due);
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_a_batch_and_sets_one_alarm_for_it() {
        let mut schedule = ArchiveSchedule::new(2_000, 0, 0);
        assert_eq!(schedule.grown(1, 1_000), Some(3_000));
        assert_eq!(schedule.grown(2, 1_500), None, "the alarm is set already");
        assert_eq!(schedule.succeeded(2, 2, 3_010), None);
        assert_eq!(schedule.grown(3, 4_000), Some(6_000));
    }

    #[test]
    fn a_whole_batch_does_not_wait_unless_the_archive_fails() {
        let mut schedule = ArchiveSchedule::new(2_000, 0, 0);
        assert_eq!(schedule.grown(1, 1_000), Some(3_000));
        assert_eq!(schedule.grown(FULL, 1_500), Some(1_500));
        assert_eq!(schedule.grown(FULL + 1, 1_600), None, "due already");
        let again = schedule.failed(1_700);
        assert!(again > 2_000);
        assert_eq!(schedule.grown(2 * FULL, 1_800), None);
        assert_eq!(schedule.succeeded(FULL + 1, FULL + 2, again), Some(again + 2_000));
    }

    #[test]
    fn goes_on_at_once_while_more_waits() {
        const HEAD: u64 = BATCH + FULL;
        let mut schedule = ArchiveSchedule::new(2_000, 0, 0);
        schedule.grown(HEAD, 0);
        assert_eq!(schedule.succeeded(BATCH, HEAD, 2_000), Some(2_000));
        assert_eq!(
            schedule.succeeded(HEAD - 1, HEAD, 2_000),
            Some(4_000),
            "one alone waits"
        );
        assert_eq!(schedule.archived(), HEAD - 1);
    }

    #[test]
    fn survives_an_hour_of_failures_and_catches_up() {
        let mut schedule = ArchiveSchedule::new(2_000, 0, 777);
        let mut now = schedule.grown(10_000, 0).unwrap();
        let (mut attempts, hour) = (0, 3_600_000);
        while now < hour {
            let next = schedule.failed(now);
            assert!(next > now && next <= now + LONGEST_PAUSE_MS + 1_000);
            now = next;
            attempts += 1;
        }
        assert!(
            (50..80).contains(&attempts),
            "about one attempt a minute, not {attempts}"
        );
        assert_eq!(schedule.circuit(), Circuit::Open);
        assert_eq!(schedule.batch(), PROBE);

        let mut due = schedule.succeeded(PROBE, 10_000, now);
        assert_eq!(schedule.circuit(), Circuit::Closed);
        let mut batches = 1;
        while due.is_some() {
            due = schedule.succeeded(schedule.archived() + schedule.batch(), 10_000, now);
            batches += 1;
        }
        assert!(schedule.archived() >= 10_000, "caught up by itself");
        assert!(batches <= 102);
    }

    #[test]
    fn retries_of_many_sessions_do_not_fall_together() {
        let due = |seed| ArchiveSchedule::new(2_000, 0, seed).failed(0);
        assert_ne!(due(1), due(2));
    }
}
