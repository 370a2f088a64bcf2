//! Decisions about what is said.

use std::collections::BTreeSet;

use flagship_protocol::commands::{Broadcast, SendMessage};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::model::Message;
use flagship_protocol::text::MessageContent;

use super::{Context, Decision};
use crate::lifecycle::check_in_use;
use crate::permissions;
use crate::rejection::Rejection;

pub(super) fn send(context: &Context<'_>, command: &SendMessage) -> Result<Decision, Rejection> {
    let me = context.me;
    if me.muted {
        return Err(Rejection::Muted);
    }
    check_pace(context, &command.room_id)?;
    if !command.room_id.is_main() {
        let room = context.state.room(&command.room_id)?;
        check_in_use(room)?;
        if me.room_id != room.id && !permissions::keeps_order(me.role) {
            return Err(Rejection::NotInRoom(room.id.clone()));
        }
    }
    let message = message(context, &command.room_id, &command.content, context.rev);
    Ok(Decision::events([Event::MessageCreated { message }]))
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
        id: format!("m{rev}"),
        room_id: room.clone(),
        seq: context.state.head(&StreamId::Room(room.clone())) + 1,
        sender_id: context.me.id.clone(),
        sender_alias: context.me.alias.clone(),
        content: content.clone(),
        created_at: context.now,
        broadcast: false,
        command_id: context.key.as_str().to_owned(),
    }
}
