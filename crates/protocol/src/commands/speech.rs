//! Commands that say something.

use serde::{Deserialize, Serialize};

use crate::ids::RoomId;
use crate::text::MessageContent;

/// Say something in `main` or in the room that one is in. Hosts and moderators may speak in any room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SendMessage {
    /// Where.
    pub room_id: RoomId,
    /// What.
    pub content: MessageContent,
}

/// Say something to everyone, or to some rooms, from wherever one is. To everyone, it is said in main, which
/// everyone follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Broadcast {
    /// To which rooms; absent for everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub room_ids: Option<Vec<RoomId>>,
    /// What.
    pub content: MessageContent,
}
