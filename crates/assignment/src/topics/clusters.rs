//! Spherical k-means (Dhillon and Modha, "Concept Decompositions for Large Sparse Text Data Using Clustering", 2001),
//! begun as k-means++ does (Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007).
//!
//! It ends at a local best, so it is begun several times; the best end counts.

use super::vectors::{similarity, unit};
use crate::chance::{Chance, Purpose};
use crate::limits;

/// Directions that differ by less, as 1 minus their similarity, count as one: rounding, not meaning.
const SAME: f32 = 1e-5;

/// A draw is one of so many steps.
const STEPS: usize = 1 << 30;

/// Who belongs where, and how well.
struct Grouping {
    /// By person: the number of their centre.
    of: Vec<usize>,
    /// Of everybody to their centre, added up.
    similarity: f64,
}

/// The cluster of each vector: numbers from 0, without gaps, by first appearance. All vectors have length 1.
pub(super) fn clusters(vectors: &[Vec<f32>], count: usize, seed: u64) -> Vec<usize> {
    let dimensions = vectors.first().map_or(0, Vec::len);
    let pass = (vectors.len() * dimensions * count).max(1) as u64;
    // Beginning costs as much as a pass over everybody.
    let mut passes = (limits::TOPIC_WORK / pass).max(2);
    let mut best: Option<Grouping> = None;
    for attempt in 0..limits::TOPIC_TRIES {
        if passes < 2 {
            break;
        }
        let centres = beginning(vectors, count, &mut Chance::new(seed, Purpose::Topics, attempt));
        passes -= 1;
        let found = refined(vectors, centres, &mut passes);
        if best.as_ref().is_none_or(|best| found.similarity > best.similarity) {
            best = Some(found);
        }
    }
    numbered(&best.map(|best| best.of).unwrap_or_default())
}

/// Up to `count` vectors as first centres: each drawn with the more weight, the less it is like those before.
fn beginning(vectors: &[Vec<f32>], count: usize, chance: &mut Chance) -> Vec<Vec<f32>> {
    let mut centres: Vec<Vec<f32>> = Vec::new();
    // By person: what is missing to the likeness with the nearest centre. At first equal for all.
    let mut distances = vec![1.0_f32; vectors.len()];
    while centres.len() < count {
        let Some(centre) = drawn(&distances, chance).and_then(|person| vectors.get(person)) else {
            break;
        };
        for (distance, vector) in distances.iter_mut().zip(vectors) {
            let new = 1.0 - similarity(vector, centre);
            let nearest = if centres.is_empty() { new } else { distance.min(new) };
            *distance = if nearest < SAME { 0.0 } else { nearest };
        }
        centres.push(centre.clone());
    }
    centres
}

/// A position, drawn by weight. `None` where nothing weighs anything.
fn drawn(weights: &[f32], chance: &mut Chance) -> Option<usize> {
    let total: f64 = weights.iter().copied().map(f64::from).sum();
    let mut left = total * f64::from(chance.below(STEPS)) / STEPS as f64;
    let mut last = None;
    for (position, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        last = Some(position);
        left -= f64::from(*weight);
        if left < 0.0 {
            break;
        }
    }
    last
}

/// Everybody to the nearest centre, every centre into the middle of its people, until nothing changes.
fn refined(vectors: &[Vec<f32>], mut centres: Vec<Vec<f32>>, passes: &mut u64) -> Grouping {
    let mut grouping = nearest(vectors, &centres);
    *passes = passes.saturating_sub(1);
    for _ in 1..limits::TOPIC_PASSES {
        if *passes == 0 {
            break;
        }
        move_to_middle(&mut centres, vectors, &grouping.of);
        let next = nearest(vectors, &centres);
        *passes -= 1;
        let settled = next.of == grouping.of;
        grouping = next;
        if settled {
            break;
        }
    }
    grouping
}

/// Of centres that are equally near, the first.
fn nearest(vectors: &[Vec<f32>], centres: &[Vec<f32>]) -> Grouping {
    let mut total = 0.0;
    let of = vectors.iter().map(|vector| {
        let mut best = (0, f32::NEG_INFINITY);
        for (number, centre) in centres.iter().enumerate() {
            let similarity = similarity(vector, centre);
            if similarity > best.1 {
                best = (number, similarity);
            }
        }
        total += f64::from(best.1);
        best.0
    });
    Grouping {
        of: of.collect(),
        similarity: total,
    }
}

/// A centre without people, or whose people point away from each other, stays where it is.
fn move_to_middle(centres: &mut [Vec<f32>], vectors: &[Vec<f32>], of: &[usize]) {
    for (number, centre) in centres.iter_mut().enumerate() {
        let mut sum = vec![0.0_f32; centre.len()];
        for (vector, _) in vectors.iter().zip(of).filter(|(_, of)| **of == number) {
            for (sum, part) in sum.iter_mut().zip(vector) {
                *sum += part;
            }
        }
        if let Some(middle) = unit(&sum) {
            *centre = middle;
        }
    }
}

/// The same clusters, numbered by first appearance.
fn numbered(of: &[usize]) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    of.iter()
        .map(|cluster| {
            seen.iter().position(|known| known == cluster).unwrap_or_else(|| {
                seen.push(*cluster);
                seen.len() - 1
            })
        })
        .collect()
}
