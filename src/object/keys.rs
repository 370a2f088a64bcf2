//! Which commands were carried out: those lately are known to the session, those before are in runs.

use flagship_protocol::ids::{CommandId, ParticipantId};
use flagship_session::{Entry, KeyRuns, RunSizes, key_hash};

use super::journal::{Journal, RecentRuns, RunRows};
use super::live::Live;

/// Entries in a run that is made up for: as many as in the largest, and no more in memory at once.
const MADE_UP_ENTRIES: u64 = 65_536;

/// What is in memory of the runs.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// `None` until a command needs them.
    runs: Option<KeyRuns>,
    recent: RecentRuns,
}

impl Keys {
    /// Those of a session that has none yet.
    pub(super) fn begin() -> Self {
        Self {
            runs: Some(KeyRuns::begin(RunSizes::DEFAULT, 0)),
            recent: RecentRuns::default(),
        }
    }
}

impl Live {
    /// Makes sure that it can be told which commands were carried out, before the session takes one. Not done on every
    /// wake: most wakes carry no command.
    pub(super) fn know_keys(&mut self, now: u64) -> worker::Result<()> {
        if self.keys.runs.is_some() {
            return Ok(());
        }
        let (rev, at) = (self.session.state().rev, self.session.state().at);
        let mut runs = match KeyRuns::restore(RunSizes::DEFAULT, self.journal.key_runs()?, rev) {
            Some(runs) => runs,
            // A young session, one from before there were runs, or one whose storage was put together oddly: they are
            // made from the journal.
            None => {
                self.journal.remove_key_runs(0, u64::MAX)?;
                KeyRuns::begin(RunSizes::DEFAULT, self.journal.before_window(rev, now)?)
            }
        };
        let (journal, recent) = (&self.journal, &mut self.keys.recent);
        let mut reached = runs.upto();
        loop {
            let keys = self.journal.keys_after(reached)?;
            let Some(last) = keys.last() else { break };
            reached = last.rev;
            self.session.know(keys);
            if reached >= runs.upto() + MADE_UP_ENTRIES {
                add(&mut runs, journal, recent, reached, at, self.session.take_keys())?;
            }
        }
        if runs.is_due(rev) {
            add(&mut runs, journal, recent, rev, at, self.session.take_keys())?;
        }
        self.keys.runs = Some(runs);
        Ok(())
    }

    /// The entry of a command that was carried out before those whose keys the session knows.
    pub(super) fn done_before(&mut self, actor: &ParticipantId, key: &CommandId) -> worker::Result<Option<Entry>> {
        let Some(runs) = &self.keys.runs else { return Ok(None) };
        let journal = &self.journal;
        runs.find(&mut rows(journal, &mut self.keys.recent), key_hash(actor, key), |rev| {
            let entry = journal.entry(rev)?;
            // Another key may have the same hash.
            Ok(entry.filter(|entry| entry.actor.as_ref() == Some(actor) && entry.key.as_ref() == Some(key)))
        })
    }

    /// Writes a run when there are enough keys for one. If they are not known yet, what wrote the entries was no
    /// command, and whoever makes them known writes it.
    pub(super) fn write_keys(&mut self) -> worker::Result<()> {
        let (rev, at) = (self.session.state().rev, self.session.state().at);
        if let Some(runs) = self.keys.runs.as_mut().filter(|runs| runs.is_due(rev)) {
            let (journal, recent) = (&self.journal, &mut self.keys.recent);
            add(runs, journal, recent, rev, at, self.session.take_keys())?;
        }
        Ok(())
    }
}

/// Writes a run and merges others by it: all of it or nothing.
fn add(
    runs: &mut KeyRuns,
    journal: &Journal,
    recent: &mut RecentRuns,
    upto: u64,
    at: u64,
    keys: Vec<(u64, u64)>,
) -> worker::Result<()> {
    journal.together(|journal| runs.add(&mut rows(journal, recent), upto, at, keys))
}

fn rows<'a>(journal: &'a Journal, recent: &'a mut RecentRuns) -> RunRows<'a> {
    RunRows { journal, recent }
}
