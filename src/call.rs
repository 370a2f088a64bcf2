//! What the Worker asks of a session's object, and how.

use flagship_protocol::commands::NewRoom;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Cursor, Typing};
use flagship_protocol::http::{MessagesPage, ProposalRequest, TestRoomCreation};
use flagship_protocol::ids::{CommandId, MessageId, ParticipantId, RoomId, SessionId, TemplateId};
use flagship_protocol::text::SessionTitle;
use flagship_session::{Actor, Readable, Words};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use worker::{Env, Method, Request, RequestInit, Response, Stub};

use crate::database::Shard;
use crate::log::{self, Level};

/// Header that carries the request id into the object.
pub(crate) const REQUEST_ID: &str = "x-flagship-request-id";

/// Header that carries a socket's [`Credential`] into the object, as JSON in base64.
pub(crate) const CREDENTIAL: &str = "x-flagship-credential";

/// One request to an object. The identity in it has been verified.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Call {
    /// Create the session; gives a `SessionBody` and whether it was there already.
    Create {
        id: SessionId,
        actor: Actor,
        title: SessionTitle,
        anonymous: bool,
        key: CommandId,
        /// Whether only a session that is there already is given, because no more may be created just now.
        #[serde(default)]
        only_replay: bool,
    },
    /// Gives a `Snapshot`.
    Snapshot { actor: Actor },
    /// Carry out a command; gives an `Ack`.
    Command {
        actor: Actor,
        id: CommandId,
        command: Box<RawValue>,
    },
    /// Create the rooms of a template, or give the answer of before; gives an `Ack`. Without rooms, because the template
    /// was not found, only the latter.
    ApplyTemplate {
        actor: Actor,
        id: CommandId,
        template_id: TemplateId,
        rooms: Vec<NewRoom>,
    },
    /// Wait for events after the cursor, for at most so many milliseconds; gives an `EventsPage`.
    Events {
        actor: Actor,
        cursor: Option<String>,
        wait_ms: u64,
        /// Whether asking brings the participant in. A Worker of an earlier version does not say.
        #[serde(default = "yes")]
        enter: bool,
    },
    /// Gives a [`MessagesAnswer`].
    Messages {
        actor: Actor,
        room: RoomId,
        side: Side,
        limit: u32,
        source: Source,
    },
    /// Gives a `MessageBody`.
    Message { actor: Actor, id: MessageId },
    /// Gives a `DirectMessagesPage`.
    DirectMessages {
        actor: Actor,
        with: Option<ParticipantId>,
        side: Side,
        limit: u32,
    },
    /// Gives a `SearchPage`.
    Search {
        actor: Actor,
        words: Words,
        room: Option<RoomId>,
        before: Option<u64>,
        limit: u32,
    },
    /// Keep a ticket that was made, by its hash; gives nothing.
    Ticket {
        actor: Actor,
        hash: String,
        expires_at: u64,
        token_expires_at: u64,
    },
    /// Gives `Receipts`: of a room, or of what was written to one person.
    Receipts {
        actor: Actor,
        room: RoomId,
        with: Option<ParticipantId>,
    },
    /// Somebody has got this far; gives nothing.
    MoveCursor { actor: Actor, cursor: Cursor },
    /// Somebody is writing; gives nothing.
    Typing { actor: Actor, typing: Typing },
    /// Gives an `ActivityBody`.
    Activity { actor: Actor },
    /// Gives a `RoomsBody`.
    Rooms { actor: Actor },
    /// Gives an `AssignmentImport`.
    ReadList { actor: Actor, text: String },
    /// Gives an [`ListAnswer`].
    List { actor: Actor },
    /// Gives the rooms as a list of `NewRoom`.
    Template { actor: Actor },
    /// Gives [`Texts`].
    Texts { actor: Actor, request: ProposalRequest },
    /// Gives an `AssignmentProposal`.
    Propose { actor: Actor, request: ProposalRequest },
    /// Gives a `Debrief`.
    Debrief { actor: Actor },
    /// Gives `DebugPermissions`.
    DebugPermissions { actor: Actor },
    /// Gives a `DryRun`.
    TryRoomCreation { actor: Actor, trial: TestRoomCreation },
    /// Delete everything of a session that has ended; gives whether nothing is left.
    Erase,
    /// Reads the object's storage; gives nothing.
    Ping,
}

