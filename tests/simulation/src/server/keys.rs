//! Which commands were carried out. Follows `src/object/keys.rs` and `src/object/journal/keys.rs`.

use std::convert::Infallible;
use std::rc::Rc;

use flagship_protocol::ids::{CommandId, ParticipantId};
use flagship_session::{Entry, KeyRun, KeyRuns, KnownKey, RunHead, RunStore, Session, key_hash};

use super::live::Live;
use super::storage::{Storage, Tables, Write};
use super::turn::{Turn, sizes};
use crate::mutation::Mutation;

/// The table of runs.
struct RunRows<'a> {
    storage: &'a mut Storage,
    mutation: Option<Mutation>,
}

impl RunStore for RunRows<'_> {
    type Error = Infallible;

    fn write(&mut self, run: &KeyRun) -> Result<(), Infallible> {
        if self.mutation != Some(Mutation::KeyRunLost) {
            self.storage.write(Write::KeyRun(Rc::new(run.clone())));
        }
        Ok(())
    }

    fn remove(&mut self, after: u64, upto: u64) -> Result<(), Infallible> {
        let too_many = u64::from(self.mutation == Some(Mutation::MergeRemovesResult));
        let upto = upto + too_many;
        self.storage.write(Write::RemoveKeyRuns { after, upto });
        Ok(())
    }

    fn keys(&mut self, upto: u64) -> Result<Rc<[u8]>, Infallible> {
        let run = self.storage.tables().key_runs.get(&upto);
        Ok(run.map(|run| run.keys.as_slice().into()).unwrap_or_default())
    }
}

impl Live {
    /// Makes sure that it can be told which commands were carried out, before the session takes one.
    pub(crate) fn know_keys(&mut self, turn: &mut Turn<'_>) {
        if self.key_runs.is_some() {
            return;
        }
        let (rev, at) = (self.session.state().rev, self.session.state().at);
        let tables = turn.storage.tables();
        let heads = tables.key_runs.values().map(|run| RunHead {
            span: run.span,
            filter: run.filter.clone(),
        });
        let stored = KeyRuns::restore(sizes::KEY_RUNS, heads.collect(), rev);
        let mut runs = stored.unwrap_or_else(|| KeyRuns::begin(sizes::KEY_RUNS, 0));
        if !turn.has(Mutation::ForgetKeysOnWake) {
            let skipped = u64::from(turn.has(Mutation::TailSkipsOneKey));
            self.session.know(tables.keys_after(runs.upto() + skipped));
        }
        if runs.is_due(rev) {
            add(&mut runs, &mut self.session, turn, rev, at);
        }
        self.key_runs = Some(runs);
    }

    /// The entry of a command that was carried out before those whose keys the session knows.
    pub(crate) fn done_before(&self, turn: &mut Turn<'_>, actor: &ParticipantId, key: &CommandId) -> Option<Entry> {
        let trusting = turn.has(Mutation::SameHashIsSameKey);
        let is_it = |entry: &Entry| entry.actor.as_ref() == Some(actor) && entry.key.as_ref() == Some(key);
        let mut revs = Vec::new();
        let mut rows = RunRows {
            storage: turn.storage,
            mutation: None,
        };
        let looked = self
            .key_runs
            .as_ref()?
            .find(&mut rows, few(key_hash(actor, key)), |rev| {
                revs.push(rev);
                Ok(None::<()>)
            });
        looked.unwrap_or_else(|never| match never {});
        let mut entries = revs.into_iter().filter_map(|rev| turn.storage.tables().entry(rev));
        entries.find(|entry| trusting || is_it(entry))
    }

    /// Writes a run when there are enough keys for one.
    pub(crate) fn write_keys(&mut self, turn: &mut Turn<'_>) {
        let (rev, at) = (self.session.state().rev, self.session.state().at);
        if let Some(runs) = self.key_runs.as_mut().filter(|runs| runs.is_due(rev)) {
            add(runs, &mut self.session, turn, rev, at);
        }
    }
}

fn add(runs: &mut KeyRuns, session: &mut Session, turn: &mut Turn<'_>, rev: u64, at: u64) {
    let keys = session.take_keys().into_iter();
    let keys = keys.map(|(hash, rev)| (few(hash), rev)).collect();
    let mutation = turn.mutation;
    let mut rows = RunRows {
        storage: turn.writes(),
        mutation,
    };
    let added = runs.add(&mut rows, rev, at, keys);
    added.unwrap_or_else(|never| match never {});
}

/// Leaves few hashes, so that many keys share one.
const fn few(hash: u64) -> u64 {
    hash & 0x7000_0000_0000_0007
}

impl Tables {
    /// The idempotency keys of the entries after a position, oldest first.
    fn keys_after(&self, rev: u64) -> Vec<KnownKey> {
        let after = self.rows.iter().map(|row| &row.entry).filter(|entry| entry.rev > rev);
        let known = |entry: &Entry| {
            Some(KnownKey {
                rev: entry.rev,
                actor: entry.actor.clone()?,
                key: entry.key.clone()?,
            })
        };
        after.filter_map(known).collect()
    }
}
