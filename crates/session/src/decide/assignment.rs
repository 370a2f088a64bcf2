//! Decisions about who is assigned where.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::commands::{Assign, Assignment};
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::RoomState;

use super::participants::check_location;
use super::{Context, Decision};
use crate::rejection::Rejection;
use crate::state::Member;

pub(super) fn assign(context: &Context<'_>, command: &Assign) -> Result<Decision, Rejection> {
    Ok(Decision::events(decide(context, &command.assignments)?))
}

/// The events that assign people, and bring those into their room whose room is open.
pub(super) fn decide(context: &Context<'_>, assignments: &[Assignment]) -> Result<Vec<Event>, Rejection> {
    let state = context.state;
    check(context, assignments)?;
    let changes: Vec<Assignment> = assignments
        .iter()
        .filter(|assignment| {
            let member = state.members.get(&assignment.participant_id);
            member.is_some_and(|member| member.participant.assigned_room_id != assignment.room_id)
        })
        .map(|assignment| Assignment {
            expected_room_id: Change::Keep,
            expected_location_id: None,
            ..assignment.clone()
        })
        .collect();
    let mut events = Vec::new();
    if !changes.is_empty() {
        events.push(Event::ParticipantsAssigned { assignments: changes });
    }
    for Assignment {
        participant_id,
        room_id,
        ..
    } in assignments
    {
        let (Some(participant), Some(room_id)) = (state.participant(participant_id), room_id) else {
            continue;
        };
        if state.room(room_id)?.state == RoomState::Open {
            events.extend(state.travel(participant, room_id).0);
        }
    }
    Ok(events)
}

/// Everything has to hold, or nothing is assigned.
fn check(context: &Context<'_>, assignments: &[Assignment]) -> Result<(), Rejection> {
    let state = context.state;
    if assignments.len() > limits::ASSIGNMENTS {
        return Err(Rejection::TooManyAssignments(assignments.len()));
    }
    let mut named = BTreeSet::new();
    for Assignment {
        participant_id,
        room_id,
        expected_room_id,
        expected_location_id,
    } in assignments
    {
        if !named.insert(participant_id) {
            return Err(Rejection::AssignedTwice(participant_id.clone()));
        }
        if state.banned.contains(participant_id) {
            return Err(Rejection::ParticipantBanned(participant_id.clone()));
        }
        let Some(Member { participant, .. }) = state.members.get(participant_id) else {
            return Err(Rejection::ParticipantNotFound(participant_id.clone()));
        };
        let is_stale = match expected_room_id {
            Change::Keep => false,
            Change::Clear => participant.assigned_room_id.is_some(),
            Change::Set(expected) => participant.assigned_room_id.as_ref() != Some(expected),
        };
        if is_stale {
            return Err(Rejection::StaleAssignment(Box::new(participant.clone())));
        }
        check_location(participant, expected_location_id.as_ref())?;
        if let Some(room) = room_id {
            state.room(room)?;
        }
    }
    check_capacities(context, assignments)
}

/// No room may end up with more people, assigned or present, than it takes.
fn check_capacities(context: &Context<'_>, assignments: &[Assignment]) -> Result<(), Rejection> {
    let state = context.state;
    let changed: BTreeMap<&ParticipantId, Option<&RoomId>> = assignments
        .iter()
        .map(|assignment| (&assignment.participant_id, assignment.room_id.as_ref()))
        .collect();
    let mut crowds = BTreeMap::<&RoomId, BTreeSet<&ParticipantId>>::new();
    // Who was banned takes no space: their assignment waits in case they are let back in.
    for (id, member) in state.members.iter().filter(|(id, _)| !state.banned.contains(*id)) {
        let assigned = match changed.get(id) {
            Some(room) => *room,
            None => member.participant.assigned_room_id.as_ref(),
        };
        if let Some(room) = assigned {
            crowds.entry(room).or_default().insert(id);
        }
        // Only an open room takes somebody out of the one that they are in.
        let is_open = |room: &RoomId| state.room(room).is_ok_and(|room| room.state == RoomState::Open);
        let goes = changed.contains_key(id)
            && assigned.is_some_and(|room| *room != member.participant.room_id && is_open(room));
        if member.joined && !goes {
            crowds.entry(&member.participant.room_id).or_default().insert(id);
        }
    }
    for room in assignments.iter().filter_map(|assignment| assignment.room_id.as_ref()) {
        let crowd = crowds.get(room).map_or(0, BTreeSet::len);
        match state.room(room)?.capacity {
            Some(capacity) if crowd as u64 > capacity.get() => {
                return Err(Rejection::RoomFull {
                    room: room.clone(),
                    capacity: capacity.get(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}
