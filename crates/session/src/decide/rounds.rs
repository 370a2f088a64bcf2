//! Decisions about many rooms at once, and about time.

use std::collections::BTreeSet;

use flagship_protocol::commands::{CloseRooms, ExtendTimer, OpenRooms, RecallRooms, SetTimer, Versions};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::model::{LateJoiners, Participant, Room, RoomState, Session};

use super::rooms::check_version;
use super::{Context, Decision};
use crate::lifecycle::{check_end, check_open, closing, is_in_use, opened, openings};
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn open(context: &Context<'_>, command: &OpenRooms) -> Result<Decision, Rejection> {
    check_versions(context, &command.expected_versions)?;
    let rooms = named_or(context, command.room_ids.as_deref(), |_| true)?;
    if rooms.is_empty() {
        return Err(Rejection::NoRooms);
    }
    if !rooms.iter().any(|room| may_fill(context.state, room)) {
        return Err(Rejection::NobodyAssigned);
    }
    let ends_at = command
        .duration_ms
        .map(|duration| context.now.saturating_add(duration.get()));
    let mut events = Vec::new();
    let mut round = context.state.info.round;
    let is_round = command.room_ids.is_none() && !context.state.rooms.values().any(|record| is_in_use(&record.room));
    if is_round {
        let info = &context.state.info;
        round = info.round.saturating_add(1);
        let session = Session {
            round,
            version: context.rev,
            ..info.clone()
        };
        events.push(Event::SessionUpdated { session });
    }
    for before in rooms {
        let mut room = opened(before, ends_at.or(before.ends_at), context.rev);
        if before.state == RoomState::Open {
            if room.ends_at != before.ends_at {
                events.push(Event::BreakoutRoomUpdated { room });
            }
            continue;
        }
        if !is_in_use(before) {
            let head = context.state.head(&StreamId::Room(room.id.clone()));
            room.rounds = openings(before, round, head);
        }
        events.push(Event::BreakoutRoomOpened { room });
        events.extend(arrivals(context, before));
    }
    Ok(Decision::events(events))
}

pub(super) fn close(context: &Context<'_>, command: &CloseRooms) -> Result<Decision, Rejection> {
    let countdown = command.countdown_ms.unwrap_or(context.state.info.countdown_ms).get();
    check_versions(context, &command.expected_versions)?;
    let rooms = named_or(context, command.room_ids.as_deref(), is_in_use)?;
    let mut events = Vec::new();
    for room in rooms.into_iter().filter(|room| is_in_use(room)) {
        if countdown == 0 {
            events.extend(context.state.close(room, context.rev));
        } else {
            let closes_at = context.now.saturating_add(countdown);
            events.push(Event::BreakoutRoomClosing {
                room: closing(room, closes_at, context.rev),
            });
        }
    }
    Ok(Decision::events(events))
}

pub(super) fn set_timer(context: &Context<'_>, command: &SetTimer) -> Result<Decision, Rejection> {
    check_versions(context, &command.expected_versions)?;
    let rooms = named_or(context, command.room_ids.as_deref(), |room| {
        room.state == RoomState::Open
    })?;
    if rooms.is_empty() {
        return Err(Rejection::NoRooms);
    }
    let ends_at = command
        .duration_ms
        .map(|duration| context.now.saturating_add(duration.get()));
    let mut events = Vec::new();
    for room in rooms {
        check_open(room)?;
        if room.ends_at != ends_at {
            events.push(Event::BreakoutRoomUpdated {
                room: opened(room, ends_at, context.rev),
            });
        }
    }
    Ok(Decision::events(events))
}

pub(super) fn extend_timer(context: &Context<'_>, command: &ExtendTimer) -> Result<Decision, Rejection> {
    check_versions(context, &command.expected_versions)?;
    let rooms = named_or(context, command.room_ids.as_deref(), has_timer)?;
    if rooms.is_empty() {
        return Err(Rejection::NoRooms);
    }
    let by = command.by_ms.get();
    let mut events = Vec::new();
    for room in rooms {
        let ends_at = match (room.state, room.ends_at) {
            (RoomState::Open, Some(ends_at)) => ends_at.saturating_add(by),
            // The time was up already: it goes on from now.
            (RoomState::Closing, _) => context.now.saturating_add(by),
            _ => return Err(Rejection::NoTimer(room.id.clone())),
        };
        check_end(&room.id, ends_at, context.now)?;
        let room = opened(room, Some(ends_at), context.rev);
        events.push(Event::BreakoutRoomUpdated { room });
    }
    Ok(Decision::events(events))
}

pub(super) fn recall(context: &Context<'_>, command: &RecallRooms) -> Result<Decision, Rejection> {
    check_versions(context, &command.expected_versions)?;
    let rooms = named_or(context, command.room_ids.as_deref(), is_in_use)?;
    let events: Vec<Event> = rooms
        .into_iter()
        .flat_map(|room| context.state.empty(&room.id))
        .collect();
    Ok(Decision::events(events))
}

/// Refuses what was decided from other versions of rooms.
fn check_versions(context: &Context<'_>, expected: &Versions) -> Result<(), Rejection> {
    for (id, seen) in expected {
        check_version(context.state.room(id)?, Some(*seen))?;
    }
    Ok(())
}

/// The rooms that are named, or else all for which `fits` holds; oldest first.
fn named_or<'a>(
    context: &Context<'a>,
    named: Option<&[RoomId]>,
    fits: impl Fn(&Room) -> bool,
) -> Result<Vec<&'a Room>, Rejection> {
    let rooms = context.state.rooms_by_age();
    let Some(named) = named else {
        return Ok(rooms.into_iter().filter(|room| fits(room)).collect());
    };
    for id in named {
        context.state.room(id)?;
    }
    let named: BTreeSet<&RoomId> = named.iter().collect();
    Ok(rooms.into_iter().filter(|room| named.contains(&room.id)).collect())
}

fn has_timer(room: &Room) -> bool {
    room.state == RoomState::Closing || (room.state == RoomState::Open && room.ends_at.is_some())
}

/// Whether anybody is in a room, is assigned to it or expected in it, or could come into it by themselves.
fn may_fill(state: &State, room: &Room) -> bool {
    let by_themselves =
        state.info.self_select || matches!(state.info.late_joiners, LateJoiners::Choose | LateJoiners::Smallest);
    let concerns = |participant: &Participant| {
        participant.room_id == room.id || participant.assigned_room_id.as_ref() == Some(&room.id)
    };
    let mut members = state.members.iter().filter(|(id, _)| !state.banned.contains(*id));
    by_themselves
        || members.any(|(_, member)| concerns(&member.participant))
        || state.guests.values().any(|expected| *expected == room.id)
}

/// The events that bring those into a room who are assigned to it, as many as it takes.
fn arrivals(context: &Context<'_>, room: &Room) -> Vec<Event> {
    let state = context.state;
    let capacity = room.capacity.map_or(usize::MAX, |capacity| capacity.get() as usize);
    let space = capacity.saturating_sub(state.occupants(&room.id).count());
    state
        .participants()
        .filter(|participant| participant.assigned_room_id.as_ref() == Some(&room.id) && participant.room_id != room.id)
        .take(space)
        .flat_map(|participant| state.travel(participant, &room.id).0)
        .collect()
}
