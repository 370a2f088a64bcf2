//! A session as a client sees it. Follows `client/core/src/state`.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::Event;
use flagship_protocol::frames::Presence;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{Message, Participant, Room, Session, Snapshot};

/// What a client knows.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub(crate) session: Option<Session>,
    pub(crate) participants: BTreeMap<ParticipantId, Participant>,
    pub(crate) rooms: BTreeMap<RoomId, Room>,
    pub(crate) connected: BTreeSet<ParticipantId>,
    /// What was said in the rooms that are followed, by stream and position.
    pub(crate) messages: BTreeMap<StreamId, BTreeMap<u64, Message>>,
}

impl View {
    /// Replaces everything by a snapshot, but for the messages, which are added one by one.
    pub(crate) fn restart(&mut self, snapshot: &Snapshot) {
        *self = Self {
            session: Some(snapshot.session.clone()),
            participants: snapshot
                .participants
                .iter()
                .map(|one| (one.id.clone(), one.clone()))
                .collect(),
            rooms: snapshot
                .rooms
                .iter()
                .map(|room| (room.id.clone(), room.clone()))
                .collect(),
            connected: snapshot.connected.iter().cloned().collect(),
            messages: BTreeMap::new(),
        };
    }

    /// Takes an event, other than a message.
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => self.session = Some(session.clone()),
            Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant } => {
                self.participants.insert(participant.id.clone(), participant.clone());
            }
            Event::ParticipantLeft { participant_id }
            | Event::ParticipantRemoved { participant_id }
            | Event::ParticipantBanned { participant_id } => {
                self.participants.remove(participant_id);
            }
            Event::BreakoutRoomCreated { room }
            | Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => {
                self.rooms.insert(room.id.clone(), room.clone());
            }
            Event::BreakoutRoomDeleted { room_id } => {
                self.rooms.remove(room_id);
                for participant in self.participants.values_mut() {
                    participant.assigned_room_id.take_if(|assigned| assigned == room_id);
                }
            }
            Event::ParticipantsAssigned { assignments } => {
                for assignment in assignments {
                    if let Some(participant) = self.participants.get_mut(&assignment.participant_id) {
                        participant.assigned_room_id = assignment.room_id.clone();
                    }
                }
            }
            Event::BreakoutRoomJoined {
                room_id,
                participant_id,
            } => self.locate(participant_id, room_id.clone()),
            Event::BreakoutRoomLeft { participant_id, .. } => self.locate(participant_id, RoomId::main()),
            _ => {}
        }
    }

    /// Takes who came online and who went.
    pub(crate) fn presence(&mut self, presence: &Presence) {
        self.connected.extend(presence.connected.iter().cloned());
        for gone in &presence.disconnected {
            self.connected.remove(gone);
        }
    }

    fn locate(&mut self, who: &ParticipantId, room: RoomId) {
        if let Some(participant) = self.participants.get_mut(who) {
            participant.room_id = room;
        }
    }
}
