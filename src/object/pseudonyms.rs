//! Pseudonyms: in an anonymous session nobody meets the ids and names of others' tokens, hosts and the archive included.
//!
//! A pseudonym follows from the token's subject and a salt that never leaves the object, so that the same person is
//! the same after a reload and a ban holds, and nobody can find out by trying who somebody is.

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::text::Alias;
use flagship_session::Actor;
use sha2::{Digest, Sha256};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::SessionObject;
use super::failure::Failure;
use super::live::Live;

/// Letters and digits that are not mistaken for each other, and spell nothing.
const ALPHABET: &[u8; 32] = b"23456789bcdfghjkmnpqrstvwxyzBCDF";

/// Letters of a pseudonym: 80 bits, so that no two of a thousand people are alike.
const LETTERS: usize = 16;

impl SessionObject {
    /// Puts somebody's pseudonym in place of their identity, if the session is anonymous.
    pub(super) fn disguise(&self, actor: &mut Actor) -> std::result::Result<(), Failure> {
        match self.with_live(|live| live.disguise(actor)) {
            // Whoever creates the session asks before there is one.
            Err(Failure::Refused(_)) => Ok(()),
            disguised => disguised,
        }
    }
}

impl Live {
    /// Puts somebody's pseudonym in place of their identity, if the session is anonymous.
    pub(super) fn disguise(&self, actor: &mut Actor) -> std::result::Result<(), Failure> {
        if self.session.state().info.anonymous {
            disguise(&salt(self.journal.sql())?, actor)?;
        }
        Ok(())
    }
}

/// Keeps the salt of a session.
pub(super) fn keep_salt(sql: &SqlStorage, salt: &str) -> Result<()> {
    sql.exec("INSERT INTO pseudonyms VALUES (1, ?)", vec![salt.into()])?;
    Ok(())
}

fn salt(sql: &SqlStorage) -> Result<String> {
    let row = sql
        .exec("SELECT salt FROM pseudonyms", None)?
        .raw()
        .next()
        .transpose()?;
    match row.and_then(|row| row.into_iter().next()) {
        Some(SqlStorageValue::String(salt)) => Ok(salt),
        _ => Err(worker::Error::RustError("an anonymous session has no salt".into())),
    }
}

/// Puts a pseudonym in place of an identity. An alias stays if the person chose it; a name that a service knows
/// them by does not.
pub(super) fn disguise(salt: &str, actor: &mut Actor) -> Result<()> {
    let pseudonym = pseudonym(salt, actor.id.as_str());
    if !actor.has_chosen_alias {
        let tail: String = pseudonym.chars().skip(LETTERS - 4).collect();
        actor.alias = Alias::new(format!("Guest {tail}")).map_err(worker::Error::RustError)?;
    }
    actor.id = ParticipantId::new(format!("p-{pseudonym}")).map_err(worker::Error::RustError)?;
    actor.email = None;
    Ok(())
}

fn pseudonym(salt: &str, subject: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"flagship pseudonym\0");
    hash.update(salt);
    hash.update([0]);
    hash.update(subject);
    let hash = hash.finalize();
    let letters = hash.iter().take(LETTERS);
    letters
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, has_chosen_alias: bool) -> Actor {
        let actor = Actor::new(id.parse().unwrap(), "Ada Lovelace".parse().unwrap());
        Actor {
            has_chosen_alias,
            email: Some("ada@example.org".parse().unwrap()),
            ..actor
        }
    }

    #[test]
    fn the_same_person_is_the_same_in_one_session_and_another_in_the_next() {
        let id = |salt: &str, subject: &str| {
            let mut actor = actor(subject, true);
            disguise(salt, &mut actor).unwrap();
            actor.id
        };
        assert_eq!(id("s1", "ada"), id("s1", "ada"));
        assert_ne!(id("s1", "ada"), id("s1", "grace"));
        assert_ne!(id("s1", "ada"), id("s2", "ada"));
    }

    #[test]
    fn only_what_somebody_chose_to_be_called_is_left() {
        let mut known = actor("ada@example.org", false);
        disguise("salt", &mut known).unwrap();
        assert!(!serde_json::to_string(&known).unwrap().to_lowercase().contains("ada"));
        let mut chosen = actor("u1", true);
        disguise("salt", &mut chosen).unwrap();
        assert_eq!(chosen.alias.as_str(), "Ada Lovelace");
        assert_eq!(chosen.email, None);
    }
}
