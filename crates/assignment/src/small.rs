//! Small problems: all placements are tried, so that the answer is the best there is.
//!
//! Moving and swapping can end where every single change is for the worse, and in a small group people see that
//! another split would have been better.

use crate::goals::{Goal, Knowledge};
use crate::limits;
use crate::placing::Placing;
use crate::problem::Problem;
use crate::rules::NOWHERE;
use crate::table::Cells;

/// The best placement that keeps all rules: `found`, unless another betters the goals, the earlier ones first.
/// With `keep_sizes` no room changes its size. Problems with too many placements keep what was found.
pub(crate) fn best(
    problem: &Problem,
    knowledge: &Knowledge,
    goals: &[Goal],
    keep_sizes: bool,
    found: Placing,
) -> Placing {
    let movable: Vec<u32> = problem
        .all_units()
        .filter(|&unit| problem.fixed.at(unit) == NOWHERE)
        .collect();
    let placements = u32::try_from(movable.len())
        .ok()
        .and_then(|units| problem.rooms().checked_pow(units));
    if placements.is_none_or(|placements| placements > limits::SMALL_PLACEMENTS) {
        return found;
    }
    let mut small = Small {
        problem,
        knowledge,
        goals,
        sizes: keep_sizes.then(|| sizes(problem, &found)),
        costs: costs(problem, knowledge, goals, &found),
        best: found,
    };
    small.visit(&mut Placing::fixed(problem), &movable);
    small.best
}

struct Small<'a> {
    problem: &'a Problem,
    knowledge: &'a Knowledge,
    goals: &'a [Goal],
    /// The sizes that rooms have to have.
    sizes: Option<Vec<u32>>,
    /// The best so far, and what it costs.
    best: Placing,
    costs: Vec<i64>,
}

impl Small<'_> {
    fn visit(&mut self, placing: &mut Placing, waiting: &[u32]) {
        let Some((&unit, waiting)) = waiting.split_first() else {
            self.judge(placing);
            return;
        };
        for room in self.problem.all_rooms() {
            if placing.fits(self.problem, unit, room) {
                placing.put(self.problem, unit, room);
                self.visit(placing, waiting);
                placing.take(self.problem, unit);
            }
        }
    }

    fn judge(&mut self, placing: &Placing) {
        let fits = self
            .sizes
            .as_ref()
            .is_none_or(|wanted| *wanted == sizes(self.problem, placing));
        let costs = costs(self.problem, self.knowledge, self.goals, placing);
        if fits && costs < self.costs {
            self.best = placing.clone();
            self.costs = costs;
        }
    }
}

fn sizes(problem: &Problem, placing: &Placing) -> Vec<u32> {
    problem.all_rooms().map(|room| placing.size(room)).collect()
}

/// What a placement costs, by goal. Pairs within a unit are counted in every placement alike.
fn costs(problem: &Problem, knowledge: &Knowledge, goals: &[Goal], placing: &Placing) -> Vec<i64> {
    let pairs = |goal: Goal, people: &[u32]| -> i64 {
        let each = people.iter().enumerate();
        each.map(|(position, &person)| knowledge.joining(goal, person, people.get(..position).unwrap_or(&[])))
            .sum()
    };
    let cost = |goal: &Goal| -> i64 {
        let rooms = problem.all_rooms();
        rooms.map(|room| pairs(*goal, placing.people(room))).sum()
    };
    goals.iter().map(cost).collect()
}
