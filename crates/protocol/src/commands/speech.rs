//! Commands that say something, and that change what was said.

use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, ParticipantId, RoomId};
use crate::text::{Emoji, MessageContent};

/// Say something in `main` or in the room that one is in. Hosts and moderators may speak in any room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SendMessage {
    /// Where.
    pub room_id: RoomId,
    /// What.
    pub content: MessageContent,
    /// The message of the same room that this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reply_to: Option<MessageId>,
    /// Whom it wants to reach in particular: at most [`crate::limits::MENTIONS`] members of the session.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<ParticipantId>>"))]
    pub mentions: Vec<ParticipantId>,
    /// The last `seq` of the `session` stream that the client had when this was written. A sender who left the room after
    /// that position may still send to it, for [`crate::limits::LATE_MESSAGE_MS`] and until the room closes. A repeat of
    /// the command may carry another value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub seen_session: Option<u64>,
}

/// Say something to everyone, or to some rooms, from wherever one is. To everyone, it is said in main, which
/// everyone follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Broadcast {
    /// To which rooms; absent for everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_ids: Option<Vec<RoomId>>,
    /// What.
    pub content: MessageContent,
}

/// Say something to one person, which nobody else hears. One of the two has to be a host or moderator. Being muted in
/// rooms does not keep anybody from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SendDirectMessage {
    /// To whom.
    pub participant_id: ParticipantId,
    /// What.
    pub content: MessageContent,
    /// The direct message between the same two that this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reply_to: Option<MessageId>,
}

/// Put something else in place of what one said oneself, in a room or directly. What it said before is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct EditMessage {
    /// The message.
    pub message_id: MessageId,
    /// What it is to say.
    pub content: MessageContent,
    /// Whom it wants to reach, in place of those whom it named before. Only in rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<ParticipantId>>"))]
    pub mentions: Vec<ParticipantId>,
}

/// Take back what one said oneself, in a room or directly, wherever one is now. Hosts and moderators may take back
/// what anybody said in a room, and facilitators in a room of theirs. That there was a message stays; what it said is
/// kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DeleteMessage {
    /// The message.
    pub message_id: MessageId,
}

/// Put an emoji to a message, or take one's own away again: where one may speak, and to direct messages of one's own
/// conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ReactToMessage {
    /// The message.
    pub message_id: MessageId,
    /// The emoji.
    pub emoji: Emoji,
    /// Whether it is put there, or taken away.
    pub added: bool,
}
