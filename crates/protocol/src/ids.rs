//! Identifiers.

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::limits;
use crate::text::text_type;

text_type! {
    /// Names a session, and with it its Durable Object: 1 to [`limits::SESSION_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
    SessionId, max limits::SESSION_ID_CHARS, slug
}
text_type! {
    /// Names a room within a session: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`. `main` always exists.
    RoomId, max limits::ROOM_ID_CHARS, slug
}
text_type! {
    /// Names a person within a session: the token's subject, 1 to [`limits::PARTICIPANT_ID_BYTES`] bytes.
    ParticipantId, max limits::PARTICIPANT_ID_BYTES, subject
}
text_type! {
    /// A client's own name for a command, which makes retrying it safe: 1 to [`limits::COMMAND_ID_CHARS`] visible
    /// ASCII characters, so that it fits an `Idempotency-Key` header.
    CommandId, max limits::COMMAND_ID_CHARS, visible_ascii
}

text_type! {
    /// Names a template of its owner: 1 to [`limits::SESSION_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
    TemplateId, max limits::SESSION_ID_CHARS, slug
}
text_type! {
    /// Names a request for help within a session: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
    HelpRequestId, max limits::ROOM_ID_CHARS, slug
}

text_type! {
    /// Names a message within a session, in a room or direct: 1 to [`limits::ROOM_ID_CHARS`] of `A-Z a-z 0-9 _ -`.
    MessageId, max limits::ROOM_ID_CHARS, slug
}

impl MessageId {
    /// The id of a message said by the journal entry `rev`: never used twice in a session.
    pub fn of_rev(rev: u64) -> Self {
        Self::from_trusted(format!("m{rev}"))
    }

    /// The journal entry that said it; `None` for what no session made.
    pub fn rev(&self) -> Option<u64> {
        let rev = self.as_str().strip_prefix('m')?.parse().ok()?;
        (Self::of_rev(rev) == *self).then_some(rev)
    }
}

impl HelpRequestId {
    /// The id of a request made by the journal entry `rev`: never used twice in a session.
    pub fn of_rev(rev: u64) -> Self {
        Self::from_trusted(format!("h{rev}"))
    }
}

impl RoomId {
    /// The session's own room.
    pub fn main() -> Self {
        Self::from_trusted("main".into())
    }

    /// The id of a room created by the journal entry `rev`: never used twice in a session.
    pub fn of_rev(rev: u64) -> Self {
        Self::from_trusted(format!("r{rev}"))
    }

    /// The id of the room `number` of several created by the journal entry `rev`.
    pub fn of_several(rev: u64, number: usize) -> Self {
        Self::from_trusted(format!("r{rev}-{number}"))
    }

    /// Orders rooms by age: the journal entry that created the room, and its number among those created together.
    pub fn age(&self) -> (u64, u64) {
        let counted = self.as_str().trim_start_matches('r');
        let (rev, number) = counted.split_once('-').unwrap_or((counted, "0"));
        (rev.parse().unwrap_or(u64::MAX), number.parse().unwrap_or(u64::MAX))
    }

    /// Whether this is the session's own room.
    pub fn is_main(&self) -> bool {
        self.as_str() == "main"
    }
}

/// What a client follows: an ordered sequence of events with a gap-free `seq` of its own.
///
/// On the wire: `session`, `room:<id>`, `moderators` or `participant:<id>`. The id in the last is percent-encoded, so
/// that a stream's name is safe in any text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "describe",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(type = "string"),
    schemars(with = "String")
)]
pub enum StreamId {
    /// Roster, rooms and lifecycle.
    Session,
    /// What is said in a room.
    Room(RoomId),
    /// What only hosts and moderators hear: requests for help, and who is expected.
    Moderators,
    /// What only one person hears, beside the moderators.
    Participant(ParticipantId),
}

/// What stays as it is in the name of a participant's stream.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'@');

impl fmt::Display for StreamId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session => formatter.write_str("session"),
            Self::Room(room) => write!(formatter, "room:{room}"),
            Self::Moderators => formatter.write_str("moderators"),
            Self::Participant(id) => write!(formatter, "participant:{}", utf8_percent_encode(id.as_str(), PLAIN)),
        }
    }
}

impl FromStr for StreamId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("room", room)) => room.parse().map(Self::Room),
            Some(("participant", id)) => {
                let id = percent_decode_str(id)
                    .decode_utf8()
                    .map_err(|error| error.to_string())?;
                id.parse().map(Self::Participant)
            }
            None if text == "session" => Ok(Self::Session),
            None if text == "moderators" => Ok(Self::Moderators),
            _ => Err("must be 'session', 'room:<id>', 'moderators' or 'participant:<id>'".into()),
        }
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

fn slug(text: String, max: usize) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if (1..=max).contains(&text.len()) && text.chars().all(allowed) {
        return Ok(text);
    }
    Err(format!("must be 1 to {max} letters, digits, '_' or '-'"))
}

fn subject(text: String, max: usize) -> Result<String, String> {
    if (1..=max).contains(&text.len()) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(format!("must be 1 to {max} bytes without control characters"))
}

fn visible_ascii(text: String, max: usize) -> Result<String, String> {
    if (1..=max).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(text);
    }
    Err(format!("must be 1 to {max} visible ASCII characters"))
}