const fn yes() -> bool {
    true
}

impl Call {
    /// What is asked, for the logs.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "Create",
            Self::Snapshot { .. } => "Snapshot",
            Self::Command { .. } => "Command",
            Self::ApplyTemplate { .. } => "ApplyTemplate",
            Self::Events { .. } => "Events",
            Self::Messages { .. } => "Messages",
            Self::Message { .. } => "Message",
            Self::DirectMessages { .. } => "DirectMessages",
            Self::Search { .. } => "Search",
            Self::Ticket { .. } => "Ticket",
            Self::Receipts { .. } => "Receipts",
            Self::MoveCursor { .. } => "MoveCursor",
            Self::Typing { .. } => "Typing",
            Self::Activity { .. } => "Activity",
            Self::Rooms { .. } => "Rooms",
            Self::ReadList { .. } => "ReadList",
            Self::List { .. } => "List",
            Self::Template { .. } => "Template",
            Self::Texts { .. } => "Texts",
            Self::Propose { .. } => "Propose",
            Self::Debrief { .. } => "Debrief",
            Self::DebugPermissions { .. } => "DebugPermissions",
            Self::TryRoomCreation { .. } => "TryRoomCreation",
            Self::Erase => "Erase",
            Self::Ping => "Ping",
        }
    }

    /// Who asks.
    pub(crate) fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Create { actor, .. }
            | Self::Snapshot { actor }
            | Self::Command { actor, .. }
            | Self::ApplyTemplate { actor, .. }
            | Self::Events { actor, .. }
            | Self::Messages { actor, .. }
            | Self::Message { actor, .. }
            | Self::DirectMessages { actor, .. }
            | Self::Search { actor, .. }
            | Self::Ticket { actor, .. }
            | Self::Receipts { actor, .. }
            | Self::MoveCursor { actor, .. }
            | Self::Typing { actor, .. }
            | Self::Activity { actor }
            | Self::Rooms { actor }
            | Self::ReadList { actor, .. }
            | Self::List { actor }
            | Self::Template { actor }
            | Self::Texts { actor, .. }
            | Self::Propose { actor, .. }
            | Self::Debrief { actor }
            | Self::DebugPermissions { actor }
            | Self::TryRoomCreation { actor, .. } => Some(actor),
            Self::Ping | Self::Erase => None,
        }
    }

    /// The same, to put a pseudonym in its place.
    pub(crate) fn actor_mut(&mut self) -> Option<&mut Actor> {
        match self {
            Self::Create { actor, .. }
            | Self::Snapshot { actor }
            | Self::Command { actor, .. }
            | Self::ApplyTemplate { actor, .. }
            | Self::Events { actor, .. }
            | Self::Messages { actor, .. }
            | Self::Message { actor, .. }
            | Self::DirectMessages { actor, .. }
            | Self::Search { actor, .. }
            | Self::Ticket { actor, .. }
            | Self::Receipts { actor, .. }
            | Self::MoveCursor { actor, .. }
            | Self::Typing { actor, .. }
            | Self::Activity { actor }
            | Self::Rooms { actor }
            | Self::ReadList { actor, .. }
            | Self::List { actor }
            | Self::Template { actor }
            | Self::Texts { actor, .. }
            | Self::Propose { actor, .. }
            | Self::Debrief { actor }
            | Self::DebugPermissions { actor }
            | Self::TryRoomCreation { actor, .. } => Some(actor),
            Self::Ping | Self::Erase => None,
        }
    }
}

/// What people wrote about themselves.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Texts {
    /// By person.
    pub(crate) texts: std::collections::BTreeMap<flagship_protocol::ids::ParticipantId, String>,
    /// How many rooms they are to go to.
    pub(crate) rooms: usize,
}

/// A list of people with their rooms, as it is and as a table.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListAnswer {
    /// As it is.
    pub(crate) list: flagship_protocol::http::AssignmentList,
    /// As CSV.
    pub(crate) table: String,
}

