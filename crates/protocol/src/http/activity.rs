//! How lively the rooms are, told without what is said in them.

use serde::{Deserialize, Serialize};

use crate::ids::RoomId;

/// How lively the rooms are, for hosts and moderators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ActivityBody {
    /// The server's clock, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub server_time: u64,
    /// Over how many minutes `recentMessages` counts.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub minutes: u64,
    /// Every breakout room, oldest first.
    pub rooms: Vec<RoomActivity>,
}

/// How lively a room is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RoomActivity {
    /// The room.
    pub room_id: RoomId,
    /// How many people are in it.
    pub present: usize,
    /// How many of those in the session are assigned to it.
    pub assigned: usize,
    /// How many messages were said in it.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub messages: u64,
    /// How many of them in the last minutes, see `minutes`.
    pub recent_messages: u32,
    /// When the last one was said, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub last_message_at: Option<u64>,
    /// How long somebody in it has been waiting for help, at most, in milliseconds; `null` if nobody waits.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub longest_help_wait_ms: Option<u64>,
}
