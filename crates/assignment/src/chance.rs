//! Numbers that look random and follow from a seed.
//!
//! The generator is PCG32 (O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms
//! for random number generation", 2014). It is not for secrets: whoever knows the seed knows the rooms.

use oorandom::Rand32;

/// What the numbers are for. Each purpose has a sequence of its own, so that one more draw for one purpose does
/// not change the others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Who stands where in a construction. The same for all rounds of a series.
    Labels,
    /// Which group of a construction goes into which room.
    Rooms,
    /// Who stays without a place.
    Shortage,
    /// The first placement and its repair.
    First,
    /// The improvement.
    Improve,
    /// The beginnings of the search for topics; its rounds are the tries.
    Topics,
}

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Chance(Rand32);

impl Chance {
    /// The sequence of a seed for a purpose in a round.
    pub(crate) fn new(seed: u64, purpose: Purpose, round: usize) -> Self {
        let stream = (round as u64) << 8 | purpose as u64;
        Self(Rand32::new_inc(seed, stream))
    }

    /// A number from 0 to `end` - 1, each as likely as the others; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> u32 {
        match u32::try_from(end) {
            Ok(end) if end > 0 => self.0.rand_range(0..end),
            _ => 0,
        }
    }

    /// Brings a list into a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1) as usize);
        }
    }

    /// One of a list.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.below(list.len()) as usize).copied()
    }
}
