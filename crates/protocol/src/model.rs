//! The things that commands and events are about, as everyone sees them.

use serde::{Deserialize, Serialize};

use crate::ids::{ParticipantId, RoomId, SessionId};
pub use crate::message::{DirectMessage, Message, Reaction};
use crate::moderation::{Moderation, Own};
use crate::number::{Capacity, CountdownMs, SlowModeMs};
use crate::text::{Alias, RoomName, SessionTitle};

/// What a participant may do; see the permission table in `crates/session`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Role {
    /// Takes part.
    Participant,
    /// Runs rooms and keeps order, but does not end the session or give roles.
    Moderator,
    /// May do everything. A session always has at least one.
    Host,
}

impl Role {
    /// Every role, least to most powerful.
    pub const ALL: [Self; 3] = [Self::Participant, Self::Moderator, Self::Host];
}

/// Whether a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SessionState {
    /// People may come and talk.
    Live,
    /// Nobody comes in or says anything any more; what was said stays readable, and may be moderated.
    Ended,
}

/// Where somebody goes who comes while rooms are open and has no room of their own that takes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum LateJoiners {
    /// They wait in main until somebody assigns them, or choose a room where everybody may.
    #[default]
    Hold,
    /// Into the open room with the fewest people, to which they are assigned.
    Smallest,
    /// Into the room that they were in before they left; newcomers wait in main.
    Previous,
    /// They wait in main and may choose a room, also where others may not.
    Choose,
}

/// Which messages of a breakout room a participant may read. Hosts and moderators read all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ChatHistory {
    /// The messages sent while they are in the room.
    Stay,
    /// These, and the messages sent before they came in, since the room was last opened.
    Round,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Session {
    /// Its id, which is also its address.
    pub id: SessionId,
    /// What it is called.
    pub title: SessionTitle,
    /// Whether it goes on.
    pub state: SessionState,
    /// Whether only those already in it may come in.
    pub locked: bool,
    /// Whether participants may choose a room; otherwise only the one they are assigned to is open to them.
    pub self_select: bool,
    /// Whether participants may return to main by themselves.
    pub return_allowed: bool,
    /// How long rooms take to close when nothing else is said.
    pub countdown_ms: CountdownMs,
    /// Where people go who come while rooms are open.
    pub late_joiners: LateJoiners,
    /// How long participants wait between two messages in main; `null` for no wait.
    pub slow_mode_ms: Option<SlowModeMs>,
    /// Whether a host has announced that this is being recorded. Flagship itself records nothing but what is written.
    pub recording: bool,
    /// Whether people are known by their aliases only: ids in it are pseudonyms, made for this session.
    pub anonymous: bool,
    /// How many times the rooms were opened together; 0 before the first.
    pub round: u32,
    /// Which messages of a breakout room a participant may read. Absent in a session from before this setting: every
    /// participant who has been in a room reads all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub chat_history: Option<ChatHistory>,
    /// When it was created, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub created_at: u64,
    /// Who created it.
    pub created_by: ParticipantId,
    /// The `rev` of its last change.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub version: u64,
}

/// A person in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Participant {
    /// From the token's subject.
    pub id: ParticipantId,
    /// The name that others see.
    pub alias: Alias,
    /// What they may do.
    pub role: Role,
    /// The room they are in: their *location*.
    pub room_id: RoomId,
    /// The room that a host gave them, whether they are in it or not: their *assignment*.
    pub assigned_room_id: Option<RoomId>,
    /// Whether they ask for attention.
    pub hand_raised: bool,
    /// Whether what they write is held back, in the whole session.
    pub muted: bool,
    /// The role of who muted them in the whole session: only that one or a higher one lifts it. Absent if they are not
    /// muted, and in sessions from before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub muted_by: Option<Role>,
    /// Rooms in which a facilitator holds back what they write; absent if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<RoomId>>"))]
    pub muted_in: Vec<RoomId>,
    /// The room that they ask to enter.
    pub knocking_room_id: Option<RoomId>,
    /// The room that they were asked to come into, and may still.
    pub invitation: Option<Invitation>,
    /// When they first joined, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub joined_at: u64,
}

/// A room that somebody may come into because they were asked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Invitation {
    /// The room.
    pub room_id: RoomId,
    /// Who asked them.
    pub invited_by: ParticipantId,
    /// When, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub invited_at: u64,
    /// Whether they said that they would come later.
    pub postponed: bool,
}

/// Where a room is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum RoomState {
    /// It is being prepared: people can be assigned to it, but nobody can come in yet.
    Preparing,
    /// People may come in.
    Open,
    /// A countdown runs; nobody new can come in, and at its end everyone returns to main.
    Closing,
    /// Everyone was sent back to main; what was said stays readable to those who were in it.
    Closed,
}

/// An opening of a room. The messages after it, up to the next opening, are those of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RoomRound {
    /// The session's round at that time; the same as in the previous opening if the room was opened by itself.
    pub round: u32,
    /// The last position of the room's stream before the opening; 0 if there was none.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub after: u64,
}

/// A breakout room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Room {
    /// Its id; never used again, even after the room is deleted.
    pub id: RoomId,
    /// What it is called.
    pub name: RoomName,
    /// Where it is in its life.
    pub state: RoomState,
    /// Whether only hosts and moderators may come in.
    pub locked: bool,
    /// Most people in it at once; `null` for no limit of its own.
    pub capacity: Option<Capacity>,
    /// Those who keep order in this room without being moderators, by id.
    pub facilitator_ids: Vec<ParticipantId>,
    /// How long participants wait between two messages in it; `null` for no wait.
    pub slow_mode_ms: Option<SlowModeMs>,
    /// Its openings, oldest first; at most [`crate::limits::ROOM_ROUNDS`], the newest. Absent for a room that has been
    /// open since its creation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<RoomRound>>"))]
    pub rounds: Vec<RoomRound>,
    /// While open with a timer: when it begins to close by itself, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub ends_at: Option<u64>,
    /// While closing: when everyone returns to main, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub closes_at: Option<u64>,
    /// When it was created, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub created_at: u64,
    /// Who created it.
    pub created_by: ParticipantId,
    /// The `rev` of its last change.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub version: u64,
}

/// The session as a newcomer needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Snapshot {
    /// The session itself.
    pub session: Session,
    /// Everyone who is in it, by id.
    pub participants: Vec<Participant>,
    /// Every breakout room that is not deleted, oldest first. `main` is not among them.
    pub rooms: Vec<Room>,
    /// Those of `participants` who have a connection now.
    pub connected: Vec<ParticipantId>,
    /// The newest messages of each followed room, oldest first.
    pub messages: Vec<Message>,
    /// What only hosts and moderators know; `null` for others.
    pub moderation: Option<Moderation>,
    /// What only the viewer knows, beside the moderators.
    pub own: Own,
}
