//! Looks for words in what the archive has of a session.

use flagship_protocol::http::SearchPage;
use flagship_protocol::ids::{ParticipantId, RoomId, SessionId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message};
use flagship_session::{Finder, Words};
use wasm_bindgen::JsValue;
use worker::{D1Database, Result};

use super::history::{COLUMNS, DIRECT_COLUMNS, DirectRow, LAST, Row, direct_message, message};

/// Messages that are taken out of the database at once: with all their reactions, the longest are 80 KB each.
const STEP: usize = 250;

/// What somebody looks for, and where they may.
pub(crate) struct Search<'a> {
    pub(crate) session: &'a SessionId,
    pub(crate) who: &'a ParticipantId,
    /// Whether they may read rooms that they were not in.
    pub(crate) reads_every_room: bool,
    /// Whether they read rooms by stays; otherwise all of each room that they have been in.
    pub(crate) reads_by_stays: bool,
    /// The one room to look into; else every room that they may read, and their direct messages.
    pub(crate) room: Option<&'a RoomId>,
    pub(crate) words: &'a Words,
    /// Before which message, by the number in its id; `None` for the newest of all.
    pub(crate) before: Option<u64>,
    /// Most messages that are found.
    pub(crate) limit: usize,
}

enum Found {
    Room(Message),
    Direct(DirectMessage),
}

impl Search<'_> {
    /// Messages that have all the words, newest first, until there are enough or enough was read.
    pub(crate) async fn run(&self, database: &D1Database) -> Result<SearchPage> {
        let mut page = SearchPage {
            messages: Vec::new(),
            direct_messages: Vec::new(),
            before: self.before,
        };
        let mut read = 0;
        let mut finder = Finder::new(self.words);
        loop {
            let step = self.step(database, page.before).await?;
            let is_last = step.len() < STEP;
            for (rev, said) in step {
                read += 1;
                match said {
                    Found::Room(message) if finder.finds(message.content.as_str()) => page.messages.push(message),
                    Found::Direct(message) if finder.finds(message.content.as_str()) => {
                        page.direct_messages.push(message);
                    }
                    _ => {}
                }
                page.before = Some(rev);
                let found = page.messages.len() + page.direct_messages.len();
                if found >= self.limit || read >= limits::SEARCH_MESSAGES || finder.is_spent() {
                    return Ok(page);
                }
            }
            if is_last {
                page.before = None;
                return Ok(page);
            }
        }
    }

    /// The newest messages before one, at most [`STEP`], newest first, each with its number.
    async fn step(&self, database: &D1Database, before: Option<u64>) -> Result<Vec<(u64, Found)>> {
        let before: JsValue = before.map_or(LAST, |before| before as f64).into();
        let (session, who): (JsValue, JsValue) = (self.session.as_str().into(), self.who.as_str().into());
        let most: JsValue = (STEP as f64).into();
        let room = self.room.map_or(JsValue::NULL, |room| room.as_str().into());
        let number = |is_so: bool| -> JsValue { f64::from(u8::from(is_so)).into() };
        let (every, by_stays) = (number(self.reads_every_room), number(self.reads_by_stays));
        // Nothing is sorted by this number: an index would cost every message a row, for what hardly ever happens.
        let query = format!(
            "SELECT {COLUMNS} FROM messages WHERE session_id = ?1 AND rev < ?2 AND room_id = coalesce(?5, room_id)
AND (room_id = 'main' OR EXISTS (SELECT 1 FROM rooms WHERE session_id = ?1 AND rooms.id = messages.room_id AND state <> 'deleted')
  AND (?6 = 1
    OR ?7 = 0 AND EXISTS (SELECT 1 FROM room_members WHERE session_id = ?1 AND room_members.room_id = messages.room_id AND participant_id = ?4)
    OR ?7 = 1 AND EXISTS (SELECT 1 FROM room_stays WHERE session_id = ?1 AND room_stays.room_id = messages.room_id AND participant_id = ?4
      AND first_seq <= seq AND seq <= coalesce(last_seq, seq))))
ORDER BY rev DESC LIMIT ?3"
        );
        let mut values = vec![session, before, most, who];
        let mut said = Vec::new();
        if self.room.is_none() {
            let query = format!(
                "SELECT {DIRECT_COLUMNS} FROM direct_messages WHERE session_id = ?1 AND rev < ?2
AND (sender_id = ?4 OR recipient_id = ?4) ORDER BY rev DESC LIMIT ?3"
            );
            let rows: Vec<DirectRow> = database.prepare(query).bind(&values)?.all().await?.results()?;
            for row in rows {
                said.push((row.rev, Found::Direct(direct_message(row)?)));
            }
        }
        values.extend([room, every, by_stays]);
        let rows: Vec<Row> = database.prepare(query).bind(&values)?.all().await?.results()?;
        for row in rows {
            said.push((row.rev, Found::Room(message(row)?)));
        }
        said.sort_by_key(|(rev, _)| std::cmp::Reverse(*rev));
        said.truncate(STEP);
        Ok(said)
    }
}
