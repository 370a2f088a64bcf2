//! The runs of keys: whatever is written, merged, lost in a crash and read again, a key that was used is found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::rc::Rc;

use flagship_protocol::limits;
use flagship_session::{KeyRun, KeyRuns, RunHead, RunSizes, RunSpan, RunStore};
use proptest::prelude::*;

const SIZES: RunSizes = RunSizes {
    entries: 4,
    fanout: 3,
    keys: 60,
};

#[derive(Debug, Clone)]
struct Row {
    span: RunSpan,
    filter: Vec<u8>,
    keys: Vec<u8>,
}

/// Rows, and how many writes there still are before the storage fails.
#[derive(Debug, Clone)]
struct Store {
    rows: BTreeMap<u64, Row>,
    writes_left: usize,
    written: usize,
}

struct Crash;

impl Store {
    fn new() -> Self {
        Self {
            rows: BTreeMap::new(),
            writes_left: usize::MAX,
            written: 0,
        }
    }

    fn spend(&mut self) -> Result<(), Crash> {
        self.writes_left = self.writes_left.checked_sub(1).ok_or(Crash)?;
        self.written += 1;
        Ok(())
    }

    fn heads(&self) -> Vec<RunHead> {
        let head = |row: &Row| RunHead {
            span: row.span,
            filter: flagship_session::KeyFilter::from_bytes(row.filter.clone()),
        };
        self.rows.values().map(head).collect()
    }
}

impl RunStore for Store {
    type Error = Crash;

    fn write(&mut self, run: &KeyRun) -> Result<(), Crash> {
        self.spend()?;
        let row = Row {
            span: run.span,
            filter: run.filter.as_bytes().to_vec(),
            keys: run.keys.clone(),
        };
        self.rows.insert(run.span.upto, row);
        Ok(())
    }

    fn remove(&mut self, after: u64, upto: u64) -> Result<(), Crash> {
        self.spend()?;
        self.rows.retain(|end, _| *end <= after || *end > upto);
        Ok(())
    }

    fn keys(&mut self, upto: u64) -> Result<Rc<[u8]>, Crash> {
        Ok(self
            .rows
            .get(&upto)
            .map(|row| row.keys.as_slice().into())
            .unwrap_or_default())
    }
}

/// A journal of keys with its runs, as an object has them.
struct Owner {
    /// At each position, the key's number, if the entry has one.
    journal: Vec<Option<u64>>,
    /// Those after the last run.
    tail: Vec<(u64, u64)>,
    runs: KeyRuns,
    store: Store,
}

/// Few hashes, so that many keys share one.
const fn hash(key: u64) -> u64 {
    ((key % 7) << 61) | (key % 3)
}

impl Owner {
    fn new() -> Self {
        Self {
            journal: Vec::new(),
            tail: Vec::new(),
            runs: KeyRuns::begin(SIZES, 0),
            store: Store::new(),
        }
    }

    fn rev(&self) -> u64 {
        self.journal.len() as u64
    }

    /// Entries, which the journal keeps whatever becomes of the runs.
    fn append(&mut self, keys: usize, with_key: bool) {
        for _ in 0..keys {
            let key = self.rev();
            self.journal.push(with_key.then_some(key));
            if with_key {
                self.tail.push((hash(key), self.rev()));
            }
        }
        if self.runs.is_due(self.rev()) {
            let tail = std::mem::take(&mut self.tail);
            if self
                .runs
                .add(&mut self.store, self.journal.len() as u64, 0, tail)
                .is_err()
            {
                self.restart();
            }
        }
    }

    /// Everything in memory is lost.
    fn restart(&mut self) {
        self.store.writes_left = usize::MAX;
        let rev = self.rev();
        self.runs = KeyRuns::restore(SIZES, self.store.heads(), rev).unwrap_or_else(|| {
            assert!(self.store.rows.is_empty(), "what is stored is of use");
            KeyRuns::begin(SIZES, 0)
        });
        let after = self.runs.upto();
        let entries = (1..).zip(&self.journal);
        let tail = entries.filter(|(rev, _)| *rev > after);
        self.tail = tail.filter_map(|(rev, key)| Some((hash((*key)?), rev))).collect();
    }

    fn find(&mut self, key: u64) -> Option<u64> {
        let confirm = |rev: u64| self.journal.get(rev as usize - 1).copied().flatten() == Some(key);
        let in_tail = self
            .tail
            .iter()
            .find(|(other, rev)| *other == hash(key) && confirm(*rev));
        if let Some((_, rev)) = in_tail {
            return Some(*rev);
        }
        let found = self
            .runs
            .find(&mut self.store, hash(key), |rev| Ok(confirm(rev).then_some(rev)));
        found.unwrap_or_else(|Crash| panic!("reading failed"))
    }

