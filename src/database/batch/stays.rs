//! Stays in breakout rooms, as rows of the archive.

use std::collections::BTreeSet;

use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_session::State;
use serde_json::json;

use super::rows::put;

/// A person's stays in a room, each time all of them.
const STAYS: &str = "INSERT INTO room_stays (session_id, room_id, participant_id, first_seq, last_seq, rev)
SELECT ?1, visit.value->>'room', visit.value->>'who', stay.value->>'first', stay.value->>'last', visit.value->>'rev'
FROM json_each(?2) AS visit, json_each(visit.value, '$.stays') AS stay WHERE true
ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, rev = excluded.rev WHERE excluded.rev > room_stays.rev";

/// Stays that became part of another one, or that are kept no more.
const STAYS_GONE: &str = "DELETE FROM room_stays WHERE (session_id, room_id, participant_id, first_seq) IN (
SELECT known.session_id, known.room_id, known.participant_id, known.first_seq FROM json_each(?2) AS visit
JOIN room_stays AS known ON known.session_id = ?1 AND known.room_id = visit.value->>'room'
  AND known.participant_id = visit.value->>'who' AND known.rev < visit.value->>'rev'
WHERE NOT EXISTS (SELECT 1 FROM json_each(visit.value, '$.stays') AS stay WHERE stay.value->>'first' = known.first_seq))";

/// Who came into a room or left it by some entries, and their stays there.
#[derive(Debug, Default)]
pub(super) struct Visits {
    visits: BTreeSet<(RoomId, ParticipantId)>,
    /// Visits with the stays, as JSON separated by commas; none of the texts is larger than a value may be.
    texts: Vec<String>,
}

impl Visits {
    /// Somebody came into a room, or left it.
    pub(super) fn add(&mut self, room: &RoomId, who: &ParticipantId) {
        self.visits.insert((room.clone(), who.clone()));
    }

    /// Adds the stays, as they are by now: entries tell no positions.
    pub(super) fn tell_stays(&mut self, state: &State) {
        for (room, who) in &self.visits {
            let member = state.members.get(who);
            let stays = member.map(|member| member.stays.in_room(room)).unwrap_or_default();
            let visit = json!({ "room": room, "who": who, "rev": state.rev, "stays": stays });
            put(&mut self.texts, &visit.to_string());
        }
    }

    /// The statements that write them, each with what it binds after the session.
    pub(super) fn statements(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.texts.iter().flat_map(|visits| {
            let visits = format!("[{visits}]");
            [(STAYS_GONE, visits.clone()), (STAYS, visits)]
        })
    }
}
