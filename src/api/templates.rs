//! Sets of rooms that are kept for other sessions.

use flagship_protocol::commands::{CreateRooms, NewRoom};
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::{ApplyTemplate, CreatedRooms, SaveTemplate, Template, TemplateBody, TemplatesBody};
use flagship_protocol::ids::TemplateId;
use flagship_protocol::limits;
use worker::Request;

use super::context::{Context, Params, json};
use super::derived_id::derived_id;
use super::{Answer, answer};
use crate::call::Call;
use crate::database::templates;
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
    if let Some(template) = find(context, &actor.id, &id).await? {
        if template.name != name {
            let message =
                "this idempotency key was used before for a different request; use a new key for a new request";
            return Err(ErrorBody::new(ErrorCode::IdempotencyMismatch, message));
        }
        return answer::replayed(answer::json(context, 201, &TemplateBody { template }), true);
    }
    let asked = Call::Template { actor: actor.clone() };
    let rooms: Vec<NewRoom> = context.call(&session_id, &asked).await?;
    let template = Template {
        id,
        name,
        rooms,
        created_at: now(),
    };
    let saved = templates::save(context.env, &actor.id, &template).await;
    if !saved.map_err(|error| unavailable(context, &error))? {
        let message = format!(
            "you have {} templates, which is as many as one may keep; delete one first",
            limits::TEMPLATES_PER_PERSON
        );
        return Err(ErrorBody::new(ErrorCode::TooMany, message));
    }
    answer::json(context, 201, &TemplateBody { template })
}

pub(super) async fn delete(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let id = TemplateId::new(params.template.as_str()).map_err(|_| missing())?;
    // Deleted already is as good as deleted now: a retry answers the same.
    let deleted = templates::delete(context.env, &actor.id, &id).await;
    deleted.map_err(|error| unavailable(context, &error))?;
    answer::no_content(context)
}

pub(super) async fn apply(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let ApplyTemplate { template_id } = json(&mut request).await?;
    let template = find(context, &actor.id, &template_id).await?.ok_or_else(missing)?;
    let command = CreateRooms { rooms: template.rooms };
    let ack = context.execute(&params.session()?, actor, key, command).await?;
    let rooms = ack.result.rooms.unwrap_or_default();
    answer::replayed(answer::json(context, 201, &CreatedRooms { rooms }), ack.duplicate)
}

async fn find(
    context: &Context<'_>,
    owner: &flagship_protocol::ids::ParticipantId,
    id: &TemplateId,
) -> Result<Option<Template>, ErrorBody> {
    let found = templates::find(context.env, owner, id).await;
    found.map_err(|error| unavailable(context, &error))
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
