//! What was said before: the newest of it for who comes, pages, single messages, and searching.

use flagship_protocol::http::{DirectMessagesPage, MessageBody, MessagesPage, SearchPage};
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message};
use flagship_protocol::moderation::Own;
use flagship_session::{Actor, Circuit, Rejection, Said, Words};
use serde_json::value::RawValue;

use super::failure::Failure;
use super::live::Live;
use crate::call::{MessagesAnswer, Side, Source};

impl Live {
    /// The newest messages of some streams, oldest first within each.
    pub(super) fn recent_messages(&self, streams: &[StreamId]) -> worker::Result<Vec<Message>> {
        let mut messages = Vec::new();
        for stream in streams.iter().filter(|stream| matches!(stream, StreamId::Room(_))) {
            let head = self.session.state().head(stream);
            let said = self.journal.said_until(stream, head, limits::SNAPSHOT_MESSAGES)?;
            messages.extend(said.into_iter().filter_map(in_room));
        }
        Ok(messages)
    }

    /// What only one person knows.
    pub(super) fn own(&self, who: &ParticipantId) -> worker::Result<Own> {
        let state = self.session.state();
        let stream = StreamId::Participant(who.clone());
        let newest = limits::SNAPSHOT_DIRECT_MESSAGES;
        let said = self.journal.said_until(&stream, state.head(&stream), newest)?;
        Ok(Own {
            direct_messages: said.into_iter().filter_map(direct).collect(),
            ..state.own(who)
        })
    }

    /// A message of a room that somebody may read.
    pub(super) fn message(&self, actor: &Actor, id: &MessageId) -> Result<MessageBody, Failure> {
        let state = self.session.state();
        state.may_enter(&actor.id)?;
        let message = self.journal.said(id)?.and_then(in_room);
        let message = message.filter(|message| state.may_read(&actor.id, &message.room_id).is_ok());
        let message = message.ok_or_else(|| Rejection::MessageNotFound(id.clone()))?;
        Ok(MessageBody { message })
    }

    /// A page of messages: from the journal if the archive does not surely have all of it, or it is close to the
    /// journal's end.
    pub(super) fn messages_page(
        &self,
        actor: &Actor,
        room: RoomId,
        side: Side,
        limit: u32,
        source: Source,
    ) -> Result<MessagesAnswer, Failure> {
        let state = self.session.state();
        state.may_read(&actor.id, &room)?;
        let stream = StreamId::Room(room);
        let head = state.head(&stream);
        let (size, width) = (limit as usize, u64::from(limit));
        let to = match side {
            Side::End => head,
            Side::Before(before) => before.saturating_sub(1).min(head),
            Side::After(after) => after.saturating_add(width).min(head),
        };
        let is_far = head - to.saturating_sub(width) > limits::JOURNAL_TAIL;
        if source == Source::Nearest && is_far && self.archive.circuit() == Circuit::Closed {
            let reached = self.journal.reached_by(&stream, to)?;
            if reached.is_some_and(|rev| rev <= self.archive.archived()) {
                let side = match side {
                    Side::After(after) => Side::After(after),
                    Side::End | Side::Before(_) => Side::Before(to + 1),
                };
                return Ok(MessagesAnswer::Archived {
                    side,
                    shard: self.journal.shard()?,
                });
            }
        }
        let said = match side {
            Side::After(after) => self.journal.said_after(&stream, after, head, size + 1)?,
            Side::End | Side::Before(_) => self.journal.said_until(&stream, to, size)?,
        };
        let mut messages: Vec<Message> = said.into_iter().filter_map(in_room).collect();
        let has_newer = match side {
            Side::End => false,
            Side::Before(before) => before <= head,
            Side::After(_) => messages.len() > size,
        };
        messages.truncate(size);
        let (first, last) = (messages.first(), messages.last());
        let page = serde_json::to_string(&MessagesPage {
            // Whatever else is in a room's stream comes after its first message.
            before: first.map(|message| message.seq).filter(|seq| *seq > 1),
            after: last.map(|message| message.seq).filter(|_| has_newer),
            messages,
        })?;
        Ok(MessagesAnswer::Page(RawValue::from_string(page)?))
    }

    /// A page of the direct messages that somebody wrote or got.
    pub(super) fn direct_messages_page(
        &self,
        actor: &Actor,
        with: Option<&ParticipantId>,
        side: Side,
        limit: u32,
    ) -> Result<DirectMessagesPage, Failure> {
        let state = self.session.state();
        state.may_enter(&actor.id)?;
        let (who, size) = (&actor.id, limit as usize);
        let head = state.head(&StreamId::Participant(who.clone()));
        let said = self.journal.said_directly(who, with, side, head, size + 1)?;
        let mut messages: Vec<DirectMessage> = said.into_iter().filter_map(direct).collect();
        let has_more = messages.len() > size;
        let is_after = matches!(side, Side::After(_));
        if has_more && is_after {
            messages.truncate(size);
        } else if has_more {
            messages.remove(0);
        }
        let (has_older, has_newer) = match side {
            Side::End => (has_more, false),
            Side::Before(_) => (has_more, true),
            Side::After(_) => (true, has_more),
        };
        let position = |message: &DirectMessage| message.id.rev();
        Ok(DirectMessagesPage {
            before: messages.first().and_then(position).filter(|_| has_older),
            after: messages.last().and_then(position).filter(|_| has_newer),
            messages,
        })
    }

    /// Messages that have all the words: in one room, or in the rooms that somebody may read and among their direct
    /// messages.
    pub(super) fn search(
        &self,
        actor: &Actor,
        words: &Words,
        room: Option<&RoomId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<SearchPage, Failure> {
        let state = self.session.state();
        let streams: Vec<StreamId> = match room {
            Some(room) => {
                state.may_read(&actor.id, room)?;
                vec![StreamId::Room(room.clone())]
            }
            None => {
                state.may_enter(&actor.id)?;
                let rooms = state.rooms.keys().cloned().chain([RoomId::main()]);
                let rooms = rooms.filter(|room| state.may_read(&actor.id, room).is_ok());
                let own = StreamId::Participant(actor.id.clone());
                rooms.map(StreamId::Room).chain([own]).collect()
            }
        };
        let before = before.unwrap_or(state.rev + 1).min(state.rev + 1);
        let found = self.journal.find(words, &streams, before, limit as usize)?;
        let mut page = SearchPage {
            messages: Vec::new(),
            direct_messages: Vec::new(),
            before: found.before,
        };
        for said in found.said {
            match said {
                Said::Room(message) => page.messages.push(message),
                Said::Direct(message) => page.direct_messages.push(message),
            }
        }
        Ok(page)
    }
}

fn in_room(said: Said) -> Option<Message> {
    match said {
        Said::Room(message) => Some(message),
        Said::Direct(_) => None,
    }
}

fn direct(said: Said) -> Option<DirectMessage> {
    match said {
        Said::Direct(message) => Some(message),
        Said::Room(_) => None,
    }
}
