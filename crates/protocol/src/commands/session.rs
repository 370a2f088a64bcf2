//! Commands about the session as a whole.

use serde::{Deserialize, Serialize};

use crate::decode::Change;
use crate::model::{ChatHistory, LateJoiners};
use crate::number::{CountdownMs, SlowModeMs};
use crate::text::SessionTitle;

/// Enter the session. Any other command does this too, for somebody who is not in it yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct JoinSession {}

/// Leave the session. The role is kept for a return.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct LeaveSession {}

/// Change what the session is called and how its rooms work. Absent fields stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct UpdateSession {
    /// A new title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<SessionTitle>,
    /// Whether only those already in the session may come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<bool>,
    /// Whether participants may choose a room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_select: Option<bool>,
    /// Whether participants may return to main by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_allowed: Option<bool>,
    /// How long rooms take to close when nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countdown_ms: Option<CountdownMs>,
    /// Where people go who come while rooms are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_joiners: Option<LateJoiners>,
    /// How long participants wait between two messages in main; `null` for no wait.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(
        feature = "describe",
        ts(as = "Option<Option<SlowModeMs>>", optional),
        schemars(with = "Option<SlowModeMs>")
    )]
    pub slow_mode_ms: Change<SlowModeMs>,
    /// Whether this is being recorded, which everybody is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<bool>,
    /// Which messages of a breakout room participants may read who come into it from now on. Refused in a session from
    /// before this setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_history: Option<ChatHistory>,
    /// The `version` of the session that the change was made from: refused as `stale`, with the session as it is, when
    /// somebody else has changed it since. Absent to change it in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub expected_version: Option<u64>,
}

/// End the session for everyone. It cannot be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct EndSession {}
