//! The complete search: finds a placement or proves that there is none, as far as its work reaches.

use crate::placing::Placing;
use crate::problem::Problem;
use crate::rules::NOWHERE;
use crate::table::{Cells, Lists};
use crate::work::Work;

/// What the search came to.
pub(crate) enum Verdict {
    /// A placement that keeps all rules.
    Found(Placing),
    /// There is none.
    Impossible,
    /// The work ran out before either was known.
    Unknown,
}

/// Searches all placements, the most constrained unit first (the order of DSATUR: Brélaz, "New methods to color the
/// vertices of a graph", 1979). Of empty rooms with the same capacity only the first is tried.
pub(crate) fn search(problem: &Problem, work: &mut Work) -> Verdict {
    let mut placing = Placing::fixed(problem);
    let mut waiting: Vec<u32> = problem
        .all_units()
        .filter(|&unit| problem.fixed.at(unit) == NOWHERE)
        .collect();
    match place(problem, &mut placing, &mut waiting, work) {
        Some(true) => Verdict::Found(placing),
        Some(false) => Verdict::Impossible,
        None => Verdict::Unknown,
    }
}

/// Places all that wait. `None` when the work ran out.
fn place(problem: &Problem, placing: &mut Placing, waiting: &mut Vec<u32>, work: &mut Work) -> Option<bool> {
    let Some(position) = most_constrained(problem, placing, waiting, work)? else {
        return Some(waiting.is_empty());
    };
    let unit = waiting.swap_remove(position);
    let mut empty: Vec<u32> = Vec::new();
    for room in problem
        .all_rooms()
        .filter(|&room| placing.fits(problem, unit, room))
        .collect::<Vec<_>>()
    {
        if placing.size(room) == 0 {
            let capacity = problem.capacity.at(room);
            if empty.contains(&capacity) {
                continue;
            }
            empty.push(capacity);
        }
        placing.put(problem, unit, room);
        if place(problem, placing, waiting, work)? {
            return Some(true);
        }
        placing.take(problem, unit);
    }
    waiting.push(unit);
    let last = waiting.len() - 1;
    waiting.swap(position, last);
    Some(false)
}

/// The position of the unit with the fewest rooms, larger units and those with more clashes first. `Some(None)` when
/// nobody waits or somebody has no room at all; `None` when the work ran out.
#[expect(clippy::option_option, reason = "the outer one is the work that ran out")]
fn most_constrained(problem: &Problem, placing: &Placing, waiting: &[u32], work: &mut Work) -> Option<Option<usize>> {
    let mut best = None;
    for (position, &unit) in waiting.iter().enumerate() {
        if !work.spend(problem.rooms() as u64) {
            return None;
        }
        let rooms = problem
            .all_rooms()
            .filter(|&room| placing.fits(problem, unit, room))
            .count();
        if rooms == 0 {
            return Some(None);
        }
        let larger = std::cmp::Reverse(problem.size(unit));
        let key = (rooms, larger, std::cmp::Reverse(problem.apart.list(unit).len()), unit);
        if best.as_ref().is_none_or(|(other, _)| key < *other) {
            best = Some((key, position));
        }
    }
    Some(best.map(|(_, position)| position))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Purpose};
    use crate::rules::Rules;

    /// Up to six people in up to three rooms with rules drawn at random.
    fn rules(seed: u64) -> Rules {
        let mut chance = Chance::new(seed, Purpose::First, 0);
        let (people, rooms) = (1 + chance.below(6), 1 + chance.below(3));
        let mut pairs = |count: usize| -> Vec<Vec<u32>> {
            let pair = |_| vec![chance.below(people as usize), chance.below(people as usize)];
            (0..count).map(pair).filter(|pair| pair[0] != pair[1]).collect()
        };
        let (together, apart) = (pairs(1), pairs(6));
        Rules {
            present: vec![true; people as usize],
            capacity: (0..rooms).map(|_| 1 + chance.below(4)).collect(),
            together,
            apart,
            fixed: (0..people)
                .map(|person| if person == 0 { 0 } else { NOWHERE })
                .collect(),
        }
    }

    fn all(people: usize, rooms: usize) -> impl Iterator<Item = Vec<u32>> {
        let digit = move |number: usize, person: usize| (number / rooms.pow(person as u32) % rooms) as u32;
        (0..rooms.pow(people as u32)).map(move |number| (0..people).map(|person| digit(number, person)).collect())
    }

    #[test]
    fn a_placement_is_found_exactly_when_there_is_one() {
        let (mut found, mut impossible) = (0, 0);
        for rules in (0..20_000).map(rules) {
            let Ok(problem) = Problem::new(&rules) else { continue };
            let mut possible = all(rules.present.len(), rules.capacity.len());
            let possible = possible.any(|room_of| rules.broken_by(&room_of).is_empty());
            match search(&problem, &mut Work::new(1_000_000)) {
                Verdict::Found(placing) => {
                    assert!(possible, "{rules:?}");
                    assert_eq!(rules.broken_by(&placing.by_person(&problem)), [], "{rules:?}");
                    found += 1;
                }
                Verdict::Impossible => {
                    assert!(!possible, "{rules:?}");
                    impossible += 1;
                }
                Verdict::Unknown => panic!("so small a problem is settled: {rules:?}"),
            }
        }
        assert!(
            found > 1000 && impossible > 100,
            "{found} found, {impossible} impossible"
        );
    }

    #[test]
    fn the_work_is_bounded() {
        let rules = rules(1);
        let problem = Problem::new(&rules).unwrap();
        assert!(matches!(search(&problem, &mut Work::new(1)), Verdict::Unknown));
    }
}
