//! As whom somebody acts in a session: as they are in it, or were when it ended.

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::model::{Participant, Role, SessionState};

use crate::permissions;
use crate::rejection::Rejection;
use crate::state::State;

impl State {
    /// Somebody as they act now; `None` for those who have to come in first, and for those who may not.
    ///
    /// In a session that is over nobody can come in any more: those who left it before act as they were. Somebody who was
    /// removed was made a participant by it.
    pub(crate) fn acting(&self, who: &ParticipantId) -> Option<&Participant> {
        let member = self.members.get(who).filter(|_| !self.banned.contains(who))?;
        let is_over = self.info.state == SessionState::Ended;
        (member.joined || is_over).then_some(&member.participant)
    }

    /// The role that somebody acts with now. A role is kept by those who leave, and is worth something again when they
    /// have come back.
    pub fn acting_role(&self, who: &ParticipantId) -> Role {
        self.acting(who)
            .map_or(Role::Participant, |participant| participant.role)
    }

    /// Whether somebody acts in the session now, and not only by coming in.
    ///
    /// # Errors
    /// [`Rejection::NotInSession`], or why they may not enter.
    pub fn check_acting(&self, who: &ParticipantId) -> Result<(), Rejection> {
        self.may_enter(who)?;
        self.acting(who).map(|_| ()).ok_or(Rejection::NotInSession)
    }

    /// Whether somebody may see what only hosts and moderators see, such as the debrief, also after the end.
    ///
    /// # Errors
    /// [`Rejection::Forbidden`]; [`Rejection::NotInSession`] for those whose role it is, once they have come in; or why
    /// they may not enter.
    pub fn check_moderation(&self, who: &ParticipantId) -> Result<(), Rejection> {
        self.may_enter(who)?;
        if self.acting(who).is_none() && permissions::keeps_order(self.role(who)) {
            return Err(Rejection::NotInSession);
        }
        permissions::check_keeper(self.acting_role(who))
    }
}
