//! What happens when: the one order of events in a run.

use std::collections::BTreeMap;

/// Events by time, and those of one time in the order in which they were put down.
#[derive(Debug)]
pub(crate) struct Agenda<E> {
    now: u64,
    put: u64,
    events: BTreeMap<(u64, u64), E>,
}

impl<E> Agenda<E> {
    /// An empty one at time 0.
    pub(crate) fn new() -> Self {
        Self {
            now: 0,
            put: 0,
            events: BTreeMap::new(),
        }
    }

    /// The time since the run began, in milliseconds.
    pub(crate) fn now(&self) -> u64 {
        self.now
    }

    /// Puts an event down, for a time that is not past.
    pub(crate) fn at(&mut self, time: u64, event: E) {
        self.put += 1;
        self.events.insert((time.max(self.now), self.put), event);
    }

    /// Puts an event down for so many milliseconds from now.
    pub(crate) fn after(&mut self, delay: u64, event: E) {
        self.at(self.now + delay, event);
    }

    /// Takes out what comes next, and moves the time on.
    pub(crate) fn next(&mut self) -> Option<E> {
        let ((time, _), event) = self.events.pop_first()?;
        self.now = time;
        Some(event)
    }
}
