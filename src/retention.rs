//! Deletes sessions that ended long enough ago, in the archive and in their objects: run by the clock.

use flagship_protocol::ids::SessionId;
use serde_json::json;
use worker::{D1Database, Env, Result};

use crate::call::{Call, call};
use crate::config::Config;
use crate::database::{self, Ended, Shard};
use crate::log::{self, Level};
use crate::object::{now, random_id};

/// Sessions of each database that one run deletes: with what each takes, a run stays far below the 1,000 requests
/// that it may make. At a run every ten minutes these are 3,600 sessions a day.
const SESSIONS_AT_ONCE: u32 = 25;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// How long a session is left alone that could not be deleted: the runs until then are for others.
const LATER_MS: u64 = 60 * 60 * 1_000;

/// Deletes a few sessions whose time is over, if the operator has said after how many days.
pub(crate) async fn run(env: &Env) {
    let Some(days) = Config::from_env(env).retention_days else {
        return;
    };
    let before = now().saturating_sub(u64::from(days).saturating_mul(DAY_MS));
    // One id for the whole run: its lines are found together.
    let run = random_id().unwrap_or_default();
    for shard in 0..database::count(env) {
        if let Err(error) = delete_from(env, shard, before, &run).await {
            let fields = json!({ "requestId": run, "database": shard, "error": error.to_string() });
            log::write(Level::Error, "retention failed, the next run tries again", fields);
        }
    }
}

async fn delete_from(env: &Env, shard: Shard, before: u64, run: &str) -> Result<()> {
    let database = database::open(env, shard)?;
    for Ended { id } in database::ended_before(&database, before, now(), SESSIONS_AT_ONCE).await? {
        let (level, message, outcome) = match delete(env, &database, &id, run).await {
            Ok(true) => (Level::Info, "session deleted", "deleted".into()),
            Ok(false) => (Level::Warn, "session kept: its archive is behind", "kept".into()),
            Err(error) => (Level::Error, "session kept: it could not be deleted", error),
        };
        let fields = json!({ "requestId": run, "sessionId": id, "outcome": outcome });
        log::write(level, message, fields);
        if level != Level::Info {
            database::delete_later(&database, &id, now().saturating_add(LATER_MS)).await?;
        }
    }
    Ok(())
}

/// Deletes a session, the object first: after it, nothing is archived any more. Says whether it may be deleted yet.
async fn delete(env: &Env, database: &D1Database, id: &SessionId, run: &str) -> std::result::Result<bool, String> {
    let erased = call(env, id.as_str(), run, &Call::Erase).await;
    if erased.map_err(|error| error.code.tag().to_owned())? {
        let deleted = database::delete(database, id).await;
        return deleted.map(|()| true).map_err(|error| error.to_string());
    }
    Ok(false)
}
