//! Decisions about breakout rooms and one's own way in and out of them.

use flagship_protocol::commands::{CreateRoom, UpdateRoom};
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;
use flagship_protocol::model::{Participant, Room, RoomState};

use super::{Context, Decision};
use crate::permissions;
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn create(context: &Context<'_>, command: &CreateRoom) -> Result<Decision, Rejection> {
    if context.state.rooms.len() >= limits::ROOMS {
        return Err(Rejection::TooManyRooms);
    }
    let room = Room {
        id: RoomId::of_rev(context.rev),
        name: command.name.clone(),
        state: if command.preparing {
            RoomState::Preparing
        } else {
            RoomState::Open
        },
        locked: false,
        capacity: command.capacity,
        ends_at: None,
        closes_at: None,
        created_at: context.now,
        created_by: context.me.id.clone(),
        version: context.rev,
    };
    Ok(Decision::events([Event::BreakoutRoomCreated { room }]))
}

pub(super) fn update(context: &Context<'_>, command: &UpdateRoom) -> Result<Decision, Rejection> {
    let before = context.state.room(&command.room_id)?;
    if command.expected_version.is_some_and(|seen| seen != before.version) {
        return Err(Rejection::Stale(Box::new(before.clone())));
    }
    if let Change::Set(asked) = command.capacity {
        let present = context.state.occupants(&before.id).count();
        if present > asked.get() as usize {
            return Err(Rejection::CapacityTooLow {
                asked: asked.get(),
                present,
            });
        }
    }
    let mut room = Room {
        name: command.name.clone().unwrap_or_else(|| before.name.clone()),
        locked: command.locked.unwrap_or(before.locked),
        capacity: command.capacity.apply(before.capacity),
        ..before.clone()
    };
    if room == *before {
        return Ok(Decision::default().answering(CommandResult {
            room: Some(room),
            ..CommandResult::default()
        }));
    }
    room.version = context.rev;
    Ok(Decision::events([Event::BreakoutRoomUpdated { room }]))
}

pub(super) fn close(context: &Context<'_>, room: &RoomId) -> Result<Decision, Rejection> {
    let before = context.state.room(room)?;
    if before.state == RoomState::Closed {
        let result = CommandResult {
            room: Some(before.clone()),
            ..CommandResult::default()
        };
        return Ok(Decision::default().answering(result));
    }
    Ok(Decision::events(context.state.close(before, context.rev)))
}

pub(super) fn delete(context: &Context<'_>, room: &RoomId) -> Result<Decision, Rejection> {
    let room = context.state.room(room)?;
    let mut events = context.state.empty(&room.id);
    events.push(Event::BreakoutRoomDeleted {
        room_id: room.id.clone(),
    });
    Ok(Decision::events(events))
}

pub(super) fn join(context: &Context<'_>, to: &RoomId) -> Result<Decision, Rejection> {
    if to.is_main() {
        return leave(context, None);
    }
    let room = context.state.open_room(to)?;
    let is_guest = context.me.room_id != *to && !permissions::keeps_order(context.me.role);
    if is_guest && room.locked {
        return Err(Rejection::RoomLocked(to.clone()));
    }
    if is_guest && !context.state.info.self_select && context.me.assigned_room_id.as_ref() != Some(to) {
        return Err(Rejection::SelfSelectOff);
    }
    if is_guest {
        check_space(context.state, room)?;
    }
    Ok(arrive(context, context.me, to, Some(room)))
}

pub(super) fn leave(context: &Context<'_>, only_from: Option<&RoomId>) -> Result<Decision, Rejection> {
    if let Some(room) = only_from
        && context.me.room_id != *room
    {
        return Err(Rejection::NotInRoom(room.clone()));
    }
    let is_held = !context.me.room_id.is_main() && !context.state.info.return_allowed;
    if is_held && !permissions::keeps_order(context.me.role) {
        return Err(Rejection::ReturnNotAllowed);
    }
    Ok(arrive(context, context.me, &RoomId::main(), None))
}

/// Takes somebody to a room and answers with them, and the room, as they are then.
pub(super) fn arrive(context: &Context<'_>, who: &Participant, to: &RoomId, room: Option<&Room>) -> Decision {
    let (events, participant) = context.state.travel(who, to);
    Decision::events(events).answering(CommandResult {
        participant: Some(participant),
        room: room.cloned(),
        ..CommandResult::default()
    })
}

/// Refuses when the room holds as many people as it may.
pub(crate) fn check_space(state: &State, room: &Room) -> Result<(), Rejection> {
    match room.capacity {
        Some(capacity) if state.occupants(&room.id).count() >= capacity.get() as usize => Err(Rejection::RoomFull {
            room: room.id.clone(),
            capacity: capacity.get(),
        }),
        _ => Ok(()),
    }
}
