//! Sessions as a whole, and any command.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::Ack;
use flagship_protocol::http::{CommandBody, CreateSession, DebugPermissions, DryRun, SessionBody, TestRoomCreation};
use flagship_protocol::ids::SessionId;
use flagship_protocol::model::Snapshot;
use serde_json::value::RawValue;
use worker::Request;

use super::context::{Context, Params, invalid, json, text};
use super::derived_id::derived_id;
use super::{Answer, answer, rates};
use crate::call::{Call, Created};
use crate::keyring::Purpose;

pub(super) async fn create(mut request: Request, context: &Context<'_>) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let CreateSession { title, anonymous } = json(&mut request).await?;
    let ids = context.keyring()?.permanent(Purpose::Ids);
    let id = derived_id(&ids, "session", &actor, &key).parse();
    let id: SessionId = id.map_err(|error: String| context.internal(&error))?;
    let limited = rates::check_creation(&actor.id, context).await.err();
    let call = Call::Create {
        id: id.clone(),
        actor,
        title,
        anonymous,
        key,
        only_replay: limited.is_some(),
    };
    let created: Created = match (context.call(&id, &call).await, limited) {
        // A retry is answered however many there were: what it asks for is there already.
        (Err(error), Some(limited)) if error.code == ErrorCode::SessionNotFound => return Err(limited),
        (created, _) => created?,
    };
    let body = SessionBody {
        session: created.session,
    };
    answer::replayed(answer::json(context, 201, &body), created.replayed)
}

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let snapshot: Snapshot = context.call(&params.session()?, &Call::Snapshot { actor }).await?;
    answer::json(context, 200, &snapshot)
}

pub(super) async fn command(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let body: CommandBody = json(&mut request).await?;
    let header = request
        .headers()
        .has(flagship_protocol::http::IDEMPOTENCY_KEY_HEADER)
        .unwrap_or(false);
    let id = match body.id {
        Some(id) if header && context.key(&request)? != id => {
            return Err(invalid(
                "id",
                "must be the same as the Idempotency-Key header; leave one of them out",
            ));
        }
        Some(id) => id,
        None => context.key(&request)?,
    };
    let command = serde_json::to_string(&body.command).and_then(RawValue::from_string);
    let command = command.map_err(|error| context.internal(&error))?;
    let ack: Ack = context.call(&session, &Call::Command { actor, id, command }).await?;
    answer::replayed(answer::json(context, 200, &ack), ack.duplicate)
}

pub(super) async fn debug_permissions(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let permissions: DebugPermissions = context
        .call(&params.session()?, &Call::DebugPermissions { actor })
        .await?;
    answer::json(context, 200, &permissions)
}

pub(super) async fn test_room_creation(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let text = text(&mut request).await?;
    let body = if text.trim().is_empty() { "{}" } else { text.as_str() };
    let trial: TestRoomCreation = flagship_protocol::decode::from_json(body).map_err(ErrorBody::from)?;
    let outcome: DryRun = context
        .call(&params.session()?, &Call::TryRoomCreation { actor, trial })
        .await?;
    answer::json(context, 200, &outcome)
}
