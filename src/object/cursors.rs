//! How far everybody has got with what is said, and telling it as receipts.
//!
//! A position is cumulative, so that one number stands for every message up to it: nothing is stored for a message. A
//! connection's positions sleep with its socket, and go over to another of the same person when it closes; those of
//! somebody who went are one row.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::{Cursor, Positions, ReadPositions, Receipts, ServerFrame};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Actor, Rejection, State};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::failure::Failure;
use super::live::Live;
use super::reached::Reached;
use super::sockets::ConnectionId;

/// How far everybody has got.
pub(super) struct Cursors {
    sql: SqlStorage,
    people: BTreeMap<ParticipantId, Reached>,
    /// Rooms whose receipts have changed since they were told.
    changed: BTreeSet<RoomId>,
    /// Who has got further with what whom wrote to them alone, since that was told.
    direct: BTreeSet<(ParticipantId, ParticipantId)>,
    /// Who has read further, which their other connections are to know.
    read: BTreeSet<ParticipantId>,
    /// Whether changes gather, to be told soon.
    gathering: bool,
}

impl Cursors {
    /// What is known of those who went. Those who are connected bring their own.
    pub(super) fn restore(sql: SqlStorage) -> Result<Self> {
        let mut people = BTreeMap::new();
        for row in sql.exec("SELECT participant, reached FROM cursors", None)?.raw() {
            if let [SqlStorageValue::String(who), SqlStorageValue::String(reached)] = row?.as_slice()
                && let Ok(who) = who.parse()
            {
                people.insert(who, serde_json::from_str(reached)?);
            }
        }
        Ok(Self {
            sql,
            people,
            changed: BTreeSet::new(),
            direct: BTreeSet::new(),
            read: BTreeSet::new(),
            gathering: false,
        })
    }

    /// Somebody is this far. Says whether that is news.
    pub(super) fn advance(&mut self, who: &ParticipantId, reached: &Reached) -> bool {
        let advance = self.people.entry(who.clone()).or_default().advance(reached);
        let is_news = !advance.rooms.is_empty() || !advance.people.is_empty();
        self.changed.extend(advance.rooms);
        let people = advance.people.into_iter();
        self.direct.extend(people.map(|other| (who.clone(), other)));
        if advance.has_read {
            self.read.insert(who.clone());
        }
        is_news
    }

    /// Forgets that anything is to be told: after a wake, what sockets bring is nothing new.
    pub(super) fn hush(&mut self) {
        self.changed.clear();
        self.direct.clear();
        self.read.clear();
    }

    /// How far somebody has read, on all their devices.
    pub(super) fn read(&self, who: &ParticipantId) -> Positions {
        self.people.get(who).map(Reached::read_positions).unwrap_or_default()
    }

    /// A number that is another one whenever somebody has read more.
    pub(super) fn read_mark(&self, who: &ParticipantId) -> u64 {
        self.people.get(who).map_or(0, Reached::read_mark)
    }

    /// Keeps how far somebody has got, who goes, in the rooms that are still there.
    fn keep(&mut self, who: &ParticipantId, state: &State) -> Result<()> {
        if let Some(reached) = self.people.get_mut(who) {
            reached.keep(|room| room.is_main() || state.rooms.contains_key(room));
            let row = vec![who.to_string().into(), serde_json::to_string(reached)?.into()];
            self.sql.exec("INSERT OR REPLACE INTO cursors VALUES (?, ?)", row)?;
        }
        Ok(())
    }

    /// How far those in a room have got.
    fn receipts(&self, state: &State, room: &RoomId) -> Receipts {
        let stream = StreamId::Room(room.clone());
        let members: Vec<&ParticipantId> = state
            .participants()
            .filter(|participant| room.is_main() || participant.room_id == *room)
            .map(|participant| &participant.id)
            .collect();
        let counted = |positions: fn(&Reached) -> &BTreeMap<RoomId, u64>| {
            let reached = members.iter().filter_map(|id| self.people.get(*id));
            count(reached.filter_map(|reached| positions(reached).get(room).copied()))
        };
        Receipts {
            stream,
            members: members.len(),
            received: counted(|reached| &reached.received),
            read: counted(|reached| &reached.read),
        }
    }

    /// How far somebody has got with what one other wrote to them alone.
    fn direct_receipts(&self, who: &ParticipantId, other: &ParticipantId) -> Receipts {
        let at = |positions: fn(&Reached) -> &BTreeMap<ParticipantId, u64>| {
            let position = self.people.get(who).and_then(|reached| positions(reached).get(other));
            count(position.copied().into_iter())
        };
        Receipts {
            stream: StreamId::Participant(who.clone()),
            members: 2,
            received: at(|reached| &reached.direct_received),
            read: at(|reached| &reached.direct_read),
        }
    }
}

