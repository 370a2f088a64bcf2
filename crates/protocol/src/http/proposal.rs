//! Working out who could go where, before anybody is assigned.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::commands::Assignment;
use crate::ids::{ParticipantId, RoomId};

/// How people are put into rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum AssignmentStrategy {
    /// Everybody draws a room that still has space.
    Random,
    /// Sizes differ by at most one, and people meet others than before.
    Balanced,
    /// People who share a tag come together.
    Alike,
    /// Each tag is spread over the rooms.
    Mixed,
}

/// By what people are alike or mixed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum MatchBy {
    /// By their tags.
    #[default]
    Tags,
    /// By what they wrote about themselves.
    Texts,
}

/// By what people were found to be alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum MatchedBy {
    /// By their tags.
    #[default]
    Tags,
    /// By the meaning of what they wrote.
    Meaning,
    /// By words that they have in common: there is no model of meaning here, or it did not answer.
    Words,
}

/// Asks who could go where. Nothing changes; the answer's `assignments` go into an `assign` command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ProposalRequest {
    /// How.
    pub strategy: AssignmentStrategy,
    /// Into which rooms; absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_ids: Option<Vec<RoomId>>,
    /// Whom; absent for everyone present but hosts and moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub participant_ids: Option<Vec<ParticipantId>>,
    /// For `alike` and `mixed`: by what.
    #[serde(default)]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<MatchBy>"))]
    pub match_by: MatchBy,
    /// What is known of people beside the tags that they gave themselves, which it replaces.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(
        feature = "describe",
        ts(optional, type = "Record<string, Array<string>>"),
        schemars(with = "BTreeMap<String, Vec<String>>")
    )]
    pub tags: BTreeMap<ParticipantId, Vec<String>>,
    /// Groups of people who stay together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Vec<ParticipantId>>>"))]
    pub together: Vec<Vec<ParticipantId>>,
    /// Groups of people of whom no two share a room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Vec<ParticipantId>>>"))]
    pub apart: Vec<Vec<ParticipantId>>,
    /// Whether those who shared a room in an earlier round should meet others; true if absent.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<bool>"))]
    pub avoid_repeats: bool,
    /// Where chance comes from: the same one gives the same answer, another one another. Keep it over the rounds
    /// of a series. Absent for the session's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub seed: Option<u32>,
}

/// Who could go where, and what had to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AssignmentProposal {
    /// Who would go where, by person.
    pub assignments: Vec<Assignment>,
    /// For whom there was no place.
    pub unplaced: Vec<ParticipantId>,
    /// Pairs in one room who have met in an earlier round.
    pub repeated_meetings: u32,
    /// People who would have to move for sizes to differ by at most one.
    pub uneven_sizes: u32,
    /// With `alike`: pairs in one room without a common tag.
    pub unlike_pairs: u32,
    /// With `mixed`: people who would have to move for each tag to be spread evenly.
    pub uneven_tags: u32,
    /// The seed that was used.
    pub seed: u32,
    /// By what people were found to be alike.
    pub matched_by: MatchedBy,
}

fn yes() -> bool {
    true
}
