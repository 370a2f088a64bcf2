//! What was said, as it is now.

use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, ParticipantId, RoomId};
use crate::text::{Alias, Emoji, MessageContent};

/// Something said in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Message {
    /// Unique within the session.
    pub id: MessageId,
    /// Where it was said.
    pub room_id: RoomId,
    /// Its position in the room's stream, which other events have positions in too.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub seq: u64,
    /// Who said it.
    pub sender_id: ParticipantId,
    /// What they were called then.
    pub sender_alias: Alias,
    /// What it says; empty once it is deleted.
    #[serde(deserialize_with = "MessageContent::or_nothing")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub content: MessageContent,
    /// When the session accepted it, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub created_at: u64,
    /// Whether it was said to many at once, and wants to be noticed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<bool>"))]
    pub broadcast: bool,
    /// The message of the same room that it answers, which may be deleted by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reply_to: Option<MessageId>,
    /// Whom it wants to reach in particular.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<ParticipantId>>"))]
    pub mentions: Vec<ParticipantId>,
    /// What people put to it, in the order in which each emoji first came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Reaction>>"))]
    pub reactions: Vec<Reaction>,
    /// When its sender last changed what it says, milliseconds since the epoch; absent if they never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub edited_at: Option<u64>,
    /// When it was deleted, milliseconds since the epoch; absent while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub deleted_at: Option<u64>,
    /// Who deleted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub deleted_by: Option<ParticipantId>,
    /// The `rev` of its last edit, deletion or reaction; absent if there was none. Of two copies the higher one is
    /// newer, and an event with a `rev` up to it is in it already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub version: Option<u64>,
    /// The id of the command that sent it: the sender knows its own message by it, before any ack.
    pub command_id: String,
}

/// Something said by one person to another, for these two alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DirectMessage {
    /// Unique within the session, among the messages of rooms too.
    pub id: MessageId,
    /// Who said it.
    pub sender_id: ParticipantId,
    /// What they were called then.
    pub sender_alias: Alias,
    /// To whom.
    pub recipient_id: ParticipantId,
    /// What it says; empty once it is deleted.
    #[serde(deserialize_with = "MessageContent::or_nothing")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub content: MessageContent,
    /// When the session accepted it, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub created_at: u64,
    /// The message between the same two that it answers, which may be deleted by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reply_to: Option<MessageId>,
    /// What the two put to it, in the order in which each emoji first came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Reaction>>"))]
    pub reactions: Vec<Reaction>,
    /// When its sender last changed what it says, milliseconds since the epoch; absent if they never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub edited_at: Option<u64>,
    /// When it was deleted, by its sender, milliseconds since the epoch; absent while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub deleted_at: Option<u64>,
    /// As in [`Message`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub version: Option<u64>,
    /// The id of the command that sent it.
    pub command_id: String,
}

/// An emoji at a message, and who put it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Reaction {
    /// The emoji.
    pub emoji: Emoji,
    /// Who put it there, in that order; never empty.
    pub participant_ids: Vec<ParticipantId>,
}
