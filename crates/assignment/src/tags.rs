//! What people have in common by their tags.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits;
use crate::problem::count;
use crate::refusal::Countable;
use crate::table::{Grid, Lists};

/// Tags in one word of bits.
const WORD: u32 = u128::BITS;

/// What the cell of two people without any tag holds: they are alike, and share none. No two people share as many.
const BOTH_UNTAGGED: u8 = u8::MAX;

/// The tags of people, and how many any two of them share.
///
/// There may be as many different tags as people have: what two people share is counted once for all, and a search
/// looks it up in one byte.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// By person: the numbers of their tags, in the order of the tags.
    of: Vec<Vec<u32>>,
    /// By two people: how many tags they share, or [`BOTH_UNTAGGED`].
    shared: Grid<u8>,
    /// How many comparisons of two people that took.
    #[cfg(test)]
    compared: u64,
}

impl Tags {
    /// The tags of people, by person.
    ///
    /// # Errors
    /// What there is too much of, how many there are, and the limit: more than [`limits::TAGS`] of one person, or so
    /// many alike that comparing people would take more than [`limits::TAG_PAIRS`].
    pub(crate) fn new<'a>(
        people: impl Iterator<Item = &'a BTreeSet<String>> + Clone,
    ) -> Result<Self, (Countable, usize, usize)> {
        let most = people.clone().map(BTreeSet::len).max().unwrap_or(0);
        if most > limits::TAGS {
            return Err((Countable::Tags, most, limits::TAGS));
        }
        let mut all: Vec<&String> = people.clone().flatten().collect();
        all.sort_unstable();
        all.dedup();
        let number = |tag: &String| all.binary_search(&tag).ok().map(count);
        let of: Vec<Vec<u32>> = people.map(|tags| tags.iter().filter_map(number).collect()).collect();
        let words = words(&of);
        let pairs: usize = words.values().map(|holders| pairs(holders.len())).sum();
        if pairs > limits::TAG_PAIRS {
            return Err((Countable::TagPairs, pairs, limits::TAG_PAIRS));
        }
        let mut shared: Grid<u8> = Grid::new(of.len(), of.len());
        for holders in words.values() {
            for (position, &(one, tags)) in holders.iter().enumerate() {
                for &(other, others) in holders.get(position + 1..).unwrap_or(&[]) {
                    let common = (tags & others).count_ones();
                    if common > 0 {
                        let more = |before: u8| before.saturating_add(common as u8);
                        shared.change(one, other, more);
                        shared.change(other, one, more);
                    }
                }
            }
        }
        for (person, tags) in (0..).zip(&of) {
            shared.change(person, person, |_| tags.len() as u8);
        }
        let untagged: Vec<u32> = (0..)
            .zip(&of)
            .filter(|(_, tags)| tags.is_empty())
            .map(|(who, _)| who)
            .collect();
        for &one in &untagged {
            for &other in &untagged {
                shared.change(one, other, |_| BOTH_UNTAGGED);
            }
        }
        Ok(Self {
            of,
            shared,
            #[cfg(test)]
            compared: pairs as u64,
        })
    }

    /// A person's tags by number, in the order of the tags.
    pub(crate) fn of(&self, person: u32) -> &[u32] {
        self.of.list(person)
    }

    /// Whether two people share a tag, or both have none.
    pub(crate) fn are_alike(&self, one: u32, other: u32) -> bool {
        self.shared.at(one, other) > 0
    }

    /// How many of some people a person shares no tag with.
    #[inline]
    pub(crate) fn unlike(&self, person: u32, others: &[u32]) -> i64 {
        let shared = self.shared.row(person);
        others.iter().map(|&other| i64::from(cell(shared, other) == 0)).sum()
    }

    /// How many tags a person shares with some people, one after the other.
    #[inline]
    pub(crate) fn shared(&self, person: u32, others: &[u32]) -> i64 {
        if self.of(person).is_empty() {
            return 0;
        }
        let shared = self.shared.row(person);
        others.iter().map(|&other| i64::from(cell(shared, other))).sum()
    }
}

