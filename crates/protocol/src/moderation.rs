//! What is not for everyone: requests for help, who is expected, and what people wrote about themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{HelpRequestId, ParticipantId, RoomId};
use crate::message::DirectMessage;
use crate::text::{About, Alias, GuestKey, HelpText, Tag};

/// How somebody asks for a moderator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HelpKind {
    /// Something is wrong with how people treat each other, or somebody is not well: before all others.
    Alert,
    /// A question that can wait its turn.
    Help,
}

/// Where a request for help is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HelpState {
    /// Nobody has taken it yet.
    Waiting,
    /// A moderator is on it.
    Claimed,
    /// A moderator has dealt with it.
    Resolved,
    /// Who asked took it back, or left.
    Cancelled,
}

/// A request for help, known to who asked and to the moderators. Everybody has at most one open of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct HelpRequest {
    /// Its id.
    pub id: HelpRequestId,
    /// How urgent it is.
    pub kind: HelpKind,
    /// Where it is in its life.
    pub state: HelpState,
    /// Who asked.
    pub participant_id: ParticipantId,
    /// What they were called then.
    pub alias: Alias,
    /// Where they were then.
    pub room_id: RoomId,
    /// What it is about, in their words.
    pub text: Option<HelpText>,
    /// Whom it is about, in an alert.
    pub about_participant_id: Option<ParticipantId>,
    /// When they asked, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub asked_at: u64,
    /// Who took it.
    pub claimed_by: Option<ParticipantId>,
    /// When it was first taken: the wait ends here, or at `closed_at` if nobody took it.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub claimed_at: Option<u64>,
    /// When it was resolved or cancelled.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub closed_at: Option<u64>,
}

/// A room for somebody who has not arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct GuestAssignment {
    /// What they are called: matched with the e-mail address and the id of their token, then with their alias.
    pub key: GuestKey,
    /// Which room; `null` for none, which takes them off the list.
    pub room_id: Option<RoomId>,
}

/// What somebody wrote about themselves, for finding them company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Profile {
    /// In their words.
    pub about: Option<About>,
    /// In single ones.
    pub tags: Vec<Tag>,
}

/// What only hosts and moderators know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Moderation {
    /// Open requests for help: alerts first, then by when they were made.
    pub help: Vec<HelpRequest>,
    /// Who is expected, by key.
    pub guests: Vec<GuestAssignment>,
    /// What people wrote about themselves.
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, Profile>"),
        schemars(with = "BTreeMap<String, Profile>")
    )]
    pub profiles: BTreeMap<ParticipantId, Profile>,
    /// Who may not come back, by id.
    #[serde(default)]
    pub banned: Vec<BannedParticipant>,
}

/// Somebody who may not come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct BannedParticipant {
    /// Who.
    pub id: ParticipantId,
    /// The name that others saw.
    pub alias: Alias,
}

/// What only one person knows; of their requests and their profile the moderators know too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Own {
    /// Their open requests for help.
    pub help: Vec<HelpRequest>,
    /// What they wrote about themselves.
    pub profile: Profile,
    /// The newest direct messages that they wrote or got, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<DirectMessage>>"))]
    pub direct_messages: Vec<DirectMessage>,
}
