//! Idempotency keys: those of the journal's newest entries, and the runs of those before.

use std::rc::Rc;

use flagship_protocol::limits;
use flagship_session::{KeyFilter, KeyRun, KnownKey, RunHead, RunSpan, RunStore};
use worker::{Error, Result, SqlStorageValue};

use super::Journal;
use super::rows::{KEYS_AT_ONCE, ROW, broken, integer, known_key, number};

/// Bytes of runs held in memory: two of the largest. Many retries at once, as after a restart of all clients, meet in
/// the same few.
const RECENT_BYTES: usize = 2 << 20;

/// The keys of runs that were read lately, by where the runs end; the latest last.
#[derive(Debug, Default)]
pub(in crate::object) struct RecentRuns(Vec<(u64, Rc<[u8]>)>);

impl RecentRuns {
    fn get(&mut self, upto: u64) -> Option<Rc<[u8]>> {
        let at = self.0.iter().position(|(end, _)| *end == upto)?;
        let found = self.0.remove(at);
        let keys = Rc::clone(&found.1);
        self.0.push(found);
        Some(keys)
    }

    fn insert(&mut self, upto: u64, keys: Rc<[u8]>) {
        let mut free = RECENT_BYTES.saturating_sub(keys.len());
        let fits = |(_, keys): &&(u64, Rc<[u8]>)| free.checked_sub(keys.len()).map(|left| free = left).is_some();
        let kept = self.0.iter().rev().take_while(fits).count();
        self.0.drain(..self.0.len() - kept);
        self.0.push((upto, keys));
    }

    fn forget(&mut self, after: u64, upto: u64) {
        self.0.retain(|(end, _)| *end <= after || *end > upto);
    }
}

/// The table of runs.
pub(in crate::object) struct RunRows<'a> {
    /// The journal that it is beside.
    pub(in crate::object) journal: &'a Journal,
    /// What was read of it.
    pub(in crate::object) recent: &'a mut RecentRuns,
}

impl RunStore for RunRows<'_> {
    type Error = Error;

    fn write(&mut self, run: &KeyRun) -> Result<()> {
        const QUERY: &str = "INSERT OR REPLACE INTO key_runs (upto, since, at, filter, keys) VALUES (?, ?, ?, ?, ?)";
        let RunSpan { after, upto, at } = run.span;
        self.recent.forget(upto - 1, upto);
        let bindings = vec![
            integer(upto),
            integer(after),
            integer(at),
            run.filter.as_bytes().to_vec().into(),
            run.keys.clone().into(),
        ];
        self.journal.sql.exec(QUERY, bindings)?;
        Ok(())
    }

    fn remove(&mut self, after: u64, upto: u64) -> Result<()> {
        self.recent.forget(after, upto);
        self.journal.remove_key_runs(after, upto)
    }

    fn keys(&mut self, upto: u64) -> Result<Rc<[u8]>> {
        if let Some(keys) = self.recent.get(upto) {
            return Ok(keys);
        }
        let mut rows = self
            .journal
            .sql
            .exec("SELECT keys FROM key_runs WHERE upto = ?", vec![integer(upto)])?
            .raw();
        let keys = rows.next().transpose()?.and_then(|row| row.into_iter().next());
        let keys: Rc<[u8]> = blob(keys.ok_or_else(|| broken("run"))?)?.into();
        self.recent.insert(upto, Rc::clone(&keys));
        Ok(keys)
    }
}

impl Journal {
    /// The runs of keys that there are, by where they end.
    pub(in crate::object) fn key_runs(&self) -> Result<Vec<RunHead>> {
        let rows = self
            .sql
            .exec("SELECT upto, since, at, filter FROM key_runs ORDER BY upto", None)?;
        rows.raw().map(|row| head(row?)).collect()
    }

    /// Removes the runs that end after a position, and not after another.
    pub(in crate::object) fn remove_key_runs(&self, after: u64, upto: u64) -> Result<()> {
        const QUERY: &str = "DELETE FROM key_runs WHERE upto > ? AND upto <= ?";
        self.sql.exec(QUERY, vec![integer(after), integer(upto)])?;
        Ok(())
    }

    /// The idempotency keys of the first entries after a position, oldest first; none if none of the entries after it
    /// has one.
    pub(in crate::object) fn keys_after(&self, rev: u64) -> Result<Vec<KnownKey>> {
        // One text for many rows: crossing from JavaScript for each column would cost more than the query.
        const QUERY: &str = "SELECT group_concat(rev || char(31) || actor || char(31) || key, char(30)) \
             FROM (SELECT rev, actor, key FROM journal \
                   WHERE rev > ? AND key IS NOT NULL AND actor IS NOT NULL ORDER BY rev LIMIT ?)";
        let Some(text) = self.text(QUERY, vec![integer(rev), integer(KEYS_AT_ONCE)])? else {
            return Ok(Vec::new());
        };
        let keys = text.split(ROW).map(|row| known_key(row).ok_or_else(|| broken("key")));
        keys.collect()
    }

    /// The last entry, of those up to `head`, whose key need not be known any more; 0 if there is none.
    pub(in crate::object) fn before_window(&self, head: u64, now: u64) -> Result<u64> {
        let oldest = now.saturating_sub(limits::IDEMPOTENCY_WINDOW_MS);
        let (mut outside, mut within) = (0, head.saturating_sub(limits::IDEMPOTENCY_WINDOW_ENTRIES as u64) + 1);
        while outside + 1 < within {
            let middle = outside.midpoint(within);
            let at = self.number("SELECT at FROM journal WHERE rev = ?", vec![integer(middle)])?;
            if at.is_some_and(|at| at < oldest) {
                outside = middle;
            } else {
                within = middle;
            }
        }
        Ok(outside)
    }
}

/// A run from `upto`, `since`, `at` and `filter`.
fn head(row: Vec<SqlStorageValue>) -> Result<RunHead> {
    let mut columns = row.into_iter();
    let mut next = || columns.next().ok_or_else(|| broken("run"));
    let (upto, after, at) = (number(next()?)?, number(next()?)?, number(next()?)?);
    Ok(RunHead {
        span: RunSpan { after, upto, at },
        filter: KeyFilter::from_bytes(blob(next()?)?),
    })
}

fn blob(value: SqlStorageValue) -> Result<Vec<u8>> {
    match value {
        SqlStorageValue::Blob(bytes) => Ok(bytes),
        _ => Err(broken("run")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_runs_that_were_read_last_within_its_bytes() {
        let run = |bytes: usize| -> Rc<[u8]> { vec![0; bytes].into() };
        let mut recent = RecentRuns::default();
        recent.insert(1, run(RECENT_BYTES / 2));
        recent.insert(2, run(RECENT_BYTES / 2));
        assert!(recent.get(1).is_some(), "the first is the latest now");
        recent.insert(3, run(RECENT_BYTES / 4));
        assert!(recent.get(2).is_none());
        assert!(recent.get(1).is_some() && recent.get(3).is_some());
        recent.forget(0, 1);
        assert!(recent.get(1).is_none() && recent.get(3).is_some());
        recent.insert(4, run(2 * RECENT_BYTES));
        assert!(recent.get(3).is_none() && recent.get(4).is_some());
    }
}
