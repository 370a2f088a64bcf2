//! Where somebody goes who comes in.

use std::collections::BTreeSet;

use flagship_protocol::commands::Assignment;
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{LateJoiners, Participant, Role, Room};
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::text::GuestKey;

use crate::decide::check_space;
use crate::state::{Actor, Member, State};

/// What an arrival may change, as it was before: not the whole, which grows with those who are there.
pub(crate) struct BeforeArrival {
    who: ParticipantId,
    rev: u64,
    at: u64,
    heads: [(StreamId, Option<u64>); 2],
    member: Option<Member>,
    /// The rooms that they have been in.
    rooms: BTreeSet<RoomId>,
    guest: Vec<(GuestKey, RoomId)>,
}

impl State {
    /// What the arrival of somebody may change.
    pub(crate) fn before_arrival(&self, actor: &Actor) -> BeforeArrival {
        let been_in = self
            .rooms
            .iter()
            .filter(|(_, record)| record.members.contains(&actor.id));
        BeforeArrival {
            who: actor.id.clone(),
            rev: self.rev,
            at: self.at,
            // Moderators hear that somebody who was expected has come.
            heads: [StreamId::Session, StreamId::Moderators].map(|stream| {
                let head = self.heads.get(&stream).copied();
                (stream, head)
            }),
            member: self.members.get(&actor.id).cloned(),
            rooms: been_in.map(|(id, _)| id.clone()).collect(),
            guest: self
                .guest(actor)
                .map(|(key, room)| (key, room.clone()))
                .into_iter()
                .collect(),
        }
    }

    /// Takes back an arrival, and nothing else that has happened.
    pub(crate) fn undo_arrival(&mut self, before: BeforeArrival) {
        let BeforeArrival {
            who,
            rev,
            at,
            heads,
            member,
            rooms,
            guest,
        } = before;
        (self.rev, self.at) = (rev, at);
        for (stream, head) in heads {
            match head {
                Some(head) => self.heads.insert(stream, head),
                None => self.heads.remove(&stream),
            };
        }
        match member {
            Some(member) => self.members.insert(who.clone(), member),
            None => self.members.remove(&who),
        };
        for (id, record) in &mut self.rooms {
            if !rooms.contains(id) {
                record.members.remove(&who);
            }
        }
        self.guests.extend(guest);
    }

    /// The events that bring somebody in, `participant` being them as they were or will be, and to their room if it
    /// takes them.
    pub(crate) fn arrival(&self, actor: &Actor, participant: Participant) -> Vec<Event> {
        let mut events = vec![Event::ParticipantJoined {
            participant: participant.clone(),
        }];
        let expected = self.expected(actor, &participant);
        if !expected.is_empty() {
            events.extend(expected);
        } else if let Some(assigned) = &participant.assigned_room_id {
            events.extend(self.walk_in(&participant, assigned));
        } else if self.is_round_running() {
            events.extend(self.late_arrival(&participant));
        }
        events
    }

    /// The events that give somebody the room which they are expected in, and bring them there if it takes them.
    /// None if nobody expects them.
    fn expected(&self, actor: &Actor, participant: &Participant) -> Vec<Event> {
        let guest = self.guest(actor);
        guest.map_or_else(Vec::new, |(key, room)| self.seated(participant, &key, room))
    }

    fn seated(&self, participant: &Participant, key: &GuestKey, room: &RoomId) -> Vec<Event> {
        let mut events = vec![assigned(participant, room)];
        events.extend(self.walk_in(participant, room));
        events.push(Event::GuestsAssigned {
            assignments: vec![GuestAssignment {
                key: key.clone(),
                room_id: None,
            }],
        });
        events
    }

    /// [`Self::expected`] for somebody who is in the session and connects anew: an earlier list did not find them, as
    /// their e-mail address was not known by then. Not by an alias: a list that names one finds whoever is called so, and
    /// where several are, no connection says which of them is meant.
    pub(crate) fn expected_again(&self, actor: &Actor, participant: &Participant) -> Vec<Event> {
        let key = actor.email.as_ref().filter(|_| !self.guests.is_empty());
        let guest = key.and_then(|key| self.guests.get_key_value(key));
        guest.map_or_else(Vec::new, |(key, room)| self.seated(participant, key, room))
    }

    /// As whom somebody is expected, and where: by e-mail address, by id, by the alias of their token. Not by one that
    /// they gave themselves here, or anybody could take a seat by taking a name; and not by an alias that is an address,
    /// which nobody has verified.
    fn guest(&self, actor: &Actor) -> Option<(GuestKey, &RoomId)> {
        if self.guests.is_empty() {
            return None;
        }
        let alias = Some(actor.alias.as_str()).filter(|alias| !alias.contains('@'));
        let names = std::iter::once(actor.id.as_str()).chain(alias);
        let keys = actor
            .email
            .clone()
            .into_iter()
            .chain(names.filter_map(|name| GuestKey::new(name).ok()));
        keys.into_iter()
            .find_map(|key| self.guests.get_key_value(&key))
            .map(|(key, room)| (key.clone(), room))
    }

    /// The events for somebody without a room of their own, while a round is running.
    fn late_arrival(&self, participant: &Participant) -> Vec<Event> {
        match self.info.late_joiners {
            LateJoiners::Hold | LateJoiners::Choose => Vec::new(),
            LateJoiners::Previous => {
                let previous = self.members.get(&participant.id);
                let previous = previous.and_then(|member| member.previous_room_id.as_ref());
                let is_locked = |room: &RoomId| self.rooms.get(room).is_some_and(|record| record.room.locked);
                let previous = previous.filter(|room| !is_locked(room));
                previous.map(|room| self.walk_in(participant, room)).unwrap_or_default()
            }
            LateJoiners::Smallest => {
                let takes_them = |room: &&Room| !room.locked && self.takes(&room.id);
                let rooms = self.rooms_by_age().into_iter().filter(takes_them);
                match rooms.min_by_key(|room| self.occupants(&room.id).count()) {
                    Some(room) => {
                        let mut events = vec![assigned(participant, &room.id)];
                        events.extend(self.walk_in(participant, &room.id));
                        events
                    }
                    None => Vec::new(),
                }
            }
        }
    }

    /// The events that take somebody to a room, if it is open and has space.
    fn walk_in(&self, participant: &Participant, room: &RoomId) -> Vec<Event> {
        if self.takes(room) {
            self.travel(participant, room).0
        } else {
            Vec::new()
        }
    }

    fn takes(&self, room: &RoomId) -> bool {
        self.open_room(room).is_ok_and(|room| check_space(self, room).is_ok())
    }
}

fn assigned(participant: &Participant, room: &RoomId) -> Event {
    let assignment = Assignment {
        participant_id: participant.id.clone(),
        room_id: Some(room.clone()),
        expected_room_id: Change::Keep,
        expected_location_id: None,
    };
    Event::ParticipantsAssigned {
        assignments: vec![assignment],
    }
}

/// Somebody who comes in for the first time.
pub(crate) fn newcomer(actor: &Actor, role: Role, now: u64) -> Participant {
    Participant {
        id: actor.id.clone(),
        alias: actor.alias.clone(),
        role,
        room_id: RoomId::main(),
        assigned_room_id: None,
        hand_raised: false,
        muted: false,
        muted_by: None,
        muted_in: Vec::new(),
        knocking_room_id: None,
        invitation: None,
        joined_at: now,
    }
}
