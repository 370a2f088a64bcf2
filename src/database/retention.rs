//! Deletes what has been kept for long enough.

use flagship_protocol::ids::SessionId;
use serde::Deserialize;
use worker::{D1Database, Result};

use super::run;

/// Messages that one statement deletes: a run of statements stays far below D1's limit of 30 s for each.
const MESSAGES_AT_ONCE: usize = 5_000;

const ENDED: &str = "SELECT id FROM sessions WHERE ended_at < ?1 ORDER BY ended_at LIMIT ?2";

const MESSAGES: &str = "DELETE FROM messages WHERE session_id = ?1 AND (room_id, seq) IN
(SELECT room_id, seq FROM messages WHERE session_id = ?1 LIMIT ?2)";

/// The directory's row goes last: as long as it is there, the session is found again.
const REST: [&str; 6] = [
    "DELETE FROM direct_messages WHERE session_id = ?1",
    "DELETE FROM room_members WHERE session_id = ?1",
    "DELETE FROM room_stays WHERE session_id = ?1",
    "DELETE FROM members WHERE session_id = ?1",
    "DELETE FROM rooms WHERE session_id = ?1",
    "DELETE FROM sessions WHERE id = ?1",
];

/// A session that has ended.
#[derive(Debug, Deserialize)]
pub(crate) struct Ended {
    /// Which.
    pub(crate) id: SessionId,
}

/// At most `limit` sessions that ended before a time, in milliseconds since the epoch; the oldest first.
pub(crate) async fn ended_before(database: &D1Database, before: u64, limit: u32) -> Result<Vec<Ended>> {
    // D1 takes numbers as JavaScript has them; both are far below 2^53.
    let values = [(before as f64).into(), f64::from(limit).into()];
    database.prepare(ENDED).bind(&values)?.all().await?.results()
}

/// Deletes everything of a session. Can be repeated.
pub(crate) async fn delete(database: &D1Database, session: &SessionId) -> Result<()> {
    let id = || session.as_str().into();
    loop {
        let values = [id(), (MESSAGES_AT_ONCE as f64).into()];
        let result = database.prepare(MESSAGES).bind(&values)?.run().await?;
        let deleted = result.meta()?.and_then(|meta| meta.changes).unwrap_or(0);
        if deleted < MESSAGES_AT_ONCE {
            break;
        }
    }
    let rest = REST.iter().map(|statement| database.prepare(*statement).bind(&[id()]));
    run(database, rest.collect::<Result<_>>()?).await
}
