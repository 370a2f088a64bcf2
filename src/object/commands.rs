//! Carries out commands, whichever way they came.

use flagship_protocol::commands::Command;
use flagship_protocol::frames::Ack;
use flagship_protocol::ids::CommandId;
use flagship_session::{Actor, Handled, Rejection};

use super::failure::Failure;
use super::live::Live;
use super::sockets::ConnectionId;

impl Live {
    /// Carries out a command and gives the ack. `by` is the socket that it came on.
    pub(super) fn execute(
        &mut self,
        actor: &Actor,
        id: &CommandId,
        command: &Command,
        by: Option<ConnectionId>,
        now: u64,
    ) -> Result<Ack, Failure> {
        self.pace.spend(&actor.id, now)?;
        self.know_keys(now)?;
        // Whatever changes who follows what comes after what was said before.
        if !matches!(command, Command::SendMessage(_)) && command.about_message().is_none() {
            self.flush();
        }
        let said = command
            .about_message()
            .map(|id| self.journal.said(id))
            .transpose()?
            .flatten();
        match self.session.handle_about(actor, id, command, said.as_ref(), now)? {
            Handled::Done(done) => {
                if let Some(said) = &done.said {
                    self.journal.rewrite(said)?;
                }
                let changed = self.commit(&done.entries, by, now)?;
                let mut ack = Ack {
                    id: id.clone(),
                    rev: done.rev,
                    duplicate: false,
                    result: done.result,
                    streams: None,
                    messages: vec![],
                    moderation: None,
                };
                if by.is_some()
                    && let Some(change) = changed.get(&actor.id)
                {
                    let following = self.follow(&actor.id, *change)?;
                    ack.streams = Some(following.streams);
                    ack.messages = following.messages;
                    ack.moderation = following.moderation;
                }
                Ok(ack)
            }
            Handled::Repeat { rev } => {
                let entry = self.journal.entry(rev)?.ok_or(Rejection::Inconsistent)?;
                let result = entry.settle(&actor.id, id, command, said.as_ref())?;
                Ok(Ack {
                    id: id.clone(),
                    rev,
                    duplicate: true,
                    result,
                    streams: None,
                    messages: vec![],
                    moderation: None,
                })
            }
        }
    }
}
