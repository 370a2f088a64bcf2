//! Decisions about other people.

use flagship_protocol::commands::{MoveParticipant, SetRole};
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::model::{Participant, Role};

use super::rooms::{arrive, check_space};
use super::{Context, Decision};
use crate::rejection::Rejection;

pub(super) fn relocate(context: &Context<'_>, command: &MoveParticipant) -> Result<Decision, Rejection> {
    let who = find(context, &command.participant_id)?;
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

pub(super) fn set_role(context: &Context<'_>, command: &SetRole) -> Result<Decision, Rejection> {
    let before = find(context, &command.participant_id)?;
    let participant = Participant {
        role: command.role,
        ..before.clone()
    };
    if participant == *before {
        let result = CommandResult {
            participant: Some(participant),
            ..CommandResult::default()
        };
        return Ok(Decision::default().answering(result));
    }
    if before.role == Role::Host && context.state.hosts() == 1 {
        return Err(Rejection::LastHost);
    }
    Ok(Decision::events([Event::ParticipantUpdated { participant }]))
}

pub(super) fn raise_hand(context: &Context<'_>, raised: bool) -> Result<Decision, Rejection> {
    let participant = Participant {
        hand_raised: raised,
        ..context.me.clone()
    };
    if participant == *context.me {
        let result = CommandResult {
            participant: Some(participant),
            ..CommandResult::default()
        };
        return Ok(Decision::default().answering(result));
    }
    Ok(Decision::events([Event::ParticipantUpdated { participant }]))
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
    let (mut events, _) = context
        .state
        .travel(&member.participant, &flagship_protocol::ids::RoomId::main());
    events.push(Event::ParticipantBanned {
        participant_id: who.clone(),
    });
    Ok(Decision::events(events))
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

fn find<'a>(context: &Context<'a>, who: &ParticipantId) -> Result<&'a Participant, Rejection> {
    context
        .state
        .participant(who)
        .ok_or_else(|| Rejection::ParticipantNotFound(who.clone()))
}
