//! Writes entries of a journal to the archive.

mod rows;
mod stays;

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId};
use flagship_protocol::model::{self, DirectMessage, Message, Participant, Room, SessionState};
use flagship_session::{Said, State};
use serde::Serialize;
use serde_json::{Value, json};
use worker::{D1Database, Result};

use self::rows::{plain_row, put, rows, values};
use self::stays::Visits;
use super::run;

/// Most messages are plain, and these as arrays cost D1 half. The order of the columns is that of [`rows::plain_row`].
const PLAIN_MESSAGES: &str = "INSERT INTO messages (session_id, room_id, seq, id, sender_id, sender_alias, content, created_at, idempotency_key, rev)
SELECT ?1, value->>3, value->>1, value->>4, value->>5, value->>6, value->>8, value->>2, value->>7, value->>0
FROM json_each(?2) WHERE true
ON CONFLICT DO NOTHING";

const MESSAGES: &str = "INSERT INTO messages (session_id, room_id, seq, id, sender_id, sender_alias, content, created_at, idempotency_key, broadcast, rev, reply_to, mentions, reactions, edited_at, deleted_at, deleted_by, version)
SELECT ?1, value->>'roomId', value->>'seq', value->>'id', value->>'senderId', value->>'senderAlias', value->>'content', value->>'createdAt', value->>'commandId', coalesce(value->>'broadcast', 0), value->>'rev', value->>'replyTo', value->'mentions', value->'reactions', value->>'editedAt', value->>'deletedAt', value->>'deletedBy', coalesce(value->>'version', 0)
FROM json_each(?2) WHERE true
ON CONFLICT DO UPDATE SET content = excluded.content, mentions = excluded.mentions, reactions = excluded.reactions, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at, deleted_by = excluded.deleted_by, version = excluded.version WHERE excluded.version > messages.version";

const DIRECT_MESSAGES: &str = "INSERT INTO direct_messages (session_id, rev, id, sender_id, sender_alias, recipient_id, content, created_at, reply_to, reactions, edited_at, deleted_at, version, idempotency_key)
SELECT ?1, value->>'rev', value->>'id', value->>'senderId', value->>'senderAlias', value->>'recipientId', value->>'content', value->>'createdAt', value->>'replyTo', value->'reactions', value->>'editedAt', value->>'deletedAt', coalesce(value->>'version', 0), value->>'commandId'
FROM json_each(?2) WHERE true
ON CONFLICT DO UPDATE SET content = excluded.content, reactions = excluded.reactions, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at, version = excluded.version WHERE excluded.version > direct_messages.version";

const SESSION: &str = "INSERT INTO sessions (id, title, state, created_by, created_at, ended_at, chat_history, rev)
SELECT value->>'id', value->>'title', value->>'state', value->>'createdBy', value->>'createdAt', value->>'endedAt', value->>'chatHistory', value->>'rev'
FROM json_each(?1) WHERE true
ON CONFLICT DO UPDATE SET title = excluded.title, state = excluded.state, ended_at = excluded.ended_at, chat_history = excluded.chat_history, rev = excluded.rev WHERE excluded.rev > sessions.rev";

const ROOMS: &str = "INSERT INTO rooms (session_id, id, name, state, capacity, created_by, created_at, rev)
SELECT ?1, value->>'id', value->>'name', value->>'state', value->>'capacity', value->>'createdBy', value->>'createdAt', value->>'rev'
FROM json_each(?2) WHERE true
ON CONFLICT DO UPDATE SET name = excluded.name, state = excluded.state, capacity = excluded.capacity, rev = excluded.rev WHERE excluded.rev > rooms.rev";

const DELETED: &str = "UPDATE rooms SET state = 'deleted', rev = deleted.value->>'rev'
FROM json_each(?2) AS deleted WHERE rooms.session_id = ?1 AND rooms.id = deleted.value->>'id'";

const MEMBERS: &str = "INSERT INTO members (session_id, id, alias, role, joined_at, rev)
SELECT ?1, value->>'id', value->>'alias', value->>'role', value->>'joinedAt', value->>'rev'
FROM json_each(?2) WHERE true
ON CONFLICT DO UPDATE SET alias = excluded.alias, role = excluded.role, removed = 0, rev = excluded.rev WHERE excluded.rev > members.rev";

/// A removal may also change the member's role, in an entry of the same `rev`. A member who joined again has a row with a
/// higher one.
const REMOVED: &str = "UPDATE members SET removed = gone.value->>'removed', rev = gone.value->>'rev'
FROM json_each(?2) AS gone WHERE members.session_id = ?1 AND members.id = gone.value->>'id' AND members.rev <= gone.value->>'rev'";

