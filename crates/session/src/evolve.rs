//! Applies entries to the state. Runs the same for a live command and for a restore, and never refuses.

use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::{Participant, RoomState, Session, SessionState};
use flagship_protocol::moderation::GuestAssignment;

use crate::entry::Entry;
use crate::lifecycle::next_warning;
use crate::state::{Member, RoomRecord, State};

impl State {
    /// The state after a session's first event; `None` if the event is another.
    pub(crate) fn begin(event: &Event) -> Option<Self> {
        let Event::SessionCreated { session, epoch } = event else {
            return None;
        };
        Some(Self::new(session.clone(), epoch.clone()))
    }

    /// A session in which nothing has happened.
    pub(crate) fn new(info: Session, epoch: String) -> Self {
        Self {
            rev: 0,
            at: info.created_at,
            info,
            epoch,
            members: Default::default(),
            banned: Default::default(),
            rooms: Default::default(),
            guests: Default::default(),
            help: Default::default(),
            heads: Default::default(),
        }
    }

    /// Applies an entry.
    pub(crate) fn apply(&mut self, entry: &Entry) {
        self.rev = entry.rev;
        self.at = entry.at;
        for sequenced in &entry.events {
            self.heads.insert(entry.stream.clone(), sequenced.seq);
            self.apply_event(&sequenced.event, entry.at);
            self.apply_departure(&sequenced.event, sequenced.seq, entry.at);
        }
    }

