//! Commands about people.

use serde::{Deserialize, Serialize};

use crate::ids::{ParticipantId, RoomId};
use crate::model::Role;

/// Move somebody into a room at once; `main` brings them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MoveParticipant {
    /// Who.
    pub participant_id: ParticipantId,
    /// Where to.
    pub room_id: RoomId,
}

/// Give somebody a role. The last host keeps theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SetRole {
    /// Who.
    pub participant_id: ParticipantId,
    /// The new role.
    pub role: Role,
}

/// Remove somebody from the session and keep them out. Hosts cannot be banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct BanParticipant {
    /// Who.
    pub participant_id: ParticipantId,
}

/// Let somebody come back who was banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct UnbanParticipant {
    /// Who.
    pub participant_id: ParticipantId,
}

/// Ask for attention, or stop asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RaiseHand {
    /// Whether the hand is up.
    pub raised: bool,
}
