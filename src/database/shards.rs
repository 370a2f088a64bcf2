//! The databases that the archive is spread over: `DB`, `DB_1`, `DB_2`, … as far as they are bound.
//!
//! A session is given one when it is created, by a hash of its id, and its object remembers which. So a database that
//! is added takes its share of new sessions, and every other session stays where it is. Whoever has to find a session
//! without its object asks all of them.

use sha2::{Digest, Sha256};
use worker::{D1Database, Env, Result};

/// Which database: 0 is `DB`, 1 is `DB_1`, …
pub(crate) type Shard = u32;

/// Most databases that are looked for.
const MOST: Shard = 64;

/// The database of this number.
///
/// # Errors
/// It is not bound.
pub(crate) fn open(env: &Env, shard: Shard) -> Result<D1Database> {
    match shard {
        0 => env.d1("DB"),
        _ => env.d1(&format!("DB_{shard}")),
    }
}

/// How many there are: up to the first number that is not bound, and at least one.
pub(crate) fn count(env: &Env) -> Shard {
    (1..MOST).find(|shard| open(env, *shard).is_err()).unwrap_or(MOST)
}

/// Where a new session goes, among the first `count`.
pub(crate) fn place(session: &str, count: Shard) -> Shard {
    let hash = Sha256::digest(session.as_bytes());
    let head = hash.iter().take(8).fold(0, |head, byte| head << 8 | u64::from(*byte));
    // Below `count`, and so within its type.
    Shard::try_from(head % u64::from(count.max(1))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_always_goes_to_the_same_place() {
        // Written out: another result would look for new sessions where they are not.
        let places = ["a", "b", "c", "d", "e"].map(|session| place(session, 4));
        assert_eq!(places, [2, 2, 2, 1, 2]);
        assert_eq!(place("a", 1), 0);
        assert_eq!(place("a", 0), 0);
    }

    #[test]
    fn sessions_are_spread_evenly() {
        let mut counts = [0; 5];
        for session in 0..5_000 {
            counts[place(&format!("session-{session}"), 5) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (900..1_100).contains(count)), "{counts:?}");
    }
}
