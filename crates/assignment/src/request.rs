//! What is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// What names a person or a room: a participant id, a room id, or a small number in a test.
pub trait Name: Ord + Clone + Debug {}

impl<T: Ord + Clone + Debug> Name for T {}

/// Who is where: person to room. Somebody who is missing has no place.
pub type Assignment<P, R> = BTreeMap<P, R>;

/// Who was together in one earlier round: one set of people for each room.
pub type Meetings<P> = Vec<BTreeSet<P>>;

/// How people are put into rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy<P, R> {
    /// As given. People who are missing in the mapping stay without a place, unless they are fixed.
    ByHand(Assignment<P, R>),
    /// Everybody draws a room that still has space; sizes differ as the draw has it.
    Random,
    /// Sizes differ by at most one, except for rooms that are full.
    Balanced,
    /// People who share a tag come together: first as few pairs without a common tag as possible, then even sizes.
    /// People without any tag are alike.
    Alike,
    /// Even sizes first, then each tag spread evenly over the rooms.
    Mixed,
}

/// What happens when the rooms have fewer places than there are people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shortage {
    /// The request is refused.
    #[default]
    Refuse,
    /// Some people, drawn by the seed, stay without a place: those on their own before those who belong together,
    /// and nobody who is fixed.
    LeaveUnplaced,
}

/// People, rooms, and the rules between them.
///
/// Rules bind: an answer keeps all of them, or the request is refused. `together`, `apart`, `fixed` and `history`
/// may name people who are not in `people`; these names count for nothing, so that a rule outlives an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<P, R> {
    /// Who is to be placed, with their tags. At most [`PEOPLE`](crate::limits::PEOPLE), each with at most
    /// [`TAGS`](crate::limits::TAGS) where a strategy looks at them.
    pub people: BTreeMap<P, BTreeSet<String>>,
    /// The rooms, with the most people that fit in where that is limited. At most [`ROOMS`](crate::limits::ROOMS).
    pub rooms: BTreeMap<R, Option<u32>>,
    /// Sets of people who stay together. Sets that share somebody become one.
    pub together: Vec<BTreeSet<P>>,
    /// Sets of people of whom no two share a room.
    pub apart: Vec<BTreeSet<P>>,
    /// People who are already placed.
    pub fixed: BTreeMap<P, R>,
    /// Earlier rounds, oldest first: who has met already. Only the newest
    /// [`HISTORY_ROUNDS`](crate::limits::HISTORY_ROUNDS) count.
    pub history: Vec<Meetings<P>>,
    /// What to do when there are too few places.
    pub shortage: Shortage,
    /// Where chance comes from. Keep it over the rounds of a series: the rounds of a construction then follow each
    /// other without a repetition. Change it to draw anew.
    pub seed: u64,
}

impl<P, R> Default for Request<P, R> {
    fn default() -> Self {
        Self {
            people: BTreeMap::new(),
            rooms: BTreeMap::new(),
            together: Vec::new(),
            apart: Vec::new(),
            fixed: BTreeMap::new(),
            history: Vec::new(),
            shortage: Shortage::default(),
            seed: 0,
        }
    }
}

/// Who met in a round with this assignment, for the next request's `history`.
pub fn meetings<P: Name, R: Name>(assignment: &Assignment<P, R>) -> Meetings<P> {
    let mut rooms: BTreeMap<&R, BTreeSet<P>> = BTreeMap::new();
    for (person, room) in assignment {
        rooms.entry(room).or_default().insert(person.clone());
    }
    rooms.into_values().collect()
}

/// An answer: who goes where, and how well the wishes that do not bind were met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<P, R> {
    /// Person to room.
    pub assignment: Assignment<P, R>,
    /// How many are in each room, empty rooms included.
    pub sizes: BTreeMap<R, u32>,
    /// Who has no place.
    pub unplaced: Vec<P>,
    /// How far the answer is from the best thinkable.
    pub score: Score,
}

/// How far an answer is from the best thinkable: 0 everywhere cannot be bettered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Pairs in one room who met in an earlier round. Pairs who are kept together are not counted.
    pub repeated_meetings: u32,
    /// People who would have to move for sizes to differ by at most one, full rooms aside.
    pub uneven_sizes: u32,
    /// Pairs in one room without a common tag; 0 for [`Strategy::Random`] and [`Strategy::Balanced`], which look at no tags.
    pub unlike_pairs: u32,
    /// For each tag, people who would have to move for it to be spread evenly over the rooms, added up; for
    /// [`Strategy::Mixed`], and 0 as above. Room sizes and people with several tags can make 0 unreachable.
    pub uneven_tags: u32,
}
