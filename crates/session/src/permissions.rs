//! Who may do what: the one table.

use flagship_protocol::commands::{Command, CommandKind};
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::{Participant, Role, SessionState};

use crate::rejection::Rejection;
use crate::state::State;

/// The roles that may use a command, most powerful first.
pub const fn needs(command: CommandKind) -> &'static [Role] {
    const EVERYONE: &[Role] = &[Role::Host, Role::Moderator, Role::Participant];
    const KEEPERS: &[Role] = &[Role::Host, Role::Moderator];
    const HOSTS: &[Role] = &[Role::Host];
    match command {
        CommandKind::JoinSession
        | CommandKind::LeaveSession
        | CommandKind::JoinRoom
        | CommandKind::LeaveRoom
        | CommandKind::RaiseHand
        | CommandKind::Knock
        | CommandKind::AnswerInvitation
        | CommandKind::AskForHelp
        | CommandKind::CancelHelp
        | CommandKind::UpdateProfile
        | CommandKind::SendMessage
        | CommandKind::SendDirectMessage
        | CommandKind::EditMessage
        | CommandKind::DeleteMessage
        | CommandKind::ReactToMessage => EVERYONE,
        CommandKind::UpdateSession
        | CommandKind::CreateRoom
        | CommandKind::CreateRooms
        | CommandKind::UpdateRoom
        | CommandKind::CloseRoom
        | CommandKind::DeleteRoom
        | CommandKind::OpenRooms
        | CommandKind::CloseRooms
        | CommandKind::SetTimer
        | CommandKind::ExtendTimer
        | CommandKind::RecallRooms
        | CommandKind::Assign
        | CommandKind::AssignGuests
        | CommandKind::SwapParticipants
        | CommandKind::AnswerKnock
        | CommandKind::InviteParticipants
        | CommandKind::ClaimHelp
        | CommandKind::ResolveHelp
        | CommandKind::MuteParticipant
        | CommandKind::RemoveParticipant
        | CommandKind::Broadcast
        | CommandKind::MoveParticipant
        | CommandKind::BanParticipant
        | CommandKind::UnbanParticipant => KEEPERS,
        CommandKind::EndSession | CommandKind::SetRole | CommandKind::HandOver => HOSTS,
    }
}

/// Whether a facilitator may use a command too, in a room of theirs; see [`check_command`] for where that is.
pub const fn facilitators_may(command: CommandKind) -> bool {
    matches!(
        command,
        CommandKind::UpdateRoom
            | CommandKind::ExtendTimer
            | CommandKind::Broadcast
            | CommandKind::MoveParticipant
            | CommandKind::AnswerKnock
            | CommandKind::InviteParticipants
            | CommandKind::MuteParticipant
    )
}

/// Whether somebody may use a command: by their role, or as a facilitator of the rooms that it is about.
///
/// # Errors
/// As [`check`].
pub fn check_command(command: &Command, me: &Participant, state: &State) -> Result<(), Rejection> {
    match check(command.kind(), me.role, state.info.state) {
        Err(Rejection::Forbidden { .. }) if facilitates(command, me, state) => Ok(()),
        checked => checked,
    }
}

/// Whether a command stays within the rooms that somebody facilitates. They open, lock and moderate them, and let
/// people in and out; who else facilitates is not theirs to say.
fn facilitates(command: &Command, me: &Participant, state: &State) -> bool {
    let own = |room: &RoomId| state.is_facilitator(&me.id, room);
    let all_own = |rooms: &Option<Vec<RoomId>>| rooms.as_ref().is_some_and(|rooms| rooms.iter().all(own));
    let location = |who: &ParticipantId| state.participant(who).map(|participant| &participant.room_id);
    match command {
        Command::UpdateRoom(command) => own(&command.room_id) && command.facilitator_ids.is_none(),
        Command::ExtendTimer(command) => all_own(&command.room_ids),
        Command::Broadcast(command) => all_own(&command.room_ids),
        Command::MoveParticipant(command) => {
            command.room_id.is_main() && location(&command.participant_id).is_some_and(own)
        }
        Command::AnswerKnock(command) => state
            .participant(&command.participant_id)
            .and_then(|participant| participant.knocking_room_id.as_ref())
            .is_some_and(own),
        Command::InviteParticipants(command) => command.room_id.as_ref().is_some_and(own),
        Command::MuteParticipant(command) => {
            let who = state.participant(&command.participant_id);
            let was_muted_there = who.is_some_and(|who| who.muted_in.iter().any(own));
            location(&command.participant_id).is_some_and(own) || (!command.muted && was_muted_there)
        }
        _ => false,
    }
}

/// Whether a command may be used after the session's end: what takes back what was said, and what keeps somebody from
/// reading on.
pub const fn outlives_end(command: CommandKind) -> bool {
    matches!(
        command,
        CommandKind::DeleteMessage
            | CommandKind::RemoveParticipant
            | CommandKind::BanParticipant
            | CommandKind::UnbanParticipant
    )
}

/// Whether a role may use a command while the session is in a state.
///
/// # Errors
/// [`Rejection::SessionEnded`], since nothing but moderation goes on after the end; [`Rejection::Forbidden`].
pub fn check(command: CommandKind, have: Role, state: SessionState) -> Result<(), Rejection> {
    if state == SessionState::Ended && !outlives_end(command) {
        return Err(Rejection::SessionEnded);
    }
    let needs = needs(command);
    if needs.contains(&have) {
        return Ok(());
    }
    Err(Rejection::Forbidden { needs, have })
}

/// Whether a role may see what only hosts and moderators see, such as the debrief, also after the end.
///
/// # Errors
/// [`Rejection::Forbidden`].
pub fn check_keeper(have: Role) -> Result<(), Rejection> {
    if keeps_order(have) {
        return Ok(());
    }
    Err(Rejection::Forbidden {
        needs: &[Role::Host, Role::Moderator],
        have,
    })
}

/// Whether somebody may take back what somebody else said in a room.
///
/// # Errors
/// [`Rejection::Forbidden`] for those who keep order neither in the session nor in the room.
pub fn check_deletion(me: &Participant, room: &RoomId, state: &State) -> Result<(), Rejection> {
    if state.is_facilitator(&me.id, room) {
        return Ok(());
    }
    check_keeper(me.role)
}

/// Whether two people may write to each other directly: where one of them keeps order.
///
/// # Errors
/// [`Rejection::NotDirect`].
pub fn check_direct(me: &Participant, other: &Participant) -> Result<(), Rejection> {
    if keeps_order(me.role) || keeps_order(other.role) {
        return Ok(());
    }
    Err(Rejection::NotDirect)
}

/// Whether a role may enter, read and speak in rooms that it is not in.
pub const fn keeps_order(role: Role) -> bool {
    matches!(role, Role::Host | Role::Moderator)
}
