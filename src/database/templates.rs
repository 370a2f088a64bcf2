//! Templates, by owner.

use flagship_protocol::commands::NewRoom;
use flagship_protocol::http::Template;
use flagship_protocol::ids::{ParticipantId, TemplateId};
use flagship_protocol::limits;
use flagship_protocol::text::{GuestKey, RoomName, TemplateName, clean_line};
use serde::Deserialize;
use worker::{Env, Error, Result};

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    rooms: String,
    created_at: u64,
}

/// Somebody's templates, newest first.
pub(crate) async fn of(env: &Env, owner: &ParticipantId) -> Result<Vec<Template>> {
    const QUERY: &str =
        "SELECT id, name, rooms, created_at FROM templates WHERE owner = ?1 ORDER BY created_at DESC, id";
    let statement = env.d1("DB")?.prepare(QUERY).bind(&[owner.as_str().into()])?;
    let rows: Vec<Row> = statement.all().await?.results()?;
    rows.into_iter().map(template).collect()
}

/// One of somebody's templates.
pub(crate) async fn find(env: &Env, owner: &ParticipantId, id: &TemplateId) -> Result<Option<Template>> {
    const QUERY: &str = "SELECT id, name, rooms, created_at FROM templates WHERE owner = ?1 AND id = ?2";
    let values = [owner.as_str().into(), id.as_str().into()];
    let row: Option<Row> = env.d1("DB")?.prepare(QUERY).bind(&values)?.first(None).await?;
    row.map(template).transpose()
}

/// Keeps a template. False if its owner has as many as one may. Keeping it again changes nothing.
pub(crate) async fn save(env: &Env, owner: &ParticipantId, template: &Template) -> Result<bool> {
    const STATEMENT: &str = "INSERT INTO templates (owner, id, name, rooms, created_at) SELECT ?1, ?2, ?3, ?4, ?5
WHERE (SELECT count(*) FROM templates WHERE owner = ?1) < ?6 ON CONFLICT DO NOTHING";
    let values = [
        owner.as_str().into(),
        template.id.as_str().into(),
        template.name.as_str().into(),
        serde_json::to_string(&template.rooms)?.into(),
        (template.created_at as f64).into(),
        (limits::TEMPLATES_PER_PERSON as f64).into(),
    ];
    env.d1("DB")?.prepare(STATEMENT).bind(&values)?.run().await?;
    Ok(find(env, owner, &template.id).await?.is_some())
}

/// Deletes one of somebody's templates, if there is one.
pub(crate) async fn delete(env: &Env, owner: &ParticipantId, id: &TemplateId) -> Result<()> {
    const STATEMENT: &str = "DELETE FROM templates WHERE owner = ?1 AND id = ?2";
    let values = [owner.as_str().into(), id.as_str().into()];
    env.d1("DB")?.prepare(STATEMENT).bind(&values)?.run().await.map(|_| ())
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
