//! Telling how far others have got: receipts of rooms and of direct messages, and what one has read oneself elsewhere.

use std::collections::BTreeMap;

use flagship_protocol::frames::{ReadPositions, Receipts, ServerFrame};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Actor, Readable, Rejection, State};

use super::cursors::Cursors;
use super::failure::Failure;
use super::live::Live;
use super::reached::Reached;

impl Cursors {
    /// Returns the receipts of a room, cut to the reader's positions.
    fn receipts(&self, state: &State, room: &RoomId, readable: &Readable) -> Receipts {
        let stream = StreamId::Room(room.clone());
        let members: Vec<&ParticipantId> = state
            .participants()
            .filter(|participant| room.is_main() || participant.room_id == *room)
            .map(|participant| &participant.id)
            .collect();
        let counted = |positions: fn(&Reached) -> &BTreeMap<RoomId, u64>| {
            let reached = members.iter().filter_map(|id| self.people.get(*id));
            let reached = reached.filter_map(|reached| positions(reached).get(room).copied());
            count(reached.filter_map(|position| readable.floor(position)))
        };
        let read = counted(|reached| &reached.read);
        let reached = members.iter().filter_map(|id| self.people.get(*id));
        let announced = reached.filter_map(|reached| reached.broadcast_seen(room));
        let announced = count(announced.filter_map(|position| readable.floor(position)));
        Receipts {
            stream,
            members: members.len(),
            received: counted(|reached| &reached.received),
            announced: if announced == read { Vec::new() } else { announced },
            read,
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
            announced: Vec::new(),
        }
    }
}

impl Live {
    /// Returns the receipts of a room for a participant, cut to their readable positions.
    pub(super) fn receipts(&self, actor: &Actor, room: &RoomId) -> Result<Receipts, Failure> {
        let state = self.session.state();
        let readable = state.readable(&actor.id, room)?;
        Ok(self.cursors.receipts(state, room, &readable))
    }

    /// How far one other has got with what somebody wrote to them alone.
    pub(super) fn direct_receipts(&self, actor: &Actor, other: &ParticipantId) -> Result<Receipts, Failure> {
        let state = self.session.state();
        state.check_reader(&actor.id)?;
        if !state.members.contains_key(other) {
            return Err(Rejection::ParticipantNotFound(other.clone()).into());
        }
        Ok(self.cursors.direct_receipts(other, &actor.id))
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
            let stream = StreamId::Room(room.clone());
            // Participants who joined together share their readable positions, and the frame.
            let mut frames = BTreeMap::<Readable, String>::new();
            for connection in self.sockets.ready() {
                let who = &connection.attachment().actor.id;
                if state.follows(who, &stream) && concerned(who) {
                    let readable = state.readable_stream(who, &stream);
                    let frame = frames.entry(readable).or_insert_with_key(|readable| {
                        ServerFrame::Receipts(self.cursors.receipts(state, &room, readable)).to_json()
                    });
                    connection.send(frame);
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
