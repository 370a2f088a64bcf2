//! What came of a check.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::breach::Breach;

/// Breaches that are written out; the rest is counted.
const SHOWN: usize = 20;

/// What was counted, so that a verdict on nothing is seen for what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Clients.
    pub clients: usize,
    /// Commands, each counted once.
    pub commands: usize,
    /// Attempts to send them.
    pub attempts: usize,
    /// Commands that were acknowledged.
    pub acked: usize,
    /// Acknowledgements that said `duplicate`.
    pub duplicates: usize,
    /// Attempts that were refused.
    pub refused: usize,
    /// Commands that a client gave up.
    pub failed: usize,
    /// Things seen as events.
    pub events: usize,
    /// Things seen as part of a whole.
    pub pages: usize,
    /// Fresh starts.
    pub restarts: usize,
    /// Pairs of an acknowledged message and a client that is entitled to it.
    pub expected: usize,
    /// Those of them where the client has it.
    pub delivered: usize,
}

/// What came of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What was counted.
    pub counts: Counts,
    /// What is wrong. Empty if all holds.
    pub breaches: Vec<Breach>,
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.breaches.is_empty()
    }

    /// How many breaches there are of each kind, by [`Breach::kind`].
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for breach in &self.breaches {
            *kinds.entry(breach.kind()).or_default() += 1;
        }
        kinds
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        writeln!(
            f,
            "{}: {} of {} deliveries",
            if self.holds() { "holds" } else { "BROKEN" },
            counts.delivered,
            counts.expected
        )?;
        writeln!(
            f,
            "  {} clients, {} commands in {} attempts: {} acked ({} duplicate answers), {} refusals, {} failed",
            counts.clients,
            counts.commands,
            counts.attempts,
            counts.acked,
            counts.duplicates,
            counts.refused,
            counts.failed
        )?;
        writeln!(
            f,
            "  seen: {} as events, {} in pages; {} fresh starts",
            counts.events, counts.pages, counts.restarts
        )?;
        for breach in self.breaches.iter().take(SHOWN) {
            writeln!(f, "  {breach}")?;
        }
        match self.breaches.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}
