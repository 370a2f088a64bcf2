//! What was said before: the newest of it for who comes, pages, single messages, and searching.

use std::collections::BTreeMap;

use flagship_protocol::http::{DirectMessagesPage, MessageBody, MessagesPage, SearchPage};
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message};
use flagship_protocol::moderation::Own;
use flagship_session::{Actor, Circuit, Readable, Rejection, Said, Words};
use serde_json::value::RawValue;

use super::failure::Failure;
use super::live::Live;
use crate::call::{MessagesAnswer, Side, Source};

impl Live {
    /// Returns the range of a stream that a follower is sent without a request: `from < seq <= to`.
    pub(super) fn current(&self, stream: &StreamId, who: &ParticipantId) -> (u64, u64) {
        let state = self.session.state();
        state.readable_stream(who, stream).current(state.head(stream))
    }

    /// Returns the newest readable messages of streams that a participant follows, oldest first within each.
    pub(super) fn recent_messages(&self, streams: &[StreamId], who: &ParticipantId) -> worker::Result<Vec<Message>> {
        let mut messages = Vec::new();
        for stream in streams.iter().filter(|stream| matches!(stream, StreamId::Room(_))) {
            let within = self.current(stream, who);
            let said = self.journal.said_within(stream, within, limits::SNAPSHOT_MESSAGES)?;
            messages.extend(said.into_iter().filter_map(in_room));
        }
        Ok(messages)
    }

    /// What only one person knows.
    pub(super) fn own(&self, who: &ParticipantId) -> worker::Result<Own> {
        let state = self.session.state();
        let stream = StreamId::Participant(who.clone());
        let newest = limits::SNAPSHOT_DIRECT_MESSAGES;
        let said = self.journal.said_within(&stream, (0, state.head(&stream)), newest)?;
        Ok(Own {
            direct_messages: said.into_iter().filter_map(direct).collect(),
            ..state.own(who)
        })
    }

    /// A message of a room that somebody may read.
    pub(super) fn message(&self, actor: &Actor, id: &MessageId) -> Result<MessageBody, Failure> {
        let state = self.session.state();
        state.check_reader(&actor.id)?;
        let message = self.journal.said(id)?.and_then(in_room);
        let message = message.filter(|message| state.may_read_message(&actor.id, message));
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
        let readable = state.readable(&actor.id, &room)?;
        let stream = StreamId::Room(room);
        let head = state.head(&stream);
        if source == Source::Nearest
            && let Some(side) = self.archived_side(&stream, head, &readable, side, limit)?
        {
            return Ok(MessagesAnswer::Archived {
                side,
                shard: self.journal.shard()?,
                readable,
                head,
            });
        }
        let size = limit as usize;
        let (said, has_more) = self.page_of(&stream, head, &readable, side, size)?;
        let messages: Vec<Message> = said.into_iter().filter_map(in_room).collect();
        let (first, last) = (
            messages.first().map(|message| message.seq),
            messages.last().map(|message| message.seq),
        );
        let has_older = match side {
            Side::End | Side::Before(_) => has_more,
            Side::After(_) => first.is_some_and(|first| !readable.within(0, first - 1).is_empty()),
        };
        let has_newer = match side {
            Side::End => false,
            Side::Before(before) => readable.ceiling(before).is_some_and(|next| next <= head),
            Side::After(_) => has_more,
        };
        let page = MessagesPage {
            before: first.filter(|_| has_older),
            after: last.filter(|_| has_newer),
            messages,
            gaps: Vec::new(),
        };
        let (after, before) = side.span(&page);
        let mut gaps = Vec::new();
        for gap in readable.gaps(after, before.unwrap_or(head + 1), head) {
            // A range with reactions only withholds no message.
            let within = (gap.after, gap.before - 1);
            if !self.journal.said_within(&stream, within, 1)?.is_empty() {
                gaps.push(gap);
            }
        }
        let page = serde_json::to_string(&MessagesPage { gaps, ..page })?;
        Ok(MessagesAnswer::Page(RawValue::from_string(page)?))
    }

    /// Returns the side of the archive's page if the page is far back and completely archived.
    fn archived_side(
        &self,
        stream: &StreamId,
        head: u64,
        readable: &Readable,
        side: Side,
        limit: u32,
    ) -> worker::Result<Option<Side>> {
        let width = u64::from(limit);
        // The page is next to the position, but for what may not be read.
        let to = match side {
            Side::End => readable.floor(head),
            Side::Before(before) => readable.floor(before.saturating_sub(1).min(head)),
            Side::After(after) => readable
                .ceiling(after.saturating_add(1))
                .map(|first| first.saturating_add(width - 1).min(head)),
        };
        let Some(to) = to else { return Ok(None) };
        let is_far = head - to.saturating_sub(width) > limits::JOURNAL_TAIL;
        if !is_far || self.archive.circuit() != Circuit::Closed {
            return Ok(None);
        }
        let reached = self.journal.reached_by(stream, to)?;
        let is_archived = reached.is_some_and(|rev| rev <= self.archive.archived());
        Ok(is_archived.then_some(match side {
            Side::After(after) => Side::After(after),
            Side::End | Side::Before(_) => Side::Before(to + 1),
        }))
    }

    /// Returns at most `size` readable messages on a side, oldest first, and whether there are more on that side.
    fn page_of(
        &self,
        stream: &StreamId,
        head: u64,
        readable: &Readable,
        side: Side,
        size: usize,
    ) -> worker::Result<(Vec<Said>, bool)> {
        let mut said = Vec::new();
        let wanted = |said: &Vec<Said>| size + 1 - said.len();
        let before = match side {
            Side::After(after) => {
                for (from, to) in readable.within(after, head) {
                    said.append(&mut self.journal.said_after(stream, from, to, wanted(&said))?);
                }
                let has_more = said.len() > size;
                said.truncate(size);
                return Ok((said, has_more));
            }
            Side::End => head,
            Side::Before(before) => before.saturating_sub(1).min(head),
        };
        for within in readable.within(0, before).into_iter().rev() {
            let mut older = self.journal.said_within(stream, within, wanted(&said))?;
            older.append(&mut said);
            said = older;
        }
        let has_more = said.len() > size;
        Ok((said.split_off(usize::from(has_more)), has_more))
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
        state.check_reader(&actor.id)?;
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
        let streams: BTreeMap<StreamId, Readable> = match room {
            Some(room) => [(StreamId::Room(room.clone()), state.readable(&actor.id, room)?)].into(),
            None => {
                state.check_reader(&actor.id)?;
                let rooms = state.rooms.keys().cloned().chain([RoomId::main()]);
                let rooms = rooms.filter_map(|room| {
                    let readable = state.readable(&actor.id, &room).ok()?;
                    Some((StreamId::Room(room), readable))
                });
                let own = (StreamId::Participant(actor.id.clone()), Readable::All);
                rooms.chain([own]).collect()
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
