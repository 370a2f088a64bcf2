//! Who left which room a short time ago: what they wrote there may still be on its way.

use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::Participant;
use serde::{Deserialize, Serialize};

use crate::state::State;

/// That a participant left a room.
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
    /// A participant left a room, by an event at `seq` of the `session` stream.
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

    /// A room was closed or deleted: the next people who meet in it are others, who are told nothing late.
    pub(crate) fn forget_departures(&mut self, room: &RoomId) {
        for member in self.members.values_mut() {
            member.departures.retain(|departure| departure.room_id != *room);
        }
    }

    /// Whether a participant was in a room when they wrote something, and left it a short time ago. `seen_session` is
    /// how much of the `session` stream their client had then.
    ///
    /// A client can only claim to have written earlier than it did: that lets it speak for
    /// [`limits::LATE_MESSAGE_MS`] longer to people with whom its participant was in the room.
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
