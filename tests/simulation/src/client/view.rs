//! A session as a client sees it. Follows `client/core/src/state`.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::Presence;
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{DirectMessage, Message, Participant, Reaction, Room, Session, Snapshot};
use flagship_protocol::text::{Emoji, MessageContent};

/// What a client knows.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub(crate) session: Option<Session>,
    pub(crate) participants: BTreeMap<ParticipantId, Participant>,
    pub(crate) rooms: BTreeMap<RoomId, Room>,
    pub(crate) connected: BTreeSet<ParticipantId>,
    /// What was said in the rooms that are followed, by stream and position.
    pub(crate) messages: BTreeMap<StreamId, BTreeMap<u64, Message>>,
    /// What was said directly, by the number of its id.
    pub(crate) direct: BTreeMap<u64, DirectMessage>,
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
            direct: BTreeMap::new(),
        };
        for message in &snapshot.own.direct_messages {
            self.direct.insert(message.id.rev().unwrap(), message.clone());
        }
    }

    /// Takes an event, other than a message.
    pub(crate) fn apply(&mut self, sequenced: &SequencedEvent) {
        let SequencedEvent { event, rev, at, .. } = sequenced;
        match event {
            Event::MessageEdited { message } => self.change(&message.id, *rev, |known| *known = message.clone()),
            Event::MessageDeleted {
                message_id, deleted_by, ..
            } => self.change(message_id, *rev, |known| {
                known.content = MessageContent::nothing();
                (known.mentions, known.reactions) = Default::default();
                (known.deleted_at, known.deleted_by) = (Some(*at), Some(deleted_by.clone()));
                known.version = Some(*rev);
            }),
            Event::MessageReacted {
                message_id,
                participant_id,
                emoji,
                added,
                ..
            } => self.change(message_id, *rev, |known| {
                react(&mut known.reactions, emoji, participant_id, *added);
                known.version = Some(*rev);
            }),
            Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message } => {
                let known = self.direct.entry(message.id.rev().unwrap()).or_insert(message.clone());
                if known.version < message.version {
                    *known = message.clone();
                }
            }
            Event::DirectMessageDeleted {
                message_id, version, ..
            } => self.change_direct(message_id, *version, |known| {
                known.content = MessageContent::nothing();
                known.reactions.clear();
                (known.deleted_at, known.version) = (Some(*at), Some(*version));
            }),
            Event::DirectMessageReacted {
                message_id,
                participant_id,
                emoji,
                added,
                version,
                ..
            } => self.change_direct(message_id, *version, |known| {
                react(&mut known.reactions, emoji, participant_id, *added);
                known.version = Some(*version);
            }),
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
                    participant.muted_in.retain(|muted| muted != room_id);
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

    /// Changes a message that is held, unless it is newer already.
    fn change(&mut self, id: &MessageId, rev: u64, change: impl FnOnce(&mut Message)) {
        let mut held = self.messages.values_mut().flat_map(BTreeMap::values_mut);
        if let Some(known) = held.find(|known| known.id == *id)
            && known.version.is_none_or(|version| version < rev)
        {
            change(known);
        }
    }

    fn change_direct(&mut self, id: &MessageId, version: u64, change: impl FnOnce(&mut DirectMessage)) {
        if let Some(known) = self.direct.get_mut(&id.rev().unwrap())
            && known.version.is_none_or(|known| known < version)
        {
            change(known);
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

fn react(reactions: &mut Vec<Reaction>, emoji: &Emoji, who: &ParticipantId, added: bool) {
    let known = reactions.iter_mut().find(|reaction| reaction.emoji == *emoji);
    match (known, added) {
        (Some(reaction), true) => reaction.participant_ids.push(who.clone()),
        (Some(reaction), false) => reaction.participant_ids.retain(|id| id != who),
        (None, true) => reactions.push(Reaction {
            emoji: emoji.clone(),
            participant_ids: vec![who.clone()],
        }),
        (None, false) => {}
    }
    reactions.retain(|reaction| !reaction.participant_ids.is_empty());
}
