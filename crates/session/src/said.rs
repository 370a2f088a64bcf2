//! A message that a command is about, as the journal has it.
//!
//! What was said is not part of the state: there may be any amount of it. Whoever hands in a command that changes or
//! answers a message hands in that message too, found in the journal by its id; and puts back what became of it.

use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{MessageId, ParticipantId};
use flagship_protocol::model::{DirectMessage, Message, Reaction};
use flagship_protocol::text::{Emoji, MessageContent};
use serde::{Deserialize, Serialize};

/// A message in a room, or a direct one. As JSON it is the message itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    /// In a room.
    Room(Message),
    /// To one person.
    Direct(DirectMessage),
}

impl Said {
    /// What an event says; `None` if it is no new message.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::MessageCreated { message } => Some(Self::Room(message.clone())),
            Event::DirectMessageCreated { message } => Some(Self::Direct(message.clone())),
            _ => None,
        }
    }

    /// Its id.
    pub fn id(&self) -> &MessageId {
        match self {
            Self::Room(message) => &message.id,
            Self::Direct(message) => &message.id,
        }
    }

    /// Who said it.
    pub fn sender_id(&self) -> &ParticipantId {
        match self {
            Self::Room(message) => &message.sender_id,
            Self::Direct(message) => &message.sender_id,
        }
    }

    /// Whether it was taken back.
    pub fn is_deleted(&self) -> bool {
        match self {
            Self::Room(message) => message.deleted_at.is_some(),
            Self::Direct(message) => message.deleted_at.is_some(),
        }
    }

    /// What was put to it.
    pub fn reactions(&self) -> &[Reaction] {
        match self {
            Self::Room(message) => &message.reactions,
            Self::Direct(message) => &message.reactions,
        }
    }

    /// Whether somebody has put an emoji to it.
    pub(crate) fn has_reaction(&self, emoji: &Emoji, who: &ParticipantId) -> bool {
        self.reactions()
            .iter()
            .any(|reaction| reaction.emoji == *emoji && reaction.participant_ids.contains(who))
    }

    /// Returns the message without its content, mentions and reactions.
    pub(crate) fn without_content(mut self) -> Self {
        match &mut self {
            Self::Room(message) => {
                message.content = MessageContent::nothing();
                message.mentions.clear();
                message.reactions.clear();
            }
            Self::Direct(message) => {
                message.content = MessageContent::nothing();
                message.reactions.clear();
            }
        }
        self
    }

    /// Puts it into a command's answer.
    pub(crate) fn show(self, result: &mut CommandResult) {
        match self {
            Self::Room(message) => result.message = Some(message),
            Self::Direct(message) => result.direct_message = Some(message),
        }
    }

    /// The message after an event about it, which the entry `rev` has.
    pub(crate) fn after(mut self, event: &Event, rev: u64, at: u64) -> Self {
        match (&mut self, event) {
            (Self::Room(known), Event::MessageEdited { message }) => *known = message.clone(),
            (Self::Direct(known), Event::DirectMessageEdited { message }) => *known = message.clone(),
            (Self::Room(message), Event::MessageDeleted { deleted_by, .. }) => {
                message.content = MessageContent::nothing();
                message.mentions.clear();
                message.reactions.clear();
                message.deleted_at = Some(at);
                message.deleted_by = Some(deleted_by.clone());
                message.version = Some(rev);
            }
            (Self::Direct(message), Event::DirectMessageDeleted { version, .. }) => {
                message.content = MessageContent::nothing();
                message.reactions.clear();
                message.deleted_at = Some(at);
                message.version = Some(*version);
            }
            (
                Self::Room(Message { reactions, version, .. }),
                Event::MessageReacted {
                    participant_id,
                    emoji,
                    added,
                    ..
                },
            )
            | (
                Self::Direct(DirectMessage { reactions, version, .. }),
                Event::DirectMessageReacted {
                    participant_id,
                    emoji,
                    added,
                    ..
                },
            ) => {
                react(reactions, emoji, participant_id, *added);
                *version = Some(rev);
            }
            _ => {}
        }
        self
    }
}

/// Somebody's emoji is there, or not any more.
fn react(reactions: &mut Vec<Reaction>, emoji: &Emoji, who: &ParticipantId, added: bool) {
    if !added {
        for reaction in reactions.iter_mut().filter(|reaction| reaction.emoji == *emoji) {
            reaction.participant_ids.retain(|id| id != who);
        }
        reactions.retain(|reaction| !reaction.participant_ids.is_empty());
        return;
    }
    match reactions.iter_mut().find(|reaction| reaction.emoji == *emoji) {
        Some(reaction) => reaction.participant_ids.push(who.clone()),
        None => reactions.push(Reaction {
            emoji: emoji.clone(),
            participant_ids: vec![who.clone()],
        }),
    }
}
