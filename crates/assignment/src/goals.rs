//! What makes one placement better than another: wishes, which do not bind.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::even::{even_sizes, fewest_pairs, uneven};
use crate::problem::Problem;
use crate::request::Score;
use crate::rules::NOWHERE;
use crate::table::{Cells, Grid};
use crate::tags::Tags;

/// One wish. All are counted in pairs of people in one room, so that one search serves them all: even sizes have the
/// fewest pairs, and a tag that is spread evenly has the fewest pairs that share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal {
    /// Few pairs at all: even sizes.
    EvenSizes,
    /// Few pairs who met before, one for each time that they met: a third meeting is worse than a second.
    NewMeetings,
    /// Few pairs without a common tag.
    Alike,
    /// Few pairs with a common tag, one for each tag that they share.
    Mixed,
}

/// What the wishes look at: tags, and who has met.
#[derive(Debug, Clone)]
pub(crate) struct Knowledge {
    /// `None` where no wish is about tags.
    tags: Option<Rc<Tags>>,
    /// By two people: how often they met.
    met: Grid<u8>,
}

impl Knowledge {
    /// Nothing is known of so many people but their tags, where some wish is about them.
    pub(crate) fn new(people: usize, tags: Option<Tags>) -> Self {
        Self {
            tags: tags.map(Rc::new),
            met: Grid::new(people, people),
        }
    }

    /// A person's tags by number, in the order of the tags; none where no wish is about them.
    pub(crate) fn tags(&self, person: u32) -> &[u32] {
        self.tags.as_ref().map_or(&[], |tags| tags.of(person))
    }

    /// Whether two people share a tag, or both have none.
    pub(crate) fn are_alike(&self, one: u32, other: u32) -> bool {
        self.tags.as_ref().is_none_or(|tags| tags.are_alike(one, other))
    }

    /// How often a person met each other.
    pub(crate) fn met(&self, person: u32) -> &[u8] {
        self.met.row(person)
    }

    /// Counts a meeting of each of `some` with each of `others`, or takes it back.
    pub(crate) fn meet(&mut self, some: &[u32], others: &[u32], happens: bool) {
        let change = |times: u8| {
            if happens {
                times.saturating_add(1)
            } else {
                times.saturating_sub(1)
            }
        };
        for &one in some {
            for &other in others.iter().filter(|&&other| other != one) {
                self.met.change(one, other, change);
                self.met.change(other, one, change);
            }
        }
    }

    /// Counts a meeting of everybody in a group with everybody else in it.
    pub(crate) fn meet_all(&mut self, group: &[u32]) {
        for (position, one) in group.iter().enumerate() {
            let others = group.get(position + 1..).unwrap_or(&[]);
            self.meet(std::slice::from_ref(one), others, true);
        }
    }

    /// What a goal counts for one person beside others, where nobody of them has met the person in this round yet.
    #[inline]
    pub(crate) fn joining(&self, goal: Goal, person: u32, others: &[u32]) -> i64 {
        match goal {
            Goal::EvenSizes => others.len() as i64,
            Goal::NewMeetings => {
                let met = self.met(person);
                others.iter().map(|&other| i64::from(met.at(other))).sum()
            }
            Goal::Alike => self.tags.as_ref().map_or(0, |tags| tags.unlike(person, others)),
            Goal::Mixed => self.tags.as_ref().map_or(0, |tags| tags.shared(person, others)),
        }
    }

    /// The least that a goal can come to in one round, as far as is known without a search.
    pub(crate) fn least(&self, goal: Goal, problem: &Problem) -> i64 {
        match goal {
            Goal::EvenSizes => fewest_pairs(&problem.capacity, problem.people()),
            Goal::NewMeetings | Goal::Alike => 0,
            Goal::Mixed => {
                let free = vec![u32::MAX; problem.rooms()];
                // By how many have a tag: of many tags, most have as many as others.
                let mut tags = BTreeMap::<u32, i64>::new();
                for people in self.tag_counts(problem).into_values() {
                    *tags.entry(people).or_insert(0) += 1;
                }
                let pairs = tags
                    .into_iter()
                    .map(|(people, tags)| tags * fewest_pairs(&free, people));
                pairs.sum()
            }
        }
    }

    /// How many of the people who are to be placed have each tag, by its number.
    fn tag_counts(&self, problem: &Problem) -> BTreeMap<u32, u32> {
        let mut counts = BTreeMap::new();
        for &person in problem.units.iter().flatten() {
            for &tag in self.tags(person) {
                *counts.entry(tag).or_insert(0) += 1;
            }
        }
        counts
    }

    /// Judges an assignment (by person, [`NOWHERE`] for no place) by all wishes.
    pub(crate) fn score(&self, problem: &Problem, room_of: &[u32]) -> Score {
        let mut rooms: Vec<Vec<u32>> = vec![Vec::new(); problem.rooms()];
        for (person, &room) in (0..).zip(room_of).filter(|(_, room)| **room != NOWHERE) {
            if let Some(people) = rooms.get_mut(room as usize) {
                people.push(person);
            }
        }
        let sizes = || {
            rooms
                .iter()
                .map(|people| u32::try_from(people.len()).unwrap_or(u32::MAX))
        };
        let placed = sizes().sum();
        let mut score = Score {
            uneven_sizes: uneven(sizes(), even_sizes(&problem.capacity, placed).into_iter()),
            ..Score::default()
        };
        // A tag of one person is even wherever they are.
        let counts = self.tag_counts(problem);
        let mut tags: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (room, people) in rooms.iter().enumerate() {
            for (position, &one) in people.iter().enumerate() {
                let met = self.met(one);
                for &other in people.get(position + 1..).unwrap_or(&[]) {
                    let unit = problem.unit_of.at(one);
                    let same_unit = unit != NOWHERE && unit == problem.unit_of.at(other);
                    score.repeated_meetings += u32::from(met.at(other) > 0 && !same_unit);
                    score.unlike_pairs += u32::from(!self.are_alike(one, other));
                }
                for &tag in self
                    .tags(one)
                    .iter()
                    .filter(|tag| counts.get(tag).is_some_and(|people| *people > 1))
                {
                    let counts = tags.entry(tag).or_insert_with(|| vec![0; rooms.len()]);
                    if let Some(count) = counts.get_mut(room) {
                        *count += 1;
                    }
                }
            }
        }
        let free = vec![u32::MAX; rooms.len()];
        let uneven_tag = |counts: Vec<u32>| {
            uneven(
                counts.iter().copied(),
                even_sizes(&free, counts.iter().sum()).into_iter(),
            )
        };
        score.uneven_tags = tags.into_values().map(uneven_tag).sum();
        score
    }
}
