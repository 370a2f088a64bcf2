//! Which rules contradict each other, where no single proof names them.

use crate::exact::{Verdict, search};
use crate::limits;
use crate::problem::Problem;
use crate::refusal::Rule;
use crate::rules::{Refused, Rules};
use crate::work::Work;

/// The refusal of rules that are known to have no solution: the smallest set of them that still has none, found by
/// leaving out one after the other (a deletion filter: Chinneck and Dravnieks, 1991).
///
/// With more than [`limits::CONTRADICTION_RULES`] rules all of them are named.
pub(crate) fn contradiction(rules: &Rules) -> Refused {
    let mut kept = rules.list();
    if kept.len() <= limits::CONTRADICTION_RULES {
        for rule in rules.list() {
            let others = || kept.iter().filter(|&other| *other != rule);
            if is_impossible(&rules.with_only(others())) {
                kept = others().cloned().collect::<Vec<Rule<u32, u32>>>();
            }
        }
    }
    Refused::Contradiction(kept)
}

/// Whether it is certain, within the work for one try, that the rules have no solution.
fn is_impossible(rules: &Rules) -> bool {
    match Problem::new(rules) {
        Ok(problem) => {
            let mut work = Work::new(limits::CONTRADICTION_WORK);
            matches!(search(&problem, &mut work), Verdict::Impossible)
        }
        Err(_) => true,
    }
}
