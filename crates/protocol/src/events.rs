//! What happened: the journal keeps it, followers of a stream receive it.

use serde::{Deserialize, Serialize, Serializer};

use crate::commands::Assignment;
use crate::ids::{MessageId, ParticipantId, RoomId, StreamId};
use crate::model::{DirectMessage, Message, Participant, Room, Session};
use crate::moderation::{GuestAssignment, HelpRequest, Profile};
use crate::text::Emoji;

/// One thing that happened, tagged by `type`.
///
/// Where somebody is follows from `breakout_room_joined` (in that room) and `breakout_room_left` (back in main).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Event {
    /// The session came to be. The first event of every session.
    SessionCreated {
        /// The session.
        session: Session,
        /// Marks this history: a client that holds another epoch starts afresh.
        epoch: String,
    },
    /// Title, lock or settings changed, or a round began.
    SessionUpdated {
        /// The session as it is now.
        session: Session,
    },
    /// The session ended.
    SessionEnded {
        /// The session as it is now.
        session: Session,
    },
    /// Somebody came in, for the first time or again.
    ParticipantJoined {
        /// Who.
        participant: Participant,
    },
    /// Somebody left the session.
    ParticipantLeft {
        /// Who.
        participant_id: ParticipantId,
    },
    /// Somebody's alias, role, raised hand, mute, knock or invitation changed.
    ParticipantUpdated {
        /// Them as they are now.
        participant: Participant,
    },
    /// Somebody was removed, and may come back.
    ParticipantRemoved {
        /// Who.
        participant_id: ParticipantId,
    },
    /// Somebody was removed and may not come back.
    ParticipantBanned {
        /// Who.
        participant_id: ParticipantId,
    },
    /// Somebody who was banned may come back.
    ParticipantUnbanned {
        /// Who.
        participant_id: ParticipantId,
    },
    /// A room was made.
    BreakoutRoomCreated {
        /// The whole room.
        room: Room,
    },
    /// A room opened. Those who are assigned to it come in after it, each with a `breakout_room_joined`.
    BreakoutRoomOpened {
        /// The room as it is now.
        room: Room,
    },
    /// Name, capacity, lock, facilitators, slow mode or timer changed.
    BreakoutRoomUpdated {
        /// The room as it is now.
        room: Room,
    },
    /// A room's timer ends before long. Once for each of the times at which people are warned.
    BreakoutRoomWarning {
        /// The room.
        room_id: RoomId,
        /// When it begins to close, milliseconds since the epoch.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        ends_at: u64,
        /// About how long that is, in milliseconds.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        remaining_ms: u64,
    },
    /// A room began to close: its countdown runs.
    BreakoutRoomClosing {
        /// The room as it is now.
        room: Room,
    },
    /// A room closed. Those who were in it left it before, each with a `breakout_room_left`.
    BreakoutRoomClosed {
        /// The room as it is now.
        room: Room,
    },
    /// A room was taken off the list. Those who were in it left it before.
    BreakoutRoomDeleted {
        /// The room.
        room_id: RoomId,
    },
    /// People were assigned to rooms, or to none. Where they are is another matter.
    ParticipantsAssigned {
        /// Who, and to which room.
        assignments: Vec<Assignment>,
    },
    /// Somebody went into a room. Their knock and their invitation are settled by it.
    BreakoutRoomJoined {
        /// The room.
        room_id: RoomId,
        /// Who.
        participant_id: ParticipantId,
    },
    /// Somebody left a room and is back in main, unless a `breakout_room_joined` follows.
    BreakoutRoomLeft {
        /// The room.
        room_id: RoomId,
        /// Who.
        participant_id: ParticipantId,
    },
    /// Guests were given rooms, or taken off the list of those who are expected. For moderators only.
    GuestsAssigned {
        /// Who, and which room.
        assignments: Vec<GuestAssignment>,
    },
    /// Somebody asked for help. For moderators, and for who asked.
    HelpRequested {
        /// The request.
        request: HelpRequest,
    },
    /// A request for help was claimed, resolved or cancelled. For moderators, and for who asked.
    HelpUpdated {
        /// The request as it is now.
        request: HelpRequest,
    },
    /// Somebody wrote about themselves. For moderators, and for who wrote.
    ProfileUpdated {
        /// Who.
        participant_id: ParticipantId,
        /// What they wrote.
        profile: Profile,
    },
    /// Something was said.
    MessageCreated {
        /// The message. Its position is that of the event.
        message: Message,
    },
    /// Somebody changed what they had said.
    MessageEdited {
        /// The message as it is now: after other changes too, where this comes late.
        message: Message,
    },
    /// A message was taken back: it says nothing any more, mentions nobody, and has no reactions. When, is the event's
    /// `at`.
    MessageDeleted {
        /// Where it was said.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Who took it back: its sender, or who keeps order there.
        deleted_by: ParticipantId,
    },
    /// Somebody put an emoji to a message, or took theirs away.
    MessageReacted {
        /// Where it was said.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Who.
        participant_id: ParticipantId,
        /// Which.
        emoji: Emoji,
        /// Whether it was put there, or taken away.
        added: bool,
    },
    /// Somebody said something to one person. For these two.
    DirectMessageCreated {
        /// The message.
        message: DirectMessage,
    },
    /// Somebody changed what they had said to one person. For these two.
    DirectMessageEdited {
        /// The message as it is now: after other changes too, where this comes late.
        message: DirectMessage,
    },
    /// Somebody took back what they had said to one person. For these two.
    DirectMessageDeleted {
        /// The message.
        message_id: MessageId,
        /// Who had said it, and took it back.
        sender_id: ParticipantId,
        /// To whom it was said.
        recipient_id: ParticipantId,
        /// The message's `version` by this: the same for both, whose `rev` are not.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        version: u64,
    },
    /// One of two put an emoji to a message between them, or took theirs away. For these two.
    DirectMessageReacted {
        /// The message.
        message_id: MessageId,
        /// Who had said it.
        sender_id: ParticipantId,
        /// To whom it was said.
        recipient_id: ParticipantId,
        /// Who put it there: one of the two.
        participant_id: ParticipantId,
        /// Which.
        emoji: Emoji,
        /// Whether it was put there, or taken away.
        added: bool,
        /// The message's `version` by this: the same for both, whose `rev` are not.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        version: u64,
    },
}

