//! What is about to go out, gathered by stream and by connection. Follows `src/object/outbox.rs`.

use std::collections::BTreeMap;
use std::rc::Rc;

use flagship_protocol::events::SequencedEvent;
use flagship_protocol::frames::{Ack, Positions, Presence, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::Message;
use flagship_session::Entry;

use super::turn::{Frame, LinkId, sizes};

/// Frames that wait.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    streams: BTreeMap<StreamId, (u64, Vec<SequencedEvent>)>,
    presence: BTreeMap<ParticipantId, bool>,
    answers: BTreeMap<LinkId, Vec<Answer>>,
}

/// The answer to a command.
#[derive(Debug)]
pub(crate) enum Answer {
    /// All of it.
    Whole(Frame),
    /// One that is to say what is followed now, which is known when it goes out; unless a planted bug knows better.
    Following(Box<Ack>, Option<Following>),
}

/// What a connection follows, with the newest messages of what is new to it.
pub(crate) type Following = (Positions, Vec<Message>);

impl Outbox {
    /// Adds an entry's events.
    pub(crate) fn push(&mut self, entry: &Entry) {
        let (_, events) = self
            .streams
            .entry(entry.stream.clone())
            .or_insert((entry.from, Vec::new()));
        events.extend(entry.events.iter().cloned());
    }

    /// Whether so much waits that it is time to send.
    pub(crate) fn is_full(&self) -> bool {
        let mut streams = self.streams.values();
        streams.any(|(_, events)| events.len() >= sizes::STREAM_EVENTS)
    }

    /// How many events wait in a stream.
    pub(crate) fn waiting(&self, stream: &StreamId) -> usize {
        self.streams.get(stream).map_or(0, |(_, events)| events.len())
    }

    /// Adds that somebody came online, or went.
    pub(crate) fn presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence.insert(who.clone(), online);
    }

    /// Adds the answer to a command.
    pub(crate) fn answer(&mut self, link: LinkId, answer: Answer) {
        self.answers.entry(link).or_default().push(answer);
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.streams.is_empty() && self.presence.is_empty() && self.answers.is_empty()
    }

    /// Takes out the events, by stream.
    pub(crate) fn take_streams(&mut self) -> BTreeMap<StreamId, (u64, Vec<SequencedEvent>)> {
        std::mem::take(&mut self.streams)
    }

    /// Takes out the answers, by connection.
    pub(crate) fn take_answers(&mut self) -> BTreeMap<LinkId, Vec<Answer>> {
        std::mem::take(&mut self.answers)
    }

    /// Takes out who came and went; `None` if nobody did.
    pub(crate) fn take_presence(&mut self) -> Option<Frame> {
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
