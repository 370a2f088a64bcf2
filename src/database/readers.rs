//! Who may read a session that only the archive has any more: its object's storage was lost.

use flagship_protocol::ids::{ParticipantId, RoomId, SessionId};
use flagship_protocol::model::{ChatHistory, Role};
use flagship_session::ArchivedReader;
use serde::Deserialize;
use worker::{D1Database, Env, Result};

use super::shards::{Shard, count, open, place};

/// One row if the session is there. Whoever created it was its host, also in what was archived before members were.
const READER: &str = "SELECT
  CASE WHEN sessions.created_by = ?2 THEN coalesce(members.role, 'host') ELSE members.role END AS role,
  coalesce(members.banned, 0) AS banned,
  coalesce(members.removed, 0) AS removed,
  sessions.chat_history,
  (?3 = 'main' OR EXISTS (SELECT 1 FROM rooms WHERE session_id = ?1 AND rooms.id = ?3 AND rooms.state <> 'deleted')) AS room_exists,
  EXISTS (SELECT 1 FROM room_members WHERE session_id = ?1 AND room_id = ?3 AND participant_id = ?2) AS was_in_room,
  (SELECT json_group_array(json_object('first', first_seq, 'last', last_seq)) FROM room_stays
    WHERE session_id = ?1 AND room_id = ?3 AND participant_id = ?2) AS stays
FROM sessions LEFT JOIN members ON members.session_id = ?1 AND members.id = ?2 WHERE sessions.id = ?1";

#[derive(Deserialize)]
struct Row {
    role: Option<String>,
    banned: u8,
    removed: u8,
    chat_history: Option<String>,
    room_exists: u8,
    was_in_room: u8,
    stays: String,
}

/// What the archive knows of somebody who wants to read a room, and which database has the session; `None` if none
/// has. Asks the database that the session would go to first, which is where it is unless some were added since.
pub(crate) async fn find_reader(
    env: &Env,
    session: &SessionId,
    who: &ParticipantId,
    room: &RoomId,
) -> Result<Option<(Shard, ArchivedReader)>> {
    let count = count(env);
    let first = place(session.as_str(), count);
    for shard in std::iter::once(first).chain((0..count).filter(|shard| *shard != first)) {
        if let Some(reader) = look(&open(env, shard)?, session, who, room).await? {
            return Ok(Some((shard, reader)));
        }
    }
    Ok(None)
}

async fn look(
    database: &D1Database,
    session: &SessionId,
    who: &ParticipantId,
    room: &RoomId,
) -> Result<Option<ArchivedReader>> {
    let values = [session.as_str().into(), who.as_str().into(), room.as_str().into()];
    let row: Option<Row> = database.prepare(READER).bind(&values)?.first(None).await?;
    let reader = |row: Row| -> Result<ArchivedReader> {
        Ok(ArchivedReader {
            // A role that this version does not know is worth no more than the least.
            role: row
                .role
                .map(|role| serde_json::from_value(role.into()).unwrap_or(Role::Participant)),
            banned: row.banned != 0,
            removed: row.removed != 0,
            room_exists: row.room_exists != 0,
            was_in_room: row.was_in_room != 0,
            // A rule that this version does not know allows no more than the strictest.
            history: row
                .chat_history
                .map(|rule| serde_json::from_value(rule.into()).unwrap_or(ChatHistory::Stay)),
            stays: serde_json::from_str(&row.stays)?,
        })
    };
    row.map(reader).transpose()
}
