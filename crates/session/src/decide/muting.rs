//! Decisions about who may be heard where.
//!
//! Hosts and moderators mute somebody in the whole session, facilitators in the room that both are about. A mute is
//! lifted by the role that set it, or a higher one.

use flagship_protocol::commands::MuteParticipant;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::{Participant, Role};

use super::{Context, Decision, find, updated};
use crate::permissions;
use crate::rejection::Rejection;

pub(super) fn mute(context: &Context<'_>, command: &MuteParticipant) -> Result<Decision, Rejection> {
    let who = find(context, &command.participant_id)?;
    if command.muted && permissions::keeps_order(who.role) {
        return Err(Rejection::KeepsOrder(who.id.clone()));
    }
    let is_moderator = permissions::keeps_order(context.me.role);
    let participant = match (command.muted, is_moderator) {
        (true, true) => everywhere(who, context.me.role),
        (true, false) => in_room(who),
        (false, true) => nowhere(who, context.me.role)?,
        (false, false) => not_in_rooms_of(context, who)?,
    };
    Ok(updated(who, participant))
}

/// Refuses somebody who is not to be heard in a room.
pub(super) fn check_voice(who: &Participant, room: &RoomId) -> Result<(), Rejection> {
    if who.muted || who.muted_in.contains(room) {
        return Err(Rejection::Muted);
    }
    Ok(())
}

fn everywhere(who: &Participant, by: Role) -> Participant {
    Participant {
        muted: true,
        muted_by: muted_by(who).max(Some(by)),
        ..who.clone()
    }
}

fn in_room(who: &Participant) -> Participant {
    let mut muted_in = who.muted_in.clone();
    if !muted_in.contains(&who.room_id) {
        muted_in.push(who.room_id.clone());
    }
    Participant {
        muted_in,
        ..who.clone()
    }
}

fn nowhere(who: &Participant, by: Role) -> Result<Participant, Rejection> {
    if muted_by(who) > Some(by) {
        return Err(Rejection::Forbidden {
            needs: &[Role::Host],
            have: by,
        });
    }
    Ok(Participant {
        muted: false,
        muted_by: None,
        muted_in: Vec::new(),
        ..who.clone()
    })
}

fn not_in_rooms_of(context: &Context<'_>, who: &Participant) -> Result<Participant, Rejection> {
    let mut muted_in = who.muted_in.clone();
    muted_in.retain(|room| !context.state.is_facilitator(&context.me.id, room));
    // Nothing of it is theirs to lift.
    if muted_in == who.muted_in && who.muted {
        let needs: &[Role] = match muted_by(who) {
            Some(Role::Host) => &[Role::Host],
            _ => &[Role::Host, Role::Moderator],
        };
        let have = context.me.role;
        return Err(Rejection::Forbidden { needs, have });
    }
    Ok(Participant {
        muted_in,
        ..who.clone()
    })
}

/// The role of who muted somebody in the whole session. Sessions from before this was kept do not say; then it was no
/// more than a moderator.
fn muted_by(who: &Participant) -> Option<Role> {
    who.muted.then(|| who.muted_by.unwrap_or(Role::Moderator))
}
