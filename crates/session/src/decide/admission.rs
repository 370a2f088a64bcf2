//! Decisions about being let in: knocking and being invited.

use std::collections::BTreeSet;

use flagship_protocol::commands::{AnswerInvitation, AnswerKnock, InvitationAnswer, InviteParticipants};
use flagship_protocol::events::Event;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::{Invitation, Participant};

use super::rooms::{arrive, check_space};
use super::{Context, Decision, find, updated};
use crate::rejection::Rejection;

pub(super) fn knock(context: &Context<'_>, room: Option<&RoomId>) -> Result<Decision, Rejection> {
    if let Some(room) = room {
        context.state.open_room(room)?;
        if context.me.room_id == *room {
            return Err(Rejection::InRoomAlready(room.clone()));
        }
    }
    let participant = Participant {
        knocking_room_id: room.cloned(),
        ..context.me.clone()
    };
    Ok(updated(context.me, participant))
}

pub(super) fn answer_knock(context: &Context<'_>, command: &AnswerKnock) -> Result<Decision, Rejection> {
    let who = find(context, &command.participant_id)?;
    let is_meant = |room: &&RoomId| command.room_id.as_ref().is_none_or(|meant| meant == *room);
    let Some(knocked) = who.knocking_room_id.as_ref().filter(is_meant) else {
        return Err(Rejection::NotKnocking(who.id.clone()));
    };
    if command.admit {
        return come_in(context, who, knocked);
    }
    let participant = Participant {
        knocking_room_id: None,
        ..who.clone()
    };
    Ok(updated(who, participant))
}

pub(super) fn invite(context: &Context<'_>, command: &InviteParticipants) -> Result<Decision, Rejection> {
    let named: BTreeSet<&ParticipantId> = command.participant_ids.iter().collect();
    if named.len() > limits::ASSIGNMENTS {
        return Err(Rejection::TooMany {
            field: "participantIds",
            max: limits::ASSIGNMENTS,
            count: named.len(),
        });
    }
    if let Some(room) = &command.room_id {
        context.state.open_room(room)?;
    }
    let mut events = Vec::new();
    for id in named {
        let who = find(context, id)?;
        let is_there = command.room_id.as_ref() == Some(&who.room_id);
        let invitation = command.room_id.as_ref().map(|room| Invitation {
            room_id: room.clone(),
            invited_by: context.me.id.clone(),
            invited_at: context.now,
            postponed: false,
        });
        if !is_there && who.invitation != invitation {
            events.push(Event::ParticipantUpdated {
                participant: Participant {
                    invitation,
                    ..who.clone()
                },
            });
        }
    }
    Ok(Decision::events(events))
}

pub(super) fn answer_invitation(context: &Context<'_>, command: &AnswerInvitation) -> Result<Decision, Rejection> {
    let is_meant = |room: &RoomId| command.room_id.as_ref().is_none_or(|meant| meant == room);
    let invitation = context.me.invitation.as_ref();
    let invitation = invitation
        .filter(|invitation| is_meant(&invitation.room_id))
        .ok_or(Rejection::NotInvited)?;
    let invitation = match command.answer {
        InvitationAnswer::Accept => return come_in(context, context.me, &invitation.room_id),
        InvitationAnswer::Later => Some(Invitation {
            postponed: true,
            ..invitation.clone()
        }),
        InvitationAnswer::Decline => None,
    };
    let participant = Participant {
        invitation,
        ..context.me.clone()
    };
    Ok(updated(context.me, participant))
}

/// Somebody was let in: a lock does not keep them out, a full room does.
fn come_in(context: &Context<'_>, who: &Participant, room: &RoomId) -> Result<Decision, Rejection> {
    let room = context.state.open_room(room)?;
    if who.room_id != room.id {
        check_space(context.state, room)?;
    }
    Ok(arrive(context, who, &room.id, Some(room)))
}
