//! Templates, by owner.

use flagship_protocol::commands::NewRoom;
use flagship_protocol::http::Template;
use flagship_protocol::ids::{ParticipantId, SessionId, TemplateId};
use flagship_protocol::limits;
use flagship_protocol::text::{GuestKey, RoomName, TemplateName, clean_line};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use worker::{Env, Error, Result};

use super::run;

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    rooms: String,
    created_at: u64,
    request: Option<String>,
}

/// What is known of the request that saves a template.
pub(crate) enum Known {
    /// Nothing: it comes for the first time.
    Nothing,
    /// It saved this one.
    Saved(Template),
    /// It saved one that was deleted since.
    Deleted,
    /// Another request had the same key.
    Other,
}

/// Somebody's templates, newest first.
pub(crate) async fn of(env: &Env, owner: &ParticipantId) -> Result<Vec<Template>> {
    const QUERY: &str =
        "SELECT id, name, rooms, created_at, request FROM templates WHERE owner = ?1 ORDER BY created_at DESC, id";
    let statement = env.d1("DB")?.prepare(QUERY).bind(&[owner.as_str().into()])?;
    let rows: Vec<Row> = statement.all().await?.results()?;
    rows.into_iter().map(template).collect()
}

/// One of somebody's templates.
pub(crate) async fn find(env: &Env, owner: &ParticipantId, id: &TemplateId) -> Result<Option<Template>> {
    row(env, owner, id).await?.map(template).transpose()
}

/// What became of a request that comes again, perhaps. `id` follows from its owner and its key.
pub(crate) async fn known(
    env: &Env,
    owner: &ParticipantId,
    id: &TemplateId,
    name: &TemplateName,
    session: &SessionId,
) -> Result<Known> {
    if let Some(row) = row(env, owner, id).await? {
        // Those of before the column say less.
        let is_same = match &row.request {
            Some(request) => *request == request_of(name, session),
            None => row.name == name.as_str(),
        };
        return Ok(if is_same {
            Known::Saved(template(row)?)
        } else {
            Known::Other
        });
    }
    const DELETED: &str = "SELECT id FROM deleted_templates WHERE owner = ?1 AND id = ?2";
    let values = [owner.as_str().into(), id.as_str().into()];
    let deleted: Option<String> = env.d1("DB")?.prepare(DELETED).bind(&values)?.first(Some("id")).await?;
    Ok(deleted.map_or(Known::Nothing, |_| Known::Deleted))
}

/// Keeps a template, saved from a session. Gives what is kept: of two that come at the same time, the first. `Known::Nothing`
/// if its owner has as many as one may.
pub(crate) async fn save(env: &Env, owner: &ParticipantId, template: &Template, session: &SessionId) -> Result<Known> {
    const STATEMENT: &str = "INSERT INTO templates (owner, id, name, rooms, created_at, request)
SELECT ?1, ?2, ?3, ?4, ?5, ?6
WHERE (SELECT count(*) FROM templates WHERE owner = ?1) < ?7 ON CONFLICT DO NOTHING";
    let values = [
        owner.as_str().into(),
        template.id.as_str().into(),
        template.name.as_str().into(),
        serde_json::to_string(&template.rooms)?.into(),
        (template.created_at as f64).into(),
        request_of(&template.name, session).into(),
        (limits::TEMPLATES_PER_PERSON as f64).into(),
    ];
    env.d1("DB")?.prepare(STATEMENT).bind(&values)?.run().await?;
    known(env, owner, &template.id, &template.name, session).await
}

/// Deletes one of somebody's templates, if there is one, and remembers for as long as a key is known that it was there.
pub(crate) async fn delete(env: &Env, owner: &ParticipantId, id: &TemplateId, now: u64) -> Result<()> {
    const REMEMBER: &str = "INSERT INTO deleted_templates (owner, id, deleted_at)
SELECT owner, id, ?3 FROM templates WHERE owner = ?1 AND id = ?2 ON CONFLICT DO NOTHING";
    const DELETE: &str = "DELETE FROM templates WHERE owner = ?1 AND id = ?2";
    const FORGET: &str = "DELETE FROM deleted_templates WHERE owner = ?1 AND (deleted_at < ?2 OR id NOT IN
(SELECT id FROM deleted_templates WHERE owner = ?1 ORDER BY deleted_at DESC LIMIT ?3))";
    let database = env.d1("DB")?;
    let (owner, id) = (|| owner.as_str().into(), || id.as_str().into());
    let over = now.saturating_sub(limits::IDEMPOTENCY_WINDOW_MS);
    let statements = vec![
        database.prepare(REMEMBER).bind(&[owner(), id(), (now as f64).into()])?,
        database.prepare(DELETE).bind(&[owner(), id()])?,
        database.prepare(FORGET).bind(&[
            owner(),
            (over as f64).into(),
            (limits::TEMPLATES_REMEMBERED as f64).into(),
        ])?,
    ];
    run(&database, statements).await
}

async fn row(env: &Env, owner: &ParticipantId, id: &TemplateId) -> Result<Option<Row>> {
    const QUERY: &str = "SELECT id, name, rooms, created_at, request FROM templates WHERE owner = ?1 AND id = ?2";
    let values = [owner.as_str().into(), id.as_str().into()];
    env.d1("DB")?.prepare(QUERY).bind(&values)?.first(None).await
}

/// Tells a request from another one under the same key.
fn request_of(name: &TemplateName, session: &SessionId) -> String {
    // An id of a session has no space.
    let hash = Sha256::digest(format!("{session} {}", name.as_str()));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A room that can be made: its name and guests may be from before there were rules for what people give.
fn usable(room: NewRoom) -> NewRoom {
    let name = clean_line(room.name.as_str(), limits::ROOM_NAME_CHARS);
    let guest = |key: GuestKey| GuestKey::new(clean_line(key.as_str(), limits::GUEST_KEY_CHARS)).unwrap_or(key);
    NewRoom {
        name: RoomName::new(name).unwrap_or(room.name),
        guests: room.guests.into_iter().map(guest).collect(),
        ..room
    }
}

fn template(row: Row) -> Result<Template> {
    let odd = |what: String| Error::RustError(format!("the database holds an odd template: {what}"));
    Ok(Template {
        id: row.id.parse().map_err(odd)?,
        name: TemplateName::stored(row.name).map_err(odd)?,
        rooms: serde_json::from_str::<Vec<NewRoom>>(&row.rooms)?
            .into_iter()
            .map(usable)
            .collect(),
        created_at: row.created_at,
    })
}
