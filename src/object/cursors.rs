//! How far everybody has got with what is said, and telling it as receipts.
//!
//! A position is cumulative, so that one number stands for every message up to it: nothing is stored for a message. A
//! connection's positions sleep with its socket; those of somebody who went are one row.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::{Cursor, Receipts, ServerFrame};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Actor, State};
use serde::{Deserialize, Serialize};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::failure::Failure;
use super::live::Live;
use super::sockets::ConnectionId;

/// How far somebody has got, by room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reached {
    /// What they have received.
    pub(super) received: BTreeMap<RoomId, u64>,
    /// What they have read.
    pub(super) read: BTreeMap<RoomId, u64>,
}

/// How far everybody has got.
pub(super) struct Cursors {
    sql: SqlStorage,
    people: BTreeMap<ParticipantId, Reached>,
    /// Rooms whose receipts have changed since they were told.
    changed: BTreeSet<RoomId>,
    /// Whether changes gather, to be told soon.
    gathering: bool,
}

impl Reached {
    /// Takes over positions that are further. Gives the rooms in which that was so.
    fn advance(&mut self, other: &Self) -> BTreeSet<RoomId> {
        let mut rooms = BTreeSet::new();
        for (own, others) in [(&mut self.received, &other.received), (&mut self.read, &other.read)] {
            for (room, position) in others {
                let known = own.entry(room.clone()).or_insert(0);
                if *position > *known {
                    *known = *position;
                    rooms.insert(room.clone());
                }
            }
        }
        rooms
    }

    /// Forgets what is not to be kept: nobody's positions may grow with all the rooms that they have ever been in.
    fn keep(&mut self, is_kept: impl Fn(&RoomId) -> bool) {
        self.received.retain(|room, _| is_kept(room));
        self.read.retain(|room, _| is_kept(room));
    }
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
            gathering: false,
        })
    }

    /// Somebody is this far.
    pub(super) fn advance(&mut self, who: &ParticipantId, reached: &Reached) {
        let rooms = self.people.entry(who.clone()).or_default().advance(reached);
        self.changed.extend(rooms);
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
}

impl Live {
    /// A connection has got this far.
    pub(super) fn on_cursor(&mut self, id: ConnectionId, cursor: &Cursor) -> Result<()> {
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        let who = connection.attachment().actor.id.clone();
        let reached = valid(self.session.state(), &who, cursor);
        if connection.attachment().reached != reached {
            let mut known = connection.attachment().reached.clone();
            known.advance(&reached);
            // Rooms that they left need not be kept beside the socket, where there is little space.
            let state = self.session.state();
            known.keep(|room| state.follows(&who, &StreamId::Room(room.clone())));
            self.sockets.change(id, |attachment| attachment.reached = known)?;
        }
        self.cursors.advance(&who, &reached);
        Ok(())
    }

    /// Somebody over HTTP has got this far.
    pub(super) fn move_cursor(&mut self, actor: &Actor, cursor: &Cursor) -> std::result::Result<(), Failure> {
        self.session.state().may_enter(&actor.id)?;
        let reached = valid(self.session.state(), &actor.id, cursor);
        self.cursors.advance(&actor.id, &reached);
        self.cursors.keep(&actor.id, self.session.state())?;
        Ok(())
    }

    /// How far those in a room have got, for those who may read it.
    pub(super) fn receipts(&self, actor: &Actor, room: &RoomId) -> std::result::Result<Receipts, Failure> {
        let state = self.session.state();
        state.may_read(&actor.id, room)?;
        Ok(self.cursors.receipts(state, room))
    }

    /// Somebody's last connection is gone.
    pub(super) fn keep_cursor(&mut self, who: &ParticipantId) {
        // Lost, it is made good by the next thing that they receive.
        let _ = self.cursors.keep(who, self.session.state());
    }

    /// Whether receipts begin to gather, which [`Self::tell_receipts`] is to end.
    pub(super) fn begin_receipts(&mut self) -> bool {
        let begins = !self.cursors.gathering && !self.cursors.changed.is_empty();
        self.cursors.gathering |= begins;
        begins
    }

    /// Tells what changed: moderators, and whoever said something not long ago.
    pub(super) fn tell_receipts(&mut self, now: u64) {
        self.cursors.gathering = false;
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

/// What of a cursor can be: rooms that are followed, as far as they go.
fn valid(state: &State, who: &ParticipantId, cursor: &Cursor) -> Reached {
    let rooms = |positions: &BTreeMap<StreamId, u64>| {
        let followed = positions.iter().filter(|(stream, _)| state.follows(who, stream));
        followed
            .filter_map(|(stream, position)| match stream {
                StreamId::Room(room) => Some((room.clone(), (*position).min(state.head(stream)))),
                _ => None,
            })
            .collect()
    };
    Reached {
        received: rooms(&cursor.received),
        read: rooms(&cursor.read),
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
    fn positions_only_grow() {
        let room = || RoomId::main();
        let at = |received: u64, read: u64| Reached {
            received: [(room(), received)].into(),
            read: [(room(), read)].into(),
        };
        let mut reached = at(5, 3);
        assert!(reached.advance(&at(4, 2)).is_empty());
        assert_eq!(reached, at(5, 3));
        assert_eq!(reached.advance(&at(5, 4)), [room()].into());
        assert_eq!(reached, at(5, 4));
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_rooms_that_one_has_been_in() {
        let mut reached = Reached::default();
        for number in 1..2_000_u64 {
            let here: RoomId = format!("r{number}").parse().unwrap();
            reached.advance(&Reached {
                received: [(here.clone(), 1)].into(),
                read: [(here.clone(), 1)].into(),
            });
            reached.keep(|room| *room == here);
            assert_eq!((reached.received.len(), reached.read.len()), (1, 1));
        }
    }

    #[test]
    fn people_are_counted_by_how_far_they_are() {
        assert_eq!(count([3, 7, 0, 3].into_iter()), [(7, 1), (3, 2)]);
        let many = count(1..=200);
        assert_eq!(many.len(), limits::RECEIPT_POSITIONS + 1);
        assert_eq!(many.iter().map(|(_, count)| count).sum::<usize>(), 200);
        assert_eq!(many.last(), Some(&(1, 150)), "never said to be further than they are");
    }
}
