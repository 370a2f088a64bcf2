//! What happened, told from the journal.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::Event;
use flagship_protocol::http::{
    Debrief, DebriefHelp, DebriefParticipant, DebriefRoom, DebriefRound, DebriefRoundRoom, DebriefVisit,
};
use flagship_protocol::ids::{HelpRequestId, ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::{Participant, Room};
use flagship_protocol::moderation::HelpRequest;

use crate::entry::Entry;
use crate::lifecycle::is_in_use;
use crate::state::State;

const MINUTE_MS: u64 = 60_000;

/// Gathers a debrief from entries, first to last.
///
/// Holds what the debrief will hold and no messages, so that a long journal can be read piece by piece.
#[derive(Debug, Default)]
pub struct DebriefBuilder {
    state: Option<State>,
    rounds: Vec<DebriefRound>,
    rooms: BTreeMap<RoomId, DebriefRoom>,
    visitors: BTreeSet<(RoomId, ParticipantId)>,
    participants: BTreeMap<ParticipantId, DebriefParticipant>,
    visits: Vec<DebriefVisit>,
    help: BTreeMap<HelpRequestId, DebriefHelp>,
    /// Where in `visits` somebody's present stay is.
    present: BTreeMap<ParticipantId, usize>,
}

impl DebriefBuilder {
    /// Adds the next entry.
    pub fn add(&mut self, entry: &Entry) {
        // An event that stands in two streams happened once.
        let events = entry.events.iter().map(|sequenced| &sequenced.event);
        for event in events.filter(|event| event.streams().0 == entry.stream) {
            self.add_event(event, entry.at);
        }
        if self.state.is_none() {
            self.state = entry.events.first().and_then(|first| State::begin(&first.event));
        }
        if let Some(state) = &mut self.state {
            state.apply(entry);
        }
        self.close_round(entry.at);
    }

    /// Adds the next entry, of which no more is known than that it is one message: most are, and a debrief holds nothing
    /// of what was said.
    pub fn add_message(&mut self, room: &RoomId, sender: &ParticipantId, at: u64) {
        self.hear(room, sender, at);
    }

    /// The debrief; `None` if there was no entry.
    pub fn finish(self) -> Option<Debrief> {
        let mut rooms: Vec<DebriefRoom> = self.rooms.into_values().collect();
        rooms.sort_by_key(|room| room.room_id.age());
        Some(Debrief {
            session: self.state?.info,
            rounds: self.rounds,
            rooms,
            participants: self.participants.into_values().collect(),
            visits: self.visits,
            help: {
                let mut help: Vec<DebriefHelp> = self.help.into_values().collect();
                help.sort_by_key(|help| (help.request.asked_at, help.request.id.clone()));
                help
            },
        })
    }

    fn add_event(&mut self, event: &Event, at: u64) {
        match event {
            Event::SessionUpdated { session } => {
                if self.rounds.len() < session.round as usize {
                    self.rounds.push(DebriefRound {
                        round: session.round,
                        opened_at: at,
                        closed_at: None,
                        rooms: Vec::new(),
                    });
                }
            }
            Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant } => {
                self.meet(participant)
            }
            Event::ParticipantLeft { participant_id }
            | Event::ParticipantRemoved { participant_id }
            | Event::ParticipantBanned { participant_id } => {
                if let Some(participant) = self.participants.get_mut(participant_id) {
                    participant.left_at = Some(at);
                }
            }
            Event::BreakoutRoomCreated { room }
            | Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => self.see(room),
            Event::BreakoutRoomJoined {
                room_id,
                participant_id,
            } => self.enter(room_id, participant_id, at),
            Event::BreakoutRoomLeft { participant_id, .. } => {
                let visit = self
                    .present
                    .remove(participant_id)
                    .and_then(|visit| self.visits.get_mut(visit));
                if let Some(visit) = visit {
                    visit.left_at = Some(at);
                }
            }
            Event::MessageCreated { message } => self.hear(&message.room_id, &message.sender_id, message.created_at),
            Event::HelpRequested { request } | Event::HelpUpdated { request } => self.help(request),
            Event::GuestsAssigned { .. }
            | Event::ProfileUpdated { .. }
            | Event::SessionCreated { .. }
            | Event::SessionEnded { .. }
            | Event::ParticipantUnbanned { .. }
            | Event::ParticipantsAssigned { .. }
            | Event::BreakoutRoomWarning { .. }
            | Event::BreakoutRoomDeleted { .. }
            | Event::MessageEdited { .. }
            | Event::MessageDeleted { .. }
            | Event::MessageReacted { .. }
            | Event::DirectMessageCreated { .. }
            | Event::DirectMessageEdited { .. }
            | Event::DirectMessageDeleted { .. }
            | Event::DirectMessageReacted { .. } => {}
        }
    }

    fn help(&mut self, request: &HelpRequest) {
        let round = self.rounds.last().map_or(0, |round| round.round);
        let known = self.help.entry(request.id.clone()).or_insert_with(|| DebriefHelp {
            round,
            wait_ms: None,
            request: request.clone(),
        });
        known.request = request.clone();
        let ended = request.claimed_at.or(request.closed_at);
        known.wait_ms = ended.map(|ended| ended.saturating_sub(request.asked_at));
    }

    fn meet(&mut self, participant: &Participant) {
        let known = self
            .participants
            .entry(participant.id.clone())
            .or_insert_with(|| DebriefParticipant {
                participant_id: participant.id.clone(),
                alias: participant.alias.clone(),
                role: participant.role,
                joined_at: participant.joined_at,
                left_at: None,
                messages: 0,
            });
        known.alias = participant.alias.clone();
        known.role = participant.role;
        known.left_at = None;
    }

    fn see(&mut self, room: &Room) {
        let known = self.rooms.entry(room.id.clone()).or_insert_with(|| DebriefRoom {
            room_id: room.id.clone(),
            name: room.name.clone(),
            messages: 0,
            first_message_at: None,
            last_message_at: None,
            message_minutes: Vec::new(),
            visitors: 0,
        });
        known.name = room.name.clone();
    }

    fn enter(&mut self, room_id: &RoomId, who: &ParticipantId, at: u64) {
        let Some(room) = self.rooms.get_mut(room_id) else {
            return;
        };
        let Some(participant) = self.participants.get(who) else {
            return;
        };
        if self.visitors.insert((room_id.clone(), who.clone())) {
            room.visitors += 1;
        }
        let (alias, room_name) = (participant.alias.clone(), room.name.clone());
        if let Some(round_room) = self.round_room(room_id)
            && !round_room.participant_ids.contains(who)
        {
            round_room.participant_ids.push(who.clone());
        }
        self.present.insert(who.clone(), self.visits.len());
        self.visits.push(DebriefVisit {
            round: self.rounds.last().map_or(0, |round| round.round),
            room_id: room_id.clone(),
            room_name,
            participant_id: who.clone(),
            alias,
            entered_at: at,
            left_at: None,
            messages: 0,
        });
    }

    fn hear(&mut self, room_id: &RoomId, sender_id: &ParticipantId, at: u64) {
        if let Some(sender) = self.participants.get_mut(sender_id) {
            sender.messages += 1;
        }
        let visit = self
            .present
            .get(sender_id)
            .and_then(|visit| self.visits.get_mut(*visit));
        if let Some(visit) = visit.filter(|visit| visit.room_id == *room_id) {
            visit.messages += 1;
        }
        if let Some(stay) = self.round_room(room_id) {
            stay.messages += 1;
        }
        if let Some(room) = self.rooms.get_mut(room_id) {
            room.messages += 1;
            room.first_message_at.get_or_insert(at);
            room.last_message_at = Some(at);
            count_minute(&mut room.message_minutes, at);
        }
    }

    /// What happens in a room in the round that goes on; `None` between rounds.
    fn round_room(&mut self, room: &RoomId) -> Option<&mut DebriefRoundRoom> {
        let known = self.rooms.get(room)?;
        let round = self.rounds.last_mut().filter(|round| round.closed_at.is_none())?;
        let position = round.rooms.iter().position(|other| other.room_id == *room);
        if position.is_none() {
            round.rooms.push(DebriefRoundRoom {
                room_id: room.clone(),
                name: known.name.clone(),
                participant_ids: Vec::new(),
                messages: 0,
            });
        }
        let position = position.unwrap_or(round.rooms.len() - 1);
        round.rooms.get_mut(position)
    }

    /// A round is over when the last room is.
    fn close_round(&mut self, at: u64) {
        let in_use = self
            .state
            .iter()
            .flat_map(|state| state.rooms.values())
            .any(|record| is_in_use(&record.room));
        if let Some(round) = self
            .rounds
            .last_mut()
            .filter(|round| round.closed_at.is_none() && !in_use)
        {
            round.closed_at = Some(at);
        }
    }
}

/// Counts a message in the minute in which it was said.
fn count_minute(minutes: &mut Vec<(u64, u64)>, at: u64) {
    let began = at - at % MINUTE_MS;
    match minutes.last_mut() {
        Some((minute, count)) if *minute == began => *count += 1,
        _ => minutes.push((began, 1)),
    }
    if minutes.len() > limits::DEBRIEF_MINUTES {
        minutes.remove(0);
    }
}
