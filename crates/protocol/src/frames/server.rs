//! Frames from server to client.

use serde::{Deserialize, Serialize};

use super::Positions;
use crate::error::ErrorBody;
use crate::events::SequencedEvent;
use crate::ids::{CommandId, ParticipantId, RoomId, StreamId};
use crate::model::{DirectMessage, Message, Participant, Room, Session, Snapshot};
use crate::moderation::{HelpRequest, Moderation, Profile};

/// The answer to `hello`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Welcome {
    /// [`crate::PROTOCOL_VERSION`].
    pub protocol: u32,
    /// Marks this history; it goes into the next `hello`.
    pub epoch: String,
    /// The server's clock, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub server_time: u64,
    /// Who the client is.
    #[serde(rename = "self")]
    pub participant: Participant,
    /// Whether the missed events follow. If not, `snapshot` is there and the client starts afresh.
    pub resumed: bool,
    /// The streams that the client follows and from which `seq`: the snapshot's, or the one it already had.
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, number>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub streams: Positions,
    /// The session as it is, unless `resumed`.
    pub snapshot: Option<Snapshot>,
    /// The newest messages of followed streams that a resuming client did not hold, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Message>>"))]
    pub messages: Vec<Message>,
    /// What only hosts and moderators know, where the client becomes one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub moderation: Option<Moderation>,
    /// How far this person has read, on whichever device; absent if nothing.
    #[serde(default, skip_serializing_if = "Positions::is_empty")]
    #[cfg_attr(
        feature = "describe",
        ts(optional, as = "Option<std::collections::BTreeMap<String, u64>>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub read: Positions,
}

/// Events of one stream, contiguous.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Events {
    /// The stream.
    pub stream: StreamId,
    /// The `seq` before the first event. A client whose own position differs has a gap, and resumes.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub from: u64,
    /// The events, in order.
    pub events: Vec<SequencedEvent>,
}

/// What a command brought about. Only the parts that belong to the command are present.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct CommandResult {
    /// The session as it is now: `update_session`, `end_session`, and creating a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The participant as they are now: `join_session`, `join_room`, `leave_room`, `move_participant`, `set_role`,
    /// and the other commands about one participant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participant: Option<Participant>,
    /// The room as it is now: `create_room`, `update_room`, `close_room`, `join_room`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// The request for help as it is now: `ask_for_help`, `claim_help`, `resolve_help`, `cancel_help`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_request: Option<HelpRequest>,
    /// What one says about oneself: `update_profile`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// The rooms, in order: `create_rooms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rooms: Option<Vec<Room>>,
    /// The message: `send_message`; the first of several: `broadcast`; as it is now: `edit_message`, `delete_message`,
    /// `react_to_message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// The same of a direct message: `send_direct_message`, and the commands that change one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_message: Option<DirectMessage>,
}

/// A command was carried out, durably.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Ack {
    /// The command's id.
    pub id: CommandId,
    /// Its position in the journal.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub rev: u64,
    /// Whether it had been carried out before, under the same id; everything else is then as it was.
    pub duplicate: bool,
    /// What it brought about.
    pub result: CommandResult,
    /// If the command changed what the client follows: every stream it follows now, and from which `seq`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "describe",
        ts(optional, type = "Record<string, number>"),
        schemars(with = "Option<std::collections::BTreeMap<String, u64>>")
    )]
    pub streams: Option<Positions>,
    /// The newest messages of the streams that are new to the client, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Message>>"))]
    pub messages: Vec<Message>,
    /// What only hosts and moderators know, where the client becomes one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub moderation: Option<Moderation>,
}

/// A command or frame was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Nack {
    /// The command's id; `null` if the frame was no command, or its id could not be read.
    pub id: Option<CommandId>,
    /// Why.
    pub error: ErrorBody,
}

/// Who came online and who went, since the last such frame. Not sequenced; a snapshot has the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Presence {
    /// They have a connection now.
    pub connected: Vec<ParticipantId>,
    /// They have none any more.
    pub disconnected: Vec<ParticipantId>,
}

/// Somebody is writing in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TypingNotice {
    /// Where.
    pub room_id: RoomId,
    /// Who.
    pub participant_id: ParticipantId,
}

/// Somebody is writing to the person behind this connection, alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DirectTyping {
    /// Who.
    pub participant_id: ParticipantId,
}

/// How far the person behind this connection has read, on another of their connections. Not sequenced, and cumulative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ReadPositions {
    /// The last position that they have seen of each stream, as in a cursor.
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, number>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub read: Positions,
}

/// How far those in a room have got with what is said in it. Not sequenced; each such frame replaces the one before.
///
/// A message with the position `seq` has reached the sum of the counts at positions from `seq` on, its sender
/// included. What one wrote to somebody alone has the stream `participant:<somebody>`, and positions that are the numbers
/// in the ids of messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Receipts {
    /// The room's stream, or the other one's.
    pub stream: StreamId,
    /// How many people are in the room; two.
    pub members: usize,
    /// Positions that people have received up to, each with how many are there, highest first. The lowest may stand
    /// for some that are lower still.
    #[cfg_attr(feature = "describe", ts(type = "Array<[number, number]>"))]
    pub received: Vec<(u64, usize)>,
    /// The same for what they have read.
    #[cfg_attr(feature = "describe", ts(type = "Array<[number, number]>"))]
    pub read: Vec<(u64, usize)>,
    /// The same for broadcasts, which clients show to people apart from other messages. Absent if equal to `read`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, type = "Array<[number, number]>"))]
    pub announced: Vec<(u64, usize)>,
}

/// Something about this connection, tagged by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Notice {
    /// What the client follows changed, by another's command or from another of one's own connections.
    StreamsChanged {
        /// Every stream it follows now, and from which `seq`.
        #[cfg_attr(
            feature = "describe",
            ts(type = "Record<string, number>"),
            schemars(with = "std::collections::BTreeMap<String, u64>")
        )]
        streams: Positions,
        /// The newest messages of the streams that are new to the client, oldest first.
        messages: Vec<Message>,
        /// What only hosts and moderators know, where the client becomes one of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        moderation: Option<Moderation>,
    },
    /// The token in use now: the answer to `auth`.
    Authenticated {
        /// When it expires, milliseconds since the epoch.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        expires_at: u64,
    },
    /// Much was sent: the client answers with a cursor that has the mark, once it has taken in everything before this.
    Confirm {
        /// The mark, unpredictable.
        mark: String,
    },
    /// The token has expired; the socket closes soon unless an `auth` frame brings a new one.
    TokenExpired {
        /// When the socket closes, milliseconds since the epoch.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        closes_at: u64,
    },
}

/// A frame from server to client, tagged by `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
#[allow(
    clippy::large_enum_variant,
    reason = "frames are built, serialised and dropped, never stored"
)]
pub enum ServerFrame {
    /// Answers `hello`.
    Welcome(Welcome),
    /// Brings events.
    Events(Events),
    /// Settles a command.
    Ack(Ack),
    /// Refuses a command or frame.
    Nack(Nack),
    /// Who is online.
    Presence(Presence),
    /// Who is writing.
    Typing(TypingNotice),
    /// Who is writing to oneself alone.
    DirectTyping(DirectTyping),
    /// How far oneself has read elsewhere.
    Read(ReadPositions),
    /// Who has got how far.
    Receipts(Receipts),
    /// About this connection.
    Notice(Notice),
}

impl ServerFrame {
    /// The frame as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
