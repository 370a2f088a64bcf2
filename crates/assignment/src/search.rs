//! Betters placements by moving and swapping, within a bound of work.
//!
//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi, 1983) on the neighbourhood of swaps that Dotú and
//! Van Hentenryck use for the social golfer problem ("Scheduling social golfers locally", CPAIOR 2005), restricted
//! like theirs to people who are in a conflict. All numbers are integers, so that every platform gets the same result.

use crate::chance::Chance;
use crate::goals::{Goal, Knowledge};
use crate::placing::Placing;
use crate::problem::Problem;
use crate::rules::NOWHERE;
use crate::table::{Cells, Lists};
use crate::work::Work;

/// How likely a change for the worse by one is at the start, in 65,536ths. Found by trying on the sizes of
/// `examples/quality.rs`.
const HEAT: u64 = 10_000;

/// Below this many look-ups for each unit and round there is no time to cool down: only changes that are no worse
/// are taken.
const HEAT_WORTHWHILE: u64 = 20_000;

/// A change of one round.
#[derive(Debug, Clone, Copy)]
enum Change {
    Move { unit: u32, room: u32 },
    Swap { one: u32, other: u32 },
}

/// Rounds that are bettered together: what happens in one counts as a meeting for the others.
pub(crate) struct Search<'a> {
    problem: &'a Problem,
    /// Who has met: earlier rounds and the rounds of this search.
    knowledge: Knowledge,
    rounds: Vec<Placing>,
    keep_sizes: bool,
    chance: Chance,
    movable: Vec<u32>,
}

impl<'a> Search<'a> {
    /// Begins with rounds that keep all rules. With `keep_sizes` no room changes its size.
    pub(crate) fn new(problem: &'a Problem, knowledge: Knowledge, keep_sizes: bool, chance: Chance) -> Self {
        let movable = problem.all_units().filter(|&unit| problem.fixed.at(unit) == NOWHERE);
        Self {
            problem,
            knowledge,
            rounds: Vec::new(),
            keep_sizes,
            chance,
            movable: movable.collect(),
        }
    }

    /// Adds a round.
    pub(crate) fn add(&mut self, placing: Placing) {
        for unit in self.problem.all_units() {
            self.meet(&placing, unit, placing.room_of(unit), true);
        }
        self.rounds.push(placing);
    }

    /// The rounds, as good as they got.
    pub(crate) fn into_rounds(self) -> Vec<Placing> {
        self.rounds
    }

    /// Betters the goals in their order: a later goal never costs an earlier one anything.
    pub(crate) fn improve(&mut self, goals: &[Goal], work: Work) {
        let mut left = work.left();
        for (position, &goal) in goals.iter().enumerate() {
            // Sizes are all but even from the start; what they leave goes to the others.
            let stages = (goals.len() - position) as u64;
            let share = if goal == Goal::EvenSizes && stages > 1 {
                left / 10
            } else {
                left / stages
            };
            let mut work = Work::new(share);
            self.improve_one(goal, goals.get(..position).unwrap_or(&[]), &mut work);
            left -= share - work.left();
        }
    }

    fn improve_one(&mut self, goal: Goal, earlier: &[Goal], work: &mut Work) {
        let budget = work.left();
        let units = (self.movable.len() * self.rounds.len()) as u64;
        let hot = goal != Goal::EvenSizes && budget > HEAT_WORTHWHILE * units.max(1);
        let least = self.knowledge.least(goal, self.problem) * self.rounds.len() as i64;
        let mut total = self.total(goal);
        let mut best: Option<(i64, Vec<Vec<u32>>)> = None;
        let mut suspects: Vec<(u32, u32)> = Vec::new();
        while total > least && work.spend(4) {
            let Some((round, unit)) = self.suspect(goal, &mut suspects, work) else {
                break;
            };
            let Some(change) = self.propose(round, unit) else {
                continue;
            };
            let worse = self.effect(goal, round, change, work);
            let rest = work.left() * 256 / budget.max(1);
            let heat = if hot { (HEAT * rest * rest) >> 16 } else { 0 };
            if !self.accept(worse, heat) || earlier.iter().any(|&goal| self.effect(goal, round, change, work) > 0) {
                continue;
            }
            if worse > 0 && best.as_ref().is_none_or(|(least, _)| total < *least) {
                best = Some((
                    total,
                    self.rounds.iter().map(|placing| placing.rooms().to_vec()).collect(),
                ));
            }
            self.apply(round, change);
            total += worse;
        }
        if let Some((_, rounds)) = best.filter(|(least, _)| *least < total) {
            self.restore(&rounds);
        }
    }

