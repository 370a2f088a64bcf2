//! Decisions about other people.

use flagship_protocol::commands::{Assignment, MoveParticipant, SeenPlace, SetRole, SwapParticipants};
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::{Participant, Role, Room};

use super::rooms::{arrive, check_space};
use super::{Context, Decision, find, updated};
use crate::permissions;
use crate::rejection::Rejection;

pub(super) fn relocate(context: &Context<'_>, command: &MoveParticipant) -> Result<Decision, Rejection> {
    let who = find(context, &command.participant_id)?;
    check_location(who, command.expected_room_id.as_ref())?;
    if command.room_id.is_main() {
        return Ok(arrive(context, who, &command.room_id, None));
    }
    let room = context.state.open_room(&command.room_id)?;
    // A lock keeps people from walking in; whoever is moved was let in.
    if who.room_id != room.id {
        check_space(context.state, room)?;
    }
    Ok(arrive(context, who, &room.id, Some(room)))
}

/// Refuses what was decided when somebody was in another room.
pub(super) fn check_location(who: &Participant, expected: Option<&RoomId>) -> Result<(), Rejection> {
    if expected.is_some_and(|seen| *seen != who.room_id) {
        return Err(Rejection::StaleLocation(Box::new(who.clone())));
    }
    Ok(())
}

/// Refuses what was decided when somebody was, or belonged, in another room.
fn check_place(who: &Participant, expected: Option<&SeenPlace>) -> Result<(), Rejection> {
    check_location(who, expected.map(|seen| &seen.room_id))?;
    if expected.is_some_and(|seen| seen.assigned_room_id != who.assigned_room_id) {
        return Err(Rejection::StaleAssignment(Box::new(who.clone())));
    }
    Ok(())
}

/// Two people change places: where they are and where they are assigned.
pub(super) fn swap(context: &Context<'_>, command: &SwapParticipants) -> Result<Decision, Rejection> {
    let one = find(context, &command.participant_id)?;
    let other = find(context, &command.other_participant_id)?;
    if one.id == other.id {
        return Err(Rejection::SamePerson);
    }
    check_place(one, command.expected.as_ref())?;
    check_place(other, command.other_expected.as_ref())?;
    let mut events = Vec::new();
    if one.assigned_room_id != other.assigned_room_id {
        let take = |who: &Participant, from: &Participant| Assignment {
            participant_id: who.id.clone(),
            room_id: from.assigned_room_id.clone(),
            expected_room_id: Change::Keep,
            expected_location_id: None,
        };
        events.push(Event::ParticipantsAssigned {
            assignments: vec![take(one, other), take(other, one)],
        });
    }
    if one.room_id != other.room_id {
        for room in [&one.room_id, &other.room_id]
            .into_iter()
            .filter(|room| !room.is_main())
        {
            context.state.open_room(room)?;
        }
        events.extend(context.state.travel(one, &other.room_id).0);
        events.extend(context.state.travel(other, &one.room_id).0);
    }
    Ok(Decision::events(events))
}

pub(super) fn set_role(context: &Context<'_>, command: &SetRole) -> Result<Decision, Rejection> {
    let before = find(context, &command.participant_id)?;
    if command.expected_role.is_some_and(|seen| seen != before.role) {
        return Err(Rejection::StaleRole(Box::new(before.clone())));
    }
    if before.role == Role::Host && command.role != Role::Host && context.state.hosts() == 1 {
        return Err(Rejection::LastHost);
    }
    Ok(updated(before, with_role(before, command.role)))
}

pub(super) fn hand_over(context: &Context<'_>, who: &ParticipantId) -> Result<Decision, Rejection> {
    let heir = find(context, who)?;
    if heir.id == context.me.id {
        return Err(Rejection::SamePerson);
    }
    let (participant, me) = (with_role(heir, Role::Host), with_role(context.me, Role::Moderator));
    let answer = CommandResult {
        participant: Some(participant.clone()),
        ..CommandResult::default()
    };
    let events = [
        Event::ParticipantUpdated { participant },
        Event::ParticipantUpdated { participant: me },
    ];
    Ok(Decision::events(events).answering(answer))
}

/// Those who keep order are never muted.
fn with_role(who: &Participant, role: Role) -> Participant {
    let is_moderator = permissions::keeps_order(role);
    Participant {
        role,
        muted: who.muted && !is_moderator,
        muted_by: who.muted_by.filter(|_| !is_moderator),
        muted_in: if is_moderator { Vec::new() } else { who.muted_in.clone() },
        ..who.clone()
    }
}

pub(super) fn raise_hand(context: &Context<'_>, raised: bool) -> Result<Decision, Rejection> {
    let participant = Participant {
        hand_raised: raised,
        ..context.me.clone()
    };
    Ok(updated(context.me, participant))
}

pub(super) fn remove(context: &Context<'_>, who: &ParticipantId) -> Result<Decision, Rejection> {
    let who = find(context, who)?;
    if who.role == Role::Host {
        return Err(Rejection::KeepsOrder(who.id.clone()));
    }
    let participant_id = who.id.clone();
    Ok(put_out(context, who, Event::ParticipantRemoved { participant_id }))
}

pub(super) fn ban(context: &Context<'_>, who: &ParticipantId) -> Result<Decision, Rejection> {
    if context.state.banned.contains(who) {
        return Ok(Decision::default());
    }
    let member = context
        .state
        .members
        .get(who)
        .ok_or_else(|| Rejection::ParticipantNotFound(who.clone()))?;
    if member.participant.role == Role::Host {
        return Err(Rejection::HostNotBannable);
    }
    let participant_id = who.clone();
    let departure = Event::ParticipantBanned { participant_id };
    Ok(put_out(context, &member.participant, departure))
}

/// Somebody leaves: out of their room, out of the session, and with them what they waited for.
pub(super) fn depart(context: &Context<'_>, who: &Participant, departure: Event) -> Decision {
    let (mut events, _) = context.state.travel(who, &RoomId::main());
    events.push(departure);
    events.extend(context.state.withdraw_help(&who.id, context.now));
    Decision::events(events)
}

/// Somebody is put out. Their role, their assignment and the rooms that they facilitate end with it, so that they come
/// back, if they may, like anybody else. What they were muted in they still are.
fn put_out(context: &Context<'_>, who: &Participant, departure: Event) -> Decision {
    let (mut events, gone) = context.state.travel(who, &RoomId::main());
    for room in context.state.rooms_by_age() {
        if room.facilitator_ids.contains(&who.id) {
            let mut facilitator_ids = room.facilitator_ids.clone();
            facilitator_ids.retain(|id| *id != who.id);
            let room = Room {
                facilitator_ids,
                version: context.rev,
                ..room.clone()
            };
            events.push(Event::BreakoutRoomUpdated { room });
        }
    }
    let participant = Participant {
        role: Role::Participant,
        assigned_room_id: None,
        ..gone.clone()
    };
    if participant != gone {
        events.push(Event::ParticipantUpdated { participant });
    }
    events.push(departure);
    events.extend(context.state.withdraw_help(&who.id, context.now));
    Decision::events(events)
}

pub(super) fn unban(context: &Context<'_>, who: &ParticipantId) -> Result<Decision, Rejection> {
    if context.state.banned.contains(who) {
        return Ok(Decision::events([Event::ParticipantUnbanned {
            participant_id: who.clone(),
        }]));
    }
    if context.state.members.contains_key(who) {
        return Ok(Decision::default());
    }
    Err(Rejection::ParticipantNotFound(who.clone()))
}
