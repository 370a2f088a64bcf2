//! Stays in breakout rooms, as rows of the archive.

use std::collections::BTreeSet;

use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_session::State;
use serde_json::json;

use super::rows::put;

/// Writes all stays of a participant in a room.
const STAYS: &str = "INSERT INTO room_stays (session_id, room_id, participant_id, first_seq, last_seq, rev)
SELECT ?1, visit.value->>'room', visit.value->>'who', stay.value->>'first', stay.value->>'last', visit.value->>'rev'
FROM json_each(?2) AS visit, json_each(visit.value, '$.stays') AS stay WHERE true
ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, rev = excluded.rev WHERE excluded.rev > room_stays.rev";

/// Deletes stays that were merged into another one or dropped.
const STAYS_GONE: &str = "DELETE FROM room_stays WHERE (session_id, room_id, participant_id, first_seq) IN (
SELECT known.session_id, known.room_id, known.participant_id, known.first_seq FROM json_each(?2) AS visit
JOIN room_stays AS known ON known.session_id = ?1 AND known.room_id = visit.value->>'room'
  AND known.participant_id = visit.value->>'who' AND known.rev < visit.value->>'rev'
WHERE NOT EXISTS (SELECT 1 FROM json_each(visit.value, '$.stays') AS stay WHERE stay.value->>'first' = known.first_seq))";

/// Participants who joined or left rooms, and their stays there.
#[derive(Debug, Default)]
pub(super) struct Visits {
    visits: BTreeSet<(RoomId, ParticipantId)>,
    /// Visits with their stays, as JSON separated by commas; each text fits into a bound value.
    texts: Vec<String>,
}

impl Visits {
    /// Adds a participant who joined or left a room.
    pub(super) fn add(&mut self, room: &RoomId, who: &ParticipantId) {
        self.visits.insert((room.clone(), who.clone()));
    }

    /// Takes the current stays from the state: entries have no positions of them.
    pub(super) fn tell_stays(&mut self, state: &State) {
        for (room, who) in &self.visits {
            let member = state.members.get(who);
            let stays = member.map(|member| member.stays.in_room(room)).unwrap_or_default();
            let visit = json!({ "room": room, "who": who, "rev": state.rev, "stays": stays });
            put(&mut self.texts, &visit.to_string());
        }
    }

    /// Returns the statements that write them, each with its second bound value.
    pub(super) fn statements(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.texts.iter().flat_map(|visits| {
            let visits = format!("[{visits}]");
            [(STAYS_GONE, visits.clone()), (STAYS, visits)]
        })
    }
}