/// Whoever was banned without ever having been a member needs no row: only members read the archive.
const BANS: &str = "UPDATE members SET banned = ban.value->>'banned', ban_rev = ban.value->>'rev'
FROM json_each(?2) AS ban WHERE members.session_id = ?1 AND members.id = ban.value->>'id' AND members.ban_rev < ban.value->>'rev'";

const ROOM_MEMBERS: &str = "INSERT INTO room_members (session_id, room_id, participant_id)
SELECT ?1, value->>0, value->>1 FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING";

/// What some entries leave in the archive.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    last_rev: u64,
    /// JSON arrays of rows of those that are plain.
    plain: Vec<String>,
    /// The others, as they are now, by the position of the entry that said them.
    messages: BTreeMap<u64, Message>,
    direct_messages: BTreeMap<u64, DirectMessage>,
    /// Messages that were changed, of which only the journal has the whole.
    changed: BTreeSet<MessageId>,
    session: Option<(u64, ArchivedSession)>,
    rooms: BTreeMap<RoomId, (u64, Room)>,
    deleted: BTreeMap<RoomId, u64>,
    members: BTreeMap<ParticipantId, (u64, Participant)>,
    bans: BTreeMap<ParticipantId, (u64, bool)>,
    /// Members who were removed or banned and have not joined again, and those who may read again without joining.
    removed: BTreeMap<ParticipantId, (u64, bool)>,
    room_members: BTreeSet<(RoomId, ParticipantId)>,
    visits: Visits,
}

/// A session, and when it ended if it has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArchivedSession {
    #[serde(flatten)]
    info: model::Session,
    ended_at: Option<u64>,
}

/// What an entry brought about, as far as the archive is concerned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happened<'a> {
    /// The entry's position.
    pub(crate) rev: u64,
    /// The entry's time.
    pub(crate) at: u64,
    /// Its events: a JSON array.
    pub(crate) events: &'a str,
}

