//! Groups of two: the round robin.

use super::Round;

/// Every pair once, in 2 · `pairs` − 1 rounds: one person stands still, the others walk around a circle, and whoever
/// stand opposite each other meet (the circle method: Kirkman 1847, Lucas 1883).
pub(super) fn rounds(pairs: u32) -> Vec<Round> {
    let circle = 2 * pairs - 1;
    let pair = |round: u32, step: u32| match step {
        0 => vec![round, circle],
        _ => vec![(round + step) % circle, (round + circle - step) % circle],
    };
    (0..circle)
        .map(|round| (0..pairs).map(|step| pair(round, step)).collect())
        .collect()
}
