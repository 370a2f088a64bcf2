//! How far everybody has got with what is said. `receipts` tells it.
//!
//! A position is cumulative, so that one number stands for every message up to it: nothing is stored for a message. A
//! connection's positions sleep with its socket, and go over to another of the same person when it closes; those of
//! somebody who went are one row.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::{Cursor, Positions};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Actor, State};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::failure::Failure;
use super::live::Live;
use super::reached::Reached;
use super::sockets::ConnectionId;

/// How far everybody has got.
pub(super) struct Cursors {
    sql: SqlStorage,
    pub(super) people: BTreeMap<ParticipantId, Reached>,
    /// Rooms whose receipts have changed since they were told.
    pub(super) changed: BTreeSet<RoomId>,
    /// Who has got further with what whom wrote to them alone, since that was told.
    pub(super) direct: BTreeSet<(ParticipantId, ParticipantId)>,
    /// Who has read further, which their other connections are to know.
    pub(super) read: BTreeSet<ParticipantId>,
    /// Whether changes gather, to be told soon.
    pub(super) gathering: bool,
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
}

impl Live {
    /// A connection has got this far.
    pub(super) fn on_cursor(&mut self, id: ConnectionId, cursor: &Cursor) -> Result<()> {
        if let Some(mark) = &cursor.mark {
            self.on_mark(id, mark)?;
        }
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
        self.session.state().check_acting(&actor.id)?;
        let reached = valid(self.session.state(), &actor.id, cursor);
        let is_news = self.cursors.advance(&actor.id, &reached);
        // For who goes on listening, one row is written when they go.
        if is_news && !self.listeners.contains(&actor.id) {
            self.cursors.keep(&actor.id, self.session.state())?;
        }
        Ok(())
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
        announced: rooms(&cursor.announced),
    }
}
