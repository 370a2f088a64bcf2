//! Bodies of requests and answers that are not frames.

use serde::{Deserialize, Serialize};

use crate::decode::Change;
use crate::error::ErrorBody;
use crate::frames::ServerFrame;
use crate::ids::{CommandId, ParticipantId};
use crate::model::{DirectMessage, Message, Role, Room, Session};
use crate::number::{Capacity, SlowModeMs};
use crate::text::{Alias, RoomName, SessionTitle};

macro_rules! body {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }
    };
}

body! {
    /// Asks for a new session; the caller becomes its host.
    CreateSession {
        /// What it is called.
        title: SessionTitle,
        /// Whether people are known by their aliases only: nobody, hosts included, sees the ids or names of their
        /// tokens. It cannot be changed later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "describe", ts(optional, as = "Option<bool>"))]
        anonymous: bool,
    }
}

/// A command in a request.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub struct CommandBody {
    /// The idempotency key, if it does not come as the header. Without either, a retry is a new command.
    pub id: Option<CommandId>,
    /// The command.
    // Read by the session, which refuses it by its own fields.
    #[cfg_attr(feature = "describe", schemars(with = "crate::commands::Command"))]
    pub command: serde_json::Map<String, serde_json::Value>,
}

body! {
    /// One session.
    SessionBody {
        /// The session.
        session: Session,
    }
}
body! {
    /// One room.
    RoomBody {
        /// The room.
        room: Room,
    }
}
body! {
    /// A room with those who are in it.
    RoomListing {
        /// The room.
        #[serde(flatten)]
        room: Room,
        /// Who is in it now.
        participant_ids: Vec<ParticipantId>,
    }
}
body! {
    /// The breakout rooms of a session, oldest first.
    RoomsBody {
        /// The rooms.
        rooms: Vec<RoomListing>,
    }
}
body! {
    /// Changes a room; absent fields stay as they are.
    UpdateRoomBody {
        /// A new name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        name: Option<RoomName>,
        /// A new capacity; `null` lifts the limit.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "describe", ts(as = "Option<Option<Capacity>>", optional), schemars(with = "Option<Capacity>"))]
        capacity: Change<Capacity>,
        /// Whether only hosts and moderators may come in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        locked: Option<bool>,
        /// Who keeps order in it, in place of those who did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        facilitator_ids: Option<Vec<ParticipantId>>,
        /// How long participants wait between two messages; `null` for no wait.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "describe", ts(as = "Option<Option<SlowModeMs>>", optional), schemars(with = "Option<SlowModeMs>"))]
        slow_mode_ms: Change<SlowModeMs>,
        /// The `version` of the room that the change was made from; see the command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
        expected_version: Option<u64>,
    }
}
body! {
    /// One message.
    MessageBody {
        /// The message.
        message: Message,
    }
}
body! {
    /// A range of a room's stream with messages that the reader may not read.
    #[derive(Copy, Eq)]
    MessageGap {
        /// The position before it; 0 at the beginning of the room.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        after: u64,
        /// The position after it.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        before: u64,
    }
}
body! {
    /// A page of a room's messages.
    MessagesPage {
        /// The messages, oldest first.
        messages: Vec<Message>,
        /// Give it as `before` for the page of older messages; `null` when there are none.
        #[cfg_attr(feature = "describe", ts(type = "number | null"))]
        before: Option<u64>,
        /// Give it as `after` for the page of newer messages; `null` when there are none.
        #[serde(default)]
        #[cfg_attr(feature = "describe", ts(type = "number | null"))]
        after: Option<u64>,
        /// Ranges with messages that the reader may not read, oldest first: those within this page, and on the oldest
        /// page those before it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<MessageGap>>"))]
        gaps: Vec<MessageGap>,
    }
}
body! {
    /// A page of direct messages that one wrote or got.
    DirectMessagesPage {
        /// The messages, oldest first.
        messages: Vec<DirectMessage>,
        /// Give it as `before` for the page of older messages; `null` when there are none.
        #[cfg_attr(feature = "describe", ts(type = "number | null"))]
        before: Option<u64>,
        /// Give it as `after` for the page of newer messages; `null` when there are none.
        #[cfg_attr(feature = "describe", ts(type = "number | null"))]
        after: Option<u64>,
    }
}
body! {
    /// What a search found, as far back as it looked.
    SearchPage {
        /// The messages, newest first, of any room. There may be none although there are more further back.
        messages: Vec<Message>,
        /// The direct messages that one wrote or got, newest first; none if the search was for one room.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<DirectMessage>>"))]
        direct_messages: Vec<DirectMessage>,
        /// Give it as `before` to look further back; `null` when all was looked at.
        #[cfg_attr(feature = "describe", ts(type = "number | null"))]
        before: Option<u64>,
    }
}
body! {
    /// What happened since the cursor.
    EventsPage {
        /// The same frames as a socket would have brought. Without a cursor, the first is a `welcome` with a snapshot.
        frames: Vec<ServerFrame>,
        /// Give it with the next request. Opaque.
        cursor: String,
        /// The position in the journal that this page reaches: the events of a command with a `rev` up to it are in
        /// these frames or in earlier ones.
        #[serde(default)]
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        rev: u64,
    }
}
body! {
    /// Opens a socket without a token in its address: `…/socket?ticket=<ticket>`.
    Ticket {
        /// Good for one socket.
        ticket: String,
        /// When it stops being good, milliseconds since the epoch.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        expires_at: u64,
    }
}
body! {
    /// Asks for a token, where the environment is `development`.
    DevelopmentTokenRequest {
        /// The name that others see.
        alias: Alias,
    }
}
body! {
    /// A token for development.
    DevelopmentToken {
        /// The token.
        token: String,
        /// Its subject.
        user_id: ParticipantId,
    }
}
body! {
    /// Whether a participant may use a command now.
    PermissionEntry {
        /// The command's tag.
        command: String,
        /// Whether it is allowed, as far as role and state go.
        allowed: bool,
        /// The roles that are allowed.
        needs: Vec<Role>,
        /// Why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        error: Option<ErrorBody>,
    }
}
body! {
    /// What the session knows of the caller and what they may do. Changes nothing.
    DebugPermissions {
        /// The caller, from the token.
        user_id: ParticipantId,
        /// Their role, or the one that their first action would give them.
        role: Role,
        /// Whether they are in the session already.
        registered: bool,
        /// Why their first action would be refused, if it would.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        refused: Option<ErrorBody>,
        /// Each command.
        permissions: Vec<PermissionEntry>,
    }
}
body! {
    /// Asks what creating a room would do.
    TestRoomCreation {
        /// The name to try.
        #[serde(default = "trial_name")]
        #[cfg_attr(feature = "describe", ts(optional, as = "Option<RoomName>"))]
        name: RoomName,
        /// The capacity to try.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        capacity: Option<Capacity>,
    }
}
body! {
    /// What would happen. Nothing did.
    DryRun {
        /// Whether it would succeed.
        would_succeed: bool,
        /// Each check in order, with what it found; the last one decides.
        checks: Vec<String>,
        /// The room as it would be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        room: Option<Room>,
        /// The refusal as it would be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        error: Option<ErrorBody>,
    }
}
body! {
    /// One part of the service.
    DependencyHealth {
        /// Whether it answered.
        ok: bool,
        /// How long that took, in milliseconds.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        latency_ms: u64,
    }
}
/// How the service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum HealthStatus {
    /// Everything works.
    Ok,
    /// The archive does not answer: sessions go on, and it catches up later. Or a setting is missing: what needs it is
    /// refused.
    Degraded,
    /// Sessions do not work, or no token can be checked.
    Failed,
}

body! {
    /// Whether what the operator has to set can be used.
    SettingsHealth {
        /// Whether all of it can.
        ok: bool,
        /// The names of the settings that are missing or cannot be used.
        problems: Vec<String>,
    }
}

body! {
    /// Whether the service works. The HTTP status is 503 only if sessions do not, or if no token can be checked: a
    /// service without its archive is better than none.
    Health {
        /// The whole.
        status: HealthStatus,
        /// The version that is deployed.
        version: String,
        /// D1, asked with a query.
        database: DependencyHealth,
        /// A Durable Object, asked with a request that reads its storage.
        session_object: DependencyHealth,
        /// The settings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "describe", ts(optional))]
        settings: Option<SettingsHealth>,
    }
}

fn trial_name() -> RoomName {
    RoomName::from_trusted("Trial room".into())
}
