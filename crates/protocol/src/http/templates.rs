//! Sets of rooms that are kept for other sessions.

use serde::{Deserialize, Serialize};

use crate::commands::NewRoom;
use crate::ids::{SessionId, TemplateId};
use crate::model::Room;
use crate::text::TemplateName;

/// A set of rooms with those who are assigned to them, to be used again. It belongs to who saved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// What it is called.
    pub name: TemplateName,
    /// The rooms, in order.
    pub rooms: Vec<NewRoom>,
    /// When it was saved, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub created_at: u64,
}

/// Saves the rooms of a session as a template, for its hosts and moderators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SaveTemplate {
    /// What it is to be called.
    pub name: TemplateName,
    /// The session whose rooms and assignments are saved.
    pub session_id: SessionId,
}

/// One template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TemplateBody {
    /// The template.
    pub template: Template,
}

/// One's own templates, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TemplatesBody {
    /// The templates.
    pub templates: Vec<Template>,
}

/// Creates the rooms of a template in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ApplyTemplate {
    /// The template.
    pub template_id: TemplateId,
}

/// Rooms that were created together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CreatedRooms {
    /// The rooms, in order.
    pub rooms: Vec<Room>,
}
