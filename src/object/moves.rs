//! Who follows other streams than when what waits began to wait.
//!
//! **The rule.** What waits goes out as one frame a stream, the same for all who follow it. Somebody who goes into a
//! room meanwhile, or out of one, is no reason to send it to everybody at once. They alone get something else:
//!
//! - of a stream that they followed and follow still, what all get;
//! - of one that they follow no more, what waited when they left, and nothing of after it;
//! - the same of one that they left and follow again, if something came meanwhile that they may not read: it is new to
//!   them, too;
//! - of one that is new to them, nothing that waits: they begin where this sending ends, and get the newest of what
//!   was said with it, what waits included.
//!
//! So what tells them from where, the ack of their command or a notice, is written when it goes out, and stands behind
//! the events of the same sending: it names the positions that these reach. Until then a connection follows what it was
//! told last, whatever the state says. Whoever parts is owed what waited when they left, of every stream, and then the
//! close.
//!
//! Therefore nothing may go out between a decision and its commit: the state would be ahead of what waits.

use std::collections::BTreeMap;

use flagship_protocol::close::CloseCode;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_session::State;

use super::sockets::{Connection, ConnectionId};

/// What a connection follows of the streams that not everybody follows all the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Followed {
    /// The room, `main` if it is in none.
    pub(super) room: RoomId,
    /// Whether it hears what is for moderators.
    pub(super) keeps_order: bool,
}

impl Followed {
    /// What somebody follows by now.
    pub(super) fn now(state: &State, who: &ParticipantId) -> Self {
        let participant = state.participant(who);
        Self {
            room: participant.map_or_else(RoomId::main, |participant| participant.room_id.clone()),
            keeps_order: state.follows(who, &StreamId::Moderators),
        }
    }

    /// The streams.
    pub(super) fn streams(&self) -> impl Iterator<Item = StreamId> + use<> {
        let room = (!self.room.is_main()).then(|| StreamId::Room(self.room.clone()));
        room.into_iter().chain(self.keeps_order.then_some(StreamId::Moderators))
    }

    /// Whether this is one of the streams.
    pub(super) fn has(&self, stream: &StreamId) -> bool {
        match stream {
            StreamId::Room(room) => !room.is_main() && *room == self.room,
            StreamId::Moderators => self.keeps_order,
            StreamId::Session | StreamId::Participant(_) => false,
        }
    }
}

/// How much of what waits in streams that a connection follows no more it gets still, in bytes.
pub(super) type Owed = BTreeMap<StreamId, usize>;

/// The connections that follow other streams than they were told.
#[derive(Debug, Default)]
pub(super) struct Moves {
    by_connection: BTreeMap<ConnectionId, Owed>,
}

impl Moves {
    /// A connection that was `told` what it follows follows something else `now`. `waiting` is how much waits in a
    /// stream, in bytes, and `reads_all` whether its person may read all of what waits.
    pub(super) fn note(
        &mut self,
        id: ConnectionId,
        told: &Followed,
        now: &Followed,
        waiting: impl Fn(&StreamId) -> usize,
        reads_all: impl Fn(&StreamId) -> bool,
    ) {
        let owed = self.by_connection.entry(id).or_default();
        for stream in told.streams() {
            let until = waiting(&stream);
            if !now.has(&stream) {
                owed.entry(stream).or_insert(until);
            } else if owed.get(&stream) == Some(&until) || reads_all(&stream) {
                // Back again, and there is nothing that it does not get.
                owed.remove(&stream);
            }
        }
    }

    /// Whether a connection is one of them.
    pub(super) fn contains(&self, id: ConnectionId) -> bool {
        self.by_connection.contains_key(&id)
    }

    /// Takes out a connection: it is gone. Gives what it was owed.
    pub(super) fn remove(&mut self, id: ConnectionId) -> Owed {
        self.by_connection.remove(&id).unwrap_or_default()
    }

    /// Takes out all of them.
    pub(super) fn take(&mut self) -> BTreeMap<ConnectionId, Owed> {
        std::mem::take(&mut self.by_connection)
    }
}

/// A connection that is to be closed when it has got what it is owed. It counts as gone already.
pub(super) struct Parting {
    /// The connection.
    pub(super) connection: Connection,
    /// What of what waits it gets.
    pub(super) owed: Owed,
    /// Why it is closed.
    pub(super) code: CloseCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_room(room: &str) -> Followed {
        Followed {
            room: room.parse().unwrap(),
            keeps_order: false,
        }
    }

    fn room(room: &str) -> StreamId {
        StreamId::Room(room.parse().unwrap())
    }

    fn nothing(_: &StreamId) -> bool {
        false
    }

    fn everything(_: &StreamId) -> bool {
        true
    }

    #[test]
    fn whoever_left_is_owed_what_waited_then() {
        let mut moves = Moves::default();
        moves.note(7, &in_room("r1"), &in_room("r2"), |_| 10, nothing);
        assert_eq!(moves.take(), [(7, Owed::from([(room("r1"), 10)]))].into());
        assert!(!moves.contains(7));
    }

    #[test]
    fn what_came_after_they_had_left_is_not_theirs_wherever_they_go() {
        let mut moves = Moves::default();
        moves.note(7, &in_room("r1"), &in_room("r2"), |_| 10, nothing);
        moves.note(7, &in_room("r1"), &in_room("main"), |_| 30, nothing);
        assert_eq!(
            moves.remove(7),
            [(room("r1"), 10)].into(),
            "of r2 they were told nothing"
        );
    }

    #[test]
    fn whoever_comes_back_gets_all_if_nothing_came_meanwhile() {
        let mut moves = Moves::default();
        moves.note(7, &in_room("r1"), &in_room("r2"), |_| 10, nothing);
        moves.note(7, &in_room("r1"), &in_room("r1"), |_| 10, nothing);
        assert!(moves.contains(7));
        assert_eq!(moves.remove(7), Owed::new());
        moves.note(7, &in_room("r1"), &in_room("main"), |_| 40, nothing);
        assert_eq!(moves.remove(7), [(room("r1"), 40)].into());
    }

    #[test]
    fn what_came_meanwhile_is_for_those_who_may_read_it() {
        let mut moves = Moves::default();
        for reads_all in [nothing, everything] {
            moves.note(7, &in_room("r1"), &in_room("r2"), |_| 10, reads_all);
            moves.note(7, &in_room("r1"), &in_room("r1"), |_| 30, reads_all);
            let owed = if reads_all(&room("r1")) {
                Owed::new()
            } else {
                [(room("r1"), 10)].into()
            };
            assert_eq!(moves.remove(7), owed);
        }
    }

    #[test]
    fn what_is_for_moderators_ends_with_the_role() {
        let mut moves = Moves::default();
        let moderator = Followed {
            keeps_order: true,
            ..in_room("r1")
        };
        moves.note(7, &moderator, &in_room("r1"), |_| 10, nothing);
        assert_eq!(moves.remove(7), [(StreamId::Moderators, 10)].into());
        moves.note(7, &in_room("r1"), &moderator, |_| 10, nothing);
        assert_eq!(moves.remove(7), Owed::new());
    }
}
