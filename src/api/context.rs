//! What every handler needs of a request.

use flagship_protocol::commands::Command;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::Ack;
use flagship_protocol::http::{IDEMPOTENCY_KEY_HEADER, REQUEST_ID_HEADER};
use flagship_protocol::ids::{CommandId, MessageId, RoomId, SessionId};
use flagship_protocol::limits;
use flagship_session::Actor;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;
use worker::{Env, Request, Result};

use super::address::Address;
use super::{rates, refusal};
use crate::auth::{self, AuthSettings, Identity};
use crate::body::{self, BodyError};
use crate::call::{self, Call};
use crate::config::Config;
use crate::keyring::{self, Keyring};
use crate::log::{self, Level};
use crate::object::{now, random_id};

/// Longest request id that is taken over from a client.
const REQUEST_ID_CHARS: usize = 64;

/// The parameters in a route's path.
#[derive(Debug, Default)]
pub(super) struct Params {
    /// `{session}`.
    pub(super) session: String,
    /// `{room}`.
    pub(super) room: String,
    /// `{template}`.
    pub(super) template: String,
    /// `{message}`.
    pub(super) message: String,
}

impl Params {
    /// The session. An id that cannot exist is one that does not.
    pub(super) fn session(&self) -> std::result::Result<SessionId, ErrorBody> {
        let missing = || {
            ErrorBody::new(
                ErrorCode::SessionNotFound,
                "there is no session with this id; check the link",
            )
        };
        SessionId::new(self.session.as_str()).map_err(|_| missing())
    }

    /// The message.
    pub(super) fn message(&self) -> std::result::Result<MessageId, ErrorBody> {
        let missing = || ErrorBody::new(ErrorCode::MessageNotFound, "there is no message with this id here");
        MessageId::new(self.message.as_str()).map_err(|_| missing())
    }

    /// The room.
    pub(super) fn room(&self) -> std::result::Result<RoomId, ErrorBody> {
        let missing = || ErrorBody::new(ErrorCode::RoomNotFound, "there is no room with this id in this session");
        RoomId::new(self.room.as_str()).map_err(|_| missing())
    }
}

/// A request's surroundings.
pub(super) struct Context<'a> {
    /// The Worker's bindings.
    pub(super) env: &'a Env,
    /// What the operator set.
    pub(super) config: Config,
    /// Finds the request in the logs.
    pub(super) request_id: String,
    /// Where the request was sent.
    pub(super) address: Address,
    /// Where the page that sent it comes from, if a page did.
    pub(super) origin: Option<String>,
}

impl<'a> Context<'a> {
    /// Looks at a request.
    pub(super) fn new(request: &Request, env: &'a Env) -> Result<Self> {
        let given = request.headers().get(REQUEST_ID_HEADER)?.filter(|id| is_request_id(id));
        let request_id = match given {
            Some(id) => id,
            None => random_id()?,
        };
        let origin = request.headers().get("origin")?;
        Ok(Self {
            env,
            config: Config::from_env(env),
            request_id,
            address: Address::of(request)?,
            origin,
        })
    }

    /// Who asks.
    pub(super) async fn identity(&self, request: &Request) -> std::result::Result<(Actor, Identity), ErrorBody> {
        let token = auth::token_from_headers(|name| request.headers().get(name).ok().flatten());
        let token = token.map_err(|error| refusal(&error, &self.request_id))?;
        self.verify(&token).await
    }

    /// Whom a token belongs to.
    pub(super) async fn verify(&self, token: &str) -> std::result::Result<(Actor, Identity), ErrorBody> {
        let settings = AuthSettings::from_env(self.env);
        let identity = auth::authenticate(&settings, token, now()).await;
        let identity = identity.map_err(|error| refusal(&error, &self.request_id))?;
        let actor = identity.actor();
        rates::check_identity(&actor.id, self).await?;
        Ok((actor, identity))
    }

    /// The request's idempotency key, or a new one: then a retry is a new request.
    pub(super) fn key(&self, request: &Request) -> std::result::Result<CommandId, ErrorBody> {
        match request.headers().get(IDEMPOTENCY_KEY_HEADER).ok().flatten() {
            Some(key) => CommandId::new(key).map_err(|error| invalid(IDEMPOTENCY_KEY_HEADER, &error)),
            None => {
                let id = random_id().map_err(|error| self.internal(&error))?;
                CommandId::new(id).map_err(|error| self.internal(&error))
            }
        }
    }

    /// The secrets of the deployment.
    ///
    /// # Errors
    /// [`ErrorCode::Misconfigured`]: the operator has to set them. The log says what is wrong.
    pub(super) fn keyring(&self) -> std::result::Result<Keyring, ErrorBody> {
        Keyring::from_env(self.env).map_err(|error| {
            let fields =
                json!({ "requestId": self.request_id, "setting": keyring::SETTING, "error": error.to_string() });
            log::write(Level::Error, "setting missing or unusable", fields);
            let message =
                "this needs FLAGSHIP_KEYS, which the operator of this service has to set; see docs/operations.md";
            ErrorBody {
                reason: Some(keyring::SETTING.into()),
                ..ErrorBody::new(ErrorCode::Misconfigured, message)
            }
        })
    }

    /// Asks the session's object.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        session: &SessionId,
        call: &Call,
    ) -> std::result::Result<T, ErrorBody> {
        call::call(self.env, session.as_str(), &self.request_id, call).await
    }

    /// Carries out a command.
    pub(super) async fn execute(
        &self,
        session: &SessionId,
        actor: Actor,
        id: CommandId,
        command: impl Into<Command>,
    ) -> std::result::Result<Ack, ErrorBody> {
        let json = serde_json::to_string(&command.into()).and_then(RawValue::from_string);
        let command = json.map_err(|error| self.internal(&error))?;
        self.call(session, &Call::Command { actor, id, command }).await
    }

    /// Logs what went wrong and gives the error that says nothing of it.
    pub(super) fn internal(&self, error: &dyn std::fmt::Display) -> ErrorBody {
        call::internal(&self.request_id, error)
    }
}

/// The body of a request as text, within the limit of most.
pub(super) async fn text(request: &mut Request) -> std::result::Result<String, ErrorBody> {
    text_within(request, limits::FRAME_BYTES).await
}

/// The body of a request as text of at most `limit` bytes.
pub(super) async fn text_within(request: &mut Request, limit: usize) -> std::result::Result<String, ErrorBody> {
    let bytes = body::read_within(request, limit).await.map_err(|error| match error {
        BodyError::TooLarge => ErrorBody::new(
            ErrorCode::TooLarge,
            format!("this body has at most {limit} bytes; send less at once"),
        ),
        BodyError::Broken => ErrorBody::new(ErrorCode::Malformed, "the body did not arrive whole; send it again"),
    })?;
    String::from_utf8(bytes).map_err(|_| ErrorBody::new(ErrorCode::Malformed, "the body must be text in UTF-8"))
}

/// The body of a request as `T`.
pub(super) async fn json<T: DeserializeOwned>(request: &mut Request) -> std::result::Result<T, ErrorBody> {
    Ok(flagship_protocol::decode::from_json(&text(request).await?)?)
}

/// A field, header or parameter that breaks its rule.
pub(super) fn invalid(field: &str, rule: &str) -> ErrorBody {
    flagship_protocol::decode::DecodeError::invalid(field, rule).into()
}

fn is_request_id(id: &str) -> bool {
    (1..=REQUEST_ID_CHARS).contains(&id.len())
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
