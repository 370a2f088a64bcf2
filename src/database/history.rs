//! Reads messages from the archive.

use flagship_protocol::http::MessagesPage;
use flagship_protocol::model::Message;
use flagship_protocol::text::MessageContent;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use worker::{Env, Error, Result};

use super::shards::{Shard, open};

const PAGE: &str =
    "SELECT id, seq, sender_id, sender_alias, content, created_at, idempotency_key, broadcast, reply_to, mentions, reactions, edited_at, deleted_at, deleted_by, version FROM messages
WHERE session_id = ?1 AND room_id = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT ?4";

#[derive(Deserialize)]
struct Row {
    id: String,
    seq: u64,
    sender_id: String,
    sender_alias: String,
    content: String,
    created_at: u64,
    idempotency_key: String,
    broadcast: u8,
    reply_to: Option<String>,
    mentions: Option<String>,
    reactions: Option<String>,
    edited_at: Option<u64>,
    deleted_at: Option<u64>,
    deleted_by: Option<String>,
    version: u64,
}

/// The newest `limit` messages of a room with a `seq` below `before`, oldest first.
pub(crate) async fn messages_page(
    env: &Env,
    shard: Shard,
    session: &str,
    room: &str,
    before: u64,
    limit: u32,
) -> Result<MessagesPage> {
    // D1 takes numbers as JavaScript has them; both are far below 2^53.
    let values = [
        session.into(),
        room.into(),
        (before as f64).into(),
        f64::from(limit + 1).into(),
    ];
    let mut rows: Vec<Row> = open(env, shard)?.prepare(PAGE).bind(&values)?.all().await?.results()?;
    let has_older = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    rows.reverse();
    let messages: Vec<Message> = rows.into_iter().map(|row| message(room, row)).collect::<Result<_>>()?;
    let before = messages.first().filter(|_| has_older).map(|oldest| oldest.seq);
    Ok(MessagesPage { messages, before })
}

fn message(room: &str, row: Row) -> Result<Message> {
    let odd = |what: String| Error::RustError(format!("the archive holds an odd message: {what}"));
    let content = match row.deleted_at {
        Some(_) => MessageContent::nothing(),
        None => row.content.parse().map_err(odd)?,
    };
    Ok(Message {
        id: row.id.parse().map_err(odd)?,
        room_id: room.parse().map_err(odd)?,
        seq: row.seq,
        sender_id: row.sender_id.parse().map_err(odd)?,
        sender_alias: row.sender_alias.parse().map_err(odd)?,
        content,
        created_at: row.created_at,
        broadcast: row.broadcast != 0,
        reply_to: row.reply_to.map(|id| id.parse()).transpose().map_err(odd)?,
        mentions: list(row.mentions)?,
        reactions: list(row.reactions)?,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
        deleted_by: row.deleted_by.map(|id| id.parse()).transpose().map_err(odd)?,
        version: Some(row.version).filter(|version| *version > 0),
        command_id: row.idempotency_key,
    })
}

/// A list as JSON, or none.
fn list<T: DeserializeOwned>(json: Option<String>) -> Result<Vec<T>> {
    Ok(json.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?)
}
