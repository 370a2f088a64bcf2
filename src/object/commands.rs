//! Carries out commands, whichever way they came.

use flagship_protocol::commands::Command;
use flagship_protocol::frames::Ack;
use flagship_protocol::ids::CommandId;
use flagship_session::{Actor, Entry, Handled, Rejection, Said};

use super::failure::Failure;
use super::live::Live;
use super::sockets::ConnectionId;

/// What a command came to.
pub(super) struct Outcome {
    /// The answer, but for what is followed now: that is known when it goes out.
    pub(super) ack: Ack,
    /// Whether the connection that asked follows other streams by it.
    pub(super) follows_anew: bool,
}

impl Live {
    /// Carries out a command, which was paid for, and gives the ack. `by` is the socket that it came on.
    pub(super) fn execute(
        &mut self,
        actor: &Actor,
        id: &CommandId,
        command: &Command,
        by: Option<ConnectionId>,
        now: u64,
    ) -> Result<Outcome, Failure> {
        self.know_keys(now)?;
        if self.outbox.is_full() {
            self.flush();
        }
        let said = command
            .about_message()
            .map(|id| self.journal.said(id))
            .transpose()?
            .flatten();
        if let Some(entry) = self.done_before(&actor.id, id)? {
            return self.repeat(&entry, actor, id, command, said.as_ref());
        }
        match self.session.handle_about(actor, id, command, said.as_ref(), now)? {
            Handled::Done(done) => {
                let follows_anew = self.commit_with(&done.entries, done.said.as_ref(), by, now)?;
                let ack = Ack {
                    id: id.clone(),
                    rev: done.rev,
                    duplicate: false,
                    result: done.result,
                    streams: None,
                    messages: vec![],
                    moderation: None,
                };
                Ok(Outcome { ack, follows_anew })
            }
            Handled::Repeat { rev } => {
                let entry = self.journal.entry(rev)?.ok_or(Rejection::Inconsistent)?;
                self.repeat(&entry, actor, id, command, said.as_ref())
            }
        }
    }

    /// Returns the replay of a command, see [`Session::settle`](flagship_session::Session::settle).
    fn repeat(
        &self,
        entry: &Entry,
        actor: &Actor,
        id: &CommandId,
        command: &Command,
        said: Option<&Said>,
    ) -> Result<Outcome, Failure> {
        let result = self.session.settle(entry, &actor.id, id, command, said)?;
        let ack = Ack {
            id: id.clone(),
            rev: entry.rev,
            duplicate: true,
            result,
            streams: None,
            messages: vec![],
            moderation: None,
        };
        Ok(Outcome {
            ack,
            follows_anew: false,
        })
    }
}
