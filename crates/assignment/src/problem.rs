//! What is to be solved: units (people who move as one) that have to go into rooms.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits;
use crate::rules::{NOWHERE, Refused, Rules};
use crate::table::{Cells, Lists};
use crate::work::Work;

/// Units and what binds them. A problem exists only where no simple proof says that it has no solution.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// By room: the most people in it.
    pub(crate) capacity: Vec<u32>,
    /// By unit: its people, in order.
    pub(crate) units: Vec<Vec<u32>>,
    /// By unit: the room that it is fixed in, or [`NOWHERE`].
    pub(crate) fixed: Vec<u32>,
    /// By unit: the units that must not share its room, in order.
    pub(crate) apart: Vec<Vec<u32>>,
    /// By person: the unit, or [`NOWHERE`] for people who are not to be placed.
    pub(crate) unit_of: Vec<u32>,
}

impl Problem {
    /// Brings people who stay together into units, and looks for contradictions that can be named.
    ///
    /// # Errors
    /// A refusal that is certain and names the rules.
    pub(crate) fn new(rules: &Rules) -> Result<Self, Refused> {
        let people = rules.people();
        if people > 0 && rules.capacity.is_empty() {
            return Err(Refused::NoRooms);
        }
        if people as u64 > rules.places() {
            return Err(Refused::TooFewPlaces {
                people,
                places: rules.places(),
            });
        }
        let mut problem = Self::unchecked(rules);
        problem.check_fixed_units(rules)?;
        problem.check_groups()?;
        problem.check_group_counts()?;
        problem.check_fixed_rooms()?;
        problem.check_apart_sets(rules)?;
        problem.set_apart(rules)?;
        problem.check_cliques()?;
        Ok(problem)
    }

    /// Units without a look at what else binds: for judging an assignment that is already there. Each is fixed where
    /// its first fixed member is.
    pub(crate) fn unchecked(rules: &Rules) -> Self {
        let (units, unit_of) = units(rules);
        let fixed = |people: &Vec<u32>| {
            let mut rooms = people.iter().map(|&person| rules.fixed.at(person));
            rooms.find(|&room| room != NOWHERE).unwrap_or(NOWHERE)
        };
        Self {
            capacity: rules.capacity.clone(),
            fixed: units.iter().map(fixed).collect(),
            apart: vec![Vec::new(); units.len()],
            units,
            unit_of,
        }
    }

    /// How many rooms there are.
    pub(crate) fn rooms(&self) -> usize {
        self.capacity.len()
    }

    /// How many people are in a unit.
    pub(crate) fn size(&self, unit: u32) -> u32 {
        count(self.units.list(unit).len())
    }

    /// How many people are to be placed.
    pub(crate) fn people(&self) -> u32 {
        count(self.units.iter().map(Vec::len).sum())
    }

    /// All units by number.
    pub(crate) fn all_units(&self) -> std::ops::Range<u32> {
        0..count(self.units.len())
    }

    /// All rooms by number.
    pub(crate) fn all_rooms(&self) -> std::ops::Range<u32> {
        0..count(self.capacity.len())
    }

    fn check_fixed_units(&self, rules: &Rules) -> Result<(), Refused> {
        for people in &self.units {
            let placed = people.iter().map(|&person| (person, rules.fixed.at(person)));
            let mut fixed = placed.filter(|&(_, room)| room != NOWHERE);
            let Some(first) = fixed.next() else { continue };
            if let Some(other) = fixed.find(|&(_, room)| room != first.1) {
                return Err(Refused::TogetherInTwoRooms {
                    group: people.clone(),
                    fixed: [first, other],
                });
            }
        }
        Ok(())
    }

    fn check_groups(&self) -> Result<(), Refused> {
        let largest = self.capacity.iter().copied().max().unwrap_or(0);
        match self.units.iter().find(|people| people.len() > largest as usize) {
            Some(group) => Err(Refused::GroupTooLarge {
                group: group.clone(),
                largest,
            }),
            None => Ok(()),
        }
    }

    /// A room holds only whole groups: seven groups of three do not fit into three rooms of eight.
    fn check_group_counts(&self) -> Result<(), Refused> {
        let mut sizes: Vec<u32> = self
            .all_units()
            .map(|unit| self.size(unit))
            .filter(|&size| size > 1)
            .collect();
        sizes.sort_unstable();
        sizes.dedup();
        for size in sizes {
            let groups = self.units.iter().filter(|people| people.len() >= size as usize).count();
            let fit = self
                .capacity
                .iter()
                .map(|&capacity| u64::from(capacity) / size as u64)
                .sum();
            if groups as u64 > fit {
                return Err(Refused::TooManyGroups { groups, size, fit });
            }
        }
        Ok(())
    }

