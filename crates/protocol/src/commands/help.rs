//! Commands about requests for help.

use serde::{Deserialize, Serialize};

use crate::ids::{HelpRequestId, ParticipantId};
use crate::moderation::HelpKind;
use crate::text::HelpText;

/// Ask a moderator for help, or alert them. Only they learn of it. Asked again while a request of this kind is open,
/// it answers with that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AskForHelp {
    /// How urgent it is.
    pub kind: HelpKind,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub text: Option<HelpText>,
    /// Whom an alert is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub about_participant_id: Option<ParticipantId>,
}

/// Take on a request for help, so that who asked knows that somebody comes, and others need not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ClaimHelp {
    /// The request.
    pub request_id: HelpRequestId,
}

/// Say that a request for help is dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ResolveHelp {
    /// The request.
    pub request_id: HelpRequestId,
}

/// Take back one's own request for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CancelHelp {
    /// The request.
    pub request_id: HelpRequestId,
}