impl Live {
    /// A connection has got this far.
    pub(super) fn on_cursor(&mut self, id: ConnectionId, cursor: &Cursor) -> Result<()> {
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        let who = connection.attachment().actor.id.clone();
        let reached = valid(self.session.state(), &who, cursor);
        let mut known = connection.attachment().reached.clone();
        known.advance(&reached);
        self.cursors.advance(&who, &reached);
        self.attach_reached(id, &who, known)
    }

    /// Keeps beside a socket how far its person has got.
    fn attach_reached(&mut self, id: ConnectionId, who: &ParticipantId, mut reached: Reached) -> Result<()> {
        // Rooms that they left need not be kept there, where there is little space.
        let state = self.session.state();
        reached.keep(|room| state.follows(who, &StreamId::Room(room.clone())));
        if reached.shorten() {
            self.cursors.keep(who, state)?;
        }
        let is_same = |connection: &super::sockets::Connection| connection.attachment().reached == reached;
        if self.sockets.get(id).is_none_or(is_same) {
            return Ok(());
        }
        self.sockets.change(id, |attachment| attachment.reached = reached)
    }

    /// Somebody over HTTP has got this far.
    pub(super) fn move_cursor(&mut self, actor: &Actor, cursor: &Cursor) -> std::result::Result<(), Failure> {
        self.session.state().may_enter(&actor.id)?;
        let reached = valid(self.session.state(), &actor.id, cursor);
        let is_news = self.cursors.advance(&actor.id, &reached);
        // For who goes on listening, one row is written when they go.
        if is_news && !self.listeners.contains(&actor.id) {
            self.cursors.keep(&actor.id, self.session.state())?;
        }
        Ok(())
    }

    /// How far those in a room have got, for those who may read it.
    pub(super) fn receipts(&self, actor: &Actor, room: &RoomId) -> std::result::Result<Receipts, Failure> {
        let state = self.session.state();
        state.may_read(&actor.id, room)?;
        Ok(self.cursors.receipts(state, room))
    }

    /// How far one other has got with what somebody wrote to them alone.
    pub(super) fn direct_receipts(
        &self,
        actor: &Actor,
        other: &ParticipantId,
    ) -> std::result::Result<Receipts, Failure> {
        let state = self.session.state();
        state.may_enter(&actor.id)?;
        if !state.members.contains_key(other) {
            return Err(Rejection::ParticipantNotFound(other.clone()).into());
        }
        Ok(self.cursors.direct_receipts(other, &actor.id))
    }

    /// Somebody's last connection is gone.
    pub(super) fn keep_cursor(&mut self, who: &ParticipantId) {
        // Lost, it is made good by the next thing that they receive.
        let _ = self.cursors.keep(who, self.session.state());
    }

    /// One of somebody's connections is gone, and another stays, which keeps now what the first one knew.
    pub(super) fn hand_cursor_on(&mut self, who: &ParticipantId, gone: &Reached) -> Result<()> {
        let Some(heir) = self.sockets.ready_of(who).next() else {
            return Ok(());
        };
        let id = heir.attachment().id;
        let mut reached = heir.attachment().reached.clone();
        // What was received is this socket's own credit.
        reached.advance(&Reached {
            received: BTreeMap::new(),
            ..gone.clone()
        });
        self.attach_reached(id, who, reached)
    }

    /// Whether receipts begin to gather, which [`Self::tell_receipts`] is to end.
    pub(super) fn begin_receipts(&mut self) -> bool {
        let cursors = &self.cursors;
        let is_changed = !cursors.changed.is_empty() || !cursors.direct.is_empty() || !cursors.read.is_empty();
        let begins = !cursors.gathering && (is_changed || self.typing_log.waits());
        self.cursors.gathering |= begins;
        begins
    }

