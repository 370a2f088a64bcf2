//! Drains the journal to D1, outside the hot path.

use flagship_session::Circuit;
use serde_json::json;

use super::SessionObject;
use super::live::Timer;
use crate::database::{self, Batch, Shard};
use crate::log::{self, Level};

/// What is to be written next, and where.
struct Next {
    session: String,
    shard: Shard,
    batch: Batch,
}

impl SessionObject {
    /// Writes the next batch, and says in the schedule when the one after it is due.
    pub(super) async fn drain(&self) -> worker::Result<()> {
        let Some(Next { session, shard, batch }) = self.next_batch()? else {
            return Ok(());
        };
        let last = batch.last_rev();
        let written = match database::open(&self.env, shard) {
            Ok(database) => batch.write(&database, &session).await,
            Err(error) => Err(error),
        };
        let now = super::now();
        let mut live = self.live.borrow_mut();
        let Some(live) = live.as_mut() else { return Ok(()) };
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
    }

    fn next_batch(&self) -> worker::Result<Option<Next>> {
        let live = self.live.borrow();
        let Some(live) = live.as_ref() else { return Ok(None) };
        let entries = live
            .journal
            .entries_after(live.archive.archived(), live.archive.batch())?;
        if entries.is_empty() {
            return Ok(None);
        }
        Ok(Some(Next {
            session: live.session.state().info.id.to_string(),
            shard: live.journal.shard()?,
            batch: Batch::new(&entries),
        }))
    }
}
