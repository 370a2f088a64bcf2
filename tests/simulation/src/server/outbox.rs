//! What is about to go out, gathered by stream and by connection. Follows `src/object/outbox.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::events::SequencedEvent;
use flagship_protocol::frames::{Events, Presence, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_session::{Entry, State};

use super::turn::{Frame, LinkId, Turn, sizes};
use crate::mutation::Mutation;

/// Frames that wait.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    streams: BTreeMap<StreamId, (u64, Vec<SequencedEvent>)>,
    presence: BTreeMap<ParticipantId, bool>,
    answers: BTreeMap<LinkId, Vec<Frame>>,
}

impl Outbox {
    /// Adds an entry's events. Says whether it is time to send.
    pub(crate) fn push(&mut self, entry: &Entry) -> bool {
        let (_, events) = self
            .streams
            .entry(entry.stream.clone())
            .or_insert((entry.from, Vec::new()));
        events.extend(entry.events.iter().cloned());
        events.len() >= sizes::STREAM_EVENTS
    }

    /// Adds that somebody came online, or went.
    pub(crate) fn presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence.insert(who.clone(), online);
    }

    /// Adds the answer to a command.
    pub(crate) fn answer(&mut self, link: LinkId, answer: ServerFrame) {
        self.answers.entry(link).or_default().push(Rc::new(answer));
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.streams.is_empty() && self.presence.is_empty() && self.answers.is_empty()
    }

    /// Sends everything, to each connection as one message. Gives the streams that had events.
    pub(crate) fn deliver(&mut self, state: &State, turn: &mut Turn<'_>) -> BTreeSet<StreamId> {
        let mut frames: BTreeMap<StreamId, Frame> = BTreeMap::new();
        for (stream, (from, events)) in std::mem::take(&mut self.streams) {
            let frame = ServerFrame::Events(Events {
                stream: stream.clone(),
                from,
                events,
            });
            frames.insert(stream, Rc::new(frame));
        }
        let presence = self.take_presence();
        let mut answers = std::mem::take(&mut self.answers);
        let mut messages = Vec::new();
        let forgotten = turn.has(Mutation::OneFollowerForgotten);
        for (link, who) in turn.sockets.ready() {
            let mut message: Vec<Frame> = state
                .followed(who)
                .iter()
                .filter_map(|stream| frames.get(stream))
                .cloned()
                .collect();
            if forgotten && link % 5 == 0 {
                message.clear();
            }
            message.extend(presence.clone());
            message.extend(answers.remove(&link).unwrap_or_default());
            messages.push((link, message));
        }
        messages.extend(answers);
        for (link, message) in messages {
            if !message.is_empty() && turn.sockets.0.contains_key(&link) {
                turn.send(link, message);
            }
        }
        frames.into_keys().collect()
    }

    fn take_presence(&mut self) -> Option<Frame> {
        let changes = std::mem::take(&mut self.presence);
        if changes.is_empty() {
            return None;
        }
        let (online, gone): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, online)| *online);
        let ids = |changes: Vec<(ParticipantId, bool)>| changes.into_iter().map(|(id, _)| id).collect();
        Some(Rc::new(ServerFrame::Presence(Presence {
            connected: ids(online),
            disconnected: ids(gone),
        })))
    }
}
