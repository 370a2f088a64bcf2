//! Decisions about breakout rooms and one's own way in and out of them.

use std::collections::BTreeSet;

use flagship_protocol::commands::{CloseRoom, CreateRoom, CreateRooms, DeleteRoom, JoinRoom, UpdateRoom};
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::{LateJoiners, Participant, Room, RoomState};
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::number::Capacity;
use flagship_protocol::text::RoomName;

use super::participants::check_location;
use super::{Context, Decision, guests};
use crate::permissions;
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn create(context: &Context<'_>, command: &CreateRoom) -> Result<Decision, Rejection> {
    if context.state.rooms.len() >= limits::ROOMS {
        return Err(Rejection::TooManyRooms);
    }
    let state = if command.preparing {
        RoomState::Preparing
    } else {
        RoomState::Open
    };
    let room = Room {
        state,
        ..new_room(
            context,
            RoomId::of_rev(context.rev),
            command.name.clone(),
            command.capacity,
        )
    };
    Ok(Decision::events([Event::BreakoutRoomCreated { room }]))
}

pub(super) fn create_several(context: &Context<'_>, command: &CreateRooms) -> Result<Decision, Rejection> {
    if command.rooms.is_empty() {
        return Err(Rejection::NoRooms);
    }
    if context.state.rooms.len() + command.rooms.len() > limits::ROOMS {
        return Err(Rejection::TooManyRooms);
    }
    let (mut rooms, mut guests) = (Vec::new(), Vec::new());
    for (asked, number) in command.rooms.iter().zip(1..) {
        let id = RoomId::of_several(context.rev, number);
        match asked.capacity {
            Some(capacity) if asked.guests.len() as u64 > capacity.get() => {
                return Err(Rejection::TooMany {
                    field: "guests",
                    max: capacity.get() as usize,
                    count: asked.guests.len(),
                });
            }
            _ => {}
        }
        guests.extend(asked.guests.iter().map(|key| GuestAssignment {
            key: key.clone(),
            room_id: Some(id.clone()),
        }));
        rooms.push(new_room(context, id, asked.name.clone(), asked.capacity));
    }
    let split = guests::split(context, &guests)?;
    let created = rooms.iter().cloned();
    let mut events: Vec<Event> = created.map(|room| Event::BreakoutRoomCreated { room }).collect();
    if !split.there.is_empty() {
        let assignments = split.there;
        events.push(Event::ParticipantsAssigned { assignments });
    }
    events.extend(guests::expected(context.state, split.expected));
    Ok(Decision::events(events).answering(CommandResult {
        rooms: Some(rooms),
        ..CommandResult::default()
    }))
}

/// A room that is being prepared.
fn new_room(context: &Context<'_>, id: RoomId, name: RoomName, capacity: Option<Capacity>) -> Room {
    Room {
        id,
        name,
        state: RoomState::Preparing,
        locked: false,
        capacity,
        facilitator_ids: Vec::new(),
        slow_mode_ms: None,
        rounds: Vec::new(),
        ends_at: None,
        closes_at: None,
        created_at: context.now,
        created_by: context.me.id.clone(),
        version: context.rev,
    }
}

/// Refuses a change that was made from another version of the room.
pub(super) fn check_version(room: &Room, expected: Option<u64>) -> Result<(), Rejection> {
    if expected.is_some_and(|seen| seen != room.version) {
        return Err(Rejection::Stale(Box::new(room.clone())));
    }
    Ok(())
}

pub(super) fn update(context: &Context<'_>, command: &UpdateRoom) -> Result<Decision, Rejection> {
    let before = context.state.room(&command.room_id)?;
    check_version(before, command.expected_version)?;
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
        facilitator_ids: match &command.facilitator_ids {
            Some(asked) => facilitators(context, asked)?,
            None => before.facilitator_ids.clone(),
        },
        slow_mode_ms: command.slow_mode_ms.apply(before.slow_mode_ms),
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

/// Those who are to keep order in a room, each once.
fn facilitators(context: &Context<'_>, asked: &[ParticipantId]) -> Result<Vec<ParticipantId>, Rejection> {
    let facilitators: BTreeSet<&ParticipantId> = asked.iter().collect();
    if facilitators.len() > limits::FACILITATORS {
        return Err(Rejection::TooMany {
            field: "facilitatorIds",
            max: limits::FACILITATORS,
            count: facilitators.len(),
        });
    }
    let unknown = facilitators.iter().find(|id| !context.state.members.contains_key(**id));
    if let Some(unknown) = unknown {
        return Err(Rejection::ParticipantNotFound((*unknown).clone()));
    }
    Ok(facilitators.into_iter().cloned().collect())
}

pub(super) fn close(context: &Context<'_>, command: &CloseRoom) -> Result<Decision, Rejection> {
    let before = context.state.room(&command.room_id)?;
    check_version(before, command.expected_version)?;
    if before.state == RoomState::Closed {
        let result = CommandResult {
            room: Some(before.clone()),
            ..CommandResult::default()
        };
        return Ok(Decision::default().answering(result));
    }
    Ok(Decision::events(context.state.close(before, context.rev)))
}

pub(super) fn delete(context: &Context<'_>, command: &DeleteRoom) -> Result<Decision, Rejection> {
    let room = context.state.room(&command.room_id)?;
    check_version(room, command.expected_version)?;
    let mut events = context.state.empty(&room.id);
    events.push(Event::BreakoutRoomDeleted {
        room_id: room.id.clone(),
    });
    Ok(Decision::events(events))
}

pub(super) fn join(context: &Context<'_>, command: &JoinRoom) -> Result<Decision, Rejection> {
    check_location(context.me, command.expected_room_id.as_ref())?;
    let to = &command.room_id;
    if to.is_main() {
        return leave(context, None);
    }
    let room = context.state.open_room(to)?;
    let me = context.me;
    let is_guest = me.room_id != *to && !permissions::keeps_order(me.role) && !context.state.is_facilitator(&me.id, to);
    let is_invited = me
        .invitation
        .as_ref()
        .is_some_and(|invitation| invitation.room_id == *to);
    if is_guest && !is_invited {
        if room.locked {
            return Err(Rejection::RoomLocked(to.clone()));
        }
        let may_choose = context.state.info.self_select
            || (me.assigned_room_id.is_none() && context.state.info.late_joiners == LateJoiners::Choose);
        if !may_choose && me.assigned_room_id.as_ref() != Some(to) {
            return Err(Rejection::SelfSelectOff);
        }
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
