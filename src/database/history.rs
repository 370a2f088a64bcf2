//! Reads messages from the archive.

use flagship_protocol::http::MessagesPage;
use flagship_protocol::model::Message;
use serde::Deserialize;
use worker::{Env, Error, Result};

use super::shards::{Shard, open};

const PAGE: &str =
    "SELECT id, seq, sender_id, sender_alias, content, created_at, idempotency_key, broadcast FROM messages
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
    Ok(Message {
        id: row.id,
        room_id: room.parse().map_err(odd)?,
        seq: row.seq,
        sender_id: row.sender_id.parse().map_err(odd)?,
        sender_alias: row.sender_alias.parse().map_err(odd)?,
        content: row.content.parse().map_err(odd)?,
        created_at: row.created_at,
        broadcast: row.broadcast != 0,
        command_id: row.idempotency_key,
    })
}
