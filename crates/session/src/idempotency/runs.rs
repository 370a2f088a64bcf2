//! Which runs there are: what to write next, what to merge, what to forget, and where a key may be.

use std::rc::Rc;

use flagship_protocol::limits;

use super::filter::KeyFilter;
use super::run::{KeyRun, RunSpan, revs_of};

/// When runs are written and merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunSizes {
    /// Entries after which a run is written: so many are looked through on a wake.
    pub entries: u64,
    /// Runs of about one size that become one.
    pub fanout: usize,
    /// Keys of the largest run.
    pub keys: usize,
}

impl RunSizes {
    /// Those of a session. Runs grow from 1,024 entries by eights to 65,536. The largest takes 15 bytes a key, with its
    /// filter: below the 2 MB of a row.
    pub const DEFAULT: Self = Self {
        entries: 1_024,
        fanout: 8,
        keys: 100_000,
    };
}

/// What is held in memory of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunHead {
    /// Which entries it is about.
    pub span: RunSpan,
    /// Says which keys are not in it.
    pub filter: KeyFilter,
}

/// Where runs are stored, by the position of their last entry. Whatever is written between two turns is durable together;
/// and if only the first writes were, no key would be lost.
pub trait RunStore {
    /// Why it failed.
    type Error;

    /// Writes a run, in place of one that ends where it does.
    ///
    /// # Errors
    /// The storage's.
    fn write(&mut self, run: &KeyRun) -> Result<(), Self::Error>;

    /// Removes the runs that end after a position, and not after another.
    ///
    /// # Errors
    /// The storage's.
    fn remove(&mut self, after: u64, upto: u64) -> Result<(), Self::Error>;

    /// [`KeyRun::keys`] of the run that ends there.
    ///
    /// # Errors
    /// The storage's.
    fn keys(&mut self, upto: u64) -> Result<Rc<[u8]>, Self::Error>;
}

/// The runs of a journal: one after the other, without a gap, up to its newest entries.
#[derive(Debug, Clone)]
pub struct KeyRuns {
    sizes: RunSizes,
    /// Where the first begins.
    after: u64,
    /// Oldest first.
    heads: Vec<RunHead>,
}

impl KeyRuns {
    /// No runs yet: the first will begin after this position.
    pub fn begin(sizes: RunSizes, after: u64) -> Self {
        Self {
            sizes,
            after,
            heads: Vec::new(),
        }
    }

    /// The runs that are stored, by where they end. `rev` is the end of the journal.
    ///
    /// A run within a larger one was merged into it, and is left out. `None` if they are none, or do not follow each
    /// other up to where the journal surely is: then they are to be made anew.
    pub fn restore(sizes: RunSizes, stored: Vec<RunHead>, rev: u64) -> Option<Self> {
        let mut heads: Vec<RunHead> = Vec::with_capacity(stored.len());
        for head in stored.into_iter().rev() {
            match heads.last().map(|newer| newer.span) {
                None if head.span.upto > rev => return None,
                Some(newer) if head.span.upto > newer.after && head.span.after >= newer.after => {}
                Some(newer) if head.span.upto != newer.after => return None,
                _ => heads.push(head),
            }
        }
        heads.reverse();
        let after = heads.first()?.span.after;
        Some(Self { sizes, after, heads })
    }

    /// The last entry whose key is in a run.
    pub fn upto(&self) -> u64 {
        self.heads.last().map_or(self.after, |head| head.span.upto)
    }

    /// Whether the entries up to `rev` are enough for a run.
    pub fn is_due(&self, rev: u64) -> bool {
        rev >= self.upto() + self.sizes.entries
    }

    /// Writes a run of the keys after [`Self::upto`] and up to `upto`, which happened `at`; merges what has become
    /// many, and forgets what is out of the window.
    ///
    /// # Errors
    /// The storage's. What is in memory is to be dropped then.
    pub fn add<S: RunStore>(
        &mut self,
        store: &mut S,
        upto: u64,
        at: u64,
        keys: Vec<(u64, u64)>,
    ) -> Result<(), S::Error> {
        let after = self.upto();
        self.write(store, KeyRun::new(RunSpan { after, upto, at }, keys))?;
        while let Some(spans) = self.mergeable() {
            let read = |span: RunSpan| Ok((span, store.keys(span.upto)?));
            let parts = spans.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
            let Some(run) = KeyRun::merge(&parts) else { break };
            let RunSpan { after, upto, .. } = run.span;
            // The last of the parts makes room for it; the others go when it is there.
            self.write(store, run)?;
            store.remove(after, upto - 1)?;
        }
        if let Some(outside) = self.expire(upto, at) {
            store.remove(0, outside)?;
        }
        Ok(())
    }

    /// Looks for a key, the newest first. `confirm` says whether a position is that of the key's entry, by giving it:
    /// other keys may have the same hash.
    ///
    /// # Errors
    /// The storage's.
    pub fn find<S: RunStore, T>(
        &self,
        store: &mut S,
        hash: u64,
        mut confirm: impl FnMut(u64) -> Result<Option<T>, S::Error>,
    ) -> Result<Option<T>, S::Error> {
        for head in self.heads.iter().rev().filter(|head| head.filter.may_have(hash)) {
            let keys = store.keys(head.span.upto)?;
            for rev in revs_of(&keys, head.span, hash) {
                if let Some(found) = confirm(rev)? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    fn write<S: RunStore>(&mut self, store: &mut S, run: KeyRun) -> Result<(), S::Error> {
        store.write(&run)?;
        let KeyRun { span, filter, .. } = run;
        self.heads.retain(|other| other.span.upto <= span.after);
        self.heads.push(RunHead { span, filter });
        Ok(())
    }

    /// The newest runs, oldest first, if they are to become one.
    fn mergeable(&self) -> Option<Vec<RunSpan>> {
        let from = self.heads.len().checked_sub(self.sizes.fanout)?;
        let newest = self.heads.get(from..)?;
        let tier = self.tier(newest.first()?.span);
        let keys: usize = newest.iter().map(|head| head.filter.keys()).sum();
        let may = keys <= self.sizes.keys && newest.iter().all(|head| self.tier(head.span) == tier);
        may.then(|| newest.iter().map(|head| head.span).collect())
    }

    /// Forgets the runs whose keys are all out of the window that ends at `rev` and `now`, and says up to which position
    /// that is; `None` if there are none.
    fn expire(&mut self, rev: u64, now: u64) -> Option<u64> {
        let is_outside = |span: RunSpan| {
            let by_count = span.upto.saturating_add(limits::IDEMPOTENCY_WINDOW_ENTRIES as u64) <= rev;
            by_count && span.at.saturating_add(limits::IDEMPOTENCY_WINDOW_MS) < now
        };
        let outside = self.heads.iter().take_while(|head| is_outside(head.span)).count();
        let last = self.heads.drain(..outside).next_back()?;
        self.after = last.span.upto;
        Some(self.after)
    }

    /// How often the runs were merged that a run comes from, by its length.
    fn tier(&self, span: RunSpan) -> u32 {
        let times = (span.upto - span.after) / self.sizes.entries;
        times.checked_ilog(self.sizes.fanout as u64).unwrap_or(0)
    }
}
