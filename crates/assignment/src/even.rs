//! Even sizes: what "differ by at most one" means where rooms are full.

/// The lowest and highest size of each room in an even distribution of people: all rooms are filled like connected
/// vessels, each up to its capacity. At most one above the lowest; equal where the people come out even.
pub(crate) fn even_sizes(capacities: &[u32], people: u32) -> Vec<(u32, u32)> {
    let filled = |level: u32| -> u64 { capacities.iter().map(|&capacity| u64::from(capacity.min(level))).sum() };
    let (mut low, mut high) = (0, people);
    // The highest level that the people suffice for.
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if filled(middle) <= u64::from(people) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let over = u32::from(filled(low) < u64::from(people));
    capacities
        .iter()
        .map(|&capacity| (capacity.min(low), capacity.min(low + over)))
        .collect()
}

/// How many would have to move for each count to be within its bounds.
pub(crate) fn uneven(counts: impl Iterator<Item = u32>, bounds: impl Iterator<Item = (u32, u32)>) -> u32 {
    let (mut over, mut under) = (0, 0);
    for (count, (low, high)) in counts.zip(bounds) {
        over += count.saturating_sub(high);
        under += low.saturating_sub(count);
    }
    over.max(under)
}

/// The fewest pairs in one room that people can form: with sizes as even as the capacities allow.
pub(crate) fn fewest_pairs(capacities: &[u32], people: u32) -> i64 {
    let bounds = even_sizes(capacities, people);
    let lowest: i64 = bounds.iter().map(|&(low, _)| i64::from(low)).sum();
    let pairs: i64 = bounds
        .iter()
        .map(|&(low, _)| i64::from(low) * (i64::from(low) - 1) / 2)
        .sum();
    // Each person above the lowest level joins a room at that level; rooms that are full are not raised.
    let level = bounds
        .iter()
        .filter(|(low, high)| low < high)
        .map(|&(low, _)| i64::from(low))
        .max();
    pairs + (i64::from(people) - lowest) * level.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_fill_like_connected_vessels() {
        assert_eq!(even_sizes(&[2, 9, 9], 9), [(2, 2), (3, 4), (3, 4)]);
        assert_eq!(even_sizes(&[u32::MAX, u32::MAX], 6), [(3, 3), (3, 3)]);
        assert_eq!(even_sizes(&[1, 1], 2), [(1, 1), (1, 1)]);
        assert_eq!(even_sizes(&[5, 5, 5], 0), [(0, 0), (0, 0), (0, 0)]);
    }

    #[test]
    fn the_fewest_pairs_come_from_even_sizes() {
        assert_eq!(fewest_pairs(&[2, 9, 9], 9), 1 + 3 + 6);
        assert_eq!(fewest_pairs(&[u32::MAX; 4], 6), 2);
    }

    #[test]
    fn somebody_too_many_here_is_somebody_missing_there() {
        let bounds = even_sizes(&[u32::MAX, u32::MAX], 4);
        assert_eq!(uneven([3, 1].into_iter(), bounds.into_iter()), 1);
    }
}
