//! Reads messages from the archive.

use flagship_protocol::http::{DirectMessagesPage, MessageGap, MessagesPage};
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::model::{DirectMessage, Message};
use flagship_protocol::text::{Alias, MessageContent};
use flagship_session::Readable;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{D1Database, Env, Error, Result};

use super::shards::{Shard, open};
use crate::call::Side;

pub(super) const COLUMNS: &str = "id, rev, room_id, seq, sender_id, sender_alias, content, created_at, idempotency_key, broadcast, reply_to, mentions, reactions, edited_at, deleted_at, deleted_by, version";

#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    pub(super) rev: u64,
    room_id: String,
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

/// A room as one reader may read it.
pub(crate) struct ReadRoom<'a> {
    pub(crate) session: &'a str,
    pub(crate) room: &'a str,
    /// The readable positions.
    pub(crate) readable: &'a Readable,
    /// How far the room's stream has come, if that is known.
    pub(crate) head: Option<u64>,
}

impl ReadRoom<'_> {
    /// A page of messages, at most `limit` of them, oldest first.
    pub(crate) async fn page(&self, database: &D1Database, side: Side, limit: u32) -> Result<MessagesPage> {
        let (bound, from, order) = bounds(self.nearest(side));
        let query = format!(
            "SELECT {COLUMNS} FROM messages WHERE session_id = ?1 AND room_id = ?2 AND seq {bound} ?3
AND (?5 IS NULL OR EXISTS (SELECT 1 FROM json_each(?5) AS span
  WHERE span.value->>'first' <= seq AND seq <= coalesce(span.value->>'last', seq)))
ORDER BY seq {order} LIMIT ?4"
        );
        let spans = match self.readable {
            Readable::All => JsValue::NULL,
            Readable::Spans(spans) => serde_json::to_string(spans)?.into(),
        };
        // D1 takes numbers as JavaScript has them; both are far below 2^53.
        let limit_and_one = f64::from(limit + 1).into();
        let values = [self.session.into(), self.room.into(), from.into(), limit_and_one, spans];
        let rows: Vec<Row> = database.prepare(query).bind(&values)?.all().await?.results()?;
        let page = Page::of(rows, side, limit, |row| row.seq);
        let page = MessagesPage {
            messages: page.rows.into_iter().map(message).collect::<Result<_>>()?,
            before: page.before,
            after: page.after,
            gaps: Vec::new(),
        };
        let gaps = self.gaps(database, side.span(&page)).await?;
        Ok(MessagesPage { gaps, ..page })
    }

    /// Returns the side from the nearest readable position: D1 then scans no unreadable messages before it.
    fn nearest(&self, side: Side) -> Side {
        match side {
            Side::End => self.nearest(Side::Before(LAST as u64)),
            Side::Before(before) => {
                let last = self.readable.floor(before.saturating_sub(1));
                Side::Before(last.map_or(0, |last| last.saturating_add(1)))
            }
            Side::After(after) => {
                let first = self.readable.ceiling(after.saturating_add(1));
                first.map_or(side, |first| Side::After(first.saturating_sub(1)))
            }
        }
    }

    /// Returns the ranges between two positions that have messages which the reader may not read.
    async fn gaps(&self, database: &D1Database, (after, before): (u64, Option<u64>)) -> Result<Vec<MessageGap>> {
        const QUERY: &str = "SELECT gap.value->>'after' AS \"after\", min(gap.value->>'before', (
  SELECT max(seq) + 1 FROM messages WHERE session_id = ?1 AND room_id = ?2)) AS \"before\"
FROM json_each(?3) AS gap WHERE EXISTS (SELECT 1 FROM messages WHERE session_id = ?1 AND room_id = ?2
  AND seq > gap.value->>'after' AND seq < gap.value->>'before')";
        let head = self.head.unwrap_or(LAST as u64);
        let gaps = self
            .readable
            .gaps(after, before.unwrap_or(head.saturating_add(1)), head);
        if gaps.is_empty() {
            return Ok(gaps);
        }
        let values = [
            self.session.into(),
            self.room.into(),
            serde_json::to_string(&gaps)?.into(),
        ];
        database.prepare(QUERY).bind(&values)?.all().await?.results()
    }
}

/// How a side is asked for: compared how, with what, in which order.
fn bounds(side: Side) -> (&'static str, f64, &'static str) {
    match side {
        Side::End => ("<", LAST, "DESC"),
        Side::Before(position) => ("<", position as f64, "DESC"),
        Side::After(position) => (">", position as f64, "ASC"),
    }
}