    fn check(&mut self) {
        for rev in 1..=self.rev() {
            let Some(key) = self.journal.get(rev as usize - 1).copied().flatten() else {
                continue;
            };
            assert_eq!(self.find(key), Some(rev), "key {key}");
        }
        for unseen in self.rev()..self.rev() + 30 {
            assert_eq!(self.find(unseen), None);
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Append(usize, bool),
    Restart,
    /// After so many more writes, the storage fails.
    CrashAfter(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1..12_usize, prop::bool::weighted(0.8)).prop_map(|(entries, keys)| Step::Append(entries, keys)),
        1 => Just(Step::Restart),
        2 => (0..4_usize).prop_map(Step::CrashAfter),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_key_is_found_across_runs_merges_restarts_and_crashes(steps in prop::collection::vec(step(), 1..80)) {
        let mut owner = Owner::new();
        for step in steps {
            match step {
                Step::Append(entries, keys) => owner.append(entries, keys),
                Step::Restart => owner.restart(),
                Step::CrashAfter(writes) => owner.store.writes_left = writes,
            }
            owner.check();
        }
        owner.restart();
        owner.check();
    }
}

/// A journal of so many entries, each with its own key, written as a session writes it.
fn grown(entries: u64, at: impl Fn(u64) -> u64) -> (KeyRuns, Store) {
    let (mut runs, mut store) = (KeyRuns::begin(RunSizes::DEFAULT, 0), Store::new());
    let mut tail = Vec::new();
    for rev in 1..=entries {
        tail.push((rev.wrapping_mul(0x9e37_79b9_7f4a_7c15), rev));
        if runs.is_due(rev) {
            let added = runs.add(&mut store, rev, at(rev), std::mem::take(&mut tail));
            added.unwrap_or_else(|Crash| panic!("writing failed"));
        }
    }
    (runs, store)
}

#[test]
fn of_a_million_entries_there_are_few_rows_each_below_two_megabytes() {
    let (runs, store) = grown(1_000_000, |_| 0);
    assert!(store.rows.len() <= 16 + 7 + 7, "{} rows", store.rows.len());
    assert!(store.written as f64 / 1e6 < 0.002, "{} writes", store.written);
    let largest = store.rows.values().map(|row| row.keys.len() + row.filter.len()).max();
    assert!(largest.unwrap() < 1_100_000, "{largest:?}");
    let filters: usize = store.rows.values().map(|row| row.filter.len()).sum();
    assert!(filters <= 3_000_000, "{filters} bytes in memory");
    assert!(1_000_000 - runs.upto() < 1_024);
}

#[test]
fn keeps_a_key_for_a_day_and_for_fifty_thousand_entries() {
    let day = limits::IDEMPOTENCY_WINDOW_MS;
    let window = limits::IDEMPOTENCY_WINDOW_ENTRIES as u64;
    let oldest = |store: &Store| store.rows.values().next().unwrap().span.after;
    // All within a day: nothing is forgotten.
    let (_, store) = grown(200_000, |rev| rev);
    assert_eq!(oldest(&store), 0);
    // Long ago, but among the last.
    let (_, store) = grown(window, |rev| rev * day);
    assert_eq!(oldest(&store), 0);
    // Long ago, and before them.
    let (_, store) = grown(300_000, |rev| rev * day);
    assert!((1..=300_000 - window).contains(&oldest(&store)), "{}", oldest(&store));
    assert!(store.rows.len() < 30);
}

#[test]
fn runs_that_do_not_follow_each_other_are_not_trusted() {
    let (_, store) = grown(30_000, |_| 0);
    let heads = store.heads();
    let restore = |heads: &[RunHead], rev| KeyRuns::restore(RunSizes::DEFAULT, heads.to_vec(), rev);
    assert_eq!(restore(&heads, 30_000).unwrap().upto(), 29_696);
    assert!(restore(&heads, 29_000).is_none(), "the journal is shorter");
    assert!(restore(&[], 30_000).is_none());
    let mut gap = heads.clone();
    gap.remove(1);
    assert!(restore(&gap, 30_000).is_none());
}

#[test]
fn the_first_run_begins_where_it_is_told_to() {
    let runs = KeyRuns::begin(SIZES, 7);
    assert_eq!((runs.upto(), runs.is_due(10), runs.is_due(11)), (7, false, true));
}
