//! The one source of chance: whatever is random in a run comes from its seed, in the order in which it is asked for.

use oorandom::Rand64;

/// A seeded generator.
#[derive(Debug)]
pub(crate) struct Chance(Rand64);

impl Chance {
    /// The generator of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rand64::new(seed.into()))
    }

    /// A number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0.rand_range(least..most + 1)
    }

    /// Whether something happens that happens `times` in a thousand.
    pub(crate) fn permille(&mut self, times: u64) -> bool {
        self.between(1, 1_000) <= times
    }

    /// One of some things; `None` of nothing.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let last = things.len().checked_sub(1)?;
        things.get(self.between(0, last as u64) as usize)
    }
}
