//! The journal on top of the tables: the questions of `src/object/journal.rs`, answered by looking at the rows.

use std::rc::Rc;

use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::ids::{MessageId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::Message;
use flagship_session::{Entry, KnownKey, Said, State};
use serde_json::{Value, json};

use super::storage::{Row, Storage, Tables, Write};

/// Writes an entry.
pub(crate) fn append(storage: &mut Storage, entry: &Entry) {
    let text = |value: &Option<_>| value.as_ref().map(ToString::to_string);
    let row = Row {
        rev: entry.rev,
        at: entry.at,
        actor: entry.actor.as_ref().map(ToString::to_string),
        key: entry.key.as_ref().map(ToString::to_string),
        fingerprint: text(&entry.fingerprint),
        result: entry
            .result
            .as_ref()
            .map(|result| serde_json::to_string(result).unwrap()),
        stream: entry.stream.to_string(),
        from: entry.from,
        to: entry.from + entry.events.len() as u64,
        events: stored_copy(entry).unwrap_or_else(|| serde_json::to_string(&entry.events).unwrap()),
    };
    storage.write(Write::Row(Rc::new(row)));
}

/// What the journal holds of an entry that shows a message again: where the message is.
fn stored_copy(entry: &Entry) -> Option<String> {
    let [sequenced] = entry.events.as_slice() else {
        return None;
    };
    let of = match &sequenced.event {
        Event::MessageEdited { message } => message.id.rev(),
        Event::DirectMessageEdited { message } => message.id.rev(),
        Event::DirectMessageCreated { message } => message.id.rev().filter(|rev| *rev != entry.rev),
        _ => None,
    }?;
    let mut copy = serde_json::to_value(sequenced).unwrap();
    copy.as_object_mut().unwrap().remove("message");
    copy["of"] = of.into();
    Some(json!([copy]).to_string())
}

/// Puts what became of a message in place of what it was.
pub(crate) fn rewrite(storage: &mut Storage, said: &Said) {
    let rev = said.id().rev().unwrap();
    let row = storage.tables().rows.iter().find(|row| row.rev == rev).unwrap();
    let mut events: Value = serde_json::from_str(&row.events).unwrap();
    events[0]["message"] = json!(said);
    let events = events.to_string().into();
    storage.write(Write::Rewrite { rev, events });
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
        let after = self.rows.iter().filter(move |row| row.rev > rev);
        after.map(|row| self.whole_entry(row))
    }

    /// The entry at a position.
    pub(crate) fn entry(&self, rev: u64) -> Option<Entry> {
        let row = self.rows.iter().find(|row| row.rev == rev);
        row.map(|row| self.whole_entry(row))
    }

    fn whole_entry(&self, row: &Row) -> Entry {
        entry(row, self.whole_events(row))
    }

    /// The events of a row, made whole.
    fn whole_events(&self, row: &Row) -> Vec<SequencedEvent> {
        let mut events: Value = serde_json::from_str(&row.events).unwrap();
        if let Some(of) = events[0]["of"].as_u64() {
            let said = self.rows.iter().find(|row| row.rev == of).unwrap();
            let said: Value = serde_json::from_str(&said.events).unwrap();
            events[0]["message"] = said[0]["message"].clone();
        }
        serde_json::from_value(events).unwrap()
    }

    /// A message as it is now.
    pub(crate) fn said(&self, id: &MessageId) -> Option<Said> {
        let entry = self.entry(id.rev()?)?;
        let said = entry.events.first().and_then(|first| Said::of(&first.event));
        said.filter(|said| said.id() == id)
    }

    /// The idempotency keys within the window, oldest first.
    pub(crate) fn keys(&self, head: u64, now: u64) -> Vec<KnownKey> {
        let by_count = head.saturating_sub(limits::IDEMPOTENCY_WINDOW_ENTRIES as u64);
        let by_age = now.saturating_sub(limits::IDEMPOTENCY_WINDOW_MS);
        let within = self.rows.iter().filter(|row| row.rev > by_count || row.at >= by_age);
        within
            .filter_map(|row| {
                Some(KnownKey {
                    rev: row.rev,
                    at: row.at,
                    actor: row.actor.as_ref()?.parse().unwrap(),
                    key: row.key.as_ref()?.parse().unwrap(),
                })
            })
            .collect()
    }

    /// The events of a stream with `from < seq <= to`.
    pub(crate) fn events(&self, stream: &StreamId, from: u64, to: u64) -> Vec<SequencedEvent> {
        if from >= to {
            return Vec::new();
        }
        let stream = stream.to_string();
        let rows = self
            .rows
            .iter()
            .filter(|row| row.stream == stream && row.to > from && row.from < to);
        let events = rows.flat_map(|row| self.whole_events(row));
        events.filter(|event| from < event.seq && event.seq <= to).collect()
    }

    /// The messages of a stream with `from < seq <= to`.
    pub(crate) fn messages(&self, stream: &StreamId, from: u64, to: u64) -> Vec<Message> {
        let messages = self
            .events(stream, from, to)
            .into_iter()
            .filter_map(|sequenced| match sequenced.event {
                Event::MessageCreated { message } => Some(message),
                _ => None,
            });
        messages.collect()
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

fn entry(row: &Row, events: Vec<SequencedEvent>) -> Entry {
    Entry {
        rev: row.rev,
        at: row.at,
        actor: row.actor.as_ref().map(|id| id.parse().unwrap()),
        key: row.key.as_ref().map(|key| key.parse().unwrap()),
        fingerprint: row.fingerprint.clone(),
        result: row.result.as_ref().map(|json| serde_json::from_str(json).unwrap()),
        stream: row.stream.parse().unwrap(),
        from: row.from,
        events,
    }
}
