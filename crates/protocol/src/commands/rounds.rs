//! Commands about many rooms at once, and about time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decode::Change;
use crate::ids::{ParticipantId, RoomId};
use crate::moderation::GuestAssignment;
use crate::number::{CountdownMs, TimerMs};

/// Versions of rooms, as somebody saw them.
pub type Versions = BTreeMap<RoomId, u64>;

/// Open rooms, each for everyone who is assigned to it: they move in at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct OpenRooms {
    /// Which rooms; absent for all. Opening all of them, when none is open, begins a new round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_ids: Option<Vec<RoomId>>,
    /// How long they stay open; absent for no timer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<TimerMs>,
    /// The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
    /// has changed one of them since. Rooms that are not named are taken as they are.
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Versions>"))]
    pub expected_versions: Versions,
}

/// Close rooms after a countdown, at whose end everyone returns to main.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct CloseRooms {
    /// Which rooms; absent for all that are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_ids: Option<Vec<RoomId>>,
    /// How long it takes; absent for the session's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countdown_ms: Option<CountdownMs>,
    /// The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
    /// has changed one of them since. Rooms that are not named are taken as they are.
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Versions>"))]
    pub expected_versions: Versions,
}

/// Give open rooms a timer, or another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SetTimer {
    /// Which rooms; absent for all that are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_ids: Option<Vec<RoomId>>,
    /// How long from now they stay open; `null` for no timer.
    pub duration_ms: Option<TimerMs>,
    /// The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
    /// has changed one of them since. Rooms that are not named are taken as they are.
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Versions>"))]
    pub expected_versions: Versions,
}

/// Give rooms with a timer more time. One that is closing goes on, for this long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ExtendTimer {
    /// Which rooms; absent for all that have a timer or are closing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_ids: Option<Vec<RoomId>>,
    /// How much more.
    pub by_ms: TimerMs,
    /// The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
    /// has changed one of them since. Rooms that are not named are taken as they are.
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Versions>"))]
    pub expected_versions: Versions,
}

/// Bring people back to main without closing their rooms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct RecallRooms {
    /// From which rooms; absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_ids: Option<Vec<RoomId>>,
    /// The `version`s of rooms that this was decided from: refused as `stale`, with the room as it is, when somebody else
    /// has changed one of them since, as by closing it and opening it for another round. Rooms that are not named are
    /// taken as they are.
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Versions>"))]
    pub expected_versions: Versions,
}

/// Assign people to rooms, all or none. Those whose room is open move in at once; the others when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Assign {
    /// Who goes where. People who are not named keep what they have.
    pub assignments: Vec<Assignment>,
}

/// One person's room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Assignment {
    /// Who.
    pub participant_id: ParticipantId,
    /// Which room; `null` for none.
    pub room_id: Option<RoomId>,
    /// Which room they had when this was decided, `null` for none: refused as `stale`, with them as they are, when
    /// somebody else has assigned them since. Absent to assign them in any case.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(
        feature = "describe",
        ts(as = "Option<Option<RoomId>>", optional),
        schemars(with = "Option<RoomId>")
    )]
    pub expected_room_id: Change<RoomId>,
    /// The room that they were in when this was decided, as an open room takes them out of it: refused as `stale`, with
    /// them as they are, when they are elsewhere by now. Absent to assign them wherever they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected_location_id: Option<RoomId>,
}

/// Give rooms to people who may not have arrived, all or none. Who is there already is assigned at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AssignGuests {
    /// Who goes where. Guests who are not named keep what they have.
    pub assignments: Vec<GuestAssignment>,
}