impl Event {
    /// The stream that carries it; two where it is for the moderators and for one person, or for two people.
    pub fn streams(&self) -> (StreamId, Option<StreamId>) {
        let own = |who: &ParticipantId| StreamId::Participant(who.clone());
        let private = |who: &ParticipantId| (StreamId::Moderators, Some(own(who)));
        let between = |one: &ParticipantId, other: &ParticipantId| (own(one), Some(own(other)));
        match self {
            Self::MessageCreated { message } | Self::MessageEdited { message } => {
                (StreamId::Room(message.room_id.clone()), None)
            }
            Self::MessageDeleted { room_id, .. } | Self::MessageReacted { room_id, .. } => {
                (StreamId::Room(room_id.clone()), None)
            }
            Self::DirectMessageCreated { message } | Self::DirectMessageEdited { message } => {
                between(&message.sender_id, &message.recipient_id)
            }
            Self::DirectMessageDeleted {
                sender_id,
                recipient_id,
                ..
            }
            | Self::DirectMessageReacted {
                sender_id,
                recipient_id,
                ..
            } => between(sender_id, recipient_id),
            Self::GuestsAssigned { .. } => (StreamId::Moderators, None),
            Self::HelpRequested { request } | Self::HelpUpdated { request } => private(&request.participant_id),
            Self::ProfileUpdated { participant_id, .. } => private(participant_id),
            _ => (StreamId::Session, None),
        }
    }
}

/// An event at its place in a stream.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SequencedEvent {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// Position in the stream: 1, 2, 3, … without gaps.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub seq: u64,
    /// Position in the journal. Events of one command share it; it grows, with gaps, along a stream.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub rev: u64,
    /// When, milliseconds since the epoch.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub at: u64,
}

impl Serialize for SequencedEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Any<'a> {
            #[serde(flatten)]
            event: &'a Event,
            seq: u64,
            rev: u64,
            at: u64,
        }
        // The same as the other, without the detour that an event which may be any of many takes: it is the most
        // frequent one by far.
        #[derive(Serialize)]
        struct Said<'a> {
            r#type: &'static str,
            message: &'a Message,
            seq: u64,
            rev: u64,
            at: u64,
        }
        let Self { event, seq, rev, at } = self;
        let (seq, rev, at) = (*seq, *rev, *at);
        match event {
            Event::MessageCreated { message } => Said {
                r#type: "message_created",
                message,
                seq,
                rev,
                at,
            }
            .serialize(serializer),
            event => Any { event, seq, rev, at }.serialize(serializer),
        }
    }
}
