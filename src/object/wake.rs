//! Waking and sleeping: the session from its journal into memory, and the alarm that wakes it again.

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::model::SessionState;
use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use worker::{Error, Result, ScheduledTime};

use super::failure::Failure;
use super::journal::Journal;
use super::live::Live;
use super::pace::Pace;
use super::sockets::{ConnectionId, Sockets};
use super::{SessionObject, now, schema};
use crate::log::{self, Level};

impl SessionObject {
    /// Does something with the session, restoring it first if it is not in memory. No `await` happens inside.
    pub(super) fn with_live<T>(
        &self,
        action: impl FnOnce(&mut Live) -> std::result::Result<T, Failure>,
    ) -> std::result::Result<T, Failure> {
        let mut live = self.live.borrow_mut();
        if live.is_none() {
            *live = self.restore()?;
        }
        match live.as_mut() {
            Some(live) => action(live),
            None => Err(Failure::refused(
                ErrorCode::SessionNotFound,
                "there is no session with this id; check the link",
            )),
        }
    }

    /// [`Self::with_live`] where only the storage can fail.
    pub(super) fn storage<T>(&self, action: impl FnOnce(&mut Live) -> Result<T>) -> Result<T> {
        self.with_live(|live| action(live).map_err(Failure::Broken))
            .map_err(Failure::into_error)
    }

    fn restore(&self) -> Result<Option<Live>> {
        let started = now();
        let sql = self.state.storage().sql();
        if schema::version(&sql)? == 0 {
            return Ok(None);
        }
        schema::upgrade(&sql)?;
        let journal = Journal::new(sql, self.storage_handle.clone());
        journal.rerun_archive(&self.config.archive_run)?;
        let sockets = Sockets::restore(&self.state);
        let open = sockets.len();
        let mut live = Live::restore(
            journal,
            sockets,
            self.config.archive_interval_ms,
            self.config.socket_lease_ms,
            self.seed(),
            started,
        )?;
        if let Some(live) = &mut live {
            live.pace = Pace::new(self.config.counts_commands);
            let state = live.session.state();
            let fields = json!({ "sessionId": state.info.id, "rev": state.rev, "sockets": open });
            log::write(Level::Info, "session restored", fields);
        }
        Ok(live)
    }

    /// Spreads the retries of many sessions over time.
    pub(super) fn seed(&self) -> u64 {
        self.state
            .id()
            .to_string()
            .bytes()
            .fold(0, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()))
    }

    /// The storage failed: memory may be ahead of the journal, so it is dropped and the next turn restores it. The
    /// connection that it failed for is closed, and so are those that wait for a welcome: they come again.
    pub(super) fn give_up(&self, request_id: &str, error: &Error, failed: Option<ConnectionId>) {
        if let Some(mut live) = self.live.replace(None) {
            // What waits to be sent is in the journal, and nobody would send it later.
            live.flush_after_failure();
            let unanswered = failed.into_iter().chain(live.greetings.ids());
            unanswered
                .filter_map(|id| live.sockets.get(id))
                .for_each(|connection| connection.close(CloseCode::Internal));
        }
        let fields = json!({ "requestId": request_id, "error": error.to_string() });
        log::write(Level::Error, "session dropped from memory after a failure", fields);
    }

    /// Ends a turn: what waits to be sent is sent, or will be soon, and the alarm is set.
    pub(super) async fn end_turn(&self) -> Result<()> {
        self.send();
        self.set_alarm().await
    }

    /// [`Self::end_turn`] where nobody waits for the alarm.
    pub(super) fn finish_turn(&self) {
        self.send();
        if !matches!(self.next_alarm(), NextAlarm::AsItIs) {
            let object = self.clone();
            spawn_local(async move {
                if let Err(error) = object.set_alarm().await {
                    object.alarm.set(None);
                    let fields = json!({ "error": error.to_string() });
                    log::write(Level::Error, "the alarm was not set", fields);
                }
            });
        }
    }

    /// Sets the platform's alarm to the next timer. Each setting bills a row, so an alarm that comes early enough
    /// is left alone.
    async fn set_alarm(&self) -> Result<()> {
        match self.next_alarm() {
            NextAlarm::AsItIs => Ok(()),
            NextAlarm::At(next) => {
                self.alarm.set(Some(next));
                self.is_silenced.set(false);
                let date = js_sys::Date::new(&(next as f64).into());
                self.state.storage().set_alarm(ScheduledTime::new(date)).await
            }
            NextAlarm::Never => {
                self.alarm.set(None);
                self.is_silenced.set(true);
                let storage = self.state.storage();
                match storage.get_alarm().await? {
                    Some(_) => storage.delete_alarm().await,
                    None => Ok(()),
                }
            }
        }
    }

    fn next_alarm(&self) -> NextAlarm {
        let live = self.live.borrow();
        let Some(live) = live.as_ref() else {
            return NextAlarm::AsItIs;
        };
        match live.timers.next() {
            Some(next) if self.alarm.get().is_some_and(|set| set <= next) => NextAlarm::AsItIs,
            Some(next) => NextAlarm::At(next),
            None if live.session.state().info.state == SessionState::Ended && !self.is_silenced.get() => {
                NextAlarm::Never
            }
            None => NextAlarm::AsItIs,
        }
    }
}

/// What is to become of the platform's alarm.
enum NextAlarm {
    /// It comes early enough, or does no harm.
    AsItIs,
    /// To be set.
    At(u64),
    /// To be taken away: the session is over, and all that the alarm was set for, such as the end of the token of
    /// somebody who has gone since, is no more. It would only wake the object.
    Never,
}
