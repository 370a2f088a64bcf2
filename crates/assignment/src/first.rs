//! The first placement: everybody in turn into the room that suits best, and a repair for those who find none.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::chance::Chance;
use crate::even::even_sizes;
use crate::goals::{Goal, Knowledge};
use crate::limits;
use crate::placing::Placing;
use crate::problem::{Problem, count};
use crate::rules::NOWHERE;
use crate::table::{Cells, Lists};
use crate::work::Work;

/// What a room is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taste {
    /// By chance alone.
    Any,
    /// Even sizes, then new meetings.
    Even,
    /// People with a common tag, then even sizes.
    Alike,
    /// Even sizes, then tags that are rare in the room.
    Mixed,
}

/// A placement that keeps all rules, or `None` when neither the first try nor its repair found one.
pub(crate) fn place(problem: &Problem, knowledge: &Knowledge, taste: Taste, chance: &mut Chance) -> Option<Placing> {
    let chooser = Chooser::new(problem, knowledge, taste);
    let mut placing = Placing::fixed(problem);
    let mut waiting = Vec::new();
    for unit in chooser.order(chance) {
        match chooser.choose(&placing, unit, chance) {
            Some(room) => placing.put(problem, unit, room),
            None => waiting.push(unit),
        }
    }
    repair(problem, &mut placing, waiting, chance).then_some(placing)
}

struct Chooser<'a> {
    problem: &'a Problem,
    knowledge: &'a Knowledge,
    taste: Taste,
    /// By room: the size that it gets in an even distribution.
    even: Vec<u32>,
    /// People with the same tags; for [`Taste::Alike`].
    classes: Classes,
    /// By room: somebody of the class that it was given to.
    given_to: Vec<u32>,
}

impl<'a> Chooser<'a> {
    fn new(problem: &'a Problem, knowledge: &'a Knowledge, taste: Taste) -> Self {
        let classes = match taste {
            Taste::Alike => Classes::new(problem, knowledge),
            Taste::Any | Taste::Even | Taste::Mixed => Classes::default(),
        };
        let even = even_sizes(&problem.capacity, problem.people())
            .into_iter()
            .map(|(low, _)| low);
        Self {
            problem,
            knowledge,
            taste,
            even: even.collect(),
            given_to: give_rooms(problem, &classes),
            classes,
        }
    }

    /// Units that are not fixed: those with many to stay apart from first, then large ones, then by chance; of
    /// people who belong together by tags, the larger class first.
    fn order(&self, chance: &mut Chance) -> Vec<u32> {
        let problem = self.problem;
        let mut units: Vec<u32> = problem
            .all_units()
            .filter(|&unit| problem.fixed.at(unit) == NOWHERE)
            .collect();
        chance.shuffle(&mut units);
        let class = |unit: u32| {
            let first = problem.units.list(unit).first();
            first
                .filter(|_| self.taste == Taste::Alike)
                .map(|&person| self.classes.rank(person))
        };
        let key = |&unit: &u32| {
            (
                Reverse(problem.apart.list(unit).len()),
                Reverse(problem.size(unit)),
                class(unit),
            )
        };
        units.sort_by_cached_key(key);
        units
    }

    /// The room that suits a unit best among those that it fits into.
    fn choose(&self, placing: &Placing, unit: u32, chance: &mut Chance) -> Option<u32> {
        let fitting = self
            .problem
            .all_rooms()
            .filter(|&room| placing.fits(self.problem, unit, room));
        fitting.min_by_key(|&room| (self.distaste(placing, unit, room), chance.below(1 << 16)))
    }

    fn distaste(&self, placing: &Placing, unit: u32, room: u32) -> [i64; 3] {
        let people = placing.people(room);
        let sum = |goal| -> i64 {
            let members = self.problem.units.list(unit).iter();
            members
                .map(|&person| self.knowledge.joining(goal, person, people))
                .sum()
        };
        let size = placing.size(room) + self.problem.size(unit);
        let over = i64::from(size.saturating_sub(self.even.at(room)));
        match self.taste {
            Taste::Any => [0; 3],
            Taste::Even => [over, sum(Goal::NewMeetings), 0],
            Taste::Mixed => [over, sum(Goal::Mixed), sum(Goal::NewMeetings)],
            Taste::Alike => {
                let mut members = self.problem.units.list(unit).iter();
                let first = self.given_to.get(room as usize);
                let foreign = !first.is_some_and(|&first| members.any(|&who| self.knowledge.are_alike(who, first)));
                [sum(Goal::Alike), i64::from(foreign), i64::from(size)]
            }
        }
    }
}

/// Classes of people with exactly the same tags.
#[derive(Default)]
struct Classes {
    /// By person: their class.
    of: Vec<u32>,
    /// By class: somebody in it, and how many are.
    list: Vec<(u32, u32)>,
}

impl Classes {
    fn new(problem: &Problem, knowledge: &Knowledge) -> Self {
        let mut people = BTreeMap::<Vec<u32>, Vec<u32>>::new();
        for &person in problem.units.iter().flatten() {
            // By the last of their tags first; people without one come after all others.
            let mut tags = knowledge.tags(person).to_vec();
            tags.reverse();
            if tags.is_empty() {
                tags.push(u32::MAX);
            }
            people.entry(tags).or_default().push(person);
        }
        let mut classes = Self {
            of: vec![NOWHERE; problem.unit_of.len()],
            list: Vec::with_capacity(people.len()),
        };
        for (class, people) in (0..).zip(people.into_values()) {
            people.iter().for_each(|&person| classes.of.put(person, class));
            classes
                .list
                .extend(people.first().map(|&first| (first, count(people.len()))));
        }
        classes
    }

