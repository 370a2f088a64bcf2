//! Knows which commands were carried out, so that a retry gets the original answer.
//!
//! The journal holds the keys; this index in memory finds the entry of one. It is rebuilt from the journal.

use std::collections::{BTreeMap, VecDeque};
use std::hash::Hasher;

use flagship_protocol::commands::Command;
use flagship_protocol::ids::{CommandId, ParticipantId};
use flagship_protocol::limits;
use siphasher::sip::SipHasher13;
use siphasher::sip128::{Hasher128, SipHasher13 as SipHasher13x128};

/// A key in the journal and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// The entry's position.
    pub rev: u64,
    /// The entry's time.
    pub at: u64,
    /// Who used the key.
    pub actor: ParticipantId,
    /// The key.
    pub key: CommandId,
}

/// Keys of the last [`limits::IDEMPOTENCY_WINDOW_MS`], and at least the last
/// [`limits::IDEMPOTENCY_WINDOW_ENTRIES`] of them.
///
/// Holds a 128-bit hash of each key instead of the key: 50,000 of them stay below 4 MB. The entry found is
/// compared with the key itself, so that a collision could refuse a command but never answer a wrong one.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyIndex {
    entries: BTreeMap<u128, u64>,
    by_age: VecDeque<(u64, u128)>,
}

impl KeyIndex {
    /// The position of the entry that carried the command out.
    pub(crate) fn find(&self, actor: &ParticipantId, key: &CommandId) -> Option<u64> {
        self.entries.get(&hash(actor, key)).copied()
    }

    /// Remembers a key and forgets those that are out of the window.
    pub(crate) fn insert(&mut self, rev: u64, at: u64, actor: &ParticipantId, key: &CommandId) {
        let hash = hash(actor, key);
        if self.entries.insert(hash, rev).is_none() {
            self.by_age.push_back((at, hash));
        }
        while let Some((oldest, hash)) = self.by_age.front().copied() {
            let outside = oldest.saturating_add(limits::IDEMPOTENCY_WINDOW_MS) < at;
            if !outside || self.by_age.len() <= limits::IDEMPOTENCY_WINDOW_ENTRIES {
                break;
            }
            self.entries.remove(&hash);
            self.by_age.pop_front();
        }
    }
}

/// Tells commands apart: 64 bits over the command as JSON, in hexadecimal. Stable across versions of the code
/// as long as the command's JSON is, because the journal keeps it.
///
/// A participant compares only with their own commands, so that a collision made on purpose harms nobody else.
pub fn fingerprint(command: &Command) -> String {
    let mut hasher = SipHasher13::new();
    // A command always serialises; an empty text would only make two commands look alike.
    hasher.write(&serde_json::to_vec(command).unwrap_or_default());
    format!("{:016x}", hasher.finish())
}

fn hash(actor: &ParticipantId, key: &CommandId) -> u128 {
    let mut hasher = SipHasher13x128::new();
    hasher.write(actor.as_str().as_bytes());
    // Ids hold no control characters, so this separates them.
    hasher.write_u8(0);
    hasher.write(key.as_str().as_bytes());
    hasher.finish128().as_u128()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: usize) -> CommandId {
        CommandId::new(format!("k{n}")).unwrap()
    }

    #[test]
    fn keeps_a_key_for_a_day_and_for_fifty_thousand_commands() {
        let ada: ParticipantId = "ada".parse().unwrap();
        let mut index = KeyIndex::default();
        index.insert(1, 0, &ada, &key(0));
        let later = limits::IDEMPOTENCY_WINDOW_MS + 1;
        for n in 1..limits::IDEMPOTENCY_WINDOW_ENTRIES {
            index.insert(n as u64 + 1, later, &ada, &key(n));
        }
        assert_eq!(index.find(&ada, &key(0)), Some(1), "old, but within the last 50,000");
        index.insert(99_999, later, &ada, &key(99_999));
        assert_eq!(index.find(&ada, &key(0)), None, "old, and beyond them");
        assert_eq!(index.find(&ada, &key(1)), Some(2));
    }

    #[test]
    fn keys_belong_to_who_used_them() {
        let mut index = KeyIndex::default();
        index.insert(1, 0, &"ada".parse().unwrap(), &key(1));
        assert_eq!(index.find(&"grace".parse().unwrap(), &key(1)), None);
    }
}
