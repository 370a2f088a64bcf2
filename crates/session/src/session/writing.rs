//! From decisions to entries of the journal.

use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::ids::{CommandId, ParticipantId, StreamId};

use super::Session;
use crate::decide::Decision;
use crate::entry::Entry;

/// Where an entry comes from.
pub(super) struct Origin {
    pub(super) actor: Option<ParticipantId>,
    pub(super) key: Option<CommandId>,
    pub(super) fingerprint: Option<String>,
}

impl Session {
    /// Applies a decision: an entry for each stream that it speaks in, the first with the command's key. Without
    /// events, an entry that only keeps the key.
    pub(super) fn append(&mut self, decision: Decision, origin: Origin, now: u64) -> Vec<Entry> {
        let Decision { events, mut result } = decision;
        let at = self.state.at.max(now);
        let Origin {
            actor,
            mut key,
            mut fingerprint,
        } = origin;
        if let (Some(actor), Some(key)) = (&actor, &key) {
            self.keys.insert(self.state.rev + 1, actor, key);
        }
        let mut parts = vec![(StreamId::Session, Vec::new())];
        for event in events {
            let (stream, copy) = event.streams();
            if let Some(copy) = copy {
                put(&mut parts, stream, event.clone());
                put(&mut parts, copy, event);
            } else {
                put(&mut parts, stream, event);
            }
        }
        let mut entries = Vec::with_capacity(parts.len());
        for (stream, part) in parts {
            let rev = self.state.rev + 1;
            let from = self.state.head(&stream);
            let sequenced = part.into_iter().zip(from + 1..);
            let entry = Entry {
                rev,
                at,
                actor: actor.clone(),
                key: key.take(),
                fingerprint: fingerprint.take(),
                result: result.take(),
                stream,
                from,
                events: sequenced
                    .map(|(event, seq)| SequencedEvent { event, seq, rev, at })
                    .collect(),
            };
            self.state.apply(&entry);
            entries.push(entry);
        }
        entries
    }
}

/// Adds an event to the part of its stream, which is the last, or begins one.
fn put(parts: &mut Vec<(StreamId, Vec<Event>)>, stream: StreamId, event: Event) {
    match parts.last_mut() {
        Some((last, part)) if *last == stream || part.is_empty() => {
            *last = stream;
            part.push(event);
        }
        _ => parts.push((stream, vec![event])),
    }
}
