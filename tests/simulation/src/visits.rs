//! Who was in which breakout room, told from the journal alone: an account of what they may read, written without looking
//! at the one that the session keeps.

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

/// All visits.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    by_place: BTreeMap<(ParticipantId, StreamId), Vec<Visit>>,
    moderators: BTreeSet<ParticipantId>,
}

impl Visits {
    /// The visits that a journal tells of.
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
                            // Nothing came while they were out.
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

    /// Somebody's visits in a room.
    pub(crate) fn spans(&self, who: &ParticipantId, stream: &StreamId) -> &[Visit] {
        let known = self.by_place.get(&(who.clone(), stream.clone()));
        known.map(Vec::as_slice).unwrap_or_default()
    }

    /// Somebody's visits, by the room's stream.
    pub(crate) fn of_person(&self, who: &ParticipantId) -> impl Iterator<Item = (&StreamId, &[Visit])> {
        let own = self.by_place.iter().filter(move |((person, _), _)| person == who);
        own.map(|((_, stream), visits)| (stream, visits.as_slice()))
    }

    /// Where the visit began that somebody was on when a room was at a position.
    pub(crate) fn last_before(&self, who: &ParticipantId, stream: &StreamId, position: u64) -> Option<u64> {
        let begun = self.spans(who, stream).iter().map(|visit| visit.first);
        begun.filter(|first| *first <= position + 1).next_back()
    }

    /// Whether somebody has been a moderator or host, and so may have read every room for a time.
    pub(crate) fn moderated(&self, who: &ParticipantId) -> bool {
        self.moderators.contains(who)
    }
}