    /// What a person's class is ordered by: the larger first.
    fn rank(&self, person: u32) -> (Reverse<u32>, u32) {
        let class = self.of.at(person);
        let people = self.list.get(class as usize).map_or(0, |(_, people)| *people);
        (Reverse(people), class)
    }
}

/// Gives rooms to classes of people with the same tags, each next room to the class that would else be most crowded
/// (Adams' method of apportionment: every class gets a room before one gets two). By room: somebody of its class.
fn give_rooms(problem: &Problem, classes: &Classes) -> Vec<u32> {
    let mut given_to = vec![NOWHERE; problem.rooms()];
    let seats = (0_u32..).zip(&classes.list);
    let mut seats: Vec<(u32, u32, u32, u32)> = seats
        .map(|(class, &(first, people))| (class, people, 0, first))
        .collect();
    let mut rooms: Vec<u32> = problem.all_rooms().collect();
    rooms.sort_unstable_by_key(|&room| (Reverse(problem.capacity.at(room)), room));
    for room in rooms {
        // People per room so far, as a fraction compared crosswise; no room yet is the most crowded of all.
        let crowd = |a: &(u32, u32, u32, u32), b: &(u32, u32, u32, u32)| {
            let (left, right) = (u64::from(a.1) * u64::from(b.2), u64::from(b.1) * u64::from(a.2));
            left.cmp(&right).then(a.1.cmp(&b.1)).then(b.0.cmp(&a.0))
        };
        if let Some(most) = seats.iter_mut().max_by(|a, b| crowd(a, b)) {
            given_to.put(room, most.3);
            most.2 += 1;
        }
    }
    given_to
}

/// Makes room for those who wait by sending others to wait, again and again, never back to where they just were.
/// False when its work ran out.
fn repair(problem: &Problem, placing: &mut Placing, mut waiting: Vec<u32>, chance: &mut Chance) -> bool {
    let mut sent_from = vec![NOWHERE; problem.units.len()];
    let mut work = Work::new(limits::REPAIR_WORK);
    let step = (problem.units.len() + problem.rooms()) as u64;
    while work.spend(step) {
        let Some(unit) = chance.pick(&waiting) else { return true };
        let candidates = problem
            .all_rooms()
            .filter(|&room| room != sent_from.at(unit) || problem.rooms() == 1);
        let priced =
            candidates.filter_map(|room| Some((price(problem, placing, unit, room)?, chance.below(1 << 16), room)));
        let Some((_, _, room)) = priced.min() else {
            sent_from.put(unit, NOWHERE);
            continue;
        };
        let clashing = |&other: &u32| problem.apart.list(unit).binary_search(&other).is_ok();
        let mut leaving: Vec<u32> = placing.units(room).iter().copied().filter(clashing).collect();
        let mut free: Vec<u32> = placing
            .units(room)
            .iter()
            .copied()
            .filter(|other| !leaving.contains(other))
            .collect();
        free.retain(|&other| problem.fixed.at(other) == NOWHERE);
        chance.shuffle(&mut free);
        let leave: u32 = leaving.iter().map(|&other| problem.size(other)).sum();
        let wanted = u64::from(placing.size(room) - leave) + u64::from(problem.size(unit));
        let mut excess = wanted.saturating_sub(u64::from(problem.capacity.at(room)));
        while excess > 0 {
            let Some(other) = free.pop() else { break };
            excess = excess.saturating_sub(u64::from(problem.size(other)));
            leaving.push(other);
        }
        for other in leaving {
            placing.take(problem, other);
            sent_from.put(other, room);
            waiting.push(other);
        }
        placing.put(problem, unit, room);
        waiting.retain(|&other| other != unit);
    }
    waiting.is_empty()
}

/// How many people would have to leave a room for a unit; `None` where those who would have to are fixed.
fn price(problem: &Problem, placing: &Placing, unit: u32, room: u32) -> Option<u32> {
    let units = placing.units(room);
    let clashing = |other: u32| problem.apart.list(unit).binary_search(&other).is_ok();
    let is_fixed = |other: u32| problem.fixed.at(other) != NOWHERE;
    if placing.clashes(unit, room) && units.iter().any(|&other| clashing(other) && is_fixed(other)) {
        return None;
    }
    let stay: u32 = units
        .iter()
        .filter(|&&other| is_fixed(other))
        .map(|&other| problem.size(other))
        .sum();
    if u64::from(stay) + u64::from(problem.size(unit)) > u64::from(problem.capacity.at(room)) {
        return None;
    }
    let clash: u32 = match placing.clashes(unit, room) {
        true => units
            .iter()
            .filter(|&&other| clashing(other))
            .map(|&other| problem.size(other))
            .sum(),
        false => 0,
    };
    let wanted = u64::from(placing.size(room)) + u64::from(problem.size(unit));
    let excess = wanted.saturating_sub(u64::from(problem.capacity.at(room)));
    Some(clash.max(count(excess as usize)))
}
