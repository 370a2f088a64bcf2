//! Decisions about what is said.

use std::collections::BTreeSet;

use flagship_protocol::commands::{Broadcast, SendDirectMessage, SendMessage};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{DirectMessage, Message};
use flagship_protocol::text::MessageContent;

use super::messages::{check_direct, there};
use super::muting::check_voice;
use super::{Context, Decision};
use crate::lifecycle::check_in_use;
use crate::permissions;
use crate::rejection::Rejection;
use crate::said::Said;

pub(super) fn send(context: &Context<'_>, command: &SendMessage) -> Result<Decision, Rejection> {
    check_voice(context.me, &command.room_id)?;
    check_pace(context, &command.room_id)?;
    match check_place(context, &command.room_id) {
        Err(Rejection::NotInRoom(_)) if is_late(context, command) => {}
        checked => checked?,
    }
    if let Some(id) = &command.reply_to {
        match there(context, id)? {
            Said::Room(answered) if answered.room_id == command.room_id => {}
            _ => return Err(Rejection::MessageNotFound(id.clone())),
        }
    }
    let message = Message {
        reply_to: command.reply_to.clone(),
        mentions: check_mentions(context, &command.mentions)?,
        ..message(context, &command.room_id, &command.content, context.rev)
    };
    Ok(Decision::events([Event::MessageCreated { message }]))
}

/// Whether a message was written before its sender left the room.
fn is_late(context: &Context<'_>, command: &SendMessage) -> bool {
    let (me, state) = (context.me, context.state);
    state.was_in(me, &command.room_id, command.seen_session, context.now)
}

/// Whether one may speak in a room as far as the room goes: `main`, the one that one is in, or any for who keeps order.
pub(super) fn check_place(context: &Context<'_>, room: &RoomId) -> Result<(), Rejection> {
    if room.is_main() {
        return Ok(());
    }
    let room = context.state.room(room)?;
    check_in_use(room)?;
    if context.me.room_id != room.id && !permissions::keeps_order(context.me.role) {
        return Err(Rejection::NotInRoom(room.id.clone()));
    }
    Ok(())
}

/// Those who are mentioned, each once: members, whether they are there now or not.
pub(super) fn check_mentions(
    context: &Context<'_>,
    mentions: &[ParticipantId],
) -> Result<Vec<ParticipantId>, Rejection> {
    if mentions.len() > limits::MENTIONS {
        return Err(Rejection::TooMany {
            field: "mentions",
            max: limits::MENTIONS,
            count: mentions.len(),
        });
    }
    let mut named = Vec::with_capacity(mentions.len());
    for who in mentions {
        if !context.state.members.contains_key(who) || context.state.banned.contains(who) {
            return Err(Rejection::ParticipantNotFound(who.clone()));
        }
        if !named.contains(who) {
            named.push(who.clone());
        }
    }
    Ok(named)
}

/// Muting and slow mode are about rooms: who is muted may still ask those who keep order why.
pub(super) fn send_direct(context: &Context<'_>, command: &SendDirectMessage) -> Result<Decision, Rejection> {
    let (me, recipient) = (context.me, check_direct(context, &command.participant_id)?);
    if let Some(id) = &command.reply_to {
        match there(context, id)? {
            Said::Direct(answered) if [&answered.sender_id, &answered.recipient_id].contains(&&recipient.id) => {}
            _ => return Err(Rejection::MessageNotFound(id.clone())),
        }
    }
    let message = DirectMessage {
        id: MessageId::of_rev(context.rev),
        sender_id: me.id.clone(),
        sender_alias: me.alias.clone(),
        recipient_id: recipient.id.clone(),
        content: command.content.clone(),
        created_at: context.now,
        reply_to: command.reply_to.clone(),
        reactions: Vec::new(),
        edited_at: None,
        deleted_at: None,
        version: None,
        command_id: context.key.as_str().to_owned(),
    };
    Ok(Decision::events([Event::DirectMessageCreated { message }]))
}

/// Slow mode: participants wait between two messages, wherever they said the last.
fn check_pace(context: &Context<'_>, room: &RoomId) -> Result<(), Rejection> {
    let state = context.state;
    let pause = match state.rooms.get(room) {
        Some(record) => record.room.slow_mode_ms,
        None => state.info.slow_mode_ms,
    };
    let is_free = permissions::keeps_order(context.me.role) || state.is_facilitator(&context.me.id, room);
    let (Some(pause), false) = (pause, is_free) else {
        return Ok(());
    };
    let spoke_at = state.members.get(&context.me.id).and_then(|member| member.spoke_at);
    let next = spoke_at.map_or(0, |spoke_at| spoke_at.saturating_add(pause.get()));
    match next.saturating_sub(context.now) {
        0 => Ok(()),
        retry_after_ms => Err(Rejection::SlowMode { retry_after_ms }),
    }
}

pub(super) fn broadcast(context: &Context<'_>, command: &Broadcast) -> Result<Decision, Rejection> {
    let rooms: BTreeSet<RoomId> = match &command.room_ids {
        Some(rooms) => rooms.iter().cloned().collect(),
        None => [RoomId::main()].into(),
    };
    if rooms.is_empty() {
        return Err(Rejection::NoRooms);
    }
    for room in &rooms {
        check_voice(context.me, room)?;
    }
    for room in rooms.iter().filter(|room| !room.is_main()) {
        check_in_use(context.state.room(room)?)?;
    }
    // Each room has a stream, and so an entry, of its own.
    let messages = rooms
        .iter()
        .zip(context.rev..)
        .map(|(room, rev)| Event::MessageCreated {
            message: Message {
                broadcast: true,
                ..message(context, room, &command.content, rev)
            },
        });
    Ok(Decision::events(messages.collect::<Vec<_>>()))
}

/// The next message of a room, in the entry `rev`.
fn message(context: &Context<'_>, room: &RoomId, content: &MessageContent, rev: u64) -> Message {
    Message {
        id: MessageId::of_rev(rev),
        room_id: room.clone(),
        seq: context.state.head(&StreamId::Room(room.clone())) + 1,
        sender_id: context.me.id.clone(),
        sender_alias: context.me.alias.clone(),
        content: content.clone(),
        created_at: context.now,
        broadcast: false,
        reply_to: None,
        mentions: Vec::new(),
        reactions: Vec::new(),
        edited_at: None,
        deleted_at: None,
        deleted_by: None,
        version: None,
        command_id: context.key.as_str().to_owned(),
    }
}
