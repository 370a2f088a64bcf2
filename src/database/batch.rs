//! Writes entries of a journal to the archive.

use std::collections::BTreeMap;

use flagship_protocol::events::Event;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::{Message, Room, Session};
use flagship_session::Entry;
use serde_json::{Value, json};
use worker::{D1Database, D1PreparedStatement, Result};

/// Rows travel as one JSON text and are taken apart by SQLite: D1 binds at most 100 values.
const MESSAGES: &str = "INSERT INTO messages (session_id, room_id, seq, id, sender_id, sender_alias, content, created_at, idempotency_key, broadcast, rev)
SELECT ?1, value->>'roomId', value->>'seq', value->>'id', value->>'senderId', value->>'senderAlias', value->>'content', value->>'createdAt', value->>'commandId', coalesce(value->>'broadcast', 0), value->>'rev'
FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING";

const SESSION: &str = "INSERT INTO sessions (id, title, state, created_by, created_at, rev)
SELECT value->>'id', value->>'title', value->>'state', value->>'createdBy', value->>'createdAt', value->>'rev'
FROM json_each(?1) WHERE true
ON CONFLICT DO UPDATE SET title = excluded.title, state = excluded.state, rev = excluded.rev WHERE excluded.rev > sessions.rev";

const ROOMS: &str = "INSERT INTO rooms (session_id, id, name, state, capacity, created_by, created_at, rev)
SELECT ?1, value->>'id', value->>'name', value->>'state', value->>'capacity', value->>'createdBy', value->>'createdAt', value->>'rev'
FROM json_each(?2) WHERE true
ON CONFLICT DO UPDATE SET name = excluded.name, state = excluded.state, capacity = excluded.capacity, rev = excluded.rev WHERE excluded.rev > rooms.rev";

const DELETED: &str = "UPDATE rooms SET state = 'deleted', rev = deleted.value->>'rev'
FROM json_each(?2) AS deleted WHERE rooms.session_id = ?1 AND rooms.id = deleted.value->>'id'";

/// What some entries leave in the archive.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    last_rev: u64,
    messages: Vec<(u64, Message)>,
    session: Option<(u64, Session)>,
    rooms: BTreeMap<RoomId, (u64, Room)>,
    deleted: BTreeMap<RoomId, u64>,
}

impl Batch {
    /// Collects what these entries, in order, leave in the archive.
    pub(crate) fn new(entries: &[Entry]) -> Self {
        let mut batch = Self::default();
        for entry in entries {
            batch.last_rev = entry.rev;
            for sequenced in &entry.events {
                batch.add(entry.rev, &sequenced.event);
            }
        }
        batch
    }

    /// The position of the last entry.
    pub(crate) fn last_rev(&self) -> u64 {
        self.last_rev
    }

    /// Writes the rows, all or none. Writing them again changes nothing.
    pub(crate) async fn write(&self, database: &D1Database, session: &str) -> Result<()> {
        let mut statements = Vec::new();
        let mut add = |statement: &str, values: &[&str]| -> Result<()> {
            let values: Vec<_> = values.iter().map(|value| (*value).into()).collect();
            statements.push(database.prepare(statement).bind(&values)?);
            Ok(())
        };
        if let Some(info) = &self.session {
            add(SESSION, &[&rows([info].into_iter())?])?;
        }
        if !self.rooms.is_empty() {
            add(ROOMS, &[session, &rows(self.rooms.values())?])?;
        }
        if !self.deleted.is_empty() {
            let deleted: Vec<Value> = self
                .deleted
                .iter()
                .map(|(id, rev)| json!({ "id": id, "rev": rev }))
                .collect();
            add(DELETED, &[session, &serde_json::to_string(&deleted)?])?;
        }
        if !self.messages.is_empty() {
            add(MESSAGES, &[session, &rows(self.messages.iter())?])?;
        }
        run(database, statements).await
    }

    fn add(&mut self, rev: u64, event: &Event) {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => self.session = Some((rev, session.clone())),
            Event::BreakoutRoomCreated { room }
            | Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => {
                self.rooms.insert(room.id.clone(), (rev, room.clone()));
            }
            Event::BreakoutRoomDeleted { room_id } => {
                self.deleted.insert(room_id.clone(), rev);
            }
            Event::MessageCreated { message } => self.messages.push((rev, message.clone())),
            Event::ParticipantJoined { .. }
            | Event::ParticipantLeft { .. }
            | Event::ParticipantUpdated { .. }
            | Event::ParticipantRemoved { .. }
            | Event::ParticipantBanned { .. }
            | Event::ParticipantUnbanned { .. }
            | Event::BreakoutRoomWarning { .. }
            | Event::ParticipantsAssigned { .. }
            | Event::GuestsAssigned { .. }
            | Event::HelpRequested { .. }
            | Event::HelpUpdated { .. }
            | Event::ProfileUpdated { .. }
            | Event::BreakoutRoomJoined { .. }
            | Event::BreakoutRoomLeft { .. } => {}
        }
    }
}

async fn run(database: &D1Database, statements: Vec<D1PreparedStatement>) -> Result<()> {
    if statements.is_empty() {
        return Ok(());
    }
    for result in database.batch(statements).await? {
        if !result.success() {
            return Err(worker::Error::RustError(
                result.error().unwrap_or_else(|| "D1 refused a batch".into()),
            ));
        }
    }
    Ok(())
}

/// A JSON array of rows, each with the `rev` that it reflects.
fn rows<'a, T: serde::Serialize + 'a>(rows: impl Iterator<Item = &'a (u64, T)>) -> Result<String> {
    let mut values = Vec::new();
    for (rev, row) in rows {
        let mut value = serde_json::to_value(row)?;
        if let Value::Object(columns) = &mut value {
            columns.insert("rev".into(), (*rev).into());
        }
        values.push(value);
    }
    Ok(serde_json::to_string(&values)?)
}
