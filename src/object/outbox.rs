//! What is about to go out: events of streams and answers to commands.
//!
//! As long as little goes out, what happens goes out at the end of the turn. While a session is busy, what happens
//! within [`GATHER_MS`] goes out together: a frame costs the same whether it carries one event or fifty, and under load
//! the frames are the cost. Who follows what may change meanwhile: `moves` has the rule for that.

use std::collections::BTreeMap;
use std::fmt::Write;

use flagship_protocol::frames::{Presence, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};

use super::sockets::ConnectionId;

/// How long events gather while a session is busy, in milliseconds. Too short to be felt, long enough for many
/// messages of a busy room.
pub(super) const GATHER_MS: u64 = 4;

/// Bytes of events of one stream that go out without waiting further.
const STREAM_BYTES: usize = 256 * 1024;

/// What follows the events in their frame.
const EVENTS_END: &str = "]}";

/// Frames that wait.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    streams: BTreeMap<StreamId, Pending>,
    /// Who came online, and who went. The last of it counts.
    presence: BTreeMap<ParticipantId, bool>,
    answers: BTreeMap<ConnectionId, Vec<Answer>>,
    /// Who writes, as frames, by the room's stream or that of the one person.
    typing: BTreeMap<StreamId, Vec<String>>,
    /// Whether it is time to send.
    is_full: bool,
}

/// The answer to a command, as JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// All of it.
    Whole(String),
    /// One that is to say what is followed now, which is known when it goes out.
    Following(String),
}

impl Answer {
    /// The answer as it is, where nothing is to be said of streams any more.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Whole(text) | Self::Following(text) => text,
        }
    }

    /// The answer with these fields, if it is to say what is followed.
    pub(super) fn following(self, fields: &str) -> String {
        match self {
            Self::Whole(text) => text,
            Self::Following(mut text) => {
                text.pop();
                text.push(',');
                text.push_str(fields);
                text.push('}');
                text
            }
        }
    }
}

/// The `events` frames that go out together, by stream.
pub(super) struct Frames(BTreeMap<StreamId, Frame>);

struct Frame {
    text: String,
    /// Where the events begin in it.
    head: usize,
}

impl Frames {
    /// A stream's frame, if it has one.
    pub(super) fn get(&self, stream: &StreamId) -> Option<&str> {
        self.0.get(stream).map(|frame| frame.text.as_str())
    }

    /// The part of a stream's frame that waited when it was so long, in bytes; `None` if that is nothing.
    pub(super) fn until(&self, stream: &StreamId, length: usize) -> Option<String> {
        let frame = self.0.get(stream).filter(|_| length > 0)?;
        let head = frame.text.get(..frame.head + length)?;
        Some(format!("{head}{EVENTS_END}"))
    }

    /// The streams that have one.
    pub(super) fn streams(&self) -> impl Iterator<Item = &StreamId> {
        self.0.keys()
    }
}

/// Events of a stream that wait.
#[derive(Debug)]
struct Pending {
    /// The position before the first.
    from: u64,
    /// The events, as JSON, separated by commas.
    events: String,
}

impl Outbox {
    /// Adds an entry's events: a JSON array that begins after `from`.
    pub(super) fn push(&mut self, stream: &StreamId, from: u64, events: &str) {
        let inner = without_brackets(events);
        let length = match self.streams.get_mut(stream) {
            Some(pending) => {
                pending.events.push(',');
                pending.events.push_str(inner);
                pending.events.len()
            }
            None => {
                self.streams.insert(
                    stream.clone(),
                    Pending {
                        from,
                        events: inner.to_owned(),
                    },
                );
                inner.len()
            }
        };
        self.is_full |= length >= STREAM_BYTES;
    }

    /// Whether so much waits that it is time to send.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// How much waits in a stream, in bytes.
    pub(super) fn waiting(&self, stream: &StreamId) -> usize {
        self.streams.get(stream).map_or(0, |pending| pending.events.len())
    }

    /// Adds that somebody came online, or went.
    pub(super) fn presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence.insert(who.clone(), online);
    }

    /// Adds that somebody writes.
    pub(super) fn typing(&mut self, stream: &StreamId, frame: String) {
        match self.typing.get_mut(stream) {
            Some(frames) => frames.push(frame),
            None => drop(self.typing.insert(stream.clone(), vec![frame])),
        }
    }

    /// Adds the answer to a command, for the connection that asked.
    pub(super) fn answer(&mut self, connection: ConnectionId, answer: Answer) {
        self.answers.entry(connection).or_default().push(answer);
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.streams.is_empty() && self.presence.is_empty() && self.answers.is_empty() && self.typing.is_empty()
    }

    /// Takes out the `events` frames, by stream.
    pub(super) fn take_frames(&mut self) -> Frames {
        self.is_full = false;
        let frame = |(stream, Pending { from, events }): (StreamId, Pending)| {
            let text = events_frame(&stream, from, &events);
            let head = text.len() - events.len() - EVENTS_END.len();
            (stream, Frame { text, head })
        };
        Frames(std::mem::take(&mut self.streams).into_iter().map(frame).collect())
    }

    /// Takes out the `presence` frame; `None` if nobody came or went.
    pub(super) fn take_presence(&mut self) -> Option<String> {
        if self.presence.is_empty() {
            return None;
        }
        let (mut connected, mut disconnected) = (Vec::new(), Vec::new());
        for (who, online) in std::mem::take(&mut self.presence) {
            if online { &mut connected } else { &mut disconnected }.push(who);
        }
        let presence = Presence {
            connected,
            disconnected,
        };
        Some(ServerFrame::Presence(presence).to_json())
    }

    /// Takes out the frames that say who writes, by stream.
    pub(super) fn take_typing(&mut self) -> BTreeMap<StreamId, Vec<String>> {
        std::mem::take(&mut self.typing)
    }

    /// Takes out the answers, by connection.
    pub(super) fn take_answers(&mut self) -> BTreeMap<ConnectionId, Vec<Answer>> {
        std::mem::take(&mut self.answers)
    }
}

