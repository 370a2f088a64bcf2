//! Decisions about people who may not have arrived.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::commands::Assignment;
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::text::GuestKey;

use super::{Context, Decision, assignment};
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn assign(context: &Context<'_>, asked: &[GuestAssignment]) -> Result<Decision, Rejection> {
    for room in asked.iter().filter_map(|assignment| assignment.room_id.as_ref()) {
        context.state.room(room)?;
    }
    let split = split(context.state, asked)?;
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
pub(super) fn split(state: &State, asked: &[GuestAssignment]) -> Result<Split, Rejection> {
    let called = called(state);
    let mut named = BTreeSet::new();
    let mut people = BTreeSet::new();
    let (mut there, mut expected) = (Vec::new(), Vec::new());
    for GuestAssignment { key, room_id } in asked {
        if !named.insert(key) {
            return Err(Rejection::GuestTwice(key.clone()));
        }
        match called.get(key.as_str()).map(Vec::as_slice) {
            // An alias that several people have says nothing about who is meant.
            Some([id]) => {
                if !people.insert(*id) {
                    return Err(Rejection::GuestTwice(key.clone()));
                }
                there.push(Assignment {
                    participant_id: (*id).clone(),
                    room_id: room_id.clone(),
                    expected_room_id: Change::Keep,
                    expected_location_id: None,
                });
            }
            _ => expected.push(GuestAssignment {
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

/// Everyone who is or was in the session and is not banned, by id and by alias, in small letters. An alias that is an
/// e-mail address stands for nobody: it was not verified.
fn called(state: &State) -> BTreeMap<String, Vec<&ParticipantId>> {
    let mut called = BTreeMap::<String, Vec<&ParticipantId>>::new();
    for (id, member) in state.members.iter().filter(|(id, _)| !state.banned.contains(*id)) {
        let by_id = id.as_str().to_lowercase();
        let by_alias = member.participant.alias.as_str().to_lowercase();
        if by_alias != by_id && !by_alias.contains('@') {
            called.entry(by_alias).or_default().push(id);
        }
        called.entry(by_id).or_default().push(id);
    }
    called
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
    for (id, guests) in promised {
        let changed = split.there.iter();
        let coming = changed
            .filter(|assignment| assignment.room_id.as_ref() == Some(id))
            .count();
        let assigned = state
            .members
            .iter()
            .filter(|(person, member)| {
                let is_changed = split
                    .there
                    .iter()
                    .any(|assignment| assignment.participant_id == **person);
                let is_banned = state.banned.contains(*person);
                member.participant.assigned_room_id.as_ref() == Some(id) && !is_changed && !is_banned
            })
            .count();
        match state.room(id)?.capacity {
            Some(capacity) if (guests.len() + coming + assigned) as u64 > capacity.get() => {
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