impl Batch {
    /// Collects what these entries, in order, leave in the archive. `said` finds a message as it is now. `state` is the
    /// current state, for stays: entries have no positions of them.
    pub(crate) fn new<'a>(
        entries: impl Iterator<Item = Result<Happened<'a>>>,
        said: impl Fn(&MessageId) -> Result<Option<Said>>,
        state: &State,
    ) -> Result<Self> {
        let mut batch = Self::default();
        for entry in entries {
            let Happened { rev, at, events } = entry?;
            batch.last_rev = rev;
            if let Some(row) = plain_row(rev, events) {
                put(&mut batch.plain, &row);
                continue;
            }
            let events: Vec<SequencedEvent> = serde_json::from_str(events)?;
            for sequenced in &events {
                batch.add(rev, at, &sequenced.event);
            }
        }
        batch.visits.tell_stays(state);
        for (id, (_, removed)) in &mut batch.removed {
            // Whether an unbanned member reads again depends on whether the session had ended.
            *removed = state.members.get(id).is_some_and(|member| member.removed);
        }
        for id in std::mem::take(&mut batch.changed) {
            match said(&id)? {
                Some(Said::Room(message)) => batch.say(message),
                Some(Said::Direct(message)) => batch.say_directly(message),
                None => {}
            }
        }
        Ok(batch)
    }

    fn say(&mut self, message: Message) {
        if let Some(rev) = message.id.rev() {
            self.messages.insert(rev, message);
        }
    }

    fn say_directly(&mut self, message: DirectMessage) {
        if let Some(rev) = message.id.rev() {
            self.direct_messages.insert(rev, message);
        }
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
        if !self.members.is_empty() {
            add(MEMBERS, &[session, &rows(self.members.values())?])?;
        }
        if !self.bans.is_empty() {
            let bans: Vec<Value> = self
                .bans
                .iter()
                .map(|(id, (rev, banned))| json!({ "id": id, "rev": rev, "banned": u8::from(*banned) }))
                .collect();
            add(BANS, &[session, &serde_json::to_string(&bans)?])?;
        }
        if !self.removed.is_empty() {
            let gone = self.removed.iter();
            let gone = gone.map(|(id, (rev, removed))| json!({ "id": id, "rev": rev, "removed": u8::from(*removed) }));
            let gone: Vec<Value> = gone.collect();
            add(REMOVED, &[session, &serde_json::to_string(&gone)?])?;
        }
        for (statement, visits) in self.visits.statements() {
            add(statement, &[session, &visits])?;
        }
        if !self.room_members.is_empty() {
            add(ROOM_MEMBERS, &[session, &serde_json::to_string(&self.room_members)?])?;
        }
        for rows in &self.plain {
            add(PLAIN_MESSAGES, &[session, &format!("[{rows}]")])?;
        }
        for messages in values(&self.messages)? {
            add(MESSAGES, &[session, &messages])?;
        }
        for messages in values(&self.direct_messages)? {
            add(DIRECT_MESSAGES, &[session, &messages])?;
        }
        run(database, statements).await
    }

    fn add(&mut self, rev: u64, at: u64, event: &Event) {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => {
                let has_ended = session.state == SessionState::Ended;
                let info = session.clone();
                let ended_at = has_ended.then_some(at);
                self.session = Some((rev, ArchivedSession { info, ended_at }));
            }
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
            Event::MessageCreated { message } | Event::MessageEdited { message } => self.say(message.clone()),
            Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message } => {
                self.say_directly(message.clone());
            }
            Event::MessageDeleted { message_id, .. }
            | Event::MessageReacted { message_id, .. }
            | Event::DirectMessageDeleted { message_id, .. }
            | Event::DirectMessageReacted { message_id, .. } => {
                self.changed.insert(message_id.clone());
            }
            Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant } => {
                self.removed.remove(&participant.id);
                self.members.insert(participant.id.clone(), (rev, participant.clone()));
            }
            Event::ParticipantBanned { participant_id } => {
                self.removed.insert(participant_id.clone(), (rev, true));
                self.bans.insert(participant_id.clone(), (rev, true));
            }
            Event::ParticipantUnbanned { participant_id } => {
                self.removed.insert(participant_id.clone(), (rev, true));
                self.bans.insert(participant_id.clone(), (rev, false));
            }
            Event::BreakoutRoomJoined {
                room_id,
                participant_id,
            } => {
                self.room_members.insert((room_id.clone(), participant_id.clone()));
                self.visits.add(room_id, participant_id);
            }
            Event::BreakoutRoomLeft {
                room_id,
                participant_id,
            } => {
                self.visits.add(room_id, participant_id);
            }
            Event::ParticipantRemoved { participant_id } => {
                self.removed.insert(participant_id.clone(), (rev, true));
            }
            Event::ParticipantLeft { .. }
            | Event::GuestsAssigned { .. }
            | Event::HelpRequested { .. }
            | Event::HelpUpdated { .. }
            | Event::ProfileUpdated { .. }
            | Event::BreakoutRoomWarning { .. }
            | Event::ParticipantsAssigned { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use flagship_session::{Actor, NewSession, Session};

    use super::*;

    const MESSAGE: &str = r#"{"id":"m7","roomId":"main","seq":3,"senderId":"ada","senderAlias":"A \"da\"","content":"hi\n","createdAt":5,"commandId":"k"}"#;

    fn said(kind: &str, message: &str) -> String {
        format!(r#"{{"type":"{kind}","message":{message},"seq":3,"rev":7,"at":5}}"#)
    }

    fn session() -> Session {
        let plan = NewSession {
            id: "s1".parse().unwrap(),
            title: "Workshop".parse().unwrap(),
            anonymous: false,
        };
        let ada = Actor::new("ada".parse().unwrap(), "Ada".parse().unwrap());
        Session::create(plan, "epoch".into(), &ada, None, 1_000).0
    }

    fn batch(events: &str) -> Batch {
        let happened = Happened { rev: 7, at: 5, events };
        Batch::new(std::iter::once(Ok(happened)), |_| Ok(None), session().state()).unwrap()
    }

    #[test]
    fn a_plain_message_is_a_row_of_its_parts() {
        let batch = batch(&format!("[{}]", said("message_created", MESSAGE)));
        assert_eq!(batch.plain, [r#"[7,3,5,"main","m7","ada","A \"da\"","k","hi\n"]"#]);
        assert!(batch.messages.is_empty());
        assert_eq!(batch.last_rev(), 7);
    }

    #[test]
    fn whatever_more_there_is_to_a_message_is_archived() {
        for more in [r#""broadcast":true"#, r#""mentions":["ben"]"#, r#""version":9"#] {
            let message = MESSAGE.replace(r#""commandId""#, &format!(r#"{more},"commandId""#));
            let batch = batch(&format!("[{}]", said("message_created", &message)));
            assert!(batch.plain.is_empty(), "{more}");
            assert_eq!(batch.messages.keys().collect::<Vec<_>>(), [&7], "{more}");
        }
        let created = said("message_created", MESSAGE);
        let several = batch(&format!("[{created},{created}]"));
        assert!(several.plain.is_empty() && several.messages.len() == 1);
        assert!(
            batch(&format!("[{}]", said("message_edited", MESSAGE)))
                .plain
                .is_empty()
        );
        let odd = Happened {
            rev: 7,
            at: 5,
            events: "[{}]",
        };
        assert!(Batch::new(std::iter::once(Ok(odd)), |_| Ok(None), session().state()).is_err());
    }
}
