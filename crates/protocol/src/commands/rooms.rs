//! Commands about breakout rooms and one's own way in and out of them.

use serde::{Deserialize, Serialize};

use crate::decode::Change;
use crate::ids::{ParticipantId, RoomId, TemplateId};
use crate::number::{Capacity, SlowModeMs};
use crate::text::{GuestKey, RoomName};

/// Create a breakout room, open at once or to be opened later with the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct CreateRoom {
    /// What it is called; names need not differ.
    pub name: RoomName,
    /// Most people in it at once; absent or `null` for no limit of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Whether it is to be opened later, by `open_rooms`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<bool>"))]
    pub preparing: bool,
}

/// Create several rooms, all or none, to be opened later with the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CreateRooms {
    /// The rooms, in order.
    pub rooms: Vec<NewRoom>,
    /// The template that they are from. It is known inside the service alone: what comes over the wire names none.
    #[serde(skip)]
    pub template_id: Option<TemplateId>,
}

/// One of several rooms to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct NewRoom {
    /// What it is called.
    pub name: RoomName,
    /// Most people in it at once; absent or `null` for no limit of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub capacity: Option<Capacity>,
    /// Who is assigned to it: people who are there and guests who are expected, by what they are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<GuestKey>>"))]
    pub guests: Vec<GuestKey>,
}

/// Rename, cap or lock a room, say who keeps order in it and how fast people may write. Absent fields stay as they
/// are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct UpdateRoom {
    /// The room.
    pub room_id: RoomId,
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<RoomName>,
    /// A new capacity, not below the number of people in the room; `null` lifts the limit.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(
        feature = "describe",
        ts(as = "Option<Option<Capacity>>", optional),
        schemars(with = "Option<Capacity>")
    )]
    pub capacity: Change<Capacity>,
    /// Whether only hosts and moderators may come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<bool>,
    /// Who keeps order in it, in place of those who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator_ids: Option<Vec<ParticipantId>>,
    /// How long participants wait between two messages in it; `null` for no wait.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(
        feature = "describe",
        ts(as = "Option<Option<SlowModeMs>>", optional),
        schemars(with = "Option<SlowModeMs>")
    )]
    pub slow_mode_ms: Change<SlowModeMs>,
    /// The `version` of the room that the change was made from: refused as `stale`, with the room as it is, when
    /// somebody else has changed it since. Absent to change it in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub expected_version: Option<u64>,
}

/// Close a room: everyone in it returns to main.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CloseRoom {
    /// The room.
    pub room_id: RoomId,
    /// The `version` that the change was made from: refused as `stale`, with what is now, when somebody else has
    /// changed it since. Absent to do it in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub expected_version: Option<u64>,
}

/// Take a room off the list: everyone in it returns to main. What was said stays in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct DeleteRoom {
    /// The room.
    pub room_id: RoomId,
    /// The `version` that the change was made from: refused as `stale`, with what is now, when somebody else has
    /// changed it since. Absent to do it in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub expected_version: Option<u64>,
}

/// Go into a room, out of the one that one is in. `main` leads back to the session's own room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct JoinRoom {
    /// The room.
    pub room_id: RoomId,
    /// The room that one was in when one decided to go: refused as `stale`, with oneself as one is, when one was taken
    /// elsewhere since. Absent to go in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected_room_id: Option<RoomId>,
}

/// Return to main from the room that one is in. In main already, nothing happens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct LeaveRoom {
    /// Only from this room: refused with `not_in_room` when one is elsewhere by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
}
