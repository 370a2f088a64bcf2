//! Decisions about what was said before.

use flagship_protocol::commands::{EditMessage, ReactToMessage};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{MessageId, ParticipantId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message, Participant};

use super::muting::check_voice;
use super::speech::{check_mentions, check_place};
use super::{Context, Decision};
use crate::permissions;
use crate::rejection::Rejection;
use crate::said::Said;

pub(super) fn edit(context: &Context<'_>, command: &EditMessage) -> Result<Decision, Rejection> {
    let said = there(context, &command.message_id)?;
    if *said.sender_id() != context.me.id {
        return Err(Rejection::NotTheirs);
    }
    let content = command.content.clone();
    let (edited_at, version) = (Some(context.now), Some(context.rev));
    match said {
        Said::Room(message) => {
            check_voice(context.me, &message.room_id)?;
            check_place(context, &message.room_id)?;
            context.state.check_audience(message)?;
            let mentions = check_mentions(context, &command.mentions)?;
            if message.content == content && message.mentions == mentions {
                return Ok(Decision::default());
            }
            let message = Message {
                content,
                mentions,
                edited_at,
                version,
                ..message.clone()
            };
            Ok(Decision::events([Event::MessageEdited { message }]))
        }
        Said::Direct(message) => {
            check_direct(context, &message.recipient_id)?;
            if !command.mentions.is_empty() {
                return Err(Rejection::TooMany {
                    field: "mentions",
                    max: 0,
                    count: command.mentions.len(),
                });
            }
            if message.content == content {
                return Ok(Decision::default());
            }
            let message = DirectMessage {
                content,
                edited_at,
                version,
                ..message.clone()
            };
            Ok(Decision::events([Event::DirectMessageEdited { message }]))
        }
    }
}

pub(super) fn delete(context: &Context<'_>, message_id: &MessageId) -> Result<Decision, Rejection> {
    let said = find(context, message_id)?;
    let is_own = *said.sender_id() == context.me.id;
    let message_id = message_id.clone();
    let event = match said {
        Said::Room(message) => {
            if !is_own {
                permissions::check_deletion(context.me, &message.room_id, context.state)?;
            }
            Event::MessageDeleted {
                room_id: message.room_id.clone(),
                message_id,
                deleted_by: context.me.id.clone(),
            }
        }
        Said::Direct(_) if !is_own => return Err(Rejection::NotTheirs),
        Said::Direct(message) => Event::DirectMessageDeleted {
            message_id,
            sender_id: message.sender_id.clone(),
            recipient_id: message.recipient_id.clone(),
            version: context.rev,
        },
    };
    if said.is_deleted() {
        return Ok(Decision::default());
    }
    Ok(Decision::events([event]))
}

pub(super) fn react(context: &Context<'_>, command: &ReactToMessage) -> Result<Decision, Rejection> {
    let said = there(context, &command.message_id)?;
    let (me, added) = (context.me, command.added);
    let (message_id, participant_id) = (command.message_id.clone(), me.id.clone());
    let emoji = command.emoji.clone();
    let event = match said {
        Said::Room(message) => {
            if added {
                check_voice(me, &message.room_id)?;
            }
            check_place(context, &message.room_id)?;
            Event::MessageReacted {
                room_id: message.room_id.clone(),
                message_id,
                participant_id,
                emoji,
                added,
            }
        }
        Said::Direct(message) => {
            check_direct(context, other(message, &me.id))?;
            Event::DirectMessageReacted {
                message_id,
                sender_id: message.sender_id.clone(),
                recipient_id: message.recipient_id.clone(),
                participant_id,
                emoji,
                added,
                version: context.rev,
            }
        }
    };
    if said.has_reaction(&command.emoji, &me.id) == added {
        return Ok(Decision::default());
    }
    if added {
        check_space(said, command)?;
    }
    Ok(Decision::events([event]))
}

/// A message has space for so many emoji, and so many people.
fn check_space(said: &Said, command: &ReactToMessage) -> Result<(), Rejection> {
    let too_many = |max, count| Rejection::TooMany {
        field: "emoji",
        max,
        count,
    };
    let reactions = said.reactions();
    let is_new = !reactions.iter().any(|reaction| reaction.emoji == command.emoji);
    if is_new && reactions.len() >= limits::EMOJI_PER_MESSAGE {
        return Err(too_many(limits::EMOJI_PER_MESSAGE, reactions.len() + 1));
    }
    let all: usize = reactions.iter().map(|reaction| reaction.participant_ids.len()).sum();
    if all >= limits::REACTIONS_PER_MESSAGE {
        return Err(too_many(limits::REACTIONS_PER_MESSAGE, all + 1));
    }
    Ok(())
}

/// A message that somebody may know of. What they may not read does not exist for them.
pub(super) fn find<'a>(context: &Context<'a>, id: &MessageId) -> Result<&'a Said, Rejection> {
    let me = &context.me.id;
    let may_know = |said: &&Said| said.sender_id() == me || context.state.may_read_said(me, said);
    let said = context.said.filter(|said| said.id() == id);
    said.filter(may_know)
        .ok_or_else(|| Rejection::MessageNotFound(id.clone()))
}

/// The same, unless it was deleted.
pub(super) fn there<'a>(context: &Context<'a>, id: &MessageId) -> Result<&'a Said, Rejection> {
    let said = find(context, id)?;
    if said.is_deleted() {
        return Err(Rejection::MessageDeleted(id.clone()));
    }
    Ok(said)
}

/// The other one of two.
fn other<'a>(message: &'a DirectMessage, me: &ParticipantId) -> &'a ParticipantId {
    if message.sender_id == *me {
        &message.recipient_id
    } else {
        &message.sender_id
    }
}

/// Somebody to whom one may write directly now.
pub(super) fn check_direct<'a>(context: &Context<'a>, who: &ParticipantId) -> Result<&'a Participant, Rejection> {
    if context.state.banned.contains(who) {
        return Err(Rejection::ParticipantBanned(who.clone()));
    }
    // Somebody who left finds it when they come back.
    let member = context.state.members.get(who);
    let other = &member
        .ok_or_else(|| Rejection::ParticipantNotFound(who.clone()))?
        .participant;
    if other.id == context.me.id {
        return Err(Rejection::SamePerson);
    }
    permissions::check_direct(context.me, other)?;
    Ok(other)
}
