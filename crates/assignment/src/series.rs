//! A series of rounds by construction: who stands where in it follows from the seed, so that each request of the
//! series finds the same construction again.

use crate::chance::{Chance, Purpose};
use crate::constructions;
use crate::goals::Knowledge;
use crate::placing::Placing;
use crate::problem::{Problem, count};
use crate::rules::NOWHERE;
use crate::table::{Cells, Lists};

/// The rounds that a construction has for a problem.
pub(crate) struct Series {
    seed: u64,
    rounds: Vec<constructions::Round>,
}

impl Series {
    /// The construction for a problem, where it has no rules but even sizes: nobody is fixed, together or apart, and
    /// every room has space for the largest group.
    pub(crate) fn new(problem: &Problem, seed: u64) -> Option<Self> {
        let (people, rooms) = (problem.people(), count(problem.rooms()));
        let free = problem.units.len() == people as usize
            && problem.fixed.iter().all(|&room| room == NOWHERE)
            && problem.apart.iter().all(Vec::is_empty);
        let largest = people.div_ceil(rooms.max(1));
        if !free || people < rooms || problem.capacity.iter().any(|&capacity| capacity < largest) {
            return None;
        }
        let mut labels: Vec<u32> = (0..people).collect();
        Chance::new(seed, Purpose::Labels, 0).shuffle(&mut labels);
        let mut rounds = constructions::rounds(people, rooms);
        for person in rounds.iter_mut().flatten().flatten() {
            *person = labels.at(*person);
        }
        Some(Self { seed, rounds })
    }

    /// The first of the rounds in which nobody meets anybody again. `None` when there is none left.
    pub(crate) fn next(&self, problem: &Problem, knowledge: &Knowledge, number: usize) -> Option<Placing> {
        let round = self
            .rounds
            .iter()
            .find(|round| round.iter().all(|group| is_new(problem, knowledge, group)))?;
        let mut rooms: Vec<u32> = problem.all_rooms().collect();
        Chance::new(self.seed, Purpose::Rooms, number).shuffle(&mut rooms);
        let mut room_of = vec![NOWHERE; problem.units.len()];
        for (group, room) in round.iter().zip(rooms) {
            for &unit in group {
                room_of.put(unit, room);
            }
        }
        Some(Placing::of(problem, &room_of))
    }
}

/// Whether no two of these units, of one person each, have met.
fn is_new(problem: &Problem, knowledge: &Knowledge, group: &[u32]) -> bool {
    let people: Vec<u32> = group
        .iter()
        .flat_map(|&unit| problem.units.list(unit))
        .copied()
        .collect();
    people
        .iter()
        .all(|&person| people.iter().all(|&other| knowledge.met(person).at(other) == 0))
}
