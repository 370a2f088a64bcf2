//! What comes over sockets, and commands whichever way they came. Follows `src/object/{commands,frames}.rs`.

use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::commands::Command;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Ack, ClientFrame, CommandFrame, CommandResult, Nack, ServerFrame};
use flagship_protocol::ids::CommandId;
use flagship_session::{Actor, Entry, Handled, Rejection, Session};

use super::journal;
use super::live::Live;
use super::outbox::Answer;
use super::turn::{LinkId, Turn};
use crate::mutation::Mutation;

/// Of so many commands, one is looked at closely.
const SAMPLED: u64 = 16;

/// What a command came to.
pub(crate) struct Outcome {
    /// The answer, but for what is followed now.
    pub(crate) ack: Ack,
    /// Whether the connection that asked follows other streams by it.
    pub(crate) follows_anew: bool,
}

impl Outcome {
    fn plain(ack: Ack) -> Self {
        Self {
            ack,
            follows_anew: false,
        }
    }
}

impl Live {
    /// Carries out a command and gives the ack.
    pub(crate) fn execute(
        &mut self,
        turn: &mut Turn<'_>,
        actor: &Actor,
        id: &CommandId,
        command: &Command,
        by: Option<LinkId>,
    ) -> Result<Outcome, Rejection> {
        self.know_keys(turn);
        if self.outbox.is_full() {
            self.flush(turn);
        }
        let ack = |rev, duplicate, result| Ack {
            id: id.clone(),
            rev,
            duplicate,
            result,
            streams: None,
            messages: vec![],
            moderation: None,
        };
        let head = self.session.state().rev;
        // A copy of all that is true takes longer than the command. The judge looks at the state of every run anyway.
        let before = turn.now.is_multiple_of(SAMPLED).then(|| self.session.state().clone());
        let assert_unchanged = |session: &Session, what| {
            let is_unchanged = before.as_ref().is_none_or(|before| before == session.state());
            assert!(
                is_unchanged && session.state().rev == head,
                "a {what} changed the state"
            );
        };
        let said = command.about_message().and_then(|id| turn.storage.tables().said(id));
        let present = turn.has(Mutation::RepeatNamesPresent);
        let repeat = |session: &Session, entry: &Entry| {
            let result = session.settle(entry, &actor.id, id, command, said.as_ref())?;
            Ok(Outcome::plain(ack(
                if present { head } else { entry.rev },
                true,
                result,
            )))
        };
        if let Some(entry) = self.done_before(turn, &actor.id, id) {
            return repeat(&self.session, &entry);
        }
        match self.session.handle_about(actor, id, command, said.as_ref(), turn.now) {
            Ok(Handled::Done(done)) => {
                if let Some(said) = done.said.as_ref().filter(|_| !turn.has(Mutation::EditLeavesOriginal)) {
                    journal::rewrite(turn.writes(), said);
                }
                let follows_anew = self.commit(turn, &done.entries, by);
                Ok(Outcome {
                    ack: ack(done.rev, false, done.result),
                    follows_anew,
                })
            }
            Ok(Handled::Repeat { rev }) => {
                let entry = turn.storage.tables().entry(rev).ok_or(Rejection::Inconsistent)?;
                assert_unchanged(&self.session, "repeat");
                repeat(&self.session, &entry)
            }
            Err(rejection) => {
                assert_unchanged(&self.session, "refusal");
                if turn.has(Mutation::AckRefused) {
                    return Ok(Outcome::plain(ack(head, false, CommandResult::default())));
                }
                Err(rejection)
            }
        }
    }

    /// Handles a frame of a connection.
    pub(crate) fn on_frame(&mut self, turn: &mut Turn<'_>, link: LinkId, frame: &ClientFrame) {
        let is_greeted_next = self.greetings.iter().any(|(waiting, _)| *waiting == link);
        if is_greeted_next && !matches!(frame, ClientFrame::Hello(_)) {
            self.greet(turn);
        }
        let Some(attachment) = turn.sockets.0.get(&link).cloned() else {
            return;
        };
        match frame {
            ClientFrame::Hello(_) if is_greeted_next => {
                let message = "the welcome to an earlier hello is on its way; wait for it";
                self.nack(link, None, ErrorBody::new(ErrorCode::RateLimited, message));
            }
            ClientFrame::Hello(hello) => self.on_hello(turn, link, &attachment.actor, hello),
            ClientFrame::Command(frame) => {
                if let Err(rejection) = self.on_command(turn, link, &attachment.actor, frame) {
                    self.nack(link, Some(frame.id.clone()), rejection.into());
                }
            }
            _ => {}
        }
    }

    fn on_command(
        &mut self,
        turn: &mut Turn<'_>,
        link: LinkId,
        actor: &Actor,
        frame: &CommandFrame,
    ) -> Result<(), Rejection> {
        let Outcome { ack, follows_anew } = self.execute(turn, actor, &frame.id, &frame.command, Some(link))?;
        if follows_anew {
            let then = (turn.has(Mutation::MoveSaysThen) || turn.has(Mutation::MoveBringsOldNews))
                .then(|| self.following(turn, link, &actor.id, &self.moves.owed(link)));
            self.outbox.answer(link, Answer::Following(Box::new(ack), then));
        } else {
            self.outbox.answer(link, Answer::Whole(Rc::new(ServerFrame::Ack(ack))));
        }
        let has_left = self.session.state().participant(&actor.id).is_none();
        let code = match &frame.command {
            Command::LeaveSession(_) => Some(CloseCode::Left),
            Command::RemoveParticipant(command) if command.participant_id == actor.id => Some(CloseCode::Removed),
            Command::BanParticipant(command) if command.participant_id == actor.id => Some(CloseCode::Forbidden),
            _ => None,
        };
        if has_left && let Some(code) = code {
            self.hang_up(turn, link, code);
        }
        Ok(())
    }

    pub(crate) fn nack(&mut self, link: LinkId, id: Option<CommandId>, error: ErrorBody) {
        self.outbox
            .answer(link, Answer::Whole(Rc::new(ServerFrame::Nack(Nack { id, error }))));
    }
}

/// The refusal of a handshake, for a socket that was never taken in.
pub(crate) fn refusal(error: ErrorBody) -> Rc<ServerFrame> {
    Rc::new(ServerFrame::Nack(Nack { id: None, error }))
}