/// Where a page of messages may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Source {
    /// From the journal if it is near its end, else from the archive.
    Nearest,
    /// From the journal, however far back: the archive did not answer.
    Journal,
}

/// On which side of a position a page of messages is, next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    /// The newest of all.
    End,
    /// Those before it.
    Before(u64),
    /// Those after it.
    After(u64),
}

impl Side {
    /// Returns the positions that a page on this side stands for: `after < seq < before`, where `None` is the end. The
    /// page lists the gaps between them.
    pub(crate) fn span(self, page: &MessagesPage) -> (u64, Option<u64>) {
        match self {
            Self::End => (page.before.unwrap_or(0), None),
            Self::Before(before) => (page.before.unwrap_or(0), Some(before)),
            Self::After(after) => (after, page.after),
        }
    }
}

/// A page of messages, or where to find it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum MessagesAnswer {
    /// Here it is, as a `MessagesPage`.
    Page(Box<RawValue>),
    /// The archive holds it.
    Archived {
        /// Which messages.
        side: Side,
        /// Which of the databases has it.
        shard: Shard,
        /// The readable positions of the room for the reader.
        readable: Readable,
        /// How far the room's stream has come.
        head: u64,
    },
}

/// What the object answers to [`Call::Create`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Created {
    /// Whether the same request had created it before.
    pub(crate) replayed: bool,
    /// The session as it was created.
    pub(crate) session: flagship_protocol::model::Session,
}

/// With what a socket was opened.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Credential {
    /// A token that was verified.
    Token { actor: Actor, expires_at: u64 },
    /// The hash of a ticket that was verified; the object knows whose it is, and whether it was used.
    Ticket(String),
}

/// The object of a session.
pub(crate) fn object(env: &Env, session: &str) -> worker::Result<Stub> {
    env.durable_object("SESSION")?.id_from_name(session)?.get_stub()
}

/// Asks an object. Every call is safe to repeat, so one that failed on the way is tried once more.
///
/// # Errors
/// What the object refused, or [`ErrorCode::Unavailable`] if it could not be reached.
pub(crate) async fn call<T: DeserializeOwned>(
    env: &Env,
    session: &str,
    request_id: &str,
    call: &Call,
) -> Result<T, ErrorBody> {
    let body = serde_json::to_string(call).map_err(|error| internal(request_id, &error))?;
    let mut answer = match send(env, session, request_id, &body).await {
        Ok(answer) => answer,
        Err(error) => {
            let fields =
                serde_json::json!({ "requestId": request_id, "sessionId": session, "error": error.to_string() });
            log::write(Level::Warn, "object did not answer, trying again", fields);
            send(env, session, request_id, &body)
                .await
                .map_err(|error| unavailable(request_id, &error))?
        }
    };
    let text = answer.text().await.map_err(|error| unavailable(request_id, &error))?;
    if answer.status_code() == 200 {
        return serde_json::from_str(&text).map_err(|error| internal(request_id, &error));
    }
    Err(serde_json::from_str(&text).unwrap_or_else(|error| internal(request_id, &error)))
}

async fn send(env: &Env, session: &str, request_id: &str, body: &str) -> worker::Result<Response> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(body.into()));
    let request = Request::new_with_init("https://session/", &init)?;
    request.headers().set(REQUEST_ID, request_id)?;
    object(env, session)?.fetch_with_request(request).await
}

/// Logs what went wrong and gives the error that says nothing of it.
pub(crate) fn internal(request_id: &str, error: &dyn std::fmt::Display) -> ErrorBody {
    let fields = serde_json::json!({ "requestId": request_id, "error": error.to_string() });
    log::write(Level::Error, "internal error", fields);
    ErrorBody::new(
        ErrorCode::Internal,
        "the service failed to handle this request; try again",
    )
}

fn unavailable(request_id: &str, error: &dyn std::fmt::Display) -> ErrorBody {
    let fields = serde_json::json!({ "requestId": request_id, "error": error.to_string() });
    log::write(Level::Error, "object unavailable", fields);
    let mut body = ErrorBody::new(
        ErrorCode::Unavailable,
        "the session does not answer just now; try again",
    );
    body.retry_after_ms = Some(1_000);
    body
}