/// What is in a JSON array of events: joined to another's by a comma, it makes a longer one.
pub(super) fn without_brackets(events: &str) -> &str {
    let inner = events.strip_prefix('[').and_then(|events| events.strip_suffix(']'));
    inner.unwrap_or_default()
}

/// An `events` frame around events that are JSON already, separated by commas: they are serialised once, for the
/// journal and for all followers.
pub(super) fn events_frame(stream: &StreamId, from: u64, events: &str) -> String {
    let mut frame = String::with_capacity(events.len() + 96);
    // Writing to a String cannot fail.
    let _ = write!(
        frame,
        r#"{{"type":"events","stream":"{stream}","from":{from},"events":["#
    );
    frame.push_str(events);
    frame.push_str(EVENTS_END);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_the_events_of_a_stream_into_one_frame() {
        let mut outbox = Outbox::default();
        let room: StreamId = "room:r3".parse().unwrap();
        outbox.push(&room, 4, r#"[{"seq":5}]"#);
        let waited = outbox.waiting(&room);
        outbox.push(&StreamId::Session, 1, r#"[{"seq":2},{"seq":3}]"#);
        outbox.push(&room, 5, r#"[{"seq":6}]"#);
        let frames = outbox.take_frames();
        assert_eq!(
            frames.get(&room).unwrap(),
            r#"{"type":"events","stream":"room:r3","from":4,"events":[{"seq":5},{"seq":6}]}"#
        );
        assert_eq!(
            frames.get(&StreamId::Session).unwrap(),
            r#"{"type":"events","stream":"session","from":1,"events":[{"seq":2},{"seq":3}]}"#
        );
        assert_eq!(
            frames.until(&room, waited).unwrap(),
            r#"{"type":"events","stream":"room:r3","from":4,"events":[{"seq":5}]}"#
        );
        assert_eq!(frames.until(&room, 0), None);
        assert_eq!(frames.until(&StreamId::Moderators, 0), None);
        assert!(outbox.is_empty());
    }

    #[test]
    fn an_answer_says_what_is_followed_when_it_goes_out() {
        let fields = r#""streams":{"session":3},"messages":[]"#;
        let answer = |text: &str| Answer::Following(text.into());
        assert_eq!(
            answer(r#"{"type":"ack"}"#).following(fields),
            r#"{"type":"ack","streams":{"session":3},"messages":[]}"#
        );
        assert_eq!(Answer::Whole("{}".into()).following(fields), "{}");
        assert_eq!(answer("{}").into_text(), "{}");
    }

    #[test]
    fn whoever_comes_and_goes_is_told_once() {
        let mut outbox = Outbox::default();
        let id = |name: &str| name.parse::<ParticipantId>().unwrap();
        for (who, online) in [("ada", true), ("ben", true), ("ada", false)] {
            outbox.presence(&id(who), online);
        }
        let frame = outbox.take_presence().unwrap();
        assert_eq!(
            frame,
            r#"{"type":"presence","connected":["ben"],"disconnected":["ada"]}"#
        );
        assert!(outbox.is_empty());
        assert_eq!(outbox.take_presence(), None);
    }

    #[test]
    fn gathers_who_writes_by_stream() {
        let mut outbox = Outbox::default();
        let room: StreamId = "room:r3".parse().unwrap();
        outbox.typing(&room, "ada".into());
        outbox.typing(&room, "ben".into());
        assert!(!outbox.is_empty());
        assert_eq!(outbox.take_typing()[&room], ["ada", "ben"]);
        assert!(outbox.is_empty());
    }

    #[test]
    fn a_great_deal_does_not_wait() {
        let mut outbox = Outbox::default();
        let event = format!("[\"{}\"]", "x".repeat(STREAM_BYTES / 2));
        outbox.push(&StreamId::Session, 0, &event);
        assert!(!outbox.is_full());
        outbox.push(&StreamId::Session, 1, &event);
        assert!(outbox.is_full());
        outbox.take_frames();
        assert!(!outbox.is_full());
    }

    #[test]
    fn keeps_the_answers_of_a_connection_in_order() {
        let mut outbox = Outbox::default();
        for (connection, answer) in [(7, "1"), (8, "2"), (7, "3")] {
            outbox.answer(connection, Answer::Whole(answer.into()));
        }
        let answers = outbox.take_answers();
        let whole = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| Answer::Whole((*text).into()))
                .collect::<Vec<_>>()
        };
        assert_eq!(answers[&7], whole(&["1", "3"]));
        assert_eq!(answers[&8], whole(&["2"]));
    }
}
