//! Ids that follow from a request.

use flagship_protocol::ids::CommandId;
use flagship_session::Actor;
use sha2::{Digest, Sha256};

/// The id of what a request creates: the same for a retry, and not to be guessed from outside as long as the key
/// cannot be. Without vowels, so that it spells nothing. `what` keeps things of different kinds apart.
pub(super) fn derived_id(what: &str, actor: &Actor, key: &CommandId) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789bcdfghjkmnpqrstvwxyz-_";
    let mut hash = Sha256::new();
    hash.update(b"flagship ");
    hash.update(what);
    hash.update([0]);
    hash.update(actor.id.as_str());
    hash.update([0]);
    hash.update(key.as_str());
    let hash = hash.finalize();
    let letters = hash.iter().take(16);
    letters
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_creates_the_same_and_nobody_else_does() {
        let actor = |id: &str| Actor::new(id.parse().unwrap(), "A".parse().unwrap());
        let id = |what: &str, who: &str, key: &str| derived_id(what, &actor(who), &key.parse().unwrap());
        assert_eq!(id("session", "ada", "k1"), id("session", "ada", "k1"));
        assert_ne!(id("session", "ada", "k1"), id("session", "ada", "k2"));
        assert_ne!(id("session", "ada", "k1"), id("session", "grace", "k1"));
        assert_ne!(id("session", "ada", "k1"), id("template", "ada", "k1"));
        assert_eq!(id("session", "ada", "k1").len(), 16);
    }
}
