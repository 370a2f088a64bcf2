//! Whom a row means.

use std::collections::{BTreeMap, BTreeSet};

use super::key::PersonKey;
use super::read::Row;

/// People who are there, by what they can be called.
#[derive(Debug, Clone)]
pub struct Directory<P> {
    keys: BTreeMap<PersonKey, BTreeSet<P>>,
    aliases: BTreeMap<PersonKey, BTreeSet<P>>,
}

/// Whom a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<P> {
    /// This person.
    One(P),
    /// Nobody who is there yet.
    Nobody,
    /// Any of these: the alias does not say which.
    Ambiguous(Vec<P>),
}

impl<P: Ord + Clone> Directory<P> {
    /// Nobody is there.
    pub fn new() -> Self {
        Self {
            keys: BTreeMap::new(),
            aliases: BTreeMap::new(),
        }
    }

    /// Adds a person with the keys that are theirs alone (id, e-mail address) and their alias. Texts that are no usable
    /// keys are left out, and so is an alias that is an e-mail address: it was not verified.
    pub fn add<'a>(&mut self, person: &P, keys: impl IntoIterator<Item = &'a str>, alias: &str) {
        for key in keys.into_iter().filter_map(PersonKey::new) {
            self.keys.entry(key).or_default().insert(person.clone());
        }
        if let Some(alias) = PersonKey::new(alias).filter(|_| !alias.contains('@')) {
            self.aliases.entry(alias).or_default().insert(person.clone());
        }
    }

    /// Whom a row means: who has its key; else whose alias is its key; else whose alias is its alias.
    pub fn find(&self, row: &Row) -> Found<P> {
        let by_key = row
            .key
            .as_ref()
            .and_then(|key| self.keys.get(key).or_else(|| self.aliases.get(key)));
        let alias = row.alias.as_deref().and_then(PersonKey::new);
        let people = by_key.or_else(|| self.aliases.get(&alias?));
        let Some(people) = people else { return Found::Nobody };
        match (people.first(), people.len()) {
            (Some(person), 1) => Found::One(person.clone()),
            _ => Found::Ambiguous(people.iter().cloned().collect()),
        }
    }
}

impl<P: Ord + Clone> Default for Directory<P> {
    fn default() -> Self {
        Self::new()
    }
}
