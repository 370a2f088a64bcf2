//! Who may do what: the one table.

use flagship_protocol::commands::CommandKind;
use flagship_protocol::model::{Role, SessionState};

use crate::rejection::Rejection;

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
        | CommandKind::SendMessage => EVERYONE,
        CommandKind::UpdateSession
        | CommandKind::CreateRoom
        | CommandKind::UpdateRoom
        | CommandKind::CloseRoom
        | CommandKind::DeleteRoom
        | CommandKind::OpenRooms
        | CommandKind::CloseRooms
        | CommandKind::SetTimer
        | CommandKind::ExtendTimer
        | CommandKind::RecallRooms
        | CommandKind::Assign
        | CommandKind::Broadcast
        | CommandKind::MoveParticipant
        | CommandKind::BanParticipant
        | CommandKind::UnbanParticipant => KEEPERS,
        CommandKind::EndSession | CommandKind::SetRole => HOSTS,
    }
}

/// Whether a role may use a command while the session is in a state.
///
/// # Errors
/// [`Rejection::SessionEnded`], since nothing changes after the end; [`Rejection::Forbidden`].
pub fn check(command: CommandKind, have: Role, state: SessionState) -> Result<(), Rejection> {
    if state == SessionState::Ended {
        return Err(Rejection::SessionEnded);
    }
    let needs = needs(command);
    if needs.contains(&have) {
        return Ok(());
    }
    Err(Rejection::Forbidden { needs, have })
}

/// Whether a role may read the debrief, also after the end.
///
/// # Errors
/// [`Rejection::Forbidden`].
pub fn check_debrief(have: Role) -> Result<(), Rejection> {
    if keeps_order(have) {
        return Ok(());
    }
    Err(Rejection::Forbidden {
        needs: &[Role::Host, Role::Moderator],
        have,
    })
}

/// Whether a role may enter, read and speak in rooms that it is not in.
pub const fn keeps_order(role: Role) -> bool {
    matches!(role, Role::Host | Role::Moderator)
}
