//! Many timers behind one alarm.

use std::collections::BTreeMap;

/// Timers by name, each with the time at which it is due, in milliseconds since the epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimerTable<K: Ord> {
    due: BTreeMap<K, u64>,
}

impl<K: Ord + Copy> TimerTable<K> {
    /// A table without timers.
    pub fn new() -> Self {
        Self { due: BTreeMap::new() }
    }

    /// Sets a timer, in place of an earlier one of this name.
    pub fn set(&mut self, timer: K, at: u64) {
        self.due.insert(timer, at);
    }

    /// Sets a timer unless it is due earlier already.
    pub fn set_no_later(&mut self, timer: K, at: u64) {
        let due = self.due.entry(timer).or_insert(at);
        *due = at.min(*due);
    }

    /// Removes a timer.
    pub fn cancel(&mut self, timer: K) {
        self.due.remove(&timer);
    }

    /// When the next timer is due: what the alarm has to be set to.
    pub fn next(&self) -> Option<u64> {
        self.due.values().copied().min()
    }

    /// Takes out the timers that are due, in order of name.
    pub fn take_due(&mut self, now: u64) -> Vec<K> {
        let due: Vec<K> = self
            .due
            .iter()
            .filter(|(_, at)| **at <= now)
            .map(|(timer, _)| *timer)
            .collect();
        for timer in &due {
            self.due.remove(timer);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_follows_the_earliest_timer() {
        let mut timers = TimerTable::new();
        assert_eq!(timers.next(), None);
        timers.set("archive", 500);
        timers.set("expiry", 200);
        assert_eq!(timers.next(), Some(200));
        assert_eq!(timers.take_due(199), Vec::<&str>::new());
        assert_eq!(timers.take_due(200), ["expiry"]);
        assert_eq!(timers.next(), Some(500));
        timers.set_no_later("archive", 900);
        assert_eq!(timers.next(), Some(500));
        timers.set_no_later("archive", 300);
        assert_eq!(timers.next(), Some(300));
        timers.cancel("archive");
        assert_eq!(timers.next(), None);
    }
}
