//! Who stays without a place where there are too few.

use std::cmp::Reverse;

use crate::chance::Chance;
use crate::problem::{Problem, count};
use crate::rules::{NOWHERE, Rules};
use crate::table::Cells;

/// The rules without as many people as there are places missing.
///
/// Single people are left out first, in an order drawn by chance, then pairs, and so on: a group that stays together
/// stays out together. Nobody who is fixed is left out, nor anybody who belongs to them.
pub(crate) fn without_those_who_find_no_place(rules: &Rules, mut chance: Chance) -> Rules {
    let mut left = rules.clone();
    let missing = (rules.people() as u64).saturating_sub(rules.places());
    if missing == 0 || rules.capacity.is_empty() {
        return left;
    }
    let all = Problem::unchecked(rules);
    let mut free: Vec<u32> = all.all_units().filter(|&unit| all.fixed.at(unit) == NOWHERE).collect();
    chance.shuffle(&mut free);
    free.sort_by_key(|&unit| Reverse(all.size(unit)));
    let mut missing = count(usize::try_from(missing).unwrap_or(usize::MAX));
    while missing > 0 {
        // The next one whose size does not leave more out than needed, or else the smallest.
        let fitting = free.iter().rposition(|&unit| all.size(unit) <= missing);
        let Some(position) = fitting.or_else(|| free.len().checked_sub(1)) else {
            break;
        };
        let unit = free.remove(position);
        missing = missing.saturating_sub(all.size(unit));
        for &person in all.units.get(unit as usize).into_iter().flatten() {
            left.present.put(person, false);
        }
    }
    left
}
