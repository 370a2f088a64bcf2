//! The answer to a command that comes again under its key.

use flagship_protocol::commands::Command;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, ParticipantId};

use super::Session;
use crate::entry::Entry;
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::State;

impl Session {
    /// The answer to a command that came again: its `entry` has the first one. `said` is what the journal has of
    /// [`Command::about_message`]. Ids, positions and states are as they were answered first; a message is as it is now,
    /// and says nothing to an actor who may not read it any more.
    ///
    /// # Errors
    /// Why the actor may not enter; [`Rejection::IdempotencyMismatch`] if it is not the same command,
    /// [`Rejection::Inconsistent`] if this is not the entry of that key.
    pub fn settle(
        &self,
        entry: &Entry,
        actor: &ParticipantId,
        key: &CommandId,
        command: &Command,
        said: Option<&Said>,
    ) -> Result<CommandResult, Rejection> {
        // Before anything is told of it, a mismatch included.
        self.state.may_enter(actor)?;
        let result = entry.settle(actor, key, command, said)?;
        Ok(self.state.visible_result(actor, result))
    }
}

impl State {
    /// What somebody may see now of an answer that they got before.
    fn visible_result(&self, actor: &ParticipantId, mut result: CommandResult) -> CommandResult {
        let said = [
            result.message.take().map(Said::Room),
            result.direct_message.take().map(Said::Direct),
        ];
        for said in said.into_iter().flatten() {
            let visible = if self.may_read_said(actor, &said) {
                said
            } else {
                said.without_content()
            };
            visible.show(&mut result);
        }
        let is_reader = self.check_reader(actor).is_ok();
        if let Some(request) = &mut result.help_request
            && !(is_reader && self.may_read_help(actor, request))
        {
            request.text = None;
            request.about_participant_id = None;
        }
        result
    }
}
