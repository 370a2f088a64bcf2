//! Deletes what has been kept for long enough.

use flagship_protocol::ids::SessionId;
use serde::Deserialize;
use worker::{D1Database, Result};

use super::run;

/// Rows that one statement deletes where there may be many: a run of statements stays far below D1's limit of 30 s for
/// each.
const ROWS_AT_ONCE: usize = 5_000;

const ENDED: &str = "SELECT id FROM sessions
WHERE ended_at < ?1 AND coalesce(retention_after, 0) <= ?2 ORDER BY ended_at LIMIT ?3";

const LATER: &str = "UPDATE sessions SET retention_after = ?2 WHERE id = ?1";

/// Every table that has rows of sessions. They are asked for, and not listed here: a table that a later migration adds
/// is not forgotten. By the text of the schema, because D1 has no columns in a query.
const TABLES: &str = r"SELECT name FROM sqlite_master
WHERE type = 'table' AND name <> 'sessions' AND sql LIKE '%session\_id%' ESCAPE '\' ORDER BY name";

/// Tables of which a session may have very many rows, with what tells these apart.
const LARGE: [(&str, &str); 2] = [("messages", "room_id, seq"), ("direct_messages", "rev")];

/// A session that has ended.
#[derive(Debug, Deserialize)]
pub(crate) struct Ended {
    /// Which.
    pub(crate) id: SessionId,
}

#[derive(Deserialize)]
struct Table {
    name: String,
}

/// At most `limit` sessions that ended before a time, in milliseconds since the epoch; the oldest first. Without those
/// that are to be left alone.
pub(crate) async fn ended_before(database: &D1Database, before: u64, now: u64, limit: u32) -> Result<Vec<Ended>> {
    // D1 takes numbers as JavaScript has them; all are far below 2^53.
    let values = [(before as f64).into(), (now as f64).into(), f64::from(limit).into()];
    database.prepare(ENDED).bind(&values)?.all().await?.results()
}

/// Leaves a session alone until then, in milliseconds since the epoch.
pub(crate) async fn delete_later(database: &D1Database, session: &SessionId, until: u64) -> Result<()> {
    let values = [session.as_str().into(), (until as f64).into()];
    database.prepare(LATER).bind(&values)?.run().await.map(|_| ())
}

/// Deletes everything of a session. Can be repeated.
pub(crate) async fn delete(database: &D1Database, session: &SessionId) -> Result<()> {
    let id = || session.as_str().into();
    let tables: Vec<Table> = database.prepare(TABLES).all().await?.results()?;
    for (table, key) in LARGE {
        let delete = format!(
            "DELETE FROM {table} WHERE session_id = ?1 AND ({key}) IN \
             (SELECT {key} FROM {table} WHERE session_id = ?1 LIMIT ?2)"
        );
        loop {
            let values = [id(), (ROWS_AT_ONCE as f64).into()];
            let result = database.prepare(&delete).bind(&values)?.run().await?;
            let deleted = result.meta()?.and_then(|meta| meta.changes).unwrap_or(0);
            if deleted < ROWS_AT_ONCE {
                break;
            }
        }
    }
    let rest = tables
        .iter()
        .map(|Table { name }| format!("DELETE FROM \"{name}\" WHERE session_id = ?1"));
    // The directory's row goes last: as long as it is there, the session is found again.
    let rest = rest.chain(["DELETE FROM sessions WHERE id = ?1".to_owned()]);
    let rest = rest.map(|statement| database.prepare(statement).bind(&[id()]));
    run(database, rest.collect::<Result<_>>()?).await
}
