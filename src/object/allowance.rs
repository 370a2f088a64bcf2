//! How much goes out at once before what follows is gathered: docs/decisions/0024.

/// Frames that go out one by one at most, without a rest: to sockets, or to whoever polls. What gathers them is a wait,
/// so it must not begin with what one message brings about, unless that is a great many frames by itself.
const MOST: u64 = 500;

/// Frames that a millisecond brings back. Sent one by one all the time, they take a sixth to a third of a thread.
const PER_MS: u64 = 10;

/// Frames that may go out one by one: used up by sending, filled up by time.
#[derive(Debug)]
pub(super) struct Allowance {
    left: u64,
    at: u64,
}

impl Allowance {
    /// A full one. `now` is in milliseconds since the epoch.
    pub(super) fn new(now: u64) -> Self {
        Self { left: MOST, at: now }
    }

    /// So many frames went out now.
    pub(super) fn spend(&mut self, frames: usize, now: u64) {
        let earned = now.saturating_sub(self.at).saturating_mul(PER_MS);
        self.at = self.at.max(now);
        self.left = self.left.saturating_add(earned).min(MOST).saturating_sub(frames as u64);
    }

    /// Whether what follows had better be gathered.
    pub(super) fn is_used_up(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many messages to so many people, one every so many milliseconds, it is used up; `None` if never.
    fn used_up_after(people: usize, every_ms: u64) -> Option<u64> {
        let mut allowance = Allowance::new(1_000);
        (1..=1_000).find(|message| {
            allowance.spend(people, 1_000 + message * every_ms);
            allowance.is_used_up()
        })
    }

    #[test]
    fn few_messages_to_few_people_go_out_at_once() {
        assert_eq!(used_up_after(100, 50), None);
        assert_eq!(used_up_after(50, 5), None);
    }

    #[test]
    fn many_at_a_time_use_it_up() {
        assert_eq!(used_up_after(50, 0), Some(10));
        assert_eq!(used_up_after(100, 0), Some(5));
        assert_eq!(used_up_after(100, 5), Some(9));
    }

    #[test]
    fn one_message_to_a_great_many_uses_it_up() {
        assert_eq!(used_up_after(1_000, 500), Some(1));
    }

    #[test]
    fn it_fills_up_with_time_and_no_further() {
        let mut allowance = Allowance::new(1_000);
        allowance.spend(1_000, 1_000);
        assert!(allowance.is_used_up());
        allowance.spend(0, 1_001);
        assert!(!allowance.is_used_up());
        allowance.spend(499, 100_000);
        assert!(!allowance.is_used_up());
        allowance.spend(1, 100_000);
        assert!(allowance.is_used_up(), "no more than the most");
        allowance.spend(0, 99_000);
        assert!(allowance.is_used_up(), "a clock that went back brings nothing");
    }
}
