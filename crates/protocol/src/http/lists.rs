//! Lists of people with their rooms, as spreadsheets write and read them.

use serde::{Deserialize, Serialize};

use crate::commands::{Assignment, NewRoom};
use crate::ids::{ParticipantId, RoomId};
use crate::moderation::GuestAssignment;
use crate::text::{Alias, RoomName, Tag};

/// What a list of people and rooms would bring about, and what of it could not be read. Nothing has changed: its
/// parts go into `create_rooms`, `assign` and `assign_guests`, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AssignmentImport {
    /// Rooms that do not exist yet, each with those who go there.
    pub new_rooms: Vec<NewRoom>,
    /// People who are or were in the session.
    pub assignments: Vec<Assignment>,
    /// People who are not there yet.
    pub guests: Vec<GuestAssignment>,
    /// People in the list without a room.
    pub without_room: usize,
    /// What could not be read, by line; at most the first thousand.
    pub problems: Vec<ImportProblem>,
    /// How many problems there are, those not listed included.
    pub problem_count: usize,
}

/// Something in a list that could not be read. The line is left out of what the list would bring about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ImportProblem {
    /// The line that it begins in, counted from 1.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub line: u64,
    /// The column, where one cell is to blame: `key`, `name`, `room` or `tags`.
    pub column: Option<String>,
    /// What is wrong, in a sentence that names the line.
    pub message: String,
}

/// Who is assigned to which room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AssignmentList {
    /// Everybody who is or was in the session and is not banned, by id.
    pub people: Vec<AssignedPerson>,
    /// Who is expected, by key.
    pub guests: Vec<GuestAssignment>,
}

/// Somebody, and their room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct AssignedPerson {
    /// Who.
    pub participant_id: ParticipantId,
    /// What they are called.
    pub alias: Alias,
    /// The room that they are assigned to.
    pub room_id: Option<RoomId>,
    /// What it is called.
    pub room_name: Option<RoomName>,
    /// What they wrote about themselves, in single words.
    pub tags: Vec<Tag>,
}
