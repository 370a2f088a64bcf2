//! Recent departures of participants from rooms, after which a message that was written there may still arrive.

use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::Participant;
use serde::{Deserialize, Serialize};

use crate::state::State;

/// A participant's departure from a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The room.
    pub room_id: RoomId,
    /// Its position in the `session` stream.
    pub seq: u64,
    /// When, milliseconds since the epoch.
    pub at: u64,
}

impl State {
    /// Records that a participant left a room, by an event at `seq` of the `session` stream.
    pub(crate) fn note_departure(&mut self, who: &ParticipantId, room: &RoomId, seq: u64, at: u64) {
        if let Some(member) = self.members.get_mut(who) {
            let departures = &mut member.departures;
            departures.retain(|departure| departure.is_recent(at) && departure.room_id != *room);
            if departures.len() >= limits::DEPARTURES {
                departures.remove(0);
            }
            departures.push(Departure {
                room_id: room.clone(),
                seq,
                at,
            });
        }
    }

    /// Forgets all departures from a room that was closed or deleted: its next occupants are another audience.
    pub(crate) fn forget_departures(&mut self, room: &RoomId) {
        for member in self.members.values_mut() {
            member.departures.retain(|departure| departure.room_id != *room);
        }
    }

    /// Whether a participant left a room a short time ago, after a message was written. `seen_session` is the position of
    /// their client in the `session` stream at the time of writing.
    ///
    /// A client that claims an earlier position than the true one gains [`limits::LATE_MESSAGE_MS`] of writing to the
    /// audience that its participant was part of.
    pub(crate) fn was_in(&self, who: &Participant, room: &RoomId, seen_session: Option<u64>, now: u64) -> bool {
        let (Some(seen), Some(member)) = (seen_session, self.members.get(&who.id)) else {
            return false;
        };
        let mut departures = member.departures.iter();
        departures.any(|departure| departure.room_id == *room && departure.seq > seen && departure.is_recent(now))
    }
}

impl Departure {
    fn is_recent(&self, now: u64) -> bool {
        now.saturating_sub(self.at) <= limits::LATE_MESSAGE_MS
    }
}
