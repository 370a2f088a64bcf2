//! Turns: whatever is done with the session, from whatever calls it, is kept whole or given up whole.
//!
//! A turn decides, applies and writes without an `await`. When the storage fails midway, memory may be ahead of the
//! journal, so it is dropped, and the next turn restores it. No caller has to remember that: the session in memory is
//! reached through [`SessionObject::turn`] alone, or through [`SessionObject::in_memory`], which cannot fail.

use std::cell::RefCell;

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorCode;
use serde_json::json;

use super::failure::Failure;
use super::live::Live;
use super::sockets::ConnectionId;
use super::{SessionObject, now};
use crate::log::{self, Level};

/// The session in memory; empty until something needs it, and after a failure of the storage.
#[derive(Default)]
pub(super) struct Memory(RefCell<Option<Live>>);

/// When the alarm may ring after a failure, so that storage that goes on failing does not keep the object busy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Retry {
    failures: u32,
    /// Not before this time, milliseconds since the epoch; `None` if nothing has failed.
    pub(super) at: Option<u64>,
}

/// How long the alarm waits after the first failure, in milliseconds; twice as long after each that follows.
const RETRY_MS: u64 = 1_000;

/// How often that doubles: up to a minute, which a room's countdown may be late by at most once storage works again.
const DOUBLINGS: u32 = 6;

impl Retry {
    fn after_failure(self, now: u64) -> Self {
        let pause = RETRY_MS << self.failures.min(DOUBLINGS);
        Self {
            failures: self.failures.saturating_add(1),
            at: Some(now.saturating_add(pause)),
        }
    }
}

impl SessionObject {
    /// Takes a turn with the session, restoring it first if it is not in memory. If the storage fails, the session is
    /// dropped from memory, the connection that it failed `for_connection` is closed, and the alarm is set anew soon.
    pub(super) fn turn<T>(
        &self,
        for_connection: Option<ConnectionId>,
        action: impl FnOnce(&mut Live) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut memory = self.memory.0.borrow_mut();
        let done = self.restored(&mut memory).and_then(action);
        self.drop_if_broken(&mut memory, &done, for_connection);
        done
    }

    fn drop_if_broken<T>(
        &self,
        memory: &mut Option<Live>,
        done: &Result<T, Failure>,
        for_connection: Option<ConnectionId>,
    ) {
        if let Err(Failure::Broken(error)) = done {
            let fields = json!({ "error": error.to_string() });
            log::write(Level::Error, "session dropped from memory after a failure", fields);
            if let Some(live) = memory.take() {
                live.give_up(for_connection);
            }
            self.retry.set(self.retry.get().after_failure(now()));
        }
    }

    /// [`Self::turn`] for no connection.
    pub(super) fn with_live<T>(&self, action: impl FnOnce(&mut Live) -> Result<T, Failure>) -> Result<T, Failure> {
        self.turn(None, action)
    }

    /// [`Self::turn`] where only the storage can fail, or the session is not there.
    pub(super) fn storage<T>(&self, action: impl FnOnce(&mut Live) -> worker::Result<T>) -> Result<T, Failure> {
        self.turn(None, |live| action(live).map_err(Failure::Broken))
    }

    /// [`Self::storage`], if the session is in memory; `None` if it is not.
    pub(super) fn storage_in_memory<T>(
        &self,
        action: impl FnOnce(&mut Live) -> worker::Result<T>,
    ) -> Option<Result<T, Failure>> {
        let mut memory = self.memory.0.borrow_mut();
        let done = memory.as_mut().map(action)?.map_err(Failure::Broken);
        self.drop_if_broken(&mut memory, &done, None);
        Some(done)
    }

    /// Does something that needs no storage with the session, if it is in memory.
    pub(super) fn in_memory<T>(&self, action: impl FnOnce(&mut Live) -> T) -> Option<T> {
        self.memory.0.borrow_mut().as_mut().map(action)
    }

    /// Puts a session into memory, all of which is in the journal.
    pub(super) fn keep(&self, live: Live) {
        self.memory.0.replace(Some(live));
    }

    /// Takes the session out of memory.
    pub(super) fn take_out(&self) -> Option<Live> {
        self.retry.set(Retry::default());
        self.memory.0.take()
    }

    fn restored<'a>(&self, memory: &'a mut Option<Live>) -> Result<&'a mut Live, Failure> {
        if memory.is_none() {
            *memory = self.restore()?;
            if let Some(live) = memory.as_ref().filter(|_| self.retry.get().at.is_some()) {
                live.tell_presence();
            }
        }
        memory.as_mut().ok_or_else(|| {
            let message = "there is no session with this id; check the link";
            Failure::refused(ErrorCode::SessionNotFound, message)
        })
    }
}

impl Live {
    /// Ends what is in memory after the storage failed. What waits to be sent is in the journal, and nobody would send
    /// it later. The connection that it failed for is closed, and so are those that wait for a welcome: they come again.
    fn give_up(mut self, for_connection: Option<ConnectionId>) {
        self.flush_after_failure();
        let unanswered = for_connection.into_iter().chain(self.greetings.ids());
        unanswered
            .filter_map(|id| self.sockets.get(id))
            .for_each(|connection| connection.close(CloseCode::Internal));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_waits_longer_after_each_failure_up_to_a_minute() {
        let mut retry = Retry::default();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            retry = retry.after_failure(10_000);
            pauses.push(retry.at.unwrap() - 10_000);
        }
        assert_eq!(
            pauses,
            [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 64_000, 64_000]
        );
    }
}
