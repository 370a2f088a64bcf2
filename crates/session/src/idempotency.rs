//! Knows which commands were carried out, so that a retry gets the original answer.
//!
//! The journal holds the keys. Those of its newest entries are in memory, in the session itself; those before are in
//! [`runs`](KeyRuns), which its owner keeps beside the journal and asks before it hands the session a command.

mod filter;
mod run;
mod runs;

pub use filter::KeyFilter;
pub use run::{KeyRun, RunSpan};
pub use runs::{KeyRuns, RunHead, RunSizes, RunStore};

use std::collections::BTreeMap;
use std::hash::Hasher;

use flagship_protocol::commands::{Command, CreateRooms, SendMessage};
use flagship_protocol::ids::{CommandId, ParticipantId};
use siphasher::sip::SipHasher13;
use siphasher::sip128::{Hasher128, SipHasher13 as SipHasher13x128};

/// A key in the journal and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// The entry's position.
    pub rev: u64,
    /// Who used the key.
    pub actor: ParticipantId,
    /// The key.
    pub key: CommandId,
}

/// Keys of the newest entries.
///
/// Holds a 128-bit hash of each key instead of the key. The entry found is compared with the key itself, so that a
/// collision could refuse a command but never answer a wrong one.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyIndex {
    entries: BTreeMap<u128, u64>,
}

impl KeyIndex {
    /// The position of the entry that carried the command out.
    pub(crate) fn find(&self, actor: &ParticipantId, key: &CommandId) -> Option<u64> {
        self.entries.get(&hash(actor, key)).copied()
    }

    /// Remembers a key.
    pub(crate) fn insert(&mut self, rev: u64, actor: &ParticipantId, key: &CommandId) {
        self.entries.insert(hash(actor, key), rev);
    }

    /// Forgets all keys, and gives their hashes and positions.
    pub(crate) fn take(&mut self) -> Vec<(u64, u64)> {
        let entries = std::mem::take(&mut self.entries);
        entries.into_iter().map(|(hash, rev)| (hash as u64, rev)).collect()
    }
}

/// The hash of a key in a [`KeyRun`]: 64 bits, stable across versions of the code. Two keys may have the same: only the
/// entry says whose it is.
pub fn key_hash(actor: &ParticipantId, key: &CommandId) -> u64 {
    hash(actor, key) as u64
}

/// Tells commands apart: 64 bits over the command as JSON, in hexadecimal. Stable across versions of the code
/// as long as the command's JSON is, because the journal keeps it.
///
/// A participant compares only with their own commands, so that a collision made on purpose harms nobody else.
pub fn fingerprint(command: &Command) -> String {
    // A repeat of the same message may carry another position.
    if let Command::SendMessage(message) = command
        && message.seen_session.is_some()
    {
        let seen_session = None;
        return fingerprint(&Command::SendMessage(SendMessage {
            seen_session,
            ..message.clone()
        }));
    }
    let mut hasher = SipHasher13::new();
    match command {
        // Whoever applies a template names it, and nothing else: a retry is the same when it was deleted since.
        Command::CreateRooms(CreateRooms {
            template_id: Some(template),
            ..
        }) => hasher.write(format!("template {template}").as_bytes()),
        // A command always serialises; an empty text would only make two commands look alike.
        _ => hasher.write(&serde_json::to_vec(command).unwrap_or_default()),
    }
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
    use flagship_protocol::commands::NewRoom;

    #[test]
    fn a_template_is_told_by_its_name_and_not_by_its_rooms() {
        let room = || NewRoom {
            name: "Blue".parse().unwrap(),
            capacity: None,
            guests: vec![],
        };
        let print = |rooms: Vec<NewRoom>, template: Option<&str>| {
            let template_id = template.map(|id| id.parse().unwrap());
            fingerprint(&CreateRooms { rooms, template_id }.into())
        };
        assert_eq!(print(vec![room()], Some("t1")), print(vec![], Some("t1")));
        assert_ne!(print(vec![room()], Some("t1")), print(vec![room()], Some("t2")));
        assert_ne!(print(vec![room()], Some("t1")), print(vec![room()], None));
    }

    #[test]
    fn keys_belong_to_who_used_them() {
        let mut index = KeyIndex::default();
        let (ada, grace) = ("ada".parse().unwrap(), "grace".parse().unwrap());
        let key = "k1".parse().unwrap();
        index.insert(1, &ada, &key);
        assert_eq!(index.find(&ada, &key), Some(1));
        assert_eq!(index.find(&grace, &key), None);
        assert_eq!(index.take(), [(key_hash(&ada, &key), 1)]);
        assert_eq!(index.find(&ada, &key), None);
    }
}
