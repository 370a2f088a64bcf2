//! Commands about people.

use serde::{Deserialize, Serialize};

use crate::decode::Change;
use crate::ids::{ParticipantId, RoomId};
use crate::model::Role;
use crate::text::{About, Alias, Tag};

/// Move somebody into a room at once; `main` brings them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MoveParticipant {
    /// Who.
    pub participant_id: ParticipantId,
    /// Where to.
    pub room_id: RoomId,
    /// The room that they were in when this was decided: refused as `stale`, with them as they are, when they are
    /// elsewhere by now. Absent to move them in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected_room_id: Option<RoomId>,
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
    /// The role that they had when this was decided: refused as `stale`, with them as they are, when somebody else has
    /// given them another one since. Absent to give it in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected_role: Option<Role>,
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

/// Hold back what somebody writes, or let it through again. Hosts and moderators cannot be muted. They mute somebody in
/// the whole session, and facilitators in the room where somebody is; nobody lifts what a higher role has muted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MuteParticipant {
    /// Who.
    pub participant_id: ParticipantId,
    /// Whether they are muted.
    pub muted: bool,
}

/// Remove somebody from the session, and with it their role, their assignment and the rooms that they facilitate. They may
/// come back, as a participant, unless they are banned. Hosts cannot be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RemoveParticipant {
    /// Who.
    pub participant_id: ParticipantId,
}

/// Make somebody else host and be a moderator oneself, in one step, so that there is always a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct HandOver {
    /// Who.
    pub participant_id: ParticipantId,
}

/// Change one's own name here, or what one says about oneself. Absent fields stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct UpdateProfile {
    /// The name that others see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Alias>,
    /// About oneself, for moderators who put groups together; `null` takes it back.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(
        feature = "describe",
        ts(as = "Option<Option<About>>", optional),
        schemars(with = "Option<About>")
    )]
    pub about: Change<About>,
    /// The same in single words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Let two people change places: each goes where the other is, and has the other's assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SwapParticipants {
    /// One.
    pub participant_id: ParticipantId,
    /// The other.
    pub other_participant_id: ParticipantId,
    /// Where the one was when this was decided: refused as `stale`, with them as they are, when they are or belong
    /// elsewhere by now. Absent to let them change places in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected: Option<SeenPlace>,
    /// The same of the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub other_expected: Option<SeenPlace>,
}

/// Where somebody was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SeenPlace {
    /// The room that they were in.
    pub room_id: RoomId,
    /// The room that they were assigned to; `null` for none.
    pub assigned_room_id: Option<RoomId>,
}
