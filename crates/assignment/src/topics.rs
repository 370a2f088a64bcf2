//! What people have in common, from what they wrote about themselves: tags for [`Strategy::Alike`] and
//! [`Strategy::Mixed`].
//!
//! Where a model turned the texts into vectors, [`topics_of`] gathers people whose vectors point the same way. Where
//! there is none, [`keywords_of`] finds words that some of them share.
//!
//! ```
//! use flagship_assignment::topics::topics_of;
//!
//! let vectors = [
//!     ("Ada", vec![0.9, 0.1]),
//!     ("Bob", vec![0.1, 0.8]),
//!     ("Cleo", vec![0.8, 0.0]),
//! ];
//! let topics = topics_of(&vectors.into(), 2, 7)?;
//! assert_eq!(topics["Ada"], "topic 1");
//! assert_eq!(topics["Bob"], "topic 2");
//! assert_eq!(topics["Cleo"], "topic 1");
//! # Ok::<(), flagship_assignment::topics::Unusable<&str>>(())
//! ```
//!
//! [`Strategy::Alike`]: crate::Strategy::Alike
//! [`Strategy::Mixed`]: crate::Strategy::Mixed

mod clusters;
mod keywords;
mod unusable;
mod vectors;

use std::collections::BTreeMap;

use crate::limits;
use crate::refusal::Countable;
use crate::request::Name;

pub use keywords::keywords_of;
pub use unusable::Unusable;

/// Gathers people whose vectors point the same way into at most `groups` topics, and gives everyone the name of theirs:
/// `topic 1`, `topic 2`, … in the order of their first people. There are fewer topics than `groups` where fewer
/// directions differ. Sizes are as the texts have it; even rooms are the strategies' business.
///
/// Only the directions of the vectors count, not their lengths. The same vectors, groups and seed give the same topics
/// on every machine: all arithmetic is in a fixed order, of operations that IEEE 754 defines to the last bit.
///
/// # Errors
/// [`Unusable`], if there is more of something than [`limits`] allows, or a vector has no direction.
pub fn topics_of<P: Name>(
    vectors: &BTreeMap<P, Vec<f32>>,
    groups: usize,
    seed: u64,
) -> Result<BTreeMap<P, String>, Unusable<P>> {
    let dimensions = vectors.values().next().map_or(0, Vec::len);
    check(Countable::People, vectors.len(), limits::PEOPLE)?;
    check(Countable::Topics, groups, limits::TOPICS)?;
    check(Countable::Dimensions, dimensions, limits::DIMENSIONS)?;
    if groups == 0 && !vectors.is_empty() {
        return Err(Unusable::NoGroups);
    }
    let unit = |(person, vector): (&P, &Vec<f32>)| {
        if vector.len() != dimensions {
            return Err(Unusable::UnequalLengths {
                person: person.clone(),
                length: vector.len(),
                expected: dimensions,
            });
        }
        if !vector.iter().all(|number| number.is_finite()) {
            return Err(Unusable::NotANumber(person.clone()));
        }
        vectors::unit(vector).ok_or_else(|| Unusable::NoDirection(person.clone()))
    };
    let units: Vec<Vec<f32>> = vectors.iter().map(unit).collect::<Result<_, _>>()?;
    let topics = clusters::clusters(&units, groups, seed);
    let name = |topic: usize| format!("topic {}", topic + 1);
    Ok(vectors.keys().cloned().zip(topics.into_iter().map(name)).collect())
}

fn check<P>(what: Countable, count: usize, limit: usize) -> Result<(), Unusable<P>> {
    if count > limit {
        return Err(Unusable::TooMany { what, count, limit });
    }
    Ok(())
}
