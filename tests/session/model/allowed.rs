//! Who should be allowed what, before it is looked at closely.

use flagship_protocol::commands::Command;
use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::Role;

use super::reference::{Reference, keeps_order};

/// Whether a command goes on when the session is over.
pub(super) fn outlives_end(command: &Command) -> bool {
    use Command::*;
    matches!(
        command,
        DeleteMessage(_) | RemoveParticipant(_) | BanParticipant(_) | UnbanParticipant(_)
    )
}

impl Reference {
    /// Whether role or facilitating allows it.
    pub(super) fn is_allowed(&self, me: &ParticipantId, command: &Command) -> bool {
        use Command::*;
        let own = |room: &RoomId| self.rooms.get(room).is_some_and(|room| room.facilitators.contains(me));
        let own_all = |rooms: &Option<Vec<RoomId>>| rooms.iter().flatten().all(own) && rooms.is_some();
        let has_own = |who: &ParticipantId| self.find(who).is_ok() && own(&self.person(who).place);
        let role = self.person(me).role;
        match command {
            EndSession(_) | SetRole(_) | HandOver(_) => role == Role::Host,
            JoinSession(_) | LeaveSession(_) | JoinRoom(_) | LeaveRoom(_) | RaiseHand(_) | Knock(_)
            | AnswerInvitation(_) | AskForHelp(_) | CancelHelp(_) | UpdateProfile(_) | SendMessage(_)
            | SendDirectMessage(_) | EditMessage(_) | DeleteMessage(_) | ReactToMessage(_) => true,
            _ if keeps_order(role) => true,
            UpdateRoom(change) => own(&change.room_id) && change.facilitator_ids.is_none(),
            ExtendTimer(extend) => own_all(&extend.room_ids),
            Broadcast(broadcast) => own_all(&broadcast.room_ids),
            MoveParticipant(go) => go.room_id.is_main() && has_own(&go.participant_id),
            MuteParticipant(mute) => {
                let who = &mute.participant_id;
                let is_muted_there = || self.find(who).is_ok() && self.person(who).muted_in.iter().any(own);
                has_own(who) || (!mute.muted && is_muted_there())
            }
            InviteParticipants(invite) => invite.room_id.as_ref().is_some_and(own),
            AnswerKnock(answer) => {
                let knocks_at = self
                    .people
                    .get(&answer.participant_id)
                    .and_then(|who| who.knocks_at.as_ref());
                knocks_at.is_some_and(own)
            }
            _ => false,
        }
    }
}
