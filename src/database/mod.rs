//! D1, the archive of all sessions.

mod batch;
mod history;
mod readers;
mod retention;
mod search;
mod shards;
pub(crate) mod templates;

use futures::future::try_join_all;
use worker::{D1Database, D1PreparedStatement, Env, Error, Result};

pub(crate) use batch::{Batch, Happened};
pub(crate) use history::{ReadRoom, direct_messages_page};
pub(crate) use readers::find_reader;
pub(crate) use retention::{Ended, delete, delete_later, ended_before};
pub(crate) use search::Search;
pub(crate) use shards::{Shard, count, open, place};

/// Asks every database something, to see whether it answers.
pub(crate) async fn ping(env: &Env) -> Result<()> {
    let asked = (0..count(env)).map(|shard| async move {
        let statement = open(env, shard)?.prepare("SELECT 1 FROM messages LIMIT 1");
        statement.run().await
    });
    try_join_all(asked).await.map(|_| ())
}

/// Runs statements together: all of them or none.
async fn run(database: &D1Database, statements: Vec<D1PreparedStatement>) -> Result<()> {
    if statements.is_empty() {
        return Ok(());
    }
    for result in database.batch(statements).await? {
        if !result.success() {
            return Err(Error::RustError(
                result.error().unwrap_or_else(|| "D1 refused a batch".into()),
            ));
        }
    }
    Ok(())
}
