//! Sets of rooms that are kept for other sessions.

use flagship_protocol::commands::NewRoom;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::Ack;
use flagship_protocol::http::{ApplyTemplate, CreatedRooms, SaveTemplate, Template, TemplateBody, TemplatesBody};
use flagship_protocol::ids::TemplateId;
use flagship_protocol::limits;
use worker::Request;

use super::context::{Context, Params, json};
use super::derived_id::derived_id;
use super::{Answer, answer};
use crate::call::Call;
use crate::database::templates::{self, Known};
use crate::keyring::Purpose;
use crate::object::now;

pub(super) async fn list(request: Request, context: &Context<'_>) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let templates = templates::of(context.env, &actor.id).await;
    let templates = templates.map_err(|error| unavailable(context, &error))?;
    answer::json(context, 200, &TemplatesBody { templates })
}

pub(super) async fn save(mut request: Request, context: &Context<'_>) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let SaveTemplate { name, session_id } = json(&mut request).await?;
    let ids = context.keyring()?.permanent(Purpose::Ids);
    let id = derived_id(&ids, "template", &actor, &key).parse();
    let id: TemplateId = id.map_err(|error: String| context.internal(&error))?;
    let known = templates::known(context.env, &actor.id, &id, &name, &session_id).await;
    if let Some(settled) = settle(context, known.map_err(|error| unavailable(context, &error))?, true) {
        return settled;
    }
    let asked = Call::Template { actor: actor.clone() };
    let rooms: Vec<NewRoom> = context.call(&session_id, &asked).await?;
    let template = Template {
        id,
        name,
        rooms,
        created_at: now(),
    };
    let saved = templates::save(context.env, &actor.id, &template, &session_id).await;
    let saved = saved.map_err(|error| unavailable(context, &error))?;
    settle(context, saved, false).unwrap_or_else(|| {
        let message = format!(
            "you have {} templates, which is as many as one may keep; delete one first",
            limits::TEMPLATES_PER_PERSON
        );
        Err(ErrorBody::new(ErrorCode::TooMany, message))
    })
}

/// The answer to a request to save a template, of which this is known; none if that is nothing.
fn settle(context: &Context<'_>, known: Known, is_replay: bool) -> Option<Answer> {
    Some(match known {
        Known::Nothing => return None,
        Known::Saved(template) => answer::replayed(answer::json(context, 201, &TemplateBody { template }), is_replay),
        Known::Deleted => Err(ErrorBody::new(
            ErrorCode::TemplateNotFound,
            "this template was saved, and has been deleted since; use a new key to save it again",
        )),
        Known::Other => Err(ErrorBody::new(
            ErrorCode::IdempotencyMismatch,
            "this idempotency key was used before for a different request; use a new key for a new request",
        )),
    })
}

pub(super) async fn delete(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let id = TemplateId::new(params.template.as_str()).map_err(|_| missing())?;
    // Deleted already is as good as deleted now: a retry answers the same.
    let deleted = templates::delete(context.env, &actor.id, &id, now()).await;
    deleted.map_err(|error| unavailable(context, &error))?;
    answer::no_content(context)
}

pub(super) async fn apply(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let ApplyTemplate { template_id } = json(&mut request).await?;
    let found = templates::find(context.env, &actor.id, &template_id).await;
    let rooms = match &found {
        Ok(Some(template)) => template.rooms.clone(),
        // What was applied before is answered by the session, which remembers it, also when the template is gone.
        Ok(None) | Err(_) => Vec::new(),
    };
    let call = Call::ApplyTemplate {
        actor,
        id: key,
        template_id,
        rooms,
    };
    let applied: Result<Ack, ErrorBody> = context.call(&params.session()?, &call).await;
    let ack = applied.map_err(|error| match found {
        Ok(None) if error.code == ErrorCode::NoRooms => missing(),
        Err(failure) if error.code == ErrorCode::NoRooms => unavailable(context, &failure),
        _ => error,
    })?;
    let rooms = ack.result.rooms.unwrap_or_default();
    answer::replayed(answer::json(context, 201, &CreatedRooms { rooms }), ack.duplicate)
}

fn missing() -> ErrorBody {
    let message = "you have no template with this id; list your templates to see which there are";
    ErrorBody::new(ErrorCode::TemplateNotFound, message)
}

fn unavailable(context: &Context<'_>, error: &worker::Error) -> ErrorBody {
    // The log has what is wrong.
    context.internal(error);
    let mut body = ErrorBody::new(
        ErrorCode::Unavailable,
        "templates cannot be read or saved just now; try again",
    );
    body.retry_after_ms = Some(1_000);
    body
}
