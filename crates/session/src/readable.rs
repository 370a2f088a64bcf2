//! Readable positions of a room's stream.

use flagship_protocol::http::MessageGap;
use serde::{Deserialize, Serialize};

/// A range of positions of a room's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub first: u64,
    /// The last; `None` while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<u64>,
}

impl Span {
    /// Whether a position is in it.
    pub fn covers(&self, seq: u64) -> bool {
        self.first <= seq && self.last.is_none_or(|last| seq <= last)
    }
}

/// The readable positions of a room for one reader; see [`crate::State::readable`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Readable {
    /// Every position.
    All,
    /// These spans, oldest first; they neither overlap nor touch. May be empty.
    Spans(Vec<Span>),
}

impl Readable {
    /// Builds the value from spans in any order, which may overlap.
    pub fn spans(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match apart.last_mut() {
                Some(Span { last: None, .. }) => {}
                Some(before) if before.last.is_some_and(|last| span.first <= last.saturating_add(1)) => {
                    // The later end counts; an open end is later than each.
                    before.last = span.last.zip(before.last).map(|(one, other)| one.max(other));
                }
                _ => apart.push(span),
            }
        }
        Self::Spans(apart)
    }

    /// Returns whether a position is readable.
    pub fn covers(&self, seq: u64) -> bool {
        self.floor(seq) == Some(seq)
    }

    /// Returns whether every position after this one is readable, future ones included: a client at it can resume.
    pub fn goes_on_from(&self, position: u64) -> bool {
        match self {
            Self::All => true,
            Self::Spans(spans) => {
                let open = spans.last().filter(|span| span.last.is_none());
                open.is_some_and(|span| span.first <= position.saturating_add(1))
            }
        }
    }

    /// Returns the last readable position up to `seq`.
    pub fn floor(&self, seq: u64) -> Option<u64> {
        match self {
            Self::All => Some(seq),
            Self::Spans(spans) => {
                let span = spans.iter().rev().find(|span| span.first <= seq)?;
                Some(span.last.map_or(seq, |last| last.min(seq)))
            }
        }
    }

    /// Returns the first readable position from `seq` on.
    pub fn ceiling(&self, seq: u64) -> Option<u64> {
        match self {
            Self::All => Some(seq),
            Self::Spans(spans) => {
                let span = spans.iter().find(|span| span.last.is_none_or(|last| seq <= last))?;
                Some(span.first.max(seq))
            }
        }
    }

    /// Returns the readable ranges within `from < seq <= to`, oldest first, in the same form.
    pub fn within(&self, from: u64, to: u64) -> Vec<(u64, u64)> {
        if from >= to {
            return Vec::new();
        }
        let spans = match self {
            Self::All => return vec![(from, to)],
            Self::Spans(spans) => spans.iter(),
        };
        let clipped = spans.map(|span| {
            let end = span.last.map_or(to, |last| last.min(to));
            (span.first.saturating_sub(1).max(from), end)
        });
        clipped.filter(|(from, to)| from < to).collect()
    }

    /// Returns the range that a participant in the room is sent without a request: `from < seq <= to`, up to the
    /// stream's `head`. Empty for a reader who is not in the room.
    pub fn current(&self, head: u64) -> (u64, u64) {
        match self {
            Self::All => (0, head),
            Self::Spans(spans) => match spans.last() {
                Some(Span { first, last: None }) => (first.saturating_sub(1).min(head), head),
                _ => (head, head),
            },
        }
    }

    /// Returns the withheld ranges that lie whole between two positions, oldest first. There is none after the last
    /// span: a participant who left for good misses nothing. Without spans, everything up to the `head` is one.
    pub fn gaps(&self, after: u64, before: u64, head: u64) -> Vec<MessageGap> {
        let Self::Spans(spans) = self else {
            return Vec::new();
        };
        let ends = std::iter::once(Some(0)).chain(spans.iter().map(|span| span.last));
        let mut begins: Vec<u64> = spans.iter().map(|span| span.first).collect();
        if begins.is_empty() {
            begins.push(head.saturating_add(1));
        }
        let gaps = ends.zip(begins).filter_map(|(end, begin)| {
            let gap = MessageGap {
                after: end?,
                before: begin,
            };
            (gap.after.saturating_add(1) < gap.before).then_some(gap)
        });
        gaps.filter(|gap| after <= gap.after && gap.before <= before).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(spans: &[(u64, Option<u64>)]) -> Readable {
        let spans = spans.iter().map(|(first, last)| Span {
            first: *first,
            last: *last,
        });
        Readable::spans(spans.collect())
    }

    fn gaps(readable: &Readable, after: u64, before: u64) -> Vec<(u64, u64)> {
        let gaps = readable.gaps(after, before, 30).into_iter();
        gaps.map(|gap| (gap.after, gap.before)).collect()
    }

    #[test]
    fn spans_are_put_in_order_and_together() {
        let sorted = spans(&[(20, None), (5, Some(9)), (10, Some(12)), (3, Some(6)), (15, Some(16))]);
        assert_eq!(sorted, spans(&[(3, Some(12)), (15, Some(16)), (20, None)]));
        assert_eq!(spans(&[(3, None), (5, Some(9)), (12, None)]), spans(&[(3, None)]));
        assert_eq!(spans(&[(3, Some(9)), (5, None)]), spans(&[(3, None)]));
        assert_eq!(spans(&[(3, Some(9)), (5, Some(6))]), spans(&[(3, Some(9))]));
    }

    #[test]
    fn positions_are_read_by_what_covers_them() {
        let two = spans(&[(5, Some(9)), (20, None)]);
        for seq in 0..40 {
            let expected = (5..=9).contains(&seq) || seq >= 20;
            assert_eq!(two.covers(seq), expected, "{seq}");
            assert!(Readable::All.covers(seq) && !spans(&[]).covers(seq));
            assert_eq!(two.floor(seq), (0..=seq).rev().find(|seq| two.covers(*seq)));
            assert_eq!(two.ceiling(seq), (seq..99).find(|seq| two.covers(*seq)));
        }
        assert_eq!((spans(&[]).floor(9), spans(&[]).ceiling(9)), (None, None));
    }

    #[test]
    fn who_has_got_to_a_position_goes_on_if_nothing_is_withheld_after_it() {
        let two = spans(&[(5, Some(9)), (20, None)]);
        assert!(two.goes_on_from(19) && two.goes_on_from(25));
        assert!(!two.goes_on_from(18) && !two.goes_on_from(9));
        assert!(!spans(&[(5, Some(9))]).goes_on_from(7) && !spans(&[]).goes_on_from(7));
        assert!(Readable::All.goes_on_from(0));
    }

    #[test]
    fn stretches_are_cut_to_what_is_asked_for() {
        let two = spans(&[(5, Some(9)), (20, None)]);
        assert_eq!(two.within(0, 30), [(4, 9), (19, 30)]);
        assert_eq!(two.within(6, 20), [(6, 9), (19, 20)]);
        assert_eq!(two.within(9, 19), []);
        assert_eq!(Readable::All.within(3, 7), [(3, 7)]);
        assert_eq!(Readable::All.within(7, 3), []);
        assert_eq!(two.current(30), (19, 30));
        assert_eq!(spans(&[(5, Some(9))]).current(30), (30, 30));
        assert_eq!(spans(&[(31, None)]).current(30), (30, 30));
    }

    #[test]
    fn what_is_withheld_is_told_where_it_lies() {
        let two = spans(&[(5, Some(9)), (20, None)]);
        assert_eq!(gaps(&two, 0, 31), [(0, 5), (9, 20)]);
        assert_eq!(gaps(&two, 9, 31), [(9, 20)]);
        assert_eq!(gaps(&two, 0, 20), [(0, 5), (9, 20)]);
        assert_eq!(gaps(&two, 0, 19), [(0, 5)]);
        assert_eq!(gaps(&two, 10, 31), []);
        assert_eq!(gaps(&spans(&[(1, Some(9))]), 0, 31), []);
        assert_eq!(gaps(&spans(&[]), 0, 31), [(0, 31)]);
        assert_eq!(gaps(&Readable::All, 0, 31), []);
    }
}
