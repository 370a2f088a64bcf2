//! Ids that follow from a request.

use flagship_protocol::ids::CommandId;
use flagship_session::Actor;

use crate::keyring::Key;

/// Letters of an id: 80 bits.
const LETTERS: usize = 16;

/// The id of what a request creates: the same for a retry. Only the deployment's key leads from a person to the id, so
/// that nobody else can find out by trying whose request it was. Without vowels, so that it spells nothing. `what`
/// keeps things of different kinds apart.
pub(super) fn derived_id(ids: &Key, what: &str, actor: &Actor, key: &CommandId) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789bcdfghjkmnpqrstvwxyz-_";
    let code = ids.code(&[what.as_bytes(), actor.id.as_str().as_bytes(), key.as_str().as_bytes()]);
    let letters = code.iter().take(LETTERS);
    letters
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::{Keyring, Purpose};

    const ONE: &str = "CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws";
    const OTHER: &str = "DAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw";

    fn id_under(keys: &str, what: &str, who: &str, key: &str) -> String {
        let actor = Actor::new(who.parse().unwrap(), "A".parse().unwrap());
        let keyring = Keyring::parse(keys).unwrap();
        derived_id(&keyring.permanent(Purpose::Ids), what, &actor, &key.parse().unwrap())
    }

    #[test]
    fn a_retry_creates_the_same_and_nobody_else_does() {
        let id = |what: &str, who: &str, key: &str| id_under(ONE, what, who, key);
        assert_eq!(id("session", "ada", "k1"), id("session", "ada", "k1"));
        assert_ne!(id("session", "ada", "k1"), id("session", "ada", "k2"));
        assert_ne!(id("session", "ada", "k1"), id("session", "grace", "k1"));
        assert_ne!(id("session", "ada", "k1"), id("template", "ada", "k1"));
        assert_eq!(id("session", "ada", "k1").len(), LETTERS);
    }

    #[test]
    fn nobody_without_the_key_gets_from_a_person_to_an_id() {
        let one = id_under(ONE, "session", "ada", "create-1");
        assert_ne!(one, id_under(OTHER, "session", "ada", "create-1"));
        let rotated = format!("{OTHER},{ONE}");
        assert_eq!(
            one,
            id_under(&rotated, "session", "ada", "create-1"),
            "the key for ids never rotates"
        );
    }
}
