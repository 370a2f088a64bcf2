//! The journal on top of the tables: the questions of `src/object/journal.rs`, answered by looking at the rows.

use std::rc::Rc;

use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::ids::{MessageId, StreamId};
use flagship_protocol::model::Message;
use flagship_session::{Entry, Said, State};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::storage::{Row, Storage, Tables, Write, put};

/// What is read back of what is written. Once for each row: what is read a hundred times is the same each time.
fn stored<T: Serialize + DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Writes an entry.
pub(crate) fn append(storage: &mut Storage, entry: &Entry) {
    let stored = Entry {
        rev: entry.rev,
        at: entry.at,
        actor: entry.actor.clone(),
        key: entry.key.clone(),
        fingerprint: entry.fingerprint.clone(),
        result: entry.result.as_ref().map(stored),
        stream: entry.stream.clone(),
        from: entry.from,
        events: stored(&entry.events),
    };
    let of = held_by(entry);
    storage.write(Write::Row(Rc::new(Row { entry: stored, of })));
}

/// For an entry that shows a message again: the row that holds the message, as this one does not.
fn held_by(entry: &Entry) -> Option<u64> {
    let [sequenced] = entry.events.as_slice() else {
        return None;
    };
    match &sequenced.event {
        Event::MessageEdited { message } => message.id.rev(),
        Event::DirectMessageEdited { message } => message.id.rev(),
        Event::DirectMessageCreated { message } => message.id.rev().filter(|rev| *rev != entry.rev),
        _ => None,
    }
}

/// Puts what became of a message in place of what it was.
pub(crate) fn rewrite(storage: &mut Storage, said: &Said) {
    let said = match said {
        Said::Room(message) => Said::Room(stored(message)),
        Said::Direct(message) => Said::Direct(stored(message)),
    };
    storage.write(Write::Rewrite(Box::new(said)));
}

/// Writes a snapshot, through JSON as the object does.
pub(crate) fn write_snapshot(storage: &mut Storage, state: &State) {
    storage.write(Write::Snapshot {
        json: serde_json::to_string(state).unwrap().into(),
        rev: state.rev,
        heads: state.heads.clone(),
    });
}

impl Tables {
    /// The newest snapshot.
    pub(crate) fn state(&self) -> Option<State> {
        self.snapshot.as_ref().map(|json| serde_json::from_str(json).unwrap())
    }

    /// The entries after a position.
    pub(crate) fn entries_after(&self, rev: u64) -> impl Iterator<Item = Entry> {
        let first = self.rows.partition_point(|row| row.entry.rev <= rev);
        self.rows[first..].iter().map(|row| self.whole_entry(row))
    }

    /// The entry at a position.
    pub(crate) fn entry(&self, rev: u64) -> Option<Entry> {
        self.row(rev).map(|row| self.whole_entry(row))
    }

    fn whole_entry(&self, row: &Row) -> Entry {
        let mut entry = row.entry.clone();
        if let Some(said) = self.shown(row) {
            put(&mut entry.events[0].event, &said);
        }
        entry
    }

    /// The message that a row shows and another one holds.
    fn shown(&self, row: &Row) -> Option<Said> {
        let holder = self.row(row.of?).unwrap();
        Said::of(&holder.entry.events[0].event)
    }

    /// A message as it is now.
    pub(crate) fn said(&self, id: &MessageId) -> Option<Said> {
        let first = self.row(id.rev()?)?.entry.events.first()?;
        Said::of(&first.event).filter(|said| said.id() == id)
    }

    /// The events of a stream with `from < seq <= to`.
    pub(crate) fn events(&self, stream: &StreamId, from: u64, to: u64) -> Vec<SequencedEvent> {
        let mut events = Vec::new();
        for (row, event) in self.within(stream, from, to) {
            events.push(event.clone());
            if let (Some(last), Some(said)) = (events.last_mut(), self.shown(row)) {
                put(&mut last.event, &said);
            }
        }
        events
    }

    /// The messages of a stream with `from < seq <= to`.
    pub(crate) fn messages(&self, stream: &StreamId, from: u64, to: u64) -> Vec<Message> {
        let messages = self
            .within(stream, from, to)
            .filter_map(|(_, sequenced)| match &sequenced.event {
                Event::MessageCreated { message } => Some(message.clone()),
                _ => None,
            });
        messages.collect()
    }

    /// The events of a stream with `from < seq <= to`, as they are held.
    fn within(&self, stream: &StreamId, from: u64, to: u64) -> impl Iterator<Item = (&Row, &SequencedEvent)> {
        let rows = self.rows.iter().filter(move |row| {
            let entry = &row.entry;
            entry.from < to && entry.from + entry.events.len() as u64 > from && entry.stream == *stream
        });
        rows.flat_map(move |row| {
            let events = row.entry.events.iter();
            let within = events.filter(move |event| from < event.seq && event.seq <= to);
            within.map(move |event| (&**row, event))
        })
    }

    /// The position by which a stream had surely reached `seq`.
    pub(crate) fn reached_by(&self, stream: &StreamId, seq: u64) -> Option<u64> {
        let reached = |heads: &flagship_protocol::frames::Positions| heads.get(stream).is_some_and(|head| *head >= seq);
        self.checkpoints
            .iter()
            .find(|(_, heads)| reached(heads))
            .map(|(rev, _)| *rev)
    }
}