    fn apply_event(&mut self, event: &Event, at: u64) {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => self.info = session.clone(),
            Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant } => {
                self.put(participant);
            }
            Event::ParticipantLeft { participant_id } => self.remove(participant_id),
            Event::ParticipantRemoved { participant_id } => self.expel(participant_id),
            Event::ParticipantBanned { participant_id } => {
                self.banned.insert(participant_id.clone());
                self.expel(participant_id);
            }
            Event::ParticipantUnbanned { participant_id } => {
                self.banned.remove(participant_id);
                // Nobody joins after the end, so that joining cannot give the read access back.
                if self.info.state == SessionState::Ended
                    && let Some(member) = self.members.get_mut(participant_id)
                {
                    member.removed = false;
                }
            }
            Event::BreakoutRoomCreated { room } => {
                let record = RoomRecord {
                    room: room.clone(),
                    members: Default::default(),
                    next_warning_ms: None,
                    activity: Default::default(),
                };
                self.rooms.insert(room.id.clone(), record);
            }
            Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => {
                if let Some(record) = self.rooms.get_mut(&room.id) {
                    record.next_warning_ms = next_warning(room, at);
                    record.room = room.clone();
                }
                if room.state == RoomState::Closed {
                    self.forget_entries(&room.id);
                }
            }
            Event::BreakoutRoomWarning { room_id, .. } => {
                if let Some(record) = self.rooms.get_mut(room_id) {
                    record.next_warning_ms = next_warning(&record.room, at);
                }
            }
            Event::BreakoutRoomDeleted { room_id } => {
                self.rooms.remove(room_id);
                for member in self.members.values_mut() {
                    member
                        .participant
                        .assigned_room_id
                        .take_if(|assigned| assigned == room_id);
                    member.previous_room_id.take_if(|previous| previous == room_id);
                    member.stays.forget(room_id);
                    member.participant.muted_in.retain(|muted| muted != room_id);
                }
                self.guests.retain(|_, room| room != room_id);
                self.forget_entries(room_id);
            }
            Event::ParticipantsAssigned { assignments } => {
                for assignment in assignments {
                    if let Some(member) = self.members.get_mut(&assignment.participant_id) {
                        member.participant.assigned_room_id = assignment.room_id.clone();
                    }
                }
            }
            Event::BreakoutRoomJoined {
                room_id,
                participant_id,
            } => {
                self.locate(participant_id, room_id.clone());
                if let Some(record) = self.rooms.get_mut(room_id) {
                    record.members.insert(participant_id.clone());
                }
                self.begin_stay(participant_id, room_id);
            }
            Event::BreakoutRoomLeft {
                room_id,
                participant_id,
            } => {
                self.locate(participant_id, RoomId::main());
                self.end_stay(participant_id, room_id);
                if let Some(member) = self.members.get_mut(participant_id) {
                    member.previous_room_id = Some(room_id.clone());
                }
            }
            Event::GuestsAssigned { assignments } => {
                for GuestAssignment { key, room_id } in assignments {
                    match room_id {
                        Some(room) => self.guests.insert(key.clone(), room.clone()),
                        None => self.guests.remove(key),
                    };
                }
            }
            Event::HelpRequested { request } | Event::HelpUpdated { request } => match request.closed_at {
                None => drop(self.help.insert(request.id.clone(), request.clone())),
                Some(_) => drop(self.help.remove(&request.id)),
            },
            Event::ProfileUpdated {
                participant_id,
                profile,
            } => {
                if let Some(member) = self.members.get_mut(participant_id) {
                    member.profile = profile.clone();
                }
            }
            Event::MessageCreated { message } => {
                if let Some(member) = self.members.get_mut(&message.sender_id) {
                    member.spoke_at = Some(at);
                }
                if let Some(record) = self.rooms.get_mut(&message.room_id) {
                    record.activity.hear(at);
                }
            }
            // What was said is in the journal, and none of it here.
            Event::MessageEdited { .. }
            | Event::MessageDeleted { .. }
            | Event::MessageReacted { .. }
            | Event::DirectMessageCreated { .. }
            | Event::DirectMessageEdited { .. }
            | Event::DirectMessageDeleted { .. }
            | Event::DirectMessageReacted { .. } => {}
        }
    }

    fn apply_departure(&mut self, event: &Event, seq: u64, at: u64) {
        match event {
            Event::BreakoutRoomLeft {
                room_id,
                participant_id,
            } => self.note_departure(participant_id, room_id, seq, at),
            Event::BreakoutRoomClosed { room } => self.forget_departures(&room.id),
            Event::BreakoutRoomDeleted { room_id } => self.forget_departures(room_id),
            _ => {}
        }
    }

    fn put(&mut self, participant: &Participant) {
        match self.members.get_mut(&participant.id) {
            Some(member) => {
                member.participant = participant.clone();
                member.joined = true;
                member.removed = false;
            }
            None => {
                let member = Member {
                    participant: participant.clone(),
                    joined: true,
                    previous_room_id: None,
                    spoke_at: None,
                    profile: Default::default(),
                    departures: Vec::new(),
                    stays: Default::default(),
                    removed: false,
                };
                self.members.insert(participant.id.clone(), member);
            }
        }
    }

    fn remove(&mut self, who: &ParticipantId) {
        if let Some(member) = self.members.get_mut(who) {
            member.joined = false;
            member.participant.room_id = RoomId::main();
            member.participant.hand_raised = false;
            member.participant.knocking_room_id = None;
            member.participant.invitation = None;
            member.departures.clear();
        }
    }

    /// Removes a participant and their read access, which ends when they join again.
    fn expel(&mut self, who: &ParticipantId) {
        self.remove(who);
        if let Some(member) = self.members.get_mut(who) {
            member.removed = true;
            member.previous_room_id = None;
        }
    }

    fn locate(&mut self, who: &ParticipantId, room: RoomId) {
        if let Some(member) = self.members.get_mut(who) {
            if !room.is_main() {
                member.participant.knocking_room_id = None;
                member.participant.invitation = None;
            }
            member.participant.room_id = room;
        }
    }

    /// Nobody knocks at a room any more, and nobody is invited into it.
    fn forget_entries(&mut self, room: &RoomId) {
        for member in self.members.values_mut() {
            member.participant.knocking_room_id.take_if(|knocked| knocked == room);
            member
                .participant
                .invitation
                .take_if(|invitation| invitation.room_id == *room);
        }
    }
}
