//! Opening sockets.

use flagship_protocol::SUBPROTOCOL;
use flagship_protocol::close::CloseCode;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::Ticket;
use worker::{Headers, Method, Request, RequestInit};

use super::context::{Context, Params, invalid};
use super::{Answer, answer, method, refusal};
use crate::auth::SocketOffer;
use crate::call::{CREDENTIAL, Call, Credential, REQUEST_ID, object};
use crate::socket;

pub(super) async fn ticket(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, identity) = context.identity(&request).await?;
    let call = Call::Ticket {
        actor,
        expires_at: identity.expires_at,
    };
    let ticket: Ticket = context.call(&params.session()?, &call).await?;
    answer::json(context, 201, &ticket)
}

pub(super) async fn open(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let header = |name: &str| request.headers().get(name).ok().flatten();
    let upgrades = header("upgrade").is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"));
    if !upgrades || method(&request) != "GET" {
        return Err(ErrorBody::new(
            ErrorCode::UpgradeRequired,
            "open a WebSocket here; for plain HTTP there is …/events",
        ));
    }
    let offer = SocketOffer::from_headers(header);
    if !offer.speaks_flagship_v1 && header("sec-websocket-protocol").is_some() {
        return Err(invalid("Sec-WebSocket-Protocol", "must offer flagship.v1"));
    }
    let credential = match (context.address.parameter("ticket"), offer.token) {
        (Some(ticket), _) => Ok(Credential::Ticket(ticket)),
        (None, Ok(token)) => context.verify(&token).await.map(|(actor, identity)| Credential::Token {
            actor,
            expires_at: identity.expires_at,
        }),
        (None, Err(error)) => Err(refusal(&error, &context.request_id)),
    };
    let credential = match credential {
        Ok(credential) => credential,
        // To a page a failed handshake: it backs off and tries again, which is what is wanted of it.
        Err(error) if error.code == ErrorCode::RateLimited => return Err(error),
        Err(error) => return refuse(&request, error, context),
    };
    let session = match params.session() {
        Ok(session) => session,
        Err(error) => return refuse(&request, error, context),
    };
    let forwarded =
        forward(&credential, offer.speaks_flagship_v1, context).map_err(|error| context.internal(&error))?;
    let object = object(context.env, session.as_str()).map_err(|error| context.internal(&error))?;
    object
        .fetch_with_request(forwarded)
        .await
        .map_err(|error| context.internal(&error))
}

/// Refuses a handshake with a frame and a close code, which a page can read.
pub(super) fn refuse(request: &Request, error: ErrorBody, context: &Context<'_>) -> Answer {
    let offers = request.headers().get("sec-websocket-protocol").ok().flatten();
    let code = match error.code {
        ErrorCode::Unauthorized => CloseCode::Unauthorized,
        ErrorCode::SessionNotFound => CloseCode::SessionNotFound,
        ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::Misconfigured => CloseCode::Internal,
        _ => CloseCode::Forbidden,
    };
    socket::refuse(error, code, offers.is_some()).map_err(|error| context.internal(&error))
}

/// The handshake for the object: nothing of the client's headers, so that nothing in them is taken for ours.
fn forward(credential: &Credential, speaks_flagship_v1: bool, context: &Context<'_>) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    headers.set(REQUEST_ID, &context.request_id)?;
    headers.set(CREDENTIAL, &socket::encode(&serde_json::to_string(credential)?))?;
    if speaks_flagship_v1 {
        headers.set("sec-websocket-protocol", SUBPROTOCOL)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    Request::new_with_init("https://session/", &init)
}
