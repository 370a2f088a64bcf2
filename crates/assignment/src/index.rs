//! Names to numbers and back: the rest of the crate knows people and rooms by index, in the order of their names.

use std::collections::{BTreeMap, BTreeSet};

use crate::goals::Knowledge;
use crate::limits;
use crate::problem::count;
use crate::refusal::{Countable, Refusal};
use crate::request::{Assignment, Name, Request};
use crate::rules::{NOWHERE, Refused, Rules};
use crate::table::Cells;
use crate::tags::Tags;

/// A request by index.
pub(crate) struct Index<'a, P, R> {
    /// In the order of their names, so that a name's number is found by halving.
    people: Vec<&'a P>,
    rooms: Vec<&'a R>,
    pub(crate) rules: Rules,
    /// Tags, and the meetings of earlier rounds.
    pub(crate) knowledge: Knowledge,
    /// How many earlier rounds there are.
    pub(crate) earlier: usize,
}

impl<'a, P: Name, R: Name> Index<'a, P, R> {
    /// Numbers people and rooms. Their tags are not looked at.
    ///
    /// # Errors
    /// [`Refusal::TooMany`]; [`Refusal::UnknownRoom`] for somebody who is fixed in a room that is not there.
    pub(crate) fn new(request: &'a Request<P, R>) -> Result<Self, Refusal<P, R>> {
        Self::of(request, false)
    }

    /// [`Self::new`] where something is about tags.
    ///
    /// # Errors
    /// As [`Self::new`], also for tags.
    pub(crate) fn with_tags(request: &'a Request<P, R>) -> Result<Self, Refusal<P, R>> {
        Self::of(request, true)
    }

    fn of(request: &'a Request<P, R>, with_tags: bool) -> Result<Self, Refusal<P, R>> {
        check(Countable::People, request.people.len(), limits::PEOPLE)?;
        check(Countable::Rooms, request.rooms.len(), limits::ROOMS)?;
        let people: Vec<&P> = request.people.keys().collect();
        let rooms: Vec<&R> = request.rooms.keys().collect();
        let mut fixed = vec![NOWHERE; people.len()];
        for (who, place) in &request.fixed {
            let Some(index) = number(&people, who) else { continue };
            match number(&rooms, place) {
                Some(room) => fixed.put(index, room),
                None => return Err(Refusal::UnknownRoom(who.clone(), place.clone())),
            }
        }
        let group =
            |names: &BTreeSet<P>| -> Vec<u32> { names.iter().filter_map(|name| number(&people, name)).collect() };
        let groups = |sets: &[BTreeSet<P>]| {
            let mut groups: Vec<Vec<u32>> = sets.iter().map(group).filter(|group| group.len() > 1).collect();
            groups.sort_unstable();
            groups.dedup();
            groups
        };
        let rules = Rules {
            present: vec![true; people.len()],
            capacity: request
                .rooms
                .values()
                .map(|capacity| capacity.unwrap_or(u32::MAX))
                .collect(),
            together: groups(&request.together),
            apart: groups(&request.apart),
            fixed,
        };
        let tags = with_tags.then(|| Tags::new(request.people.values())).transpose();
        let tags = tags.map_err(|(what, count, limit)| Refusal::TooMany { what, count, limit })?;
        let mut knowledge = Knowledge::new(people.len(), tags);
        check(
            Countable::Rules,
            rules.together.len() + rules.apart.len(),
            limits::RULES,
        )?;
        let pairs = rules
            .apart
            .iter()
            .map(|group| group.len() * (group.len() - 1) / 2)
            .sum();
        // A set that is larger than the number of rooms is refused for that, before anybody looks at its pairs.
        if rules.apart.iter().all(|group| group.len() <= rules.capacity.len()) {
            check(Countable::ApartPairs, pairs, limits::APART_PAIRS)?;
        }
        let forgotten = request.history.len().saturating_sub(limits::HISTORY_ROUNDS);
        for meetings in request.history.iter().skip(forgotten) {
            for room in meetings {
                knowledge.meet_all(&group(room));
            }
        }
        Ok(Self {
            people,
            rooms,
            rules,
            knowledge,
            earlier: request.history.len(),
        })
    }

    /// The room of each person, by index.
    ///
    /// # Errors
    /// [`Refusal::UnknownPerson`] and [`Refusal::UnknownRoom`].
    pub(crate) fn rooms_of(&self, assignment: &Assignment<P, R>) -> Result<Vec<u32>, Refusal<P, R>> {
        let mut room_of = vec![NOWHERE; self.people.len()];
        for (person, room) in assignment {
            let index = self.person(person)?;
            room_of.put(index, self.room(person, room)?);
        }
        Ok(room_of)
    }

    pub(crate) fn person(&self, person: &P) -> Result<u32, Refusal<P, R>> {
        number(&self.people, person).ok_or_else(|| Refusal::UnknownPerson(person.clone()))
    }

    pub(crate) fn room(&self, person: &P, room: &R) -> Result<u32, Refusal<P, R>> {
        number(&self.rooms, room).ok_or_else(|| Refusal::UnknownRoom(person.clone(), room.clone()))
    }

    /// Who is where, by name.
    pub(crate) fn assignment(&self, room_of: &[u32]) -> Assignment<P, R> {
        let place = |(person, &room): (&&P, &u32)| Some(((*person).clone(), (*self.rooms.get(room as usize)?).clone()));
        // Extending inserts one by one; collecting would bring a sort for each kind of name into the binary.
        let mut assignment = Assignment::new();
        assignment.extend(self.people.iter().zip(room_of).filter_map(place));
        assignment
    }

    /// Who has no place.
    pub(crate) fn unplaced(&self, room_of: &[u32]) -> Vec<P> {
        let people = self.people.iter().zip(room_of);
        people
            .filter(|(_, room)| **room == NOWHERE)
            .map(|(person, _)| (*person).clone())
            .collect()
    }

    /// How many are in each room.
    pub(crate) fn sizes(&self, room_of: &[u32]) -> BTreeMap<R, u32> {
        let size = |index: u32| count(room_of.iter().filter(|&&room| room == index).count());
        let mut sizes = BTreeMap::new();
        sizes.extend(
            self.rooms
                .iter()
                .zip(0..)
                .map(|(room, index)| ((*room).clone(), size(index))),
        );
        sizes
    }

    /// A refusal by name.
    ///
    /// Indices come from these lists, so each has a name; where one had none, saying that the search gave up is the
    /// one thing left that is true.
    pub(crate) fn named(&self, refused: Refused) -> Refusal<P, R> {
        let (Some(first), room) = (self.people.first(), self.rooms.first()) else {
            return Refusal::GaveUp;
        };
        let person = |index: u32| (*self.people.get(index as usize).unwrap_or(first)).clone();
        match (room, refused) {
            (_, Refused::NoRooms) => Refusal::NoRooms,
            (None, _) => Refusal::GaveUp,
            (Some(room), refused) => {
                let name = |index: u32| (*self.rooms.get(index as usize).unwrap_or(room)).clone();
                refused.named(&person, &name)
            }
        }
    }
}

/// The number of a name.
fn number<T: Ord>(names: &[&T], name: &T) -> Option<u32> {
    names.binary_search(&name).ok().map(count)
}

/// Whether there are no more of something than may be.
pub(crate) fn check<P, R>(what: Countable, count: usize, limit: usize) -> Result<(), Refusal<P, R>> {
    if count <= limit {
        return Ok(());
    }
    Err(Refusal::TooMany { what, count, limit })
}
