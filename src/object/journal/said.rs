//! Finds what was said in the journal: single messages, pages of them, and words in them.

use std::collections::BTreeMap;

use flagship_protocol::ids::{MessageId, ParticipantId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Finder, Readable, Said, Words};
use worker::{Result, SqlStorageValue};

use super::Journal;
use super::copies::WHOLE_EVENTS;
use super::rows::{MAX_SAFE, broken, integer, number, optional};
use crate::call::Side;

/// Whether a row says something: rooms have messages, participants' streams direct ones. An event begins with what it
/// is, or with what it is a copy of.
const SAYS: &str = "instr(substr(events, 1, 64), ?) > 0";

/// What a search found.
pub(in crate::object) struct Found {
    /// The messages, newest first.
    pub(in crate::object) said: Vec<Said>,
    /// The position before which nothing was looked at; `None` if all was.
    pub(in crate::object) before: Option<u64>,
}

/// Which messages are looked for.
struct Among<'a> {
    stream: &'a StreamId,
    /// Whom they are from or for, if that matters.
    with: Option<&'a str>,
    /// Between which positions of the journal they were said, both exclusive.
    after: u64,
    before: u64,
}

impl<'a> Among<'a> {
    fn all(stream: &'a StreamId) -> Self {
        Self {
            stream,
            with: None,
            after: 0,
            before: MAX_SAFE,
        }
    }
}

impl Journal {
    /// A message as it is now; `None` if nothing was said by this id.
    pub(in crate::object) fn said(&self, id: &MessageId) -> Result<Option<Said>> {
        let Some(entry) = id.rev().map(|rev| self.entry(rev)).transpose()?.flatten() else {
            return Ok(None);
        };
        let said = entry.events.first().and_then(|first| Said::of(&first.event));
        Ok(said.filter(|said| said.id() == id))
    }

    /// Puts what became of a message in place of what it was: what it said before is nowhere then.
    pub(super) fn rewrite(&self, said: &Said) -> Result<()> {
        const QUERY: &str = "UPDATE journal SET events = json_set(events, '$[0].message', json(?)) WHERE rev = ?";
        let rev = said.id().rev().ok_or_else(|| broken("message"))?;
        self.sql
            .exec(QUERY, vec![serde_json::to_string(said)?.into(), integer(rev)])?;
        Ok(())
    }

    /// The newest `limit` messages of a stream after one position and up to another, oldest first.
    pub(in crate::object) fn said_within(
        &self,
        stream: &StreamId,
        (from, to): (u64, u64),
        limit: usize,
    ) -> Result<Vec<Said>> {
        self.newest(&Among::all(stream), from, to, limit)
    }

    /// The oldest `limit` messages of a stream after the position `from`, and up to its `head`, oldest first.
    pub(in crate::object) fn said_after(
        &self,
        stream: &StreamId,
        from: u64,
        head: u64,
        limit: usize,
    ) -> Result<Vec<Said>> {
        self.oldest(&Among::all(stream), from, head, limit)
    }

    /// A page of what somebody wrote and got directly, `with` one person or with all, oldest first. A side is by the
    /// number of a message's id. `head` is that of their stream.
    pub(in crate::object) fn said_directly(
        &self,
        who: &ParticipantId,
        with: Option<&ParticipantId>,
        side: Side,
        head: u64,
        limit: usize,
    ) -> Result<Vec<Said>> {
        let stream = StreamId::Participant(who.clone());
        let mut among = Among {
            with: with.map(ParticipantId::as_str),
            ..Among::all(&stream)
        };
        match side {
            Side::End => self.newest(&among, 0, head, limit),
            Side::Before(position) => {
                among.before = position;
                let to = self.head_after(&stream, position)?.unwrap_or(head);
                self.newest(&among, 0, to, limit)
            }
            Side::After(position) => {
                // The recipient's entry comes right after the one that names the message.
                among.after = position.saturating_add(1);
                let from = self.head_before(&stream, position)?;
                self.oldest(&among, from, head, limit)
            }
        }
    }

    fn newest(&self, among: &Among<'_>, floor: u64, to: u64, limit: usize) -> Result<Vec<Said>> {
        let (mut to, mut width, mut found) = (to, limit as u64, Vec::new());
        // Mostly one look: among messages there may be any number of other events.
        while to > floor && found.len() < limit {
            let from = to.saturating_sub(width).max(floor);
            for stretch in self.stretches(among.stream, from, to)?.into_iter().rev() {
                let wanted = limit - found.len();
                found.append(&mut self.said_in(among, stretch, (from, to), wanted, "DESC")?);
            }
            (to, width) = (from, width.saturating_mul(2));
        }
        found.reverse();
        Ok(found)
    }

    fn oldest(&self, among: &Among<'_>, from: u64, head: u64, limit: usize) -> Result<Vec<Said>> {
        let (mut from, mut width, mut found) = (from, limit as u64, Vec::new());
        while from < head && found.len() < limit {
            let to = from.saturating_add(width).min(head);
            for stretch in self.stretches(among.stream, from, to)? {
                let wanted = limit - found.len();
                found.append(&mut self.said_in(among, stretch, (from, to), wanted, "ASC")?);
            }
            (from, width) = (to, width.saturating_mul(2));
        }
        Ok(found)
    }

