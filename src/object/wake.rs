//! Waking and sleeping: the session from its journal into memory, and the alarm that wakes it again.

use std::time::Duration;

use flagship_protocol::model::SessionState;
use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use worker::{Delay, Result, ScheduledTime};

use super::journal::Journal;
use super::live::Live;
use super::pace::Pace;
use super::sockets::Sockets;
use super::{SessionObject, now, schema};
use crate::log::{self, Level};

/// How often the alarm is tried to be set where nobody waits for it. Later turns try again.
const ALARM_ATTEMPTS: u32 = 5;

/// The pause between these attempts.
const ALARM_PAUSE: Duration = Duration::from_secs(1);

impl SessionObject {
    /// The session that the journal holds; `None` if there is none.
    pub(super) fn restore(&self) -> Result<Option<Live>> {
        let started = now();
        let sql = self.state.storage().sql();
        let version = schema::version(&sql)?;
        if version == 0 {
            return Ok(None);
        }
        let journal = Journal::new(sql, self.storage_handle.clone());
        // A newer version of the Worker may have been here, and been rolled back.
        if version < schema::NEWEST {
            journal.together(|journal| schema::upgrade(journal.sql()))?;
        }
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
                for _ in 0..ALARM_ATTEMPTS {
                    let Err(error) = object.set_alarm().await else { return };
                    let fields = json!({ "error": error.to_string() });
                    log::write(Level::Error, "the alarm was not set, trying again", fields);
                    Delay::from(ALARM_PAUSE).await;
                }
            });
        }
    }

    /// Sets the platform's alarm to the next timer. Each setting bills a row, so an alarm that comes early enough
    /// is left alone.
    async fn set_alarm(&self) -> Result<()> {
        let storage = self.state.storage();
        match self.next_alarm() {
            NextAlarm::AsItIs => Ok(()),
            NextAlarm::At(next) => {
                self.alarm.set(Some(next));
                self.is_silenced.set(false);
                let date = js_sys::Date::new(&(next as f64).into());
                let set = storage.set_alarm(ScheduledTime::new(date)).await;
                if set.is_err() {
                    // The next turn must not take it for set.
                    self.alarm.set(None);
                }
                set
            }
            NextAlarm::Never => {
                self.alarm.set(None);
                self.is_silenced.set(true);
                match storage.get_alarm().await? {
                    Some(_) => storage.delete_alarm().await,
                    None => Ok(()),
                }
            }
        }
    }

    fn next_alarm(&self) -> NextAlarm {
        let retry = self.retry.get().at;
        let timers = self.in_memory(|live| {
            let is_over = live.session.state().info.state == SessionState::Ended;
            (live.timers.next(), is_over)
        });
        let next = match timers {
            // Soon, but no sooner than what failed may be tried again.
            Some((Some(next), _)) => next.max(retry.unwrap_or(0)),
            Some((None, true)) if !self.is_silenced.get() => return NextAlarm::Never,
            Some((None, _)) => return NextAlarm::AsItIs,
            // After a failure it is not known what is due: the alarm restores the session, and finds out.
            None => match retry {
                Some(retry) => retry,
                None => return NextAlarm::AsItIs,
            },
        };
        if self.alarm.get().is_some_and(|set| set <= next) {
            return NextAlarm::AsItIs;
        }
        NextAlarm::At(next)
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
