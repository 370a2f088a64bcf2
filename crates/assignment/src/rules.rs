//! The rules of a request, by index: people and rooms are numbered in the order of their names.

use crate::refusal::{Refusal, Rule};

/// Where somebody is who is nowhere; also "not fixed".
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Indices of people and rooms in place of their names.
pub(crate) type Refused = Refusal<u32, u32>;

/// What binds.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// By person: whether they are to be placed.
    pub(crate) present: Vec<bool>,
    /// By room: the most people in it; `u32::MAX` where there is no limit.
    pub(crate) capacity: Vec<u32>,
    pub(crate) together: Vec<Vec<u32>>,
    pub(crate) apart: Vec<Vec<u32>>,
    /// By person: the room, or [`NOWHERE`].
    pub(crate) fixed: Vec<u32>,
}

impl Rules {
    /// How many people are to be placed.
    pub(crate) fn people(&self) -> usize {
        self.present.iter().filter(|&&present| present).count()
    }

    /// How many places all rooms have.
    pub(crate) fn places(&self) -> u64 {
        self.capacity.iter().map(|&capacity| u64::from(capacity)).sum()
    }

    /// Every rule on its own.
    pub(crate) fn list(&self) -> Vec<Rule<u32, u32>> {
        let together = self.together.iter().cloned().map(Rule::Together);
        let apart = self.apart.iter().cloned().map(Rule::Apart);
        let fixed = (0..).zip(&self.fixed).filter(|(_, room)| **room != NOWHERE);
        let limited = (0..).zip(&self.capacity).filter(|(_, capacity)| **capacity != u32::MAX);
        together
            .chain(apart)
            .chain(fixed.map(|(person, &room)| Rule::Fixed(person, room)))
            .chain(limited.map(|(room, &capacity)| Rule::Capacity(room, capacity)))
            .collect()
    }

    /// The same people and rooms with these rules only.
    pub(crate) fn with_only<'a>(&self, rules: impl Iterator<Item = &'a Rule<u32, u32>>) -> Self {
        let mut only = Self {
            present: self.present.clone(),
            capacity: vec![u32::MAX; self.capacity.len()],
            together: Vec::new(),
            apart: Vec::new(),
            fixed: vec![NOWHERE; self.fixed.len()],
        };
        for rule in rules {
            match rule {
                Rule::Together(people) => only.together.push(people.clone()),
                Rule::Apart(people) => only.apart.push(people.clone()),
                Rule::Fixed(person, room) => set(&mut only.fixed, *person, *room),
                Rule::Capacity(room, capacity) => set(&mut only.capacity, *room, *capacity),
            }
        }
        only
    }

    /// The rules that this assignment (by person, [`NOWHERE`] for no place) breaks. An apart rule is broken by each
    /// pair on its own.
    pub(crate) fn broken_by(&self, room_of: &[u32]) -> Vec<Rule<u32, u32>> {
        use crate::table::Cells;
        let mut broken = Vec::new();
        for group in &self.together {
            let mut rooms = group.iter().map(|&person| room_of.at(person));
            let first = rooms.next();
            if rooms.any(|room| Some(room) != first) {
                broken.push(Rule::Together(group.clone()));
            }
        }
        for group in &self.apart {
            for (position, &one) in group.iter().enumerate() {
                let room = room_of.at(one);
                let others = group.get(position + 1..).unwrap_or(&[]);
                let clashing = others
                    .iter()
                    .filter(|&&other| room != NOWHERE && room_of.at(other) == room);
                broken.extend(clashing.map(|&other| Rule::Apart(vec![one, other])));
            }
        }
        let fixed = (0..).zip(&self.fixed).filter(|(_, room)| **room != NOWHERE);
        let moved = fixed.filter(|&(person, &room)| room_of.at(person) != room);
        broken.extend(moved.map(|(person, &room)| Rule::Fixed(person, room)));
        let mut sizes = vec![0_u32; self.capacity.len()];
        for &room in room_of {
            if let Some(size) = sizes.get_mut(room as usize) {
                *size += 1;
            }
        }
        let sized = (0..).zip(self.capacity.iter().zip(&sizes));
        let full = sized.filter(|(_, (capacity, size))| size > capacity);
        broken.extend(full.map(|(room, (&capacity, _))| Rule::Capacity(room, capacity)));
        broken.sort_unstable();
        broken.dedup();
        broken
    }
}

fn set(list: &mut [u32], index: u32, value: u32) {
    if let Some(cell) = list.get_mut(index as usize) {
        *cell = value;
    }
}