/// Above every position.
pub(super) const LAST: f64 = (1_u64 << 53) as f64;

/// Rows of a page, oldest first, and where others are.
struct Page<T> {
    rows: Vec<T>,
    before: Option<u64>,
    after: Option<u64>,
}

impl<T> Page<T> {
    /// Takes rows in the order of [`bounds`]; one more than `limit` says that there are others.
    fn of(mut rows: Vec<T>, side: Side, limit: u32, position: impl Fn(&T) -> u64) -> Self {
        let has_more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        if !matches!(side, Side::After(_)) {
            rows.reverse();
        }
        let (first, last) = (rows.first().map(&position), rows.last().map(&position));
        let (before, after) = match side {
            Side::End => (first.filter(|_| has_more), None),
            Side::Before(_) => (first.filter(|_| has_more), last),
            Side::After(_) => (first, last.filter(|_| has_more)),
        };
        Self { rows, before, after }
    }
}

pub(super) fn message(row: Row) -> Result<Message> {
    let odd = |what: String| Error::RustError(format!("the archive holds an odd message: {what}"));
    let content = match row.deleted_at {
        Some(_) => MessageContent::nothing(),
        None => MessageContent::stored(row.content).map_err(odd)?,
    };
    Ok(Message {
        id: row.id.parse().map_err(odd)?,
        room_id: row.room_id.parse().map_err(odd)?,
        seq: row.seq,
        sender_id: row.sender_id.parse().map_err(odd)?,
        sender_alias: Alias::stored(row.sender_alias).map_err(odd)?,
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

pub(super) const DIRECT_COLUMNS: &str = "id, rev, sender_id, sender_alias, recipient_id, content, created_at, idempotency_key, reply_to, reactions, edited_at, deleted_at, version";

#[derive(Deserialize)]
pub(super) struct DirectRow {
    id: String,
    pub(super) rev: u64,
    sender_id: String,
    sender_alias: String,
    recipient_id: String,
    content: String,
    created_at: u64,
    idempotency_key: String,
    reply_to: Option<String>,
    reactions: Option<String>,
    edited_at: Option<u64>,
    deleted_at: Option<u64>,
    version: u64,
}

/// A page of the direct messages that somebody wrote or got, `with` one person or with all, oldest first.
pub(crate) async fn direct_messages_page(
    env: &Env,
    shard: Shard,
    session: &str,
    who: &ParticipantId,
    with: Option<&ParticipantId>,
    side: Side,
    limit: u32,
) -> Result<DirectMessagesPage> {
    let (bound, from, order) = bounds(side);
    let query = format!(
        "SELECT {DIRECT_COLUMNS} FROM direct_messages WHERE session_id = ?1 AND rev {bound} ?2
AND (sender_id = ?3 AND recipient_id = coalesce(?4, recipient_id) OR recipient_id = ?3 AND sender_id = coalesce(?4, sender_id))
ORDER BY rev {order} LIMIT ?5"
    );
    let with = with.map_or(JsValue::NULL, |with| with.as_str().into());
    let limit_and_one = f64::from(limit + 1).into();
    let values = [session.into(), from.into(), who.as_str().into(), with, limit_and_one];
    let rows: Vec<DirectRow> = open(env, shard)?.prepare(query).bind(&values)?.all().await?.results()?;
    let page = Page::of(rows, side, limit, |row| row.rev);
    Ok(DirectMessagesPage {
        messages: page.rows.into_iter().map(direct_message).collect::<Result<_>>()?,
        before: page.before,
        after: page.after,
    })
}

pub(super) fn direct_message(row: DirectRow) -> Result<DirectMessage> {
    let odd = |what: String| Error::RustError(format!("the archive holds an odd direct message: {what}"));
    let content = match row.deleted_at {
        Some(_) => MessageContent::nothing(),
        None => MessageContent::stored(row.content).map_err(odd)?,
    };
    Ok(DirectMessage {
        id: row.id.parse().map_err(odd)?,
        sender_id: row.sender_id.parse().map_err(odd)?,
        sender_alias: Alias::stored(row.sender_alias).map_err(odd)?,
        recipient_id: row.recipient_id.parse().map_err(odd)?,
        content,
        created_at: row.created_at,
        reply_to: row.reply_to.map(|id| id.parse()).transpose().map_err(odd)?,
        reactions: list(row.reactions)?,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
        version: Some(row.version).filter(|version| *version > 0),
        command_id: row.idempotency_key,
    })
}

/// A list as JSON, or none.
fn list<T: DeserializeOwned>(json: Option<String>) -> Result<Vec<T>> {
    Ok(json.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?)
}
