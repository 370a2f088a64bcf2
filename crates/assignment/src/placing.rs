//! Units in rooms: one round while it is being worked on.

use crate::problem::{Problem, count};
use crate::rules::NOWHERE;
use crate::table::{Cells, Grid, Lists, remove_value};

/// Which unit is in which room. Keeps the tables that make a change cheap to judge.
#[derive(Debug, Clone)]
pub(crate) struct Placing {
    /// By unit: the room, or [`NOWHERE`].
    room_of: Vec<u32>,
    /// By room: the units in it, in no order that means anything.
    units: Vec<Vec<u32>>,
    /// By room: the people in it.
    people: Vec<Vec<u32>>,
    /// By unit and room: how many units are in the room that must stay apart from the unit.
    clashes: Grid<u16>,
}

impl Placing {
    /// Nobody is anywhere.
    pub(crate) fn empty(problem: &Problem) -> Self {
        // Where nobody is to be apart, the table stays empty and reads as "none".
        let rooms_with_clashes = if problem.apart.iter().all(Vec::is_empty) {
            0
        } else {
            problem.rooms()
        };
        Self {
            room_of: vec![NOWHERE; problem.units.len()],
            units: vec![Vec::new(); problem.rooms()],
            people: vec![Vec::new(); problem.rooms()],
            clashes: Grid::new(problem.units.len(), rooms_with_clashes),
        }
    }

    /// The placing with these rooms by unit.
    pub(crate) fn of(problem: &Problem, room_of: &[u32]) -> Self {
        let mut placing = Self::empty(problem);
        for (unit, &room) in (0..).zip(room_of) {
            placing.put(problem, unit, room);
        }
        placing
    }

    /// The placing with the fixed units only.
    pub(crate) fn fixed(problem: &Problem) -> Self {
        Self::of(problem, &problem.fixed)
    }

    pub(crate) fn room_of(&self, unit: u32) -> u32 {
        self.room_of.at(unit)
    }

    pub(crate) fn rooms(&self) -> &[u32] {
        &self.room_of
    }

    pub(crate) fn units(&self, room: u32) -> &[u32] {
        self.units.list(room)
    }

    pub(crate) fn people(&self, room: u32) -> &[u32] {
        self.people.list(room)
    }

    /// How many people are in a room.
    pub(crate) fn size(&self, room: u32) -> u32 {
        count(self.people.list(room).len())
    }

    /// By person: the room, or [`NOWHERE`].
    pub(crate) fn by_person(&self, problem: &Problem) -> Vec<u32> {
        let room = |&unit: &u32| match unit {
            NOWHERE => NOWHERE,
            unit => self.room_of.at(unit),
        };
        problem.unit_of.iter().map(room).collect()
    }

    /// Whether units in the room must stay apart from the unit.
    pub(crate) fn clashes(&self, unit: u32, room: u32) -> bool {
        self.clashes.at(unit, room) > 0
    }

    /// Whether a unit that is nowhere may go into the room.
    pub(crate) fn fits(&self, problem: &Problem, unit: u32, room: u32) -> bool {
        let space = u64::from(self.size(room)) + u64::from(problem.size(unit)) <= u64::from(problem.capacity.at(room));
        space && !self.clashes(unit, room)
    }

    /// Whether a unit may go from its room into another.
    pub(crate) fn may_move(&self, problem: &Problem, unit: u32, room: u32) -> bool {
        problem.fixed.at(unit) == NOWHERE && self.fits(problem, unit, room)
    }

    /// Whether two units in different rooms may change places.
    pub(crate) fn may_swap(&self, problem: &Problem, one: u32, other: u32) -> bool {
        let free = |unit: u32| problem.fixed.at(unit) == NOWHERE;
        let space = |unit: u32, instead: u32| {
            let room = self.room_of(instead);
            self.size(room) - problem.size(instead) + problem.size(unit) <= problem.capacity.at(room)
        };
        // Where the two are apart themselves, each is the one clash that leaves as the other comes.
        let between = u16::from(problem.apart.list(one).binary_search(&other).is_ok());
        let clear = |unit: u32, instead: u32| self.clashes.at(unit, self.room_of(instead)) == between;
        free(one) && free(other) && space(one, other) && space(other, one) && clear(one, other) && clear(other, one)
    }

    /// Brings a unit that is nowhere into a room, whatever the rules say.
    pub(crate) fn put(&mut self, problem: &Problem, unit: u32, room: u32) {
        let (Some(units), Some(people)) = (self.units.get_mut(room as usize), self.people.get_mut(room as usize))
        else {
            return;
        };
        units.push(unit);
        people.extend_from_slice(problem.units.list(unit));
        self.room_of.put(unit, room);
        for &other in problem.apart.list(unit) {
            self.clashes.change(other, room, |clashes| clashes + 1);
        }
    }

    /// Takes a unit out of its room.
    pub(crate) fn take(&mut self, problem: &Problem, unit: u32) {
        let room = self.room_of(unit);
        let (Some(units), Some(people)) = (self.units.get_mut(room as usize), self.people.get_mut(room as usize))
        else {
            return;
        };
        remove_value(units, unit);
        for &person in problem.units.list(unit) {
            remove_value(people, person);
        }
        self.room_of.put(unit, NOWHERE);
        for &other in problem.apart.list(unit) {
            self.clashes.change(other, room, |clashes| clashes.saturating_sub(1));
        }
    }
}
