//! The journal: every entry of a session, in order, in the object's SQLite.

mod copies;
mod keys;
mod rows;
mod said;
mod stretches;
mod told;
mod transaction;

use flagship_protocol::ids::{CommandId, ParticipantId, StreamId};
use flagship_session::{Entry, Said, State};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Result, SqlStorage, SqlStorageValue};

use self::copies::{WHOLE_EVENTS, stored_copy};
pub(super) use self::keys::{RecentRuns, RunRows};
use self::rows::{
    BYTES_AT_ONCE, COLUMN_TEXT, ENTRY_COLUMNS, MAX_SAFE, ROW, SNAPSHOT_PART, broken, cut, entry, happened, integer,
    number, optional, parts, stored_events,
};
use crate::database::{Happened, Shard};

#[wasm_bindgen(module = "/src/object/journal/insert.js")]
extern "C" {
    /// Writes a row of `journal`: `rev`, `at`, `from_seq`, `to_seq`, and the other columns as one text.
    #[wasm_bindgen(js_name = insertEntry, catch)]
    fn insert_entry(sql: &JsValue, numbers: &[f64], columns: &str) -> std::result::Result<(), JsValue>;
}

/// The journal of one session.
pub(super) struct Journal {
    sql: SqlStorage,
    /// The storage that `sql` is in, for what concerns all of it.
    storage: JsValue,
}

/// Events of one entry as the journal keeps them: the JSON array that goes to followers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredEvents {
    /// The stream's `seq` before the first event.
    pub(super) from: u64,
    /// The `seq` of the last event.
    pub(super) to: u64,
    /// A JSON array of `SequencedEvent`.
    pub(super) json: String,
}

impl Journal {
    /// The journal in this storage, which must have its tables.
    pub(super) fn new(sql: SqlStorage, storage: JsValue) -> Self {
        Self { sql, storage }
    }

    /// The storage that it is in.
    pub(super) fn sql(&self) -> &SqlStorage {
        &self.sql
    }

    /// Writes entries, and what became of a message by them: all of it or nothing. Gives the events of each as JSON.
    /// Nothing goes out of the object before it is durable.
    pub(super) fn write(&self, entries: &[Entry], said: Option<&Said>) -> Result<Vec<String>> {
        let write = |journal: &Self| {
            if let Some(said) = said {
                journal.rewrite(said)?;
            }
            entries.iter().map(|entry| journal.append(entry)).collect()
        };
        // Mostly it is one row, which needs no transaction around it.
        if said.is_none() && entries.len() == 1 {
            return write(self);
        }
        self.together(write)
    }

    /// Writes an entry and gives its events as JSON.
    fn append(&self, entry: &Entry) -> Result<String> {
        let events = entry.events_json()?;
        let result = entry.result.as_ref().map(serde_json::to_string).transpose()?;
        let copy = stored_copy(entry)?;
        let stream = entry.stream.to_string();
        let columns = [
            entry.actor.as_ref().map_or("", ParticipantId::as_str),
            entry.key.as_ref().map_or("", CommandId::as_str),
            entry.fingerprint.as_deref().unwrap_or_default(),
            result.as_deref().unwrap_or_default(),
            &stream,
            copy.as_deref().unwrap_or(&events),
        ];
        let to = entry.from + entry.events.len() as u64;
        let numbers = [entry.rev, entry.at, entry.from, to].map(|number| number.min(MAX_SAFE) as f64);
        insert_entry(self.sql.as_ref(), &numbers, &columns.join(COLUMN_TEXT))
            .map_err(|error| worker::Error::RustError(format!("the journal was not written: {error:?}")))?;
        Ok(events)
    }