#[inline]
fn cell(row: &[u8], column: u32) -> u8 {
    row.get(column as usize).copied().unwrap_or_default()
}

/// By word: who has tags in it, and which. Tags of one person alone are in none: nobody can share them.
fn words(of: &[Vec<u32>]) -> BTreeMap<u32, Vec<(u32, u128)>> {
    let mut holders = BTreeMap::<u32, u32>::new();
    for &tag in of.iter().flatten() {
        *holders.entry(tag).or_insert(0) += 1;
    }
    // Numbered anew without them, so that few words are needed.
    holders.retain(|_, holders| *holders > 1);
    let numbers: BTreeMap<u32, u32> = holders.into_keys().zip(0..).collect();
    let mut words = BTreeMap::<u32, Vec<(u32, u128)>>::new();
    for (person, tags) in (0..).zip(of) {
        for number in tags.iter().filter_map(|tag| numbers.get(tag)) {
            let bit = 1 << (number % WORD);
            let word = words.entry(number / WORD).or_default();
            match word.last_mut() {
                Some((last, bits)) if *last == person => *bits |= bit,
                _ => word.push((person, bit)),
            }
        }
    }
    words
}

fn pairs(people: usize) -> usize {
    people * people.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(people: &[BTreeSet<String>]) -> Result<Tags, (Countable, usize, usize)> {
        Tags::new(people.iter())
    }

    fn set(tags: impl IntoIterator<Item = impl ToString>) -> BTreeSet<String> {
        tags.into_iter().map(|tag| tag.to_string()).collect()
    }

    #[test]
    fn what_two_people_share_is_counted_across_words() {
        let many: Vec<u32> = (0..120).collect();
        let people = [
            set(many.iter().copied()),
            set((100..200).chain([7])),
            set((150..270).chain([7])),
            set(["own"]),
            set(["other"]),
            BTreeSet::new(),
            BTreeSet::new(),
        ];
        let tags = tags(&people).unwrap();
        for (one, other, shared) in [
            (0, 1, 21),
            (1, 2, 51),
            (0, 2, 1),
            (0, 3, 0),
            (3, 4, 0),
            (5, 6, 0),
            (0, 5, 0),
        ] {
            assert_eq!(tags.shared(one, &[other]), shared, "{one} and {other}");
            assert_eq!(tags.shared(other, &[one]), shared, "{other} and {one}");
        }
        let alike = |one, other| tags.are_alike(one, other);
        assert!(alike(0, 2) && alike(5, 6) && alike(3, 3));
        assert!(!alike(3, 4) && !alike(0, 3) && !alike(0, 5));
        assert_eq!(tags.unlike(5, &[0, 6]), 1);
    }

    #[test]
    fn comparing_everybody_is_bounded_at_the_limits() {
        let own: Vec<BTreeSet<String>> = (0..limits::PEOPLE)
            .map(|who| set((0..limits::TAGS_PER_PERSON).map(|tag| format!("{who}-{tag}"))))
            .collect();
        assert_eq!(tags(&own).unwrap().compared, 0, "what nobody shares is not compared");
        // Sixteen words, each with a tag of everybody.
        let spread: Vec<BTreeSet<String>> = (0..limits::PEOPLE)
            .map(|who| set((0..limits::TAGS_PER_PERSON).map(|tag| format!("{tag:02} {:03}", who % 128))))
            .collect();
        let compared = tags(&spread).unwrap().compared;
        assert!(
            compared > 7_000_000 && compared <= limits::TAG_PAIRS as u64,
            "{compared}"
        );
        let beyond: Vec<BTreeSet<String>> = (0..limits::PEOPLE)
            .map(|who| set((0..limits::TAGS).map(|tag| format!("{tag:03} {:03}", who % 128))))
            .collect();
        assert_eq!(tags(&beyond).unwrap_err().0, Countable::TagPairs);
        let too_many = [set(0..=limits::TAGS)];
        let refused = (Countable::Tags, limits::TAGS + 1, limits::TAGS);
        assert_eq!(tags(&too_many).unwrap_err(), refused);
    }
}
