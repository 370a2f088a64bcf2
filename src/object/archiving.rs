//! Drains the journal to D1, outside the hot path.

use std::pin::pin;
use std::time::Duration;

use flagship_session::Circuit;
use futures::future::{Either, select};
use serde_json::json;
use worker::{Delay, Error};

use super::SessionObject;
use super::failure::Failure;
use super::journal::each_happened;
use super::live::{Live, Timer};
use crate::database::{self, Batch, Shard};
use crate::log::{self, Level};

/// Longest time that the database may take for a batch, in milliseconds.
const LONGEST_MS: u64 = 10_000;

/// Shortest time that it is given, however soon something else is due: most batches take a tenth of it.
const SHORTEST_MS: u64 = 1_000;

/// What is to be written next, and where.
struct Next {
    session: String,
    shard: Shard,
    batch: Batch,
}

impl SessionObject {
    /// Writes the next batch, and says in the schedule when the one after it is due.
    pub(super) async fn drain(&self) -> Result<(), Failure> {
        let Some(Next { session, shard, batch }) = self.with_live(|live| Ok(live.next_batch()?))? else {
            return Ok(());
        };
        let last = batch.last_rev();
        let patience = self.patience();
        let written = match database::open(&self.env, shard) {
            Ok(database) => match select(pin!(batch.write(&database, &session)), Delay::from(patience)).await {
                Either::Left((written, _)) => written,
                // It may still arrive; writing it again changes nothing.
                Either::Right(_) => Err(Error::RustError("the database did not answer in time".into())),
            },
            Err(error) => Err(error),
        };
        self.with_live(|live| {
            let now = super::now();
            let due = match written {
                Ok(()) => {
                    live.journal.set_archived(last)?;
                    live.archive.succeeded(last, live.session.state().rev, now)
                }
                Err(error) => {
                    let due = live.archive.failed(now);
                    let open = live.archive.circuit() == Circuit::Open;
                    let fields = json!({ "sessionId": session, "database": shard, "error": error.to_string(), "retryAt": due, "circuitOpen": open });
                    log::write(Level::Warn, "archive not written, trying again", fields);
                    Some(due)
                }
            };
            match due {
                Some(due) => live.timers.set(Timer::Archive, due),
                None => live.timers.cancel(Timer::Archive),
            }
            Ok(())
        })
    }

    /// How long the database may take: while the alarm waits for it, no other timer rings.
    fn patience(&self) -> Duration {
        let now = super::now();
        let next = self.in_memory(|live| live.timers.next()).flatten();
        let free = next.map_or(LONGEST_MS, |next| next.saturating_sub(now));
        Duration::from_millis(free.clamp(SHORTEST_MS, LONGEST_MS))
    }
}

impl Live {
    fn next_batch(&self) -> worker::Result<Option<Next>> {
        let happened = self
            .journal
            .happened_after(self.archive.archived(), self.archive.batch())?;
        let Some(happened) = happened else {
            return Ok(None);
        };
        Ok(Some(Next {
            session: self.session.state().info.id.to_string(),
            shard: self.journal.shard()?,
            batch: Batch::new(
                each_happened(&happened),
                |id| self.journal.said(id),
                self.session.state(),
            )?,
        }))
    }
}
