//! Decisions about people who may not have arrived.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::commands::Assignment;
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::text::GuestKey;

use super::called::Called;
use super::{Context, Decision, assignment};
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn assign(context: &Context<'_>, asked: &[GuestAssignment]) -> Result<Decision, Rejection> {
    for room in asked.iter().filter_map(|assignment| assignment.room_id.as_ref()) {
        context.state.room(room)?;
    }
    let split = split(context, asked)?;
    check_capacities(context.state, &split)?;
    let mut events = Vec::new();
    if !split.there.is_empty() {
        events.extend(assignment::decide(context, &split.there)?);
    }
    events.extend(expected(context.state, split.expected));
    Ok(Decision::events(events))
}

/// Assignments by who is there already, and who is not.
pub(super) struct Split {
    pub(super) there: Vec<Assignment>,
    pub(super) expected: Vec<GuestAssignment>,
}

/// Finds out who is there already.
pub(super) fn split(context: &Context<'_>, asked: &[GuestAssignment]) -> Result<Split, Rejection> {
    let (state, called) = (context.state, Called::new(context));
    let mut named = BTreeSet::new();
    let mut people = BTreeSet::new();
    let (mut there, mut expected) = (Vec::new(), Vec::new());
    for GuestAssignment { key, room_id } in asked {
        if !named.insert(key) {
            return Err(Rejection::GuestTwice(key.clone()));
        }
        match called.find(key) {
            Some(id) => {
                if !people.insert(id) {
                    return Err(Rejection::GuestTwice(key.clone()));
                }
                there.push(Assignment {
                    participant_id: id.clone(),
                    room_id: room_id.clone(),
                    expected_room_id: Change::Keep,
                    expected_location_id: None,
                });
                // An earlier list did not find them: what it said of them is no more.
                if state.guests.contains_key(key) {
                    expected.push(GuestAssignment {
                        key: key.clone(),
                        room_id: None,
                    });
                }
            }
            None => expected.push(GuestAssignment {
                key: key.clone(),
                room_id: room_id.clone(),
            }),
        }
    }
    let new = expected
        .iter()
        .filter(|guest| guest.room_id.is_some() && !state.guests.contains_key(&guest.key));
    let count = state.guests.len() + new.count();
    if count > limits::GUESTS {
        return Err(Rejection::TooMany {
            field: "assignments",
            max: limits::GUESTS,
            count,
        });
    }
    Ok(Split { there, expected })
}

/// The event that says who is expected, unless that is known.
pub(super) fn expected(state: &State, asked: Vec<GuestAssignment>) -> Option<Event> {
    let is_new = |guest: &GuestAssignment| state.guests.get(&guest.key) != guest.room_id.as_ref();
    let assignments: Vec<GuestAssignment> = asked.into_iter().filter(is_new).collect();
    (!assignments.is_empty()).then_some(Event::GuestsAssigned { assignments })
}

/// No room that is asked for may be promised to more guests than it takes.
fn check_capacities(state: &State, split: &Split) -> Result<(), Rejection> {
    let mut promised = BTreeMap::<&RoomId, BTreeSet<&GuestKey>>::new();
    let asked: BTreeMap<&GuestKey, Option<&RoomId>> = split
        .expected
        .iter()
        .map(|guest| (&guest.key, guest.room_id.as_ref()))
        .collect();
    let there = split.there.iter().filter_map(|assignment| assignment.room_id.as_ref());
    let wanted: BTreeSet<&RoomId> = asked.values().filter_map(|room| *room).chain(there).collect();
    let kept = state
        .guests
        .iter()
        .filter(|(key, room)| !asked.contains_key(key) && wanted.contains(room));
    let kept = kept.map(|(key, room)| (key, Some(room)));
    for (key, room) in asked.iter().map(|(key, room)| (*key, *room)).chain(kept) {
        if let Some(room) = room {
            promised.entry(room).or_default().insert(key);
        }
    }
    let changed: BTreeMap<&ParticipantId, Option<&RoomId>> = split
        .there
        .iter()
        .map(|assignment| (&assignment.participant_id, assignment.room_id.as_ref()))
        .collect();
    // Each person is looked at once, however many rooms are asked for.
    let mut assigned = BTreeMap::<&RoomId, usize>::new();
    for (person, member) in state.members.iter().filter(|(id, _)| !state.banned.contains(*id)) {
        let room = match changed.get(person) {
            Some(room) => *room,
            None => member.participant.assigned_room_id.as_ref(),
        };
        if let Some(room) = room {
            *assigned.entry(room).or_default() += 1;
        }
    }
    for (id, guests) in promised {
        let assigned = assigned.get(id).copied().unwrap_or_default();
        match state.room(id)?.capacity {
            Some(capacity) if (guests.len() + assigned) as u64 > capacity.get() => {
                return Err(Rejection::RoomFull {
                    room: id.clone(),
                    capacity: capacity.get(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}
