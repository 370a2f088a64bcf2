//! Visits of breakout rooms, from the journal alone: an account of read access that is independent of the session's.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::Role;
use flagship_session::Entry;

/// A visit: the positions of the room's stream that came during it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub(crate) first: u64,
    pub(crate) last: Option<u64>,
}

/// The visits of all participants.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    by_place: BTreeMap<(ParticipantId, StreamId), Vec<Visit>>,
    moderators: BTreeSet<ParticipantId>,
}

impl Visits {
    /// Collects the visits of a journal.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut visits = Self::default();
        let mut heads: BTreeMap<&StreamId, u64> = BTreeMap::new();
        for entry in entries {
            for sequenced in &entry.events {
                heads.insert(&entry.stream, sequenced.seq);
                match &sequenced.event {
                    Event::BreakoutRoomJoined {
                        room_id,
                        participant_id,
                    } => {
                        let stream = StreamId::Room(room_id.clone());
                        let head = heads.get(&stream).copied().unwrap_or(0);
                        let known = visits.by_place.entry((participant_id.clone(), stream)).or_default();
                        match known.last_mut() {
                            // Nothing was missed meanwhile.
                            Some(visit) if visit.last == Some(head) => visit.last = None,
                            _ => known.push(Visit {
                                first: head + 1,
                                last: None,
                            }),
                        }
                    }
                    Event::BreakoutRoomLeft {
                        room_id,
                        participant_id,
                    } => {
                        let stream = StreamId::Room(room_id.clone());
                        let head = heads.get(&stream).copied().unwrap_or(0);
                        let known = visits.by_place.get_mut(&(participant_id.clone(), stream));
                        if let Some(visit) = known.and_then(|known| known.last_mut()) {
                            visit.last = Some(head);
                        }
                    }
                    Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant }
                        if participant.role != Role::Participant =>
                    {
                        visits.moderators.insert(participant.id.clone());
                    }
                    _ => {}
                }
            }
        }
        visits
    }

    /// Returns a participant's visits of a room.
    pub(crate) fn spans(&self, who: &ParticipantId, stream: &StreamId) -> &[Visit] {
        let known = self.by_place.get(&(who.clone(), stream.clone()));
        known.map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns a participant's visits, by the room's stream.
    pub(crate) fn of_person(&self, who: &ParticipantId) -> impl Iterator<Item = (&StreamId, &[Visit])> {
        let own = self.by_place.iter().filter(move |((person, _), _)| person == who);
        own.map(|((_, stream), visits)| (stream, visits.as_slice()))
    }

    /// Returns where the visit began during which the room was at a position.
    pub(crate) fn last_before(&self, who: &ParticipantId, stream: &StreamId, position: u64) -> Option<u64> {
        let mut begun = self.spans(who, stream).iter().map(|visit| visit.first);
        begun.rfind(|first| *first <= position + 1)
    }

    /// Returns whether a participant has been a moderator or host, and so may have read every room for a time.
    pub(crate) fn moderated(&self, who: &ParticipantId) -> bool {
        self.moderators.contains(who)
    }
}
