//! What happened, for afterwards: who was where and when, and how lively it was.

use serde::{Deserialize, Serialize};

use crate::ids::{ParticipantId, RoomId};
use crate::model::{Role, Session};
use crate::moderation::HelpRequest;
use crate::text::{Alias, RoomName};

/// What happened in a session so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Debrief {
    /// The session as it is now.
    pub session: Session,
    /// Each opening of all rooms, in order.
    pub rounds: Vec<DebriefRound>,
    /// Each breakout room that ever was, oldest first.
    pub rooms: Vec<DebriefRoom>,
    /// Everyone who ever was in the session, by id.
    pub participants: Vec<DebriefParticipant>,
    /// Each stay of somebody in a breakout room, by when it began.
    pub visits: Vec<DebriefVisit>,
    /// Each request for help, by when it was made.
    pub help: Vec<DebriefHelp>,
}

/// A request for help, and how long it took until somebody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefHelp {
    /// The round in which it was made; 0 before the first.
    pub round: u32,
    /// From asking until it was claimed, resolved or taken back, in milliseconds; `null` while it waits.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub wait_ms: Option<u64>,
    /// The request as it is now.
    pub request: HelpRequest,
}

/// A room in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefRoundRoom {
    /// The room.
    pub room_id: RoomId,
    /// What it was called when somebody first came into it or spoke in it.
    pub name: RoomName,
    /// Who was in it, by when they first came.
    pub participant_ids: Vec<ParticipantId>,
    /// How many messages were said in it.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub messages: u64,
}

/// One opening of all rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefRound {
    /// Its number, from 1.
    pub round: u32,
    /// When the rooms opened, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub opened_at: u64,
    /// When the last of them closed; `null` while one is open.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub closed_at: Option<u64>,
    /// The rooms in which something happened, by when that began.
    pub rooms: Vec<DebriefRoundRoom>,
}

/// A breakout room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefRoom {
    /// Its id.
    pub room_id: RoomId,
    /// What it was called last.
    pub name: RoomName,
    /// How many messages were said in it.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub messages: u64,
    /// When the first was said, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub first_message_at: Option<u64>,
    /// When the last was said.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub last_message_at: Option<u64>,
    /// The minutes in which something was said in it, oldest first: when each began, milliseconds since the epoch, and
    /// how many messages there were. At most the last [`crate::limits::DEBRIEF_MINUTES`].
    #[cfg_attr(feature = "describe", ts(type = "Array<[number, number]>"))]
    pub message_minutes: Vec<(u64, u64)>,
    /// How many different people have been in it.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub visitors: u64,
}

/// Somebody who was in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefParticipant {
    /// Who.
    pub participant_id: ParticipantId,
    /// What they were called last.
    pub alias: Alias,
    /// Their last role.
    pub role: Role,
    /// When they first came, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub joined_at: u64,
    /// When they left; `null` if they are in the session now.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub left_at: Option<u64>,
    /// How many messages they sent, in main too.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub messages: u64,
}

/// A stay of somebody in a breakout room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DebriefVisit {
    /// The round in which it began; 0 before the first.
    pub round: u32,
    /// Where.
    pub room_id: RoomId,
    /// What the room was called then.
    pub room_name: RoomName,
    /// Who.
    pub participant_id: ParticipantId,
    /// What they were called then.
    pub alias: Alias,
    /// When they came in, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub entered_at: u64,
    /// When they went; `null` if they are still in it.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub left_at: Option<u64>,
    /// How many messages they sent there meanwhile.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub messages: u64,
}