    /// What was said in a part of the journal and of a stream.
    fn said_in(
        &self,
        among: &Among<'_>,
        (after, until): (u64, u64),
        (from, to): (u64, u64),
        limit: usize,
        order: &str,
    ) -> Result<Vec<Said>> {
        let (after, until) = (after.max(among.after), until.min(among.before.saturating_sub(1)));
        if limit == 0 || after >= until {
            return Ok(Vec::new());
        }
        // One of whom a direct message is between is always who asks.
        let query = format!(
            "SELECT events FROM (SELECT rev, {WHOLE_EVENTS} AS events FROM journal \
               WHERE rev > ? AND rev <= ? AND stream = ? AND from_seq >= ? AND to_seq <= ? AND {SAYS}) \
             WHERE ? IN ('', json_extract(events, '$[0].message.senderId'), json_extract(events, '$[0].message.recipientId')) \
             ORDER BY rev {order} LIMIT ?"
        );
        let bindings = vec![
            integer(after),
            integer(until),
            among.stream.to_string().into(),
            integer(from),
            integer(to),
            what(among.stream).into(),
            among.with.unwrap_or_default().into(),
            integer(limit as u64),
        ];
        self.read_said(&query, bindings)
    }

    /// Looks for words in what may be read of some streams before a position of the journal, newest first, until there
    /// are `limit` messages or enough was read.
    pub(in crate::object) fn find(
        &self,
        words: &Words,
        streams: &BTreeMap<StreamId, Readable>,
        before: u64,
        limit: usize,
    ) -> Result<Found> {
        // The position of a copy is that of the message, so that both of whom it is between read on from the same.
        let query = format!(
            "SELECT coalesce(json_extract(events, '$[0].of'), rev), json_extract({WHOLE_EVENTS}, '$[0].message.content'), \
               length(events), stream, to_seq \
             FROM journal WHERE rev < ? AND rev >= ? \
             AND stream IN (SELECT value FROM json_each(?)) AND {SAYS} ORDER BY rev DESC LIMIT ?"
        );
        let floor = before.saturating_sub(limits::SEARCH_ENTRIES).max(1);
        let bindings = vec![
            integer(before),
            integer(floor),
            serde_json::to_string(&streams.keys().collect::<Vec<_>>())?.into(),
            SAID_ANYWHERE.into(),
            integer(limits::SEARCH_MESSAGES as u64),
        ];
        let (mut ids, mut read, mut reached) = (Vec::new(), 0, floor);
        let mut finder = Finder::new(words);
        for row in self.sql.exec(&query, bindings)?.raw() {
            let mut columns = row?.into_iter();
            let rev = number(columns.next().ok_or_else(|| broken("message"))?)?;
            let content = optional(columns.next().unwrap_or(SqlStorageValue::Null))?;
            let size = number(columns.next().unwrap_or(SqlStorageValue::Null)).unwrap_or_default();
            let stream = optional(columns.next().unwrap_or(SqlStorageValue::Null))?;
            let seq = number(columns.next().ok_or_else(|| broken("message"))?)?;
            let stream: Option<StreamId> = stream.and_then(|stream| stream.parse().ok());
            let readable = stream.and_then(|stream| streams.get(&stream));
            read += 1;
            finder.count_row(size);
            if readable.is_some_and(|readable| readable.covers(seq))
                && content.is_some_and(|content| finder.finds(&content))
            {
                ids.push(MessageId::of_rev(rev));
            }
            if ids.len() >= limit || read >= limits::SEARCH_MESSAGES || finder.is_spent() {
                reached = rev;
                break;
            }
        }
        let mut said = Vec::with_capacity(ids.len());
        for id in &ids {
            said.extend(self.said(id)?);
        }
        let before = Some(reached).filter(|reached| *reached > 1);
        Ok(Found { said, before })
    }

    fn read_said(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<Vec<Said>> {
        let mut found = Vec::new();
        for row in self.sql.exec(query, bindings)?.raw() {
            let events = row?.into_iter().next().ok_or_else(|| broken("message"))?;
            let events = optional(events)?.ok_or_else(|| broken("message"))?;
            let events: Vec<flagship_protocol::events::SequencedEvent> = serde_json::from_str(&events)?;
            found.extend(events.iter().filter_map(|sequenced| Said::of(&sequenced.event)));
        }
        Ok(found)
    }
}

const SAID_IN_ROOM: &str = r#""type":"message_created""#;
const SAID_DIRECTLY: &str = r#""type":"direct_message_created""#;
/// How both end.
const SAID_ANYWHERE: &str = r#"message_created""#;

/// What says something in a stream.
fn what(stream: &StreamId) -> &'static str {
    match stream {
        StreamId::Participant(_) => SAID_DIRECTLY,
        _ => SAID_IN_ROOM,
    }
}
