//! Words that some people share.
//!
//! What a common word is, the texts themselves say: there is no list of words of any language. A word is a row of
//! letters, so languages that write without spaces share little here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::limits;
use crate::request::Name;

/// The words of each text that say most about who is like whom: at least two people share each, and not nearly
/// everyone does. In lower case; at most [`KEYWORDS_PER_PERSON`](limits::KEYWORDS_PER_PERSON) for a person, none for
/// some, and at most [`KEYWORDS`](limits::KEYWORDS) different ones.
///
/// Of each text the first [`KEYWORD_TEXT_WORDS`](limits::KEYWORD_TEXT_WORDS) different words count, within its first
/// [`KEYWORD_TEXT_CHARS`](limits::KEYWORD_TEXT_CHARS) characters.
pub fn keywords_of<P: Name>(texts: &BTreeMap<P, impl AsRef<str>>) -> BTreeMap<P, BTreeSet<String>> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (person, text) in texts.values().enumerate() {
        for word in words(text.as_ref()) {
            holders.entry(word).or_default().push(person);
        }
    }
    let people = texts.len();
    let tells =
        |holders: &[usize]| holders.len() >= 2 && holders.len() * 100 <= people * limits::KEYWORD_PEOPLE_PERCENT;
    let mut shared: Vec<(String, Vec<usize>)> = holders.into_iter().filter(|(_, holders)| tells(holders)).collect();
    shared.sort_by_cached_key(|(word, holders)| (distance(holders.len(), people), Reverse(word.chars().count())));

    let mut keywords = vec![BTreeSet::new(); people];
    let mut tags = 0;
    for (word, holders) in shared {
        if tags == limits::KEYWORDS {
            break;
        }
        let has_room = |person: &usize| {
            let known = keywords.get(*person).map_or(0, BTreeSet::len);
            known < limits::KEYWORDS_PER_PERSON
        };
        let holders: Vec<usize> = holders.into_iter().filter(has_room).collect();
        if holders.len() < 2 {
            continue;
        }
        tags += 1;
        for person in holders {
            if let Some(keywords) = keywords.get_mut(person) {
                keywords.insert(word.clone());
            }
        }
    }
    texts.keys().cloned().zip(keywords).collect()
}

/// The different words of a text, in lower case.
fn words(text: &str) -> BTreeSet<String> {
    let end = text.char_indices().nth(limits::KEYWORD_TEXT_CHARS);
    let text = end.and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    let mut words = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let length = word.chars().count();
        if (limits::KEYWORD_LETTERS..=limits::TAG_CHARS).contains(&length) {
            words.insert(word.to_lowercase());
        }
        if words.len() == limits::KEYWORD_TEXT_WORDS {
            break;
        }
    }
    words
}

/// How far a number of people is from the one at which a word tells most, in 1,024ths. That is the square root of all:
/// as many groups as each has people. Words of two tell little, and words of half of all are mostly grammar.
fn distance(holders: usize, people: usize) -> u64 {
    let (square, people) = ((holders as u64).saturating_pow(2), people as u64);
    let (less, more) = (square.min(people).max(1), square.max(people));
    more.saturating_mul(1024) / less
}
