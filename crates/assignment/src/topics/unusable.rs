//! Why vectors give no topics.

use std::fmt::{self, Display, Formatter};

use crate::refusal::Countable;

/// Why vectors give no topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable<P> {
    /// More of something than [`limits`](crate::limits) allows.
    TooMany {
        /// What there is too much of.
        what: Countable,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// There are people, and no topic is asked for.
    NoGroups,
    /// A vector is longer or shorter than the first one: they come from different models.
    UnequalLengths {
        /// Whose vector.
        person: P,
        /// Its length, in numbers.
        length: usize,
        /// The length of the first.
        expected: usize,
    },
    /// A vector holds something infinite, or what is not a number.
    NotANumber(P),
    /// A vector is all zeros, or empty.
    NoDirection(P),
}

impl<P: Display> Display for Unusable<P> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { what, count, limit } => write!(formatter, "{count} {what} are more than {limit}"),
            Self::NoGroups => write!(formatter, "there are people and no topic is asked for"),
            Self::UnequalLengths {
                person,
                length,
                expected,
            } => write!(
                formatter,
                "the vector of {person} has {length} numbers, and the first one has {expected}"
            ),
            Self::NotANumber(person) => write!(formatter, "the vector of {person} is not made of finite numbers"),
            Self::NoDirection(person) => write!(formatter, "the vector of {person} has no direction"),
        }
    }
}

impl<P: fmt::Debug + Display> std::error::Error for Unusable<P> {}