    /// A unit that may stand in the way of a goal, with its round. `None` when there is none.
    fn suspect(&mut self, goal: Goal, suspects: &mut Vec<(u32, u32)>, work: &mut Work) -> Option<(u32, u32)> {
        if matches!(goal, Goal::EvenSizes | Goal::Mixed) {
            let round = self.chance.below(self.rounds.len());
            return Some((round, self.chance.pick(&self.movable)?));
        }
        let mut collected = false;
        loop {
            while !suspects.is_empty() {
                let position = self.chance.below(suspects.len());
                let (round, unit) = *suspects.get(position as usize)?;
                if self.staying(goal, round, unit, work) > 0 {
                    return Some((round, unit));
                }
                suspects.swap_remove(position as usize);
            }
            if collected || work.left() == 0 {
                return None;
            }
            collected = true;
            for round in 0..self.rounds.len() as u32 {
                for position in 0..self.movable.len() as u32 {
                    let unit = self.movable.at(position);
                    if self.staying(goal, round, unit, work) > 0 {
                        suspects.push((round, unit));
                    }
                }
            }
        }
    }

    /// A change that keeps all rules, drawn at random.
    fn propose(&mut self, round: u32, unit: u32) -> Option<Change> {
        let room = self.chance.below(self.problem.rooms());
        let moves = !self.keep_sizes && self.chance.below(4) == 0;
        let placing = self.rounds.get(round as usize)?;
        if room == placing.room_of(unit) {
            return None;
        }
        if moves || placing.units(room).is_empty() {
            let allowed = !self.keep_sizes && placing.may_move(self.problem, unit, room);
            return allowed.then_some(Change::Move { unit, room });
        }
        let other = self.chance.pick(placing.units(room))?;
        let sizes = !self.keep_sizes || self.problem.size(unit) == self.problem.size(other);
        let allowed = sizes && placing.may_swap(self.problem, unit, other);
        allowed.then_some(Change::Swap { one: unit, other })
    }

    /// Whether to take a change that is so much worse: always if it is not, else the less likely the worse it is.
    fn accept(&mut self, worse: i64, heat: u64) -> bool {
        if worse <= 0 {
            return true;
        }
        if heat == 0 || worse > 4 {
            return false;
        }
        let likely = (0..worse).fold(1 << 16, |likely, _| (likely * heat) >> 16);
        u64::from(self.chance.below(1 << 16)) < likely
    }

    /// By how much a change makes a goal worse.
    fn effect(&self, goal: Goal, round: u32, change: Change, work: &mut Work) -> i64 {
        match change {
            Change::Move { unit, room } => {
                self.joining(goal, round, unit, room, work) - self.staying(goal, round, unit, work)
            }
            Change::Swap { one, other } => {
                let Some(placing) = self.rounds.get(round as usize) else {
                    return 0;
                };
                let (here, there) = (placing.room_of(one), placing.room_of(other));
                let come = self.joining(goal, round, one, there, work) + self.joining(goal, round, other, here, work);
                let go = self.staying(goal, round, one, work) + self.staying(goal, round, other, work);
                let others = self.problem.units.list(other);
                let people = self.problem.units.list(one).iter();
                // Each was counted beside the other, who will have left.
                let between: i64 = people.map(|&person| self.knowledge.joining(goal, person, others)).sum();
                come - go - 2 * between
            }
        }
    }

    /// What a goal counts for a unit in a room that it is not in.
    fn joining(&self, goal: Goal, round: u32, unit: u32, room: u32, work: &mut Work) -> i64 {
        let Some(placing) = self.rounds.get(round as usize) else {
            return 0;
        };
        let (people, others) = (self.problem.units.list(unit), placing.people(room));
        if goal == Goal::EvenSizes {
            return (people.len() * others.len()) as i64;
        }
        work.spend((people.len() * others.len()) as u64);
        people
            .iter()
            .map(|&person| self.knowledge.joining(goal, person, others))
            .sum()
    }

