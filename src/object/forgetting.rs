//! Forgetting a session that nobody used: the alarm deletes it some time after it was created, here and in D1.

use std::pin::pin;
use std::time::Duration;

use flagship_protocol::ids::SessionId;
use flagship_protocol::limits;
use flagship_session::ArchiveSchedule;
use futures::future::{Either, select};
use serde_json::json;
use worker::{Delay, Error, Result};

use super::failure::Failure;
use super::live::{Live, Timer};
use super::{SessionObject, now};
use crate::database::{self, Shard};
use crate::log::{self, Level};

/// How long D1 may take, in milliseconds.
const LONGEST_MS: u64 = 10_000;

/// When it is tried again if D1 does not answer, in milliseconds.
const RETRY_MS: u64 = 60 * 60 * 1_000;

/// A session that is about to be forgotten.
struct Unused {
    session: SessionId,
    shard: Shard,
    /// Its last entry: if there is another one later, somebody came.
    rev: u64,
}

impl SessionObject {
    /// Deletes the session if nobody used it until now. Gives whether it is gone.
    ///
    /// D1 goes first, because the alarm, which finds the session again after a crash, is in the object. The object
    /// forgets before that what D1 has: a session that somebody enters meanwhile is archived anew.
    pub(super) async fn forget_unused(&self) -> std::result::Result<bool, Failure> {
        let now = now();
        let seed = self.seed();
        let begun = self.storage(|live| {
            if live.is_visited(now) {
                live.postpone_forgetting(now.saturating_add(limits::VISIT_MS));
                return Ok(None);
            }
            if live.session.state().unused_until().is_none_or(|until| until > now) {
                return Ok(None);
            }
            live.journal.set_archived(0)?;
            live.archive = ArchiveSchedule::new(self.config.archive_interval_ms, 0, seed);
            let state = live.session.state();
            Ok(Some(Unused {
                session: state.info.id.clone(),
                shard: live.journal.shard()?,
                rev: state.rev,
            }))
        })?;
        let Some(unused) = begun else { return Ok(false) };
        if let Err(error) = self.delete_archived(&unused).await {
            let fields = json!({ "sessionId": unused.session, "error": error.to_string() });
            log::write(Level::Warn, "unused session kept, trying again", fields);
            self.storage(|live| {
                live.postpone_forgetting(now.saturating_add(RETRY_MS));
                Ok(())
            })?;
            return Ok(false);
        }
        let is_visited = self.storage(|live| Ok(live.is_visited(now) || live.session.state().rev != unused.rev))?;
        if is_visited {
            return Ok(false);
        }
        self.delete_all().await?;
        let fields = json!({ "sessionId": unused.session });
        log::write(Level::Info, "unused session forgotten", fields);
        Ok(true)
    }

    async fn delete_archived(&self, unused: &Unused) -> Result<()> {
        let database = database::open(&self.env, unused.shard)?;
        let deleted = pin!(database::delete(&database, &unused.session));
        match select(deleted, Delay::from(Duration::from_millis(LONGEST_MS))).await {
            Either::Left((deleted, _)) => deleted,
            Either::Right(_) => Err(Error::RustError("the database did not answer in time".into())),
        }
    }
}

impl Live {
    /// Notes that somebody asks for the session: it is not forgotten under their hands.
    pub(super) fn visit(&mut self, now: u64) {
        self.visited_until = now.saturating_add(limits::VISIT_MS);
        self.schedule_forgetting();
    }

    /// Sets when the session is forgotten, if nobody uses it.
    pub(super) fn schedule_forgetting(&mut self) {
        match self.session.state().unused_until() {
            Some(until) => self.timers.set(Timer::Unused, until.max(self.visited_until)),
            None => self.timers.cancel(Timer::Unused),
        }
    }

    fn postpone_forgetting(&mut self, until: u64) {
        self.visited_until = self.visited_until.max(until);
        self.schedule_forgetting();
    }

    fn is_visited(&self, now: u64) -> bool {
        self.visited_until > now || self.sockets.len() > 0 || self.listeners.next_end().is_some()
    }
}
