//! The keys of a stretch of the journal, sorted, as they are stored.

use std::rc::Rc;

use super::filter::KeyFilter;

/// Bytes of a key: eight of its hash, four of how far its entry is from the run's beginning.
const RECORD: usize = 12;

/// The entries whose keys are in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunSpan {
    /// The position before the first of them.
    pub after: u64,
    /// The position of the last.
    pub upto: u64,
    /// When the last of them happened, milliseconds since the epoch.
    pub at: u64,
}

/// The keys of a span of the journal: by their hashes, where their entries are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRun {
    /// Which entries it is about.
    pub span: RunSpan,
    /// Says which keys are not in it.
    pub filter: KeyFilter,
    /// Records of [`RECORD`] bytes, sorted: hash, then distance, both big-endian. To be stored as they are.
    pub keys: Vec<u8>,
}

impl KeyRun {
    /// A run of these hashes and positions, in any order. A position must be within the span.
    pub(super) fn new(span: RunSpan, mut keys: Vec<(u64, u64)>) -> Self {
        // Mostly in order already, or a few pieces that are.
        keys.sort();
        let filter = KeyFilter::new(keys.iter().map(|(hash, _)| *hash));
        let mut bytes = Vec::with_capacity(keys.len() * RECORD);
        for (hash, rev) in keys {
            bytes.extend(hash.to_be_bytes());
            let distance = u32::try_from(rev.saturating_sub(span.after)).unwrap_or(u32::MAX);
            bytes.extend(distance.to_be_bytes());
        }
        Self {
            span,
            filter,
            keys: bytes,
        }
    }

    /// One run in place of several that follow each other, given by their spans and stored keys, oldest first.
    /// `None` of none.
    pub(super) fn merge(parts: &[(RunSpan, Rc<[u8]>)]) -> Option<Self> {
        let (first, last) = (parts.first()?.0, parts.last()?.0);
        let span = RunSpan {
            after: first.after,
            ..last
        };
        let keys = parts.iter().flat_map(|(span, keys)| records(keys, *span));
        Some(Self::new(span, keys.collect()))
    }
}

/// Where the keys with this hash are, the newest first: any of them may be another key's. `keys` is [`KeyRun::keys`].
pub(super) fn revs_of(keys: &[u8], span: RunSpan, hash: u64) -> Vec<u64> {
    let (records, _) = keys.as_chunks::<RECORD>();
    let from = records.partition_point(|record| read(record, span).0 < hash);
    let found = records.iter().skip(from).map(|record| read(record, span));
    let mut revs: Vec<u64> = found
        .take_while(|(other, _)| *other == hash)
        .map(|(_, rev)| rev)
        .collect();
    revs.reverse();
    revs
}

fn records(keys: &[u8], span: RunSpan) -> impl Iterator<Item = (u64, u64)> {
    keys.as_chunks::<RECORD>()
        .0
        .iter()
        .map(move |record| read(record, span))
}

fn read(record: &[u8; RECORD], span: RunSpan) -> (u64, u64) {
    let number = record
        .iter()
        .fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
    ((number >> 32) as u64, span.after + u64::from(number as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn span(after: u64, upto: u64) -> RunSpan {
        RunSpan { after, upto, at: upto }
    }

    #[test]
    fn finds_every_key_and_all_that_share_a_hash() {
        let run = KeyRun::new(span(100, 104), vec![(9, 101), (u64::MAX, 102), (9, 104), (0, 103)]);
        let find = |hash| revs_of(&run.keys, run.span, hash);
        assert_eq!(find(9), [104, 101]);
        assert_eq!((find(0), find(u64::MAX)), (vec![103], vec![102]));
        assert!(find(8).is_empty());
    }

    #[test]
    fn a_merged_run_is_the_run_of_all() {
        let (first, second) = (vec![(5, 1), (2, 3)], vec![(2, 4), (7, 6)]);
        let all = KeyRun::new(span(0, 6), [first.clone(), second.clone()].concat());
        let parts = [KeyRun::new(span(0, 3), first), KeyRun::new(span(3, 6), second)];
        let parts = parts.map(|run| (run.span, run.keys.into()));
        assert_eq!(KeyRun::merge(&parts), Some(all));
        assert_eq!(KeyRun::merge(&[]), None);
    }

    #[test]
    fn what_is_stored_oddly_harms_nobody() {
        assert!(revs_of(&[1, 2, 3], span(0, 9), 1).is_empty());
    }
}
