//! Commands about being let into rooms that one cannot just walk into.

use serde::{Deserialize, Serialize};

use crate::ids::{ParticipantId, RoomId};

/// Ask to be let into a room, or stop asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Knock {
    /// The room; `null` to stop asking.
    pub room_id: Option<RoomId>,
}

/// Let somebody in who knocks, or do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AnswerKnock {
    /// Who knocks.
    pub participant_id: ParticipantId,
    /// Whether they come in, locked or not.
    pub admit: bool,
    /// The room of the knock that this answers: refused as `not_knocking` if the participant knocks at another by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_id: Option<RoomId>,
}

/// Ask people to come into a room, or take that back. They may come in while it is open, locked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct InviteParticipants {
    /// Whom.
    pub participant_ids: Vec<ParticipantId>,
    /// Into which room; `null` takes an invitation back.
    pub room_id: Option<RoomId>,
}

/// What somebody says to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum InvitationAnswer {
    /// They come.
    Accept,
    /// They may come later: the invitation stays.
    Later,
    /// They do not come.
    Decline,
}

/// Answer an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AnswerInvitation {
    /// What.
    pub answer: InvitationAnswer,
    /// The room of the invitation: refused as `not_invited` if the invitation is into another room by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_id: Option<RoomId>,
}
