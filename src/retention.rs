//! Deletes sessions that ended long enough ago, in the archive and in their objects: run by the clock.

use serde_json::json;
use worker::{Env, Result};

use crate::call::{Call, call};
use crate::config::Config;
use crate::database::{self, Ended, Shard};
use crate::log::{self, Level};
use crate::object::{now, random_id};

/// Sessions of each database that one run deletes: with what each takes, a run stays far below the 1,000 requests
/// that it may make. At a run every ten minutes these are 3,600 sessions a day.
const SESSIONS_AT_ONCE: u32 = 25;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

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
    for Ended { id } in database::ended_before(&database, before, SESSIONS_AT_ONCE).await? {
        let fields = |outcome: &str| json!({ "requestId": run, "sessionId": id, "outcome": outcome });
        // The object first: after it, nothing is archived any more.
        match call(env, id.as_str(), run, &Call::Erase).await {
            Ok(true) => {
                database::delete(&database, &id).await?;
                log::write(Level::Info, "session deleted", fields("deleted"));
            }
            Ok(false) => log::write(Level::Warn, "session kept: its archive is behind", fields("kept")),
            Err(error) => log::write(
                Level::Warn,
                "session kept: it does not answer",
                fields(error.code.tag()),
            ),
        }
    }
    Ok(())
}
