//! The journal without what was said: who spoke where, and when, and all that was no message.

use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_session::Entry;
use worker::Result;

use super::Journal;
use super::copies::WHOLE_EVENTS;
use super::rows::{COLUMN, ENTRY_COLUMNS, ROW, broken, entry, integer};

/// Whether an entry is one message in a room, by how its events begin.
const IS_MESSAGE: &str = r#"(substr(events, 1, 26) = '[{"type":"message_created"' AND to_seq = from_seq + 1)"#;

/// Somebody said something.
pub(in crate::object) struct Told {
    /// The entry's position.
    pub(in crate::object) rev: u64,
    /// When.
    pub(in crate::object) at: u64,
    /// Who.
    pub(in crate::object) sender: ParticipantId,
    /// Where.
    pub(in crate::object) room: RoomId,
}

impl Journal {
    /// That something was said, in the entries after a position and up to another, in order.
    pub(in crate::object) fn told(&self, after: u64, until: u64) -> Result<Vec<Told>> {
        let query = format!(
            "SELECT group_concat(rev || char(31) || at || char(31) || actor || char(31) || stream, char(30)) \
             FROM (SELECT rev, at, actor, stream FROM journal WHERE rev > ? AND rev <= ? AND {IS_MESSAGE} ORDER BY rev)"
        );
        let Some(text) = self.text(&query, vec![integer(after), integer(until)])? else {
            return Ok(Vec::new());
        };
        text.split(ROW)
            .map(|row| told(row).ok_or_else(|| broken("message")))
            .collect()
    }

    /// The entries after a position and up to another that are not one message each, in order.
    pub(in crate::object) fn other_entries(&self, after: u64, until: u64) -> Result<Vec<Entry>> {
        let query = format!(
            "SELECT {ENTRY_COLUMNS}, {WHOLE_EVENTS} FROM journal WHERE rev > ? AND rev <= ? AND NOT {IS_MESSAGE} ORDER BY rev"
        );
        let rows = self.sql.exec(&query, vec![integer(after), integer(until)])?.raw();
        rows.map(|row| entry(row?)).collect()
    }
}

fn told(row: &str) -> Option<Told> {
    let mut columns = row.split(COLUMN);
    Some(Told {
        rev: columns.next()?.parse().ok()?,
        at: columns.next()?.parse().ok()?,
        sender: columns.next()?.parse().ok()?,
        room: match columns.next()?.parse().ok()? {
            StreamId::Room(room) => room,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_who_spoke_where() {
        let told = told("7\u{1f}1000\u{1f}ada lovelace\u{1f}room:r3").unwrap();
        assert_eq!(
            (told.rev, told.at, told.sender.as_str(), told.room.as_str()),
            (7, 1_000, "ada lovelace", "r3")
        );
        assert!(super::told("7\u{1f}1000\u{1f}ada\u{1f}session").is_none());
    }
}
