//! Errors as clients see them. Each says what to do; none carries internal detail.

use serde::{Deserialize, Serialize};

use crate::model::{Participant, Role, Room, Session};

macro_rules! error_codes {
    ($($(#[$meta:meta])* $name:ident => $tag:literal, $status:literal, $title:literal;)*) => {
        /// What went wrong, for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
        pub enum ErrorCode {
            $($(#[$meta])* #[serde(rename = $tag)] $name,)*
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name on the wire.
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// A short title, the same for every occurrence (RFC 9457, `title`).
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

error_codes! {
    /// The text is not JSON.
    Malformed => "malformed", 400, "Not JSON";
    /// A field is missing, has the wrong type or breaks its rule; `field` names it.
    Invalid => "invalid", 422, "Invalid field";
    /// No frame has this `type`.
    UnknownFrame => "unknown_frame", 400, "Unknown frame";
    /// No command has this `type`.
    UnknownCommand => "unknown_command", 400, "Unknown command";
    /// The frame or body is over the limit.
    TooLarge => "too_large", 413, "Too large";
    /// The token is missing or does not hold; `reason` says why.
    Unauthorized => "unauthorized", 401, "Not authenticated";
    /// The role does not allow this; `needs` and `have` say which would and which is.
    Forbidden => "forbidden", 403, "Not allowed";
    /// The page that sent the request is not on the list of allowed origins.
    OriginNotAllowed => "origin_not_allowed", 403, "Origin not allowed";
    /// They were banned from the session.
    Banned => "banned", 403, "Banned from this session";
    /// The participant was removed from the session, and may read it after joining again.
    Removed => "removed", 403, "Removed from this session";
    /// Whom it is about was banned from this session.
    ParticipantBanned => "participant_banned", 409, "Participant banned";
    /// The session lets nobody new in.
    SessionLocked => "session_locked", 403, "Session locked";
    /// The room lets only hosts and moderators in.
    RoomLocked => "room_locked", 403, "Room locked";
    /// They are muted.
    Muted => "muted", 403, "Muted";
    /// One has to be in the room for this.
    NotInRoom => "not_in_room", 403, "Not in this room";
    /// Nothing is at this address.
    NotFound => "not_found", 404, "Not found";
    /// The address exists, but not for this method.
    MethodNotAllowed => "method_not_allowed", 405, "Method not allowed";
    /// No session has this id.
    SessionNotFound => "session_not_found", 404, "No such session";
    /// No room of the session has this id.
    RoomNotFound => "room_not_found", 404, "No such room";
    /// Nobody in the session has this id.
    ParticipantNotFound => "participant_not_found", 404, "No such participant";
    /// No open request for help has this id.
    HelpRequestNotFound => "help_request_not_found", 404, "No such request for help";
    /// No message has this id, or it is not for them.
    MessageNotFound => "message_not_found", 404, "No such message";
    /// Nothing has this id, or it is somebody else's.
    TemplateNotFound => "template_not_found", 404, "No such template";
    /// Participants in the room may not read the message that is to be edited.
    AudienceChanged => "audience_changed", 409, "Other people in the room";
    /// The message was deleted.
    MessageDeleted => "message_deleted", 409, "Message deleted";
    /// The session is over.
    SessionEnded => "session_ended", 409, "Session ended";
    /// The session holds as many people as it may.
    SessionFull => "session_full", 409, "Session full";
    /// The room is not open.
    RoomClosed => "room_closed", 409, "Room closed";
    /// The room holds as many people as it may.
    RoomFull => "room_full", 409, "Room full";
    /// The session has as many rooms as it may.
    TooManyRooms => "too_many_rooms", 409, "Too many rooms";
    /// There is no room to do this with.
    NoRooms => "no_rooms", 409, "No rooms";
    /// Nobody is assigned to the rooms, and nobody may choose one.
    NobodyAssigned => "nobody_assigned", 409, "Nobody assigned";
    /// The room has no timer.
    NoTimer => "no_timer", 409, "No timer";
    /// The timer would end later than it may.
    TimerTooLong => "timer_too_long", 409, "Timer too long";
    /// No assignment keeps all the rules that were given.
    NoAssignment => "no_assignment", 409, "No such assignment";
    /// Somebody else has taken it on.
    AlreadyClaimed => "already_claimed", 409, "Already claimed";
    /// They do not knock.
    NotKnocking => "not_knocking", 409, "Does not knock";
    /// They have no invitation.
    NotInvited => "not_invited", 409, "Not invited";
    /// One has as many of these as one may.
    TooMany => "too_many", 409, "Too many";
    /// Somebody else has changed it meanwhile; `current` is what it is now.
    Stale => "stale", 409, "Changed meanwhile";
    /// A session keeps at least one host.
    LastHost => "last_host", 409, "Last host";
    /// The capacity is below the number of people in the room.
    CapacityTooLow => "capacity_too_low", 409, "Capacity too low";
    /// The idempotency key was used before, for something else.
    IdempotencyMismatch => "idempotency_mismatch", 422, "Idempotency key reused";
    /// A socket starts with `hello`.
    HelloRequired => "hello_required", 409, "Say hello first";
    /// The route wants a WebSocket handshake.
    UpgradeRequired => "upgrade_required", 426, "WebSocket required";
    /// The ticket was used, has expired, or never was.
    TicketInvalid => "ticket_invalid", 401, "Ticket not valid";
    /// Too much at once; `retryAfterMs` says when to go on.
    RateLimited => "rate_limited", 429, "Too many requests";
    /// A part of the service does not answer just now.
    Unavailable => "unavailable", 503, "Temporarily unavailable";
    /// The operator of the service has to see to a setting; `reason` names it.
    Misconfigured => "misconfigured", 503, "Setting missing or unusable";
    /// The service failed. The detail is in its log, under the request id.
    Internal => "internal", 500, "Internal error";
}

impl ErrorCode {
    /// Whether the same request may succeed later, unchanged.
    pub const fn retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Unavailable | Self::Internal)
    }
}

/// An error with its details. Absent details are left out, but for `retryAfterMs`, which is then `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ErrorBody {
    /// For programs.
    pub code: ErrorCode,
    /// For people: what is wrong and what to do.
    pub message: String,
    /// Whether the same request may succeed later, unchanged.
    pub retryable: bool,
    /// How long to wait before that, in milliseconds.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub retry_after_ms: Option<u64>,
    /// Path of the field that is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub field: Option<String>,
    /// With `unauthorized`: what is wrong with the token, such as `token_expired`. With `misconfigured`: the setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reason: Option<String>,
    /// With `forbidden`: the roles that would be allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub needs: Option<Vec<Role>>,
    /// With `forbidden`: the role of who asked; absent for somebody who is not in the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub have: Option<Role>,
    /// With `stale`: the room as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub current: Option<Box<Room>>,
    /// With `stale`: the session as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub current_session: Option<Box<Session>>,
    /// With `stale`: the participant as they are now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub current_participant: Option<Box<Participant>>,
}

impl ErrorBody {
    /// An error without further details.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retryable: code.retryable(),
            retry_after_ms: None,
            field: None,
            reason: None,
            needs: None,
            have: None,
            current: None,
            current_session: None,
            current_participant: None,
        }
    }
}

/// An error as an HTTP body: problem details (RFC 9457), `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Problem {
    /// `urn:flagship:error:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// For people: what is wrong and what to do.
    pub detail: String,
    /// Finds the request in the logs.
    pub request_id: String,
    /// The same error as a socket would carry it.
    #[serde(flatten)]
    pub error: ErrorBody,
}

impl Problem {
    /// Wraps an error for HTTP.
    pub fn new(error: ErrorBody, request_id: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:flagship:error:{}", error.code.tag()),
            title: error.code.title().into(),
            status: error.code.status(),
            detail: error.message.clone(),
            request_id: request_id.into(),
            error,
        }
    }
}
