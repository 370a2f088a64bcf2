//! The HTTP interface.
//!
//! A request is matched against the protocol's table of routes, authenticated, turned into a call of the session's
//! object, and the answer turned back into HTTP.

mod address;
mod answer;
mod context;
mod cors;
mod debrief;
mod derived_id;
mod direct_messages;
mod events;
mod headers;
mod lists;
mod matching;
mod messages;
mod metrics;
mod page_query;
mod rates;
mod rooms;
mod router;
mod search;
mod service;
mod sessions;
mod sockets;
mod stream;
mod templates;
mod tickets;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::RouteName;
use serde_json::json;
use worker::{Env, Request, Response, Result};

use self::context::{Context, Params};
use crate::auth::AuthError;
use crate::log::{self, Level};
use crate::object::now;

/// When to try again with a token whose key could not be looked for, in milliseconds: keys are fetched anew soon.
const KEYS_RETRY_MS: u64 = 5_000;

/// What a handler gives.
type Answer = std::result::Result<Response, ErrorBody>;

/// Answers a request, whatever happens.
pub(crate) async fn handle(request: Request, env: &Env) -> Result<Response> {
    let started = now();
    let context = Context::new(&request, env)?;
    let method = method(&request);
    let path = request.path();
    let (name, answer) = respond(request, &context).await;
    let response = match answer {
        Ok(response) => response,
        Err(error) => answer::problem(error, &context.request_id)?,
    };
    let response = headers::finish(response, &path, &context)?;
    let (status, took) = (response.status_code(), now().saturating_sub(started));
    metrics::count(name, status, took);
    let route = name.map(|name| format!("{name:?}"));
    let fields = json!({
        "requestId": context.request_id, "method": method, "path": path, "route": route, "status": status, "ms": took,
    });
    log::write(
        if status >= 500 { Level::Error } else { Level::Info },
        "request",
        fields,
    );
    Ok(response)
}

async fn respond(request: Request, context: &Context<'_>) -> (Option<RouteName>, Answer) {
    if let Err(error) = cors::check(context) {
        // A page learns of a refused socket only from a frame.
        let is_socket = matches!(router::find("GET", &request.path()), Ok((RouteName::OpenSocket, _)));
        let answer = if is_socket {
            sockets::refuse(&request, error, context)
        } else {
            Err(error)
        };
        return (None, answer);
    }
    if method(&request) == "OPTIONS" {
        return (None, cors::preflight(&request.path(), context));
    }
    if let Err(error) = rates::check_address(&request, context).await {
        return (None, Err(error));
    }
    match router::find(&method(&request), &request.path()) {
        Ok((name, params)) => (Some(name), dispatch(name, request, context, &params).await),
        Err(error) => (None, Err(error)),
    }
}

async fn dispatch(name: RouteName, request: Request, context: &Context<'_>, params: &Params) -> Answer {
    match name {
        RouteName::CreateSession => sessions::create(request, context).await,
        RouteName::GetSession => sessions::get(request, context, params).await,
        RouteName::PostCommand => sessions::command(request, context, params).await,
        RouteName::DebugPermissions => sessions::debug_permissions(request, context, params).await,
        RouteName::TestRoomCreation => sessions::test_room_creation(request, context, params).await,
        RouteName::GetEvents => events::get(request, context, params).await,
        RouteName::GetActivity => rooms::activity(request, context, params).await,
        RouteName::ListRooms => rooms::list(request, context, params).await,
        RouteName::CreateRoom => rooms::create(request, context, params).await,
        RouteName::UpdateRoom => rooms::update(request, context, params).await,
        RouteName::DeleteRoom => rooms::delete(request, context, params).await,
        RouteName::JoinRoom => rooms::join(request, context, params).await,
        RouteName::LeaveRoom => rooms::leave(request, context, params).await,
        RouteName::CloseRoom => rooms::close(request, context, params).await,
        RouteName::ListMessages => messages::list(request, context, params).await,
        RouteName::GetMessage => messages::get(request, context, params).await,
        RouteName::ListDirectMessages => direct_messages::list(request, context, params).await,
        RouteName::Search => search::search(request, context, params).await,
        RouteName::GetReceipts => messages::receipts(request, context, params).await,
        RouteName::MoveCursor => messages::move_cursor(request, context, params).await,
        RouteName::SayTyping => messages::say_typing(request, context, params).await,
        RouteName::SendMessage => messages::send(request, context, params).await,
        RouteName::ProposeAssignment => rooms::propose(request, context, params).await,
        RouteName::ReadAssignments => lists::read(request, context, params).await,
        RouteName::ListAssignments => lists::list(request, context, params).await,
        RouteName::ApplyTemplate => templates::apply(request, context, params).await,
        RouteName::ListTemplates => templates::list(request, context).await,
        RouteName::SaveTemplate => templates::save(request, context).await,
        RouteName::DeleteTemplate => templates::delete(request, context, params).await,
        RouteName::GetDebrief => debrief::get(request, context, params).await,
        RouteName::CreateTicket => tickets::create(request, context, params).await,
        RouteName::OpenSocket => sockets::open(request, context, params).await,
        RouteName::Health => service::health(context).await,
        RouteName::Metrics => service::metrics(),
        RouteName::OpenApi => service::openapi(),
        RouteName::DevelopmentToken => service::development_token(request, context).await,
    }
}

/// The method as it was sent. The platform's own type takes every unknown one for GET.
fn method(request: &Request) -> String {
    request.inner().method()
}

/// A token that does not hold, as clients see it. What only the operator may know goes to the log.
pub(crate) fn refusal(error: &AuthError, request_id: &str) -> ErrorBody {
    let code = match (error, error.status()) {
        (AuthError::AnyAudience(_), _) => ErrorCode::Misconfigured,
        (_, 401) => ErrorCode::Unauthorized,
        (_, 503) => ErrorCode::Unavailable,
        _ => ErrorCode::Internal,
    };
    if code != ErrorCode::Unauthorized {
        let fields = json!({ "requestId": request_id, "error": error.to_string(), "detail": format!("{error:?}") });
        log::write(Level::Error, "tokens cannot be verified", fields);
    }
    let mut body = ErrorBody::new(code, error.message());
    body.reason = Some(match code {
        ErrorCode::Misconfigured => error.settings().join(", "),
        _ => error.reason().into(),
    });
    if code == ErrorCode::Unavailable {
        body.retry_after_ms = Some(KEYS_RETRY_MS);
    }
    body
}
