//! Rows and values of the journal's tables, to and from the platform's types.

use flagship_protocol::ids::StreamId;
use flagship_session::{Entry, KnownKey};
use serde_json::value::RawValue;
use worker::{Error, Result, SqlStorageValue};

use super::StoredEvents;
use crate::database::Happened;

/// Separates the columns of a row in a text built by SQLite; neither ids nor JSON contain it.
pub(super) const COLUMN: char = '\u{1f}';
/// The same, to join columns with.
pub(super) const COLUMN_TEXT: &str = "\u{1f}";
/// Separates rows.
pub(super) const ROW: char = '\u{1e}';

/// Keys read at once: at most 300 bytes each, and SQLite builds texts of at most 2 MB here.
pub(super) const KEYS_AT_ONCE: u64 = 5_000;

/// Bytes of events read at once: SQLite builds texts of at most 2 MB here.
pub(super) const BYTES_AT_ONCE: u64 = 1_500_000;

/// Bytes of a snapshot in one row: half of what a row may hold.
pub(super) const SNAPSHOT_PART: usize = 1_000_000;

/// Cuts a text into parts of at most `size` bytes, between characters.
pub(super) fn parts(text: &str, size: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (part, after) = rest.split_at_checked(rest.floor_char_boundary(size))?;
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// The largest integer that JavaScript holds exactly.
pub(super) const MAX_SAFE: u64 = (1 << 53) - 1;

/// Revs and times stay far below 2^53, so that they cross into JavaScript unharmed.
pub(super) fn integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(value.min(MAX_SAFE)).unwrap_or(i64::MAX))
}

pub(super) fn number(value: SqlStorageValue) -> Result<u64> {
    match value {
        SqlStorageValue::Integer(value) => u64::try_from(value).map_err(|_| broken("number")),
        SqlStorageValue::Float(value) if value >= 0.0 => Ok(value as u64),
        _ => Err(broken("number")),
    }
}

/// What [`entry`] reads before the events.
pub(super) const ENTRY_COLUMNS: &str = "rev, at, actor, key, fingerprint, result, stream, from_seq";

/// An entry from [`ENTRY_COLUMNS`] and `events`.
pub(super) fn entry(row: Vec<SqlStorageValue>) -> Result<Entry> {
    let mut columns = row.into_iter();
    let mut next = || columns.next().ok_or_else(|| broken("entry"));
    let rev = number(next()?)?;
    let at = number(next()?)?;
    let actor = optional(next()?)?;
    let key = optional(next()?)?;
    let fingerprint = optional(next()?)?;
    let result = optional(next()?)?;
    let stream = optional(next()?)?.ok_or_else(|| broken("stream"))?;
    let from = number(next()?)?;
    let events = optional(next()?)?.ok_or_else(|| broken("events"))?;
    Ok(Entry {
        rev,
        at,
        actor: actor.map(|id| id.parse()).transpose().map_err(|_| broken("actor"))?,
        key: key.map(|key| key.parse()).transpose().map_err(|_| broken("key"))?,
        fingerprint,
        result: result.map(|json| serde_json::from_str(&json)).transpose()?,
        stream: stream.parse().map_err(|_| broken("stream"))?,
        from,
        events: serde_json::from_str(&events)?,
    })
}

/// Events from `from_seq`, `to_seq` and `events`.
pub(super) fn stored_events(row: Vec<SqlStorageValue>) -> Result<StoredEvents> {
    let mut columns = row.into_iter();
    let mut next = || columns.next().ok_or_else(|| broken("events"));
    Ok(StoredEvents {
        from: number(next()?)?,
        to: number(next()?)?,
        json: optional(next()?)?.ok_or_else(|| broken("events"))?,
    })
}

/// A text that may be NULL.
pub(super) fn optional(value: SqlStorageValue) -> Result<Option<String>> {
    match value {
        SqlStorageValue::String(text) => Ok(Some(text)),
        SqlStorageValue::Null => Ok(None),
        _ => Err(broken("text")),
    }
}

pub(super) fn known_key(row: &str) -> Option<KnownKey> {
    let mut columns = row.split(COLUMN);
    Some(KnownKey {
        rev: columns.next()?.parse().ok()?,
        actor: columns.next()?.parse().ok()?,
        key: columns.next()?.parse().ok()?,
    })
}

/// An entry from `rev`, `at` and `events`.
pub(super) fn happened(row: &str) -> Result<Happened<'_>> {
    let mut columns = row.splitn(3, COLUMN);
    let mut next = || columns.next().ok_or_else(|| broken("entry"));
    Ok(Happened {
        rev: next()?.parse().map_err(|_| broken("number"))?,
        at: next()?.parse().map_err(|_| broken("number"))?,
        events: next()?,
    })
}

/// Where the head of a stream is in a checkpoint. Stream ids need no escapes.
pub(super) fn head_path(stream: &StreamId) -> String {
    format!("$.\"{stream}\"")
}

/// Leaves only the events with `from < seq <= to`.
pub(super) fn cut(stored: StoredEvents, from: u64, to: u64) -> Result<StoredEvents> {
    if stored.from >= from && stored.to <= to {
        return Ok(stored);
    }
    let events: Vec<&RawValue> = serde_json::from_str(&stored.json)?;
    let kept: Vec<&RawValue> = events
        .into_iter()
        .zip(stored.from + 1..)
        .filter(|(_, seq)| (from + 1..=to).contains(seq))
        .map(|(event, _)| event)
        .collect();
    let json = serde_json::to_string(&kept)?;
    Ok(StoredEvents {
        from: stored.from.max(from),
        to: stored.to.min(to),
        json,
    })
}

pub(super) fn broken(what: &str) -> Error {
    Error::RustError(format!("the journal holds an odd {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_an_entry_to_what_was_asked_for() {
        let stored = || StoredEvents {
            from: 4,
            to: 7,
            json: "[5,6,7]".into(),
        };
        assert_eq!(cut(stored(), 4, 7).unwrap(), stored());
        assert_eq!(
            cut(stored(), 5, 9).unwrap(),
            StoredEvents {
                from: 5,
                to: 7,
                json: "[6,7]".into()
            }
        );
        assert_eq!(
            cut(stored(), 0, 6).unwrap(),
            StoredEvents {
                from: 4,
                to: 6,
                json: "[5,6]".into()
            }
        );
    }

    #[test]
    fn cuts_a_snapshot_between_characters() {
        assert_eq!(parts("aé€b", 3).collect::<Vec<_>>(), ["aé", "€", "b"]);
        assert_eq!(parts("abc", 9).collect::<Vec<_>>(), ["abc"]);
        assert_eq!(parts("", 9).count(), 0);
    }

    #[test]
    fn reads_what_happened() {
        let happened = happened("7\u{1f}5\u{1f}[{}]").unwrap();
        assert_eq!((happened.rev, happened.at, happened.events), (7, 5, "[{}]"));
        assert!(super::happened("7\u{1f}5").is_err());
        assert!(super::happened("7\u{1f}x\u{1f}[]").is_err());
    }

    #[test]
    fn reads_keys_of_people_with_spaces_in_their_ids() {
        let key = known_key("7\u{1f}ada lovelace\u{1f}k-1").unwrap();
        assert_eq!(
            (key.rev, key.actor.as_str(), key.key.as_str()),
            (7, "ada lovelace", "k-1")
        );
        assert_eq!(known_key("7\u{1f}x"), None);
    }
}
