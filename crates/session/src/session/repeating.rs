//! Replays: answers to repeated commands.

use flagship_protocol::commands::Command;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, ParticipantId};

use super::Session;
use crate::entry::Entry;
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::State;

impl Session {
    /// Returns the answer to a repeated command, whose first answer is in `entry`. `said` is the journal's
    /// [`Command::about_message`]. Ids, positions and states are those of the first answer. A message is as it is now,
    /// without its content if the actor may not read it any more.
    ///
    /// # Errors
    /// As [`State::may_enter`]; [`Rejection::IdempotencyMismatch`] if it is not the same command,
    /// [`Rejection::Inconsistent`] if this is not the entry of that key.
    pub fn settle(
        &self,
        entry: &Entry,
        actor: &ParticipantId,
        key: &CommandId,
        command: &Command,
        said: Option<&Said>,
    ) -> Result<CommandResult, Rejection> {
        // A banned actor must not learn by a mismatch that the key was used.
        self.state.may_enter(actor)?;
        let result = entry.settle(actor, key, command, said)?;
        Ok(self.state.visible_result(actor, result))
    }
}

impl State {
    /// Returns an earlier answer with only the parts that the actor may still read.
    fn visible_result(&self, actor: &ParticipantId, mut result: CommandResult) -> CommandResult {
        let said = [
            result.message.take().map(Said::Room),
            result.direct_message.take().map(Said::Direct),
        ];
        for said in said.into_iter().flatten() {
            // A message that was taken after its sender had left the room lies outside their stay, and is still theirs.
            let is_own = said.sender_id() == actor && self.check_reader(actor).is_ok();
            let visible = if is_own || self.may_read_said(actor, &said) {
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
