//! What is about to go out: events of streams and answers to commands.
//!
//! While a session is idle, what happens goes out at the end of the turn. After that, what happens within
//! [`GATHER_MS`] goes out together: a frame costs the same whether it carries one event or fifty, and under load
//! the frames are the cost. Whatever is sent beside this, and depends on positions in streams, flushes it first.

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

/// Frames that wait.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    streams: BTreeMap<StreamId, Pending>,
    /// Who came online, and who went. The last of it counts.
    presence: BTreeMap<ParticipantId, bool>,
    answers: BTreeMap<ConnectionId, Vec<String>>,
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
    /// Adds an entry's events: a JSON array that begins after `from`. Says whether it is time to send.
    pub(super) fn push(&mut self, stream: &StreamId, from: u64, events: &str) -> bool {
        let inner = without_brackets(events);
        match self.streams.get_mut(stream) {
            Some(pending) => {
                pending.events.push(',');
                pending.events.push_str(inner);
                pending.events.len() >= STREAM_BYTES
            }
            None => {
                self.streams.insert(
                    stream.clone(),
                    Pending {
                        from,
                        events: inner.to_owned(),
                    },
                );
                inner.len() >= STREAM_BYTES
            }
        }
    }

    /// Adds that somebody came online, or went.
    pub(super) fn presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence.insert(who.clone(), online);
    }

    /// Adds the answer to a command, for the connection that asked.
    pub(super) fn answer(&mut self, connection: ConnectionId, frame: String) {
        self.answers.entry(connection).or_default().push(frame);
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.streams.is_empty() && self.presence.is_empty() && self.answers.is_empty()
    }

    /// Takes out the `events` frames, by stream.
    pub(super) fn take_frames(&mut self) -> BTreeMap<StreamId, String> {
        let frame = |(stream, Pending { from, events }): (StreamId, Pending)| {
            let frame = events_frame(&stream, from, &events);
            (stream, frame)
        };
        std::mem::take(&mut self.streams).into_iter().map(frame).collect()
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

    /// Takes out the answers, by connection.
    pub(super) fn take_answers(&mut self) -> BTreeMap<ConnectionId, Vec<String>> {
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
    frame.push_str("]}");
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_the_events_of_a_stream_into_one_frame() {
        let mut outbox = Outbox::default();
        let room: StreamId = "room:r3".parse().unwrap();
        assert!(!outbox.push(&room, 4, r#"[{"seq":5}]"#));
        outbox.push(&StreamId::Session, 1, r#"[{"seq":2},{"seq":3}]"#);
        outbox.push(&room, 5, r#"[{"seq":6}]"#);
        let frames = outbox.take_frames();
        assert_eq!(
            frames[&room],
            r#"{"type":"events","stream":"room:r3","from":4,"events":[{"seq":5},{"seq":6}]}"#
        );
        assert_eq!(
            frames[&StreamId::Session],
            r#"{"type":"events","stream":"session","from":1,"events":[{"seq":2},{"seq":3}]}"#
        );
        assert!(outbox.is_empty());
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
    fn a_great_deal_does_not_wait() {
        let mut outbox = Outbox::default();
        let event = format!("[\"{}\"]", "x".repeat(STREAM_BYTES / 2));
        assert!(!outbox.push(&StreamId::Session, 0, &event));
        assert!(outbox.push(&StreamId::Session, 1, &event));
    }

    #[test]
    fn keeps_the_answers_of_a_connection_in_order() {
        let mut outbox = Outbox::default();
        for (connection, answer) in [(7, "1"), (8, "2"), (7, "3")] {
            outbox.answer(connection, answer.into());
        }
        let answers = outbox.take_answers();
        assert_eq!(answers[&7], ["1", "3"]);
        assert_eq!(answers[&8], ["2"]);
    }
}
