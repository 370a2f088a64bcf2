//! Commands about the session as a whole.

use serde::{Deserialize, Serialize};

use crate::number::CountdownMs;
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
}

/// End the session for everyone. It cannot be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct EndSession {}
