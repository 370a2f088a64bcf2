//! Rounds without a single repeated meeting, by construction.
//!
//! A construction is for a number of groups and a size, and gives as many rounds as it can. Which people stand where
//! in it is for the caller to shuffle.
//!
//! | module | what it gives |
//! |---|---|
//! | `circle` | groups of two: every pair once (round robin) |
//! | `transversal` | any size up to the number of groups: one round for each line of a net; affine planes |
//! | `kirkman` | groups of three, from one base round over a finite field |
//! | `starters` | groups of three to five, from base rounds found by search |
//! | `field` | arithmetic in finite fields |

mod circle;
mod field;
mod kirkman;
mod starters;
mod transversal;

/// One round: groups of people, numbered from 0.
pub(crate) type Round = Vec<Vec<u32>>;

/// As many rounds as a construction has for this many people in this many groups, sizes as even as can be. Nobody
/// meets anybody twice. At least one round.
pub(crate) fn rounds(people: u32, groups: u32) -> Vec<Round> {
    if groups == 0 || people == 0 {
        return Vec::new();
    }
    let size = people.div_ceil(groups);
    let missing = groups * size - people;
    if missing == 0 {
        return full(groups, size);
    }
    let lines = without_last(transversal::lines(groups, size), people);
    let rest = with_gaps(full(groups, size), missing, people);
    if rest.len() > lines.len() { rest } else { lines }
}

/// As many rounds as the best construction has for groups that are all of this size.
fn full(groups: u32, size: u32) -> Vec<Round> {
    let single = vec![
        (0..groups)
            .map(|group| (group * size..(group + 1) * size).collect())
            .collect(),
    ];
    let candidates = [
        Some(single),
        (size == 2).then(|| circle::rounds(groups)),
        (2..=groups).contains(&size).then(|| net(groups, size)),
        (size == 3).then(|| kirkman::rounds(groups)).flatten(),
        starters::rounds(groups, size),
    ];
    // The last of the longest: it is the one made for the size.
    candidates
        .into_iter()
        .flatten()
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// The lines of a net, and after them the rounds in which those meet who share a place: they stand in no line
/// together. Each place holds as many people as there are groups.
fn net(groups: u32, size: u32) -> Vec<Round> {
    let mut rounds = transversal::lines(groups, size);
    if groups.is_multiple_of(size) {
        for inner in full(groups / size, size) {
            let at = |place: u32| {
                let of_place = move |group: &Vec<u32>| group.iter().map(|person| place * groups + person).collect();
                inner.iter().map(of_place).collect::<Vec<Vec<u32>>>()
            };
            rounds.push((0..size).flat_map(at).collect());
        }
    }
    rounds
}

/// Leaves out the people from `people` on, who never met: they are all in the last place of a net.
fn without_last(rounds: Vec<Round>, people: u32) -> Vec<Round> {
    let trim = |group: Vec<u32>| group.into_iter().filter(|&person| person < people).collect();
    rounds
        .into_iter()
        .map(|round| round.into_iter().map(trim).collect())
        .collect()
}

/// Leaves out so many people who meet in one round only, and that round with them; a single one meets nobody who is
/// left out, and no round is lost.
fn with_gaps(mut rounds: Vec<Round>, missing: u32, people: u32) -> Vec<Round> {
    let last = if missing == 1 {
        rounds.last().cloned()
    } else {
        rounds.pop()
    };
    let Some(group) = last.as_ref().and_then(|round| round.first()) else {
        return Vec::new();
    };
    let Some(left_out) = group.get(..missing as usize) else {
        return Vec::new();
    };
    // Those who stay close up, so that numbers have no gaps.
    let mut numbers = vec![None; (people + missing) as usize];
    let staying = (0..people + missing).filter(|person| !left_out.contains(person));
    for (number, person) in (0..).zip(staying) {
        if let Some(cell) = numbers.get_mut(person as usize) {
            *cell = Some(number);
        }
    }
    let renumber = |group: Vec<u32>| -> Vec<u32> {
        let number = |person: u32| numbers.get(person as usize).copied().flatten();
        group.into_iter().filter_map(number).collect()
    };
    rounds
        .into_iter()
        .map(|round| round.into_iter().map(renumber).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn assert_sound(rounds: &[Round], people: u32, groups: u32) {
        let mut met = BTreeSet::new();
        for round in rounds {
            assert_eq!(round.len(), groups as usize);
            let mut all: Vec<u32> = round.iter().flatten().copied().collect();
            all.sort_unstable();
            assert_eq!(all, (0..people).collect::<Vec<_>>(), "{people} in {groups}");
            let sizes = || round.iter().map(Vec::len);
            assert!(
                sizes().max().unwrap() - sizes().min().unwrap() <= 1,
                "{people} in {groups}"
            );
            for group in round {
                for a in group {
                    for b in group.iter().filter(|b| a < b) {
                        assert!(met.insert((*a, *b)), "{a} and {b} meet twice, {people} in {groups}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_construction_is_without_a_repetition() {
        let small = (1..=16).flat_map(|groups| (groups..=groups * 5).map(move |people| (people, groups)));
        let made = (17..=33).flat_map(|groups| [(groups * 3, groups), (groups * 3 - 1, groups)]);
        let large = [
            (200, 100),
            (199, 100),
            (1000, 100),
            (993, 100),
            (64, 16),
            (512, 64),
            (100, 10),
            (81, 9),
        ];
        for (people, groups) in small.chain(made).chain(large) {
            let rounds = rounds(people, groups);
            assert!(!rounds.is_empty(), "{people} in {groups}");
            assert_sound(&rounds, people, groups);
        }
    }

    #[test]
    fn constructions_reach_what_is_known() {
        let reached = |groups: u32, size: u32| rounds(groups * size, groups).len();
        for groups in 1..=50 {
            assert_eq!(
                reached(groups, 2),
                groups as usize * 2 - 1,
                "round robin of {groups} pairs"
            );
        }
        for order in [2, 3, 4, 5, 7, 8, 9, 11, 13] {
            assert_eq!(
                reached(order, order),
                order as usize + 1,
                "affine plane of order {order}"
            );
        }
        for groups in [3, 5, 7, 9, 13, 17, 19, 21, 25, 27, 29, 31, 33] {
            assert_eq!(
                reached(groups, 3),
                (3 * groups as usize - 1) / 2,
                "Kirkman triple system of {groups} triples"
            );
        }
        for groups in [6, 8, 10, 12, 14, 16, 18, 20] {
            assert_eq!(
                reached(groups, 3),
                3 * groups as usize / 2 - 1,
                "nearly Kirkman system of {groups} triples"
            );
        }
        assert_eq!(reached(4, 4), 5);
        assert_eq!(reached(6, 4), 7);
        assert_eq!(reached(7, 4), 9);
        assert_eq!(reached(8, 4), 9, "10 are known to exist");
        assert_eq!(reached(9, 4), 11);
        assert_eq!(reached(10, 4), 13);
        assert_eq!(reached(16, 4), 21);
        assert_eq!(reached(6, 5), 6);
        assert_eq!(reached(8, 5), 8);
        assert!(reached(100, 10) >= 15);
    }
}
