//! Finds the rows of a stream without an index: by the checkpoints, which hold the heads of all streams every few hundred
//! entries. Whatever is looked for, the journal is read only where the stream went on.

use flagship_protocol::ids::StreamId;
use flagship_protocol::limits;
use worker::{Result, SqlStorageValue};

use super::Journal;
use super::rows::{MAX_SAFE, broken, head_path, integer, number};

/// Entries read for each event that is looked for, rather than finding its stretch.
const READ_FOR_ONE: u64 = 8;

/// A part of the journal, from checkpoint to checkpoint.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The position before it, and the stream's head there.
    after: (u64, u64),
    /// Its last position; [`MAX_SAFE`] after the newest checkpoint.
    until: u64,
}

impl Journal {
    /// Parts of the journal that hold all events of a stream with `from < seq <= to`, in order: after one position, up to
    /// another. The parts between them hold none.
    pub(super) fn stretches(&self, stream: &StreamId, from: u64, to: u64) -> Result<Vec<(u64, u64)>> {
        if from >= to {
            return Ok(Vec::new());
        }
        let (first, last) = (self.stretch(stream, from + 1)?, self.stretch(stream, to)?);
        let length = last.after.0.saturating_sub(first.after.0) + limits::SNAPSHOT_INTERVAL;
        if length <= (to - from).saturating_mul(READ_FOR_ONE) + 2 * limits::SNAPSHOT_INTERVAL {
            return Ok(vec![(first.after.0, last.until)]);
        }
        let mut stretches = vec![(last.after.0, last.until)];
        let mut reached = last.after.1;
        while reached > from {
            let stretch = self.stretch(stream, reached)?;
            stretches.push((stretch.after.0, stretch.until));
            // A stretch in which the head got to where it is surely begins before that.
            reached = stretch.after.1.min(reached - 1);
        }
        stretches.reverse();
        Ok(stretches)
    }

    /// The first checkpoint by which a stream had surely reached `seq`.
    pub(in crate::object) fn reached_by(&self, stream: &StreamId, seq: u64) -> Result<Option<u64>> {
        let until = self.stretch(stream, seq)?.until;
        Ok((until < MAX_SAFE).then_some(until))
    }

    /// What a stream had reached at a position, or somewhat later: `None` if no checkpoint came since.
    pub(super) fn head_after(&self, stream: &StreamId, rev: u64) -> Result<Option<u64>> {
        let found = self.checkpoint(stream, "rev >= ? ORDER BY rev", vec![integer(rev)])?;
        Ok(found.map(|(_, head)| head))
    }

    /// What a stream had reached at a position, or somewhat earlier.
    pub(super) fn head_before(&self, stream: &StreamId, rev: u64) -> Result<u64> {
        let found = self.checkpoint(stream, "rev <= ? ORDER BY rev DESC", vec![integer(rev)])?;
        Ok(found.map_or(0, |(_, head)| head))
    }

    /// The stretch in which a stream reached `seq`.
    fn stretch(&self, stream: &StreamId, seq: u64) -> Result<Stretch> {
        // Most of what is asked for is new. So back from the newest, in steps that double, and then by halves.
        let (mut until, mut top, mut step) = (MAX_SAFE, MAX_SAFE, 1);
        let mut after = (0, 0);
        while let Some((rev, head)) = self.checkpoint(stream, "rev <= ? ORDER BY rev DESC", vec![integer(top)])? {
            if head < seq {
                after = (rev, head);
                break;
            }
            until = rev;
            top = rev.saturating_sub(step);
            step = if step == 1 {
                limits::SNAPSHOT_INTERVAL
            } else {
                step.saturating_mul(2)
            };
        }
        // Between those two may be others: none is closer to another than this. If one were, and were overlooked, the
        // stretch would only be longer.
        const APART: u64 = limits::SNAPSHOT_INTERVAL;
        let mut top = until - APART.min(until);
        while until < MAX_SAFE && after.0 + APART <= top {
            let middle = after.0 + (top - after.0) / 2;
            let range = vec![integer(middle), integer(top)];
            match self.checkpoint(stream, "rev > ? AND rev <= ? ORDER BY rev", range)? {
                Some((rev, head)) if head < seq => after = (rev, head),
                Some((rev, _)) => (until, top) = (rev, middle),
                None => top = middle,
            }
        }
        Ok(Stretch { after, until })
    }

    /// A checkpoint: its position, and the head of a stream there.
    fn checkpoint(&self, stream: &StreamId, which: &str, bindings: Vec<SqlStorageValue>) -> Result<Option<(u64, u64)>> {
        let query = format!("SELECT rev, coalesce(json_extract(heads, ?), 0) FROM checkpoints WHERE {which} LIMIT 1");
        let bindings = [vec![head_path(stream).into()], bindings].concat();
        let Some(row) = self.sql.exec(&query, bindings)?.raw().next().transpose()? else {
            return Ok(None);
        };
        let mut columns = row.into_iter();
        let mut next = || columns.next().ok_or_else(|| broken("checkpoint"));
        Ok(Some((number(next()?)?, number(next()?)?)))
    }
}