    /// What a goal counts for a unit in the room that it is in.
    fn staying(&self, goal: Goal, round: u32, unit: u32, work: &mut Work) -> i64 {
        let Some(placing) = self.rounds.get(round as usize) else {
            return 0;
        };
        let people = self.problem.units.list(unit);
        let others = placing.people(placing.room_of(unit));
        let strangers = people.len() * (others.len() - people.len().min(others.len()));
        if goal == Goal::EvenSizes {
            return strangers as i64;
        }
        let with_all = self.joining(goal, round, unit, placing.room_of(unit), work);
        let within: i64 = people
            .iter()
            .map(|&person| self.knowledge.joining(goal, person, people))
            .sum();
        // The meeting of this round itself is not one too many.
        let now = if goal == Goal::NewMeetings { strangers as i64 } else { 0 };
        with_all - within - now
    }

    /// What a goal counts in all rounds, beyond what no change can alter.
    fn total(&mut self, goal: Goal) -> i64 {
        if goal == Goal::NewMeetings {
            return self.total_meetings();
        }
        let knowledge = &self.knowledge;
        let pairs = |people: &[u32]| -> i64 {
            let rest = people
                .iter()
                .zip(1..)
                .map(|(&person, next)| (person, people.get(next..).unwrap_or(&[])));
            rest.map(|(person, others)| knowledge.joining(goal, person, others))
                .sum()
        };
        let rooms = self
            .rounds
            .iter()
            .flat_map(|placing| self.problem.all_rooms().map(|room| placing.people(room)));
        rooms.map(pairs).sum()
    }

    /// Takes all rounds apart and lets them happen again: each meeting counts as often as the two had met before.
    fn total_meetings(&mut self) -> i64 {
        let rounds = std::mem::take(&mut self.rounds);
        for placing in &rounds {
            for unit in self.problem.all_units() {
                self.meet(placing, unit, placing.room_of(unit), false);
            }
        }
        let mut total = 0;
        for placing in rounds {
            for unit in self.problem.all_units() {
                for &other in placing
                    .units(placing.room_of(unit))
                    .iter()
                    .filter(|&&other| other < unit)
                {
                    for &person in self.problem.units.list(unit) {
                        total += self
                            .knowledge
                            .joining(Goal::NewMeetings, person, self.problem.units.list(other));
                    }
                }
            }
            self.add(placing);
        }
        total
    }

    /// Counts the meetings of a unit with those in a room whose number is smaller, so that each pair counts once.
    fn meet(&mut self, placing: &Placing, unit: u32, room: u32, happens: bool) {
        let people = self.problem.units.list(unit);
        for &other in placing.units(room).iter().filter(|&&other| other < unit) {
            self.knowledge.meet(people, self.problem.units.list(other), happens);
        }
    }

    fn apply(&mut self, round: u32, change: Change) {
        match change {
            Change::Move { unit, room } => self.relocate(round, unit, room),
            Change::Swap { one, other } => {
                let Some(placing) = self.rounds.get(round as usize) else {
                    return;
                };
                let (here, there) = (placing.room_of(one), placing.room_of(other));
                self.relocate(round, one, there);
                self.relocate(round, other, here);
            }
        }
    }

    fn relocate(&mut self, round: u32, unit: u32, room: u32) {
        let problem = self.problem;
        let Some(placing) = self.rounds.get_mut(round as usize) else {
            return;
        };
        let people = problem.units.list(unit);
        let from = placing.room_of(unit);
        placing.take(problem, unit);
        self.knowledge.meet(people, placing.people(from), false);
        self.knowledge.meet(people, placing.people(room), true);
        placing.put(problem, unit, room);
    }

    fn restore(&mut self, rounds: &[Vec<u32>]) {
        for (round, rooms) in (0..).zip(rounds) {
            for (unit, &room) in (0..).zip(rooms) {
                if self
                    .rounds
                    .get(round as usize)
                    .is_some_and(|placing| placing.room_of(unit) != room)
                {
                    self.relocate(round, unit, room);
                }
            }
        }
    }
}