    fn check_fixed_rooms(&self) -> Result<(), Refused> {
        for (room, &capacity) in (0..).zip(&self.capacity) {
            let here = self.all_units().filter(|&unit| self.fixed.at(unit) == room);
            let people: Vec<u32> = here.flat_map(|unit| self.units.list(unit)).copied().collect();
            if people.len() > capacity as usize {
                return Err(Refused::RoomOverfilled { room, people, capacity });
            }
        }
        Ok(())
    }

    /// A set that is larger than the number of rooms needs no further look.
    fn check_apart_sets(&self, rules: &Rules) -> Result<(), Refused> {
        let rooms = self.rooms_with_a_place();
        for group in &rules.apart {
            let present = group
                .iter()
                .copied()
                .filter(|&person| self.unit_of.at(person) != NOWHERE);
            let people: Vec<u32> = present.collect();
            // Two of one unit are found before each is paired with each, of which there may be half a million.
            let mut units = BTreeMap::new();
            for &person in &people {
                let unit = self.unit_of.at(person);
                if let Some(other) = units.insert(unit, person) {
                    return Err(Refused::TogetherAndApart {
                        group: self.units.list(unit).to_vec(),
                        apart: (other, person),
                    });
                }
            }
            if people.len() > rooms {
                return Err(Refused::TooManyApart { people, rooms });
            }
        }
        Ok(())
    }

    fn rooms_with_a_place(&self) -> usize {
        self.capacity.iter().filter(|&&capacity| capacity > 0).count()
    }

    fn set_apart(&mut self, rules: &Rules) -> Result<(), Refused> {
        let mut apart = vec![BTreeSet::new(); self.units.len()];
        for group in &rules.apart {
            for &a in group {
                for &b in group {
                    let (one, other) = (self.unit_of.at(a), self.unit_of.at(b));
                    if a >= b || one == NOWHERE || other == NOWHERE {
                        continue;
                    }
                    if one == other {
                        return Err(Refused::TogetherAndApart {
                            group: self.units.list(one).to_vec(),
                            apart: (a, b),
                        });
                    }
                    let room = self.fixed.at(one);
                    if room != NOWHERE && room == self.fixed.at(other) {
                        return Err(Refused::ApartInOneRoom { apart: (a, b), room });
                    }
                    for (from, to) in [(one, other), (other, one)] {
                        if let Some(set) = apart.get_mut(from as usize) {
                            set.insert(to);
                        }
                    }
                }
            }
        }
        self.apart = apart.into_iter().map(|set| set.into_iter().collect()).collect();
        Ok(())
    }

    /// Looks for more units that are pairwise apart than rooms have a place. From each unit a clique is grown
    /// greedily: that finds every group that was given whole, and most that come from several rules. The rest is
    /// left to the complete search.
    fn check_cliques(&self) -> Result<(), Refused> {
        let rooms = self.rooms_with_a_place();
        let mut work = Work::new(limits::CLIQUE_WORK);
        for unit in self.all_units().filter(|&unit| self.apart.list(unit).len() >= rooms) {
            let mut clique = vec![unit];
            let mut candidates = self.apart.list(unit).to_vec();
            candidates.sort_unstable_by_key(|&other| (std::cmp::Reverse(self.apart.list(other).len()), other));
            for other in candidates {
                if !work.spend(clique.len() as u64) {
                    return Ok(());
                }
                let knows = |member: &u32| self.apart.list(other).binary_search(member).is_ok();
                if clique.iter().all(knows) {
                    clique.push(other);
                }
            }
            if clique.len() > rooms {
                let person = |unit: u32| self.units.list(unit).first().copied();
                let mut people: Vec<u32> = clique.into_iter().filter_map(person).collect();
                people.sort_unstable();
                return Err(Refused::TooManyApart { people, rooms });
            }
        }
        Ok(())
    }
}

/// A length as the number that indices are made of; limits keep it far below the type's end.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Units and, by person, their unit.
fn units(rules: &Rules) -> (Vec<Vec<u32>>, Vec<u32>) {
    let mut first: Vec<u32> = (0..count(rules.present.len())).collect();
    let leader = |first: &[u32], mut person: u32| {
        while first.at(person) != person {
            person = first.at(person);
        }
        person
    };
    for group in &rules.together {
        let mut present = group.iter().copied().filter(|&person| rules.present.at(person));
        let Some(one) = present.next() else { continue };
        for other in present {
            let (a, b) = (leader(&first, one), leader(&first, other));
            first.put(a.max(b), a.min(b));
        }
    }
    let mut units: Vec<Vec<u32>> = Vec::new();
    let mut unit_of = vec![NOWHERE; rules.present.len()];
    for person in (0..count(rules.present.len())).filter(|&person| rules.present.at(person)) {
        // The leader is the smallest of its group, so that it has its unit before the others come.
        let leader = leader(&first, person);
        if leader == person {
            unit_of.put(person, count(units.len()));
            units.push(vec![person]);
        } else if let Some(unit) = units.get_mut(unit_of.at(leader) as usize) {
            let number = unit_of.at(leader);
            unit_of.put(person, number);
            unit.push(person);
        }
    }
    (units, unit_of)
}