    /// The newest snapshot, if there is one.
    pub(super) fn snapshot(&self) -> Result<Option<State>> {
        let mut json = String::new();
        for row in self.sql.exec("SELECT state FROM snapshot ORDER BY part", None)?.raw() {
            let part = row?.into_iter().next().ok_or_else(|| broken("snapshot"))?;
            json.push_str(&optional(part)?.ok_or_else(|| broken("snapshot"))?);
        }
        if json.is_empty() {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&json)?))
    }

    /// Writes a snapshot in place of the one before, and a checkpoint.
    pub(super) fn write_snapshot(&self, state: &State) -> Result<()> {
        // Part of one would be none that can be read.
        self.together(|journal| journal.replace_snapshot(state))
    }

    fn replace_snapshot(&self, state: &State) -> Result<()> {
        let json = serde_json::to_string(state)?;
        self.sql.exec("DELETE FROM snapshot", None)?;
        for (part, state) in (0..).zip(parts(&json, SNAPSHOT_PART)) {
            self.sql
                .exec("INSERT INTO snapshot VALUES (?, ?)", vec![integer(part), state.into()])?;
        }
        let heads = serde_json::to_string(&state.heads)?;
        self.sql.exec(
            "INSERT OR REPLACE INTO checkpoints VALUES (?, ?)",
            vec![integer(state.rev), heads.into()],
        )?;
        Ok(())
    }

    /// At most `limit` entries after `rev`, in order.
    pub(super) fn entries_after(&self, rev: u64, limit: u64) -> Result<Vec<Entry>> {
        let query = format!("SELECT {ENTRY_COLUMNS}, {WHOLE_EVENTS} FROM journal WHERE rev > ? ORDER BY rev LIMIT ?");
        self.sql
            .exec(&query, vec![integer(rev), integer(limit)])?
            .raw()
            .map(|row| entry(row?))
            .collect()
    }

    /// What at most `limit` entries after `rev` brought about, in order, to be read by [`each_happened`]: fewer if they
    /// are large, but one at least; `None` if there are none.
    pub(super) fn happened_after(&self, rev: u64, limit: u64) -> Result<Option<String>> {
        // One text for all rows, as in `keys_after`.
        const ROWS: &str = "SELECT group_concat(rev || char(31) || at || char(31) || events, char(30)) FROM";
        let entries =
            format!("SELECT rev, at, {WHOLE_EVENTS} AS events FROM journal WHERE rev > ? ORDER BY rev LIMIT ?");
        let bindings = || vec![integer(rev), integer(limit)];
        let size = self.number(
            &format!("SELECT sum(octet_length(events)) FROM ({entries})"),
            bindings(),
        )?;
        if size.is_some_and(|size| size <= BYTES_AT_ONCE) {
            return self.text(&format!("{ROWS} ({entries})"), bindings());
        }
        // Summing up row by row costs more than reading them: only where they do not fit into one text.
        let query = format!(
            "{ROWS} (SELECT rev, at, events, sum(octet_length(events)) OVER (ORDER BY rev) AS total, \
             row_number() OVER (ORDER BY rev) AS number FROM ({entries})) WHERE number = 1 OR total <= {BYTES_AT_ONCE}"
        );
        self.text(&query, bindings())
    }

    /// The entry at a position.
    pub(super) fn entry(&self, rev: u64) -> Result<Option<Entry>> {
        Ok(self
            .entries_after(rev.saturating_sub(1), 1)?
            .into_iter()
            .find(|entry| entry.rev == rev))
    }

    /// The events of a stream with `from < seq <= to`, in order. Takes their bytes off `budget`, and gives `None` if there
    /// are more: no more than that is read into memory.
    pub(super) fn events(
        &self,
        stream: &StreamId,
        from: u64,
        to: u64,
        budget: &mut usize,
    ) -> Result<Option<Vec<StoredEvents>>> {
        let query = format!(
            "SELECT from_seq, to_seq, {WHOLE_EVENTS} FROM journal \
             WHERE rev > ? AND rev <= ? AND stream = ? AND to_seq > ? AND from_seq < ? ORDER BY rev"
        );
        let mut events = Vec::new();
        for (after, until) in self.stretches(stream, from, to)? {
            let bindings = vec![
                integer(after),
                integer(until),
                stream.to_string().into(),
                integer(from),
                integer(to),
            ];
            for row in self.sql.exec(&query, bindings)?.raw() {
                let stored = cut(stored_events(row?)?, from, to)?;
                match budget.checked_sub(stored.json.len()) {
                    Some(left) => *budget = left,
                    None => return Ok(None),
                }
                events.push(stored);
            }
        }
        Ok(Some(events))
    }

    /// The last entry that the archive has.
    pub(super) fn archived(&self) -> Result<u64> {
        Ok(self.number("SELECT rev FROM archive", vec![])?.unwrap_or(0))
    }

    /// Remembers the last entry that the archive has.
    pub(super) fn set_archived(&self, rev: u64) -> Result<()> {
        const QUERY: &str =
            "INSERT INTO archive (id, rev) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET rev = excluded.rev";
        self.sql.exec(QUERY, vec![integer(rev)])?;
        Ok(())
    }

    /// Which of the databases the session is archived in.
    pub(super) fn shard(&self) -> Result<Shard> {
        let shard = self.number("SELECT shard FROM archive", vec![])?.unwrap_or(0);
        Shard::try_from(shard).map_err(|_| broken("shard"))
    }

    /// Decides which, once and for all, when the session is created.
    pub(super) fn begin_archive(&self, shard: Shard, run: &str) -> Result<()> {
        let bindings = vec![integer(shard.into()), run.into()];
        self.sql.exec(
            "INSERT OR REPLACE INTO archive (id, rev, shard, run) VALUES (1, 0, ?, ?)",
            bindings,
        )?;
        Ok(())
    }

    /// Forgets what the archive has, if that was in another run: the archive was lost, and is written again.
    pub(super) fn rerun_archive(&self, run: &str) -> Result<()> {
        let bindings = vec![run.into(), run.into()];
        self.sql
            .exec("UPDATE archive SET rev = 0, run = ? WHERE run <> ?", bindings)?;
        Ok(())
    }

    fn text(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<Option<String>> {
        match self
            .sql
            .exec(query, bindings)?
            .raw()
            .next()
            .transpose()?
            .and_then(|row| row.into_iter().next())
        {
            Some(SqlStorageValue::String(text)) => Ok(Some(text)),
            _ => Ok(None),
        }
    }

    fn number(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<Option<u64>> {
        let row = self.sql.exec(query, bindings)?.raw().next().transpose()?;
        let value = row.and_then(|row| row.into_iter().next());
        value
            .filter(|value| !matches!(value, SqlStorageValue::Null))
            .map(number)
            .transpose()
    }
}

/// The entries in a text of [`Journal::happened_after`].
pub(super) fn each_happened(text: &str) -> impl Iterator<Item = Result<Happened<'_>>> {
    text.split(ROW).map(happened)
}
