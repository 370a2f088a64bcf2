//! What assigning people to rooms should do, those who are there and those who are expected.

use std::collections::BTreeSet;

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::model::RoomState;
use flagship_protocol::moderation::GuestAssignment;

use super::reference::Reference;
use super::rules::{Outcome, refuse_if};

impl Reference {
    pub(super) fn assign(&mut self, assignments: &[Assignment]) -> Outcome {
        let mut named = BTreeSet::new();
        for Assignment {
            participant_id: who,
            room_id,
            expected_room_id,
            expected_location_id,
        } in assignments
        {
            refuse_if(!named.insert(who), ErrorCode::Invalid)?;
            refuse_if(self.banned.contains(who), ErrorCode::ParticipantBanned)?;
            let person = self.people.get(who).ok_or(ErrorCode::ParticipantNotFound)?;
            let seen = expected_room_id.clone().apply(person.assigned.clone());
            refuse_if(seen != person.assigned, ErrorCode::Stale)?;
            let location = expected_location_id.as_ref();
            refuse_if(location.is_some_and(|seen| *seen != person.place), ErrorCode::Stale)?;
            if let Some(room) = room_id {
                self.room(room)?;
            }
        }
        for Assignment {
            participant_id,
            room_id,
            ..
        } in assignments
        {
            self.people.get_mut(participant_id).unwrap().assigned = room_id.clone();
        }
        for room in assignments.iter().filter_map(|assignment| assignment.room_id.as_ref()) {
            let crowd = self.people.iter().filter(|(who, person)| {
                let goes_to = person.assigned.as_ref().filter(|_| named.contains(who));
                let stays = goes_to.is_none_or(|room| self.rooms[room].state != RoomState::Open);
                let is_there = person.joined && person.place == *room && stays;
                !self.banned.contains(*who) && (person.assigned.as_ref() == Some(room) || is_there)
            });
            let crowd = crowd.count() as u64;
            let capacity = self.rooms[room].capacity;
            refuse_if(capacity.is_some_and(|capacity| crowd > capacity), ErrorCode::RoomFull)?;
        }
        for Assignment {
            participant_id: who,
            room_id,
            ..
        } in assignments
        {
            if let Some(room) = room_id
                && self.person(who).joined
                && self.rooms[room].state == RoomState::Open
            {
                self.go(who, room);
            }
        }
        Ok(())
    }

    /// Who is known is assigned, the others are expected.
    pub(super) fn assign_guests(&mut self, guests: &[GuestAssignment]) -> Outcome {
        for room in guests.iter().filter_map(|guest| guest.room_id.as_ref()) {
            self.room(room)?;
        }
        let (mut there, mut named) = (Vec::new(), BTreeSet::new());
        for GuestAssignment { key, room_id } in guests {
            refuse_if(!named.insert(key), ErrorCode::Invalid)?;
            let by_address = key.as_str().strip_suffix("@x.org");
            let who: ParticipantId = by_address.unwrap_or(key.as_str()).parse().unwrap();
            let is_known = by_address.is_none() || self.addressed.contains(&who);
            if is_known && self.people.contains_key(&who) && !self.banned.contains(&who) {
                self.guests.remove(key);
                let is_twice = there.iter().any(|other: &Assignment| other.participant_id == who);
                refuse_if(is_twice, ErrorCode::Invalid)?;
                there.push(Assignment {
                    participant_id: who,
                    room_id: room_id.clone(),
                    expected_room_id: Change::Keep,
                    expected_location_id: None,
                });
                continue;
            }
            match room_id {
                Some(room) => self.guests.insert(key.clone(), room.clone()),
                None => self.guests.remove(key),
            };
        }
        // A room has room for all who are expected in it and all who are assigned to it.
        for room in guests.iter().filter_map(|guest| guest.room_id.as_ref()) {
            let expected = self.guests.values().filter(|other| *other == room).count();
            let coming = there
                .iter()
                .filter(|assignment| assignment.room_id.as_ref() == Some(room))
                .count();
            let others = self.people.iter().filter(|(who, person)| {
                let changes = there.iter().any(|assignment| assignment.participant_id == **who);
                person.assigned.as_ref() == Some(room) && !changes && !self.banned.contains(*who)
            });
            let all = (expected + coming + others.count()) as u64;
            let capacity = self.rooms[room].capacity;
            let is_full = expected > 0 && capacity.is_some_and(|capacity| all > capacity);
            refuse_if(is_full, ErrorCode::RoomFull)?;
        }
        self.assign(&there)
    }
}
