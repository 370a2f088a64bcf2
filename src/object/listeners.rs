//! Who follows the session over HTTP: counted as connected as long as they keep asking.
//!
//! A socket says when it closes, somebody who polls just stops. So each holds a lease that the next request renews,
//! in memory, and that runs out under the object's alarm. Who holds one is also in the storage: one row when they
//! come, one when they go, and none in between. After an eviction everyone in it gets a new, short lease, so that
//! nobody whom others see as connected stays so for ever.

use std::collections::BTreeMap;

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;
use worker::{Result, SqlStorage, SqlStorageValue};

/// The leases of a session.
pub(super) struct Listeners {
    sql: SqlStorage,
    /// When each lease runs out, milliseconds since the epoch.
    until: BTreeMap<ParticipantId, u64>,
}

impl Listeners {
    /// Those in the storage, which must have its tables, each with a new, short lease.
    pub(super) fn restore(sql: SqlStorage, now: u64) -> Result<Self> {
        let mut until = BTreeMap::new();
        for row in sql.exec("SELECT participant FROM listeners", None)?.raw() {
            if let Some(SqlStorageValue::String(id)) = row?.into_iter().next()
                && let Ok(id) = id.parse()
            {
                until.insert(id, now + limits::LISTENER_RETURN_MS);
            }
        }
        Ok(Self { sql, until })
    }

    /// Gives somebody a lease, in place of the one they had. Says whether they had none.
    pub(super) fn renew(&mut self, who: &ParticipantId, until: u64) -> Result<bool> {
        let is_new = self.until.insert(who.clone(), until).is_none();
        if is_new {
            let row = vec![who.to_string().into()];
            self.sql.exec("INSERT OR IGNORE INTO listeners VALUES (?)", row)?;
        }
        Ok(is_new)
    }

    /// Ends somebody's lease with the next [`Self::take_ended`]: they left.
    pub(super) fn end(&mut self, who: &ParticipantId, now: u64) {
        if let Some(until) = self.until.get_mut(who) {
            *until = now;
        }
    }

    /// Takes out those whose lease has run out.
    pub(super) fn take_ended(&mut self, now: u64) -> Result<Vec<ParticipantId>> {
        let ended = self.until.iter().filter(|(_, until)| **until <= now);
        let ended: Vec<ParticipantId> = ended.map(|(who, _)| who.clone()).collect();
        for who in &ended {
            self.until.remove(who);
            let row = vec![who.to_string().into()];
            self.sql.exec("DELETE FROM listeners WHERE participant = ?", row)?;
        }
        Ok(ended)
    }

    /// When the first lease runs out.
    pub(super) fn next_end(&self) -> Option<u64> {
        self.until.values().copied().min()
    }

    /// Whether somebody holds a lease.
    pub(super) fn contains(&self, who: &ParticipantId) -> bool {
        self.until.contains_key(who)
    }

    /// Those who hold a lease.
    pub(super) fn iter(&self) -> impl Iterator<Item = &ParticipantId> {
        self.until.keys()
    }
}