    /// Tells what changed: of rooms, moderators and whoever said something not long ago; of direct messages, who wrote
    /// them; and of what somebody read, their other devices. Who polls is told that somebody is writing.
    pub(super) fn tell_receipts(&mut self, now: u64) {
        self.cursors.gathering = false;
        self.tell_own_read();
        self.wake_for_typing();
        for (who, other) in std::mem::take(&mut self.cursors.direct) {
            let frame = ServerFrame::Receipts(self.cursors.direct_receipts(&who, &other)).to_json();
            let connections = self.sockets.ready_of(&other);
            connections.for_each(|connection| connection.send(&frame));
        }
        let state = self.session.state();
        let concerned = |who: &ParticipantId| {
            let spoke_at = state.members.get(who).and_then(|member| member.spoke_at);
            let spoke = spoke_at.is_some_and(|at| at + limits::RECEIPTS_TOLD_MS > now);
            spoke || state.follows(who, &StreamId::Moderators)
        };
        for room in std::mem::take(&mut self.cursors.changed) {
            let receipts = self.cursors.receipts(state, &room);
            let stream = receipts.stream.clone();
            let frame = ServerFrame::Receipts(receipts).to_json();
            for connection in self.sockets.ready() {
                let who = &connection.attachment().actor.id;
                if state.follows(who, &stream) && concerned(who) {
                    connection.send(&frame);
                }
            }
        }
    }

    /// Tells those connections of somebody that do not know it how far they have read on another.
    fn tell_own_read(&mut self) {
        let read = std::mem::take(&mut self.cursors.read);
        for who in &read {
            let Some(known) = self.cursors.people.get(who) else {
                continue;
            };
            let connections = self.sockets.ready_of(who);
            let mut others = connections.filter(|connection| known.has_read_beyond(&connection.attachment().reached));
            let Some(first) = others.next() else { continue };
            let frame = ServerFrame::Read(ReadPositions {
                read: known.read_positions(),
            })
            .to_json();
            first.send(&frame);
            others.for_each(|connection| connection.send(&frame));
        }
        self.polls.wake(|who| read.contains(who));
    }

    /// Closes connections that have said what they received, and are far behind it: they take up what they missed.
    pub(super) fn close_slow(&mut self, now: u64) {
        let state = self.session.state();
        let behind = |received: &BTreeMap<RoomId, u64>| -> u64 {
            let rooms = received.iter();
            rooms
                .map(|(room, position)| state.head(&StreamId::Room(room.clone())).saturating_sub(*position))
                .sum()
        };
        let slow: Vec<ConnectionId> = self
            .sockets
            .ready()
            .map(|connection| connection.attachment())
            .filter(|attachment| behind(&attachment.reached.received) > limits::UNACKNOWLEDGED_EVENTS)
            .map(|attachment| attachment.id)
            .collect();
        for id in slow {
            self.hang_up(id, CloseCode::TooSlow, now);
        }
    }
}

/// What of a cursor can be: rooms that are followed, and people whom one may write to or hear from, as far as they go.
fn valid(state: &State, who: &ParticipantId, cursor: &Cursor) -> Reached {
    let rooms = |positions: &Positions| {
        let followed = positions.iter().filter(|(stream, _)| state.follows(who, stream));
        followed
            .filter_map(|(stream, position)| match stream {
                StreamId::Room(room) => Some((room.clone(), (*position).min(state.head(stream)))),
                _ => None,
            })
            .collect()
    };
    let direct = |positions: &Positions| {
        let people = positions.iter().filter_map(|(stream, position)| match stream {
            StreamId::Participant(other) if state.may_talk(who, other) => Some((other.clone(), *position)),
            _ => None,
        });
        people
            .map(|(other, position)| (other, position.min(state.rev)))
            .collect()
    };
    Reached {
        received: rooms(&cursor.received),
        read: rooms(&cursor.read),
        direct_received: direct(&cursor.received),
        direct_read: direct(&cursor.read),
    }
}

/// How many are at each position, highest first.
fn count(positions: impl Iterator<Item = u64>) -> Vec<(u64, usize)> {
    let mut counts = BTreeMap::<u64, usize>::new();
    for position in positions.filter(|position| *position > 0) {
        *counts.entry(position).or_insert(0) += 1;
    }
    let mut counts: Vec<(u64, usize)> = counts.into_iter().rev().collect();
    let rest: usize = counts
        .iter()
        .skip(limits::RECEIPT_POSITIONS)
        .map(|(_, count)| count)
        .sum();
    if let Some((lowest, _)) = counts.last().copied().filter(|_| rest > 0) {
        counts.truncate(limits::RECEIPT_POSITIONS);
        counts.push((lowest, rest));
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_by_how_far_they_are() {
        assert_eq!(count([3, 7, 0, 3].into_iter()), [(7, 1), (3, 2)]);
        let many = count(1..=200);
        assert_eq!(many.len(), limits::RECEIPT_POSITIONS + 1);
        assert_eq!(many.iter().map(|(_, count)| count).sum::<usize>(), 200);
        assert_eq!(many.last(), Some(&(1, 150)), "never said to be further than they are");
    }
}
