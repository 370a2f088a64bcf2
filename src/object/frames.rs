//! Handles what clients send over their sockets.

use flagship_protocol::close::CloseCode;
use flagship_protocol::commands::Command;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{BadFrame, ClientFrame, CommandFrame, Nack, Notice, ServerFrame};
use flagship_protocol::ids::{CommandId, ParticipantId};

use super::attachment::Attachment;
use super::commands::Outcome;
use super::failure::Failure;
use super::live::Live;
use super::sockets::{Connection, ConnectionId};

impl Live {
    /// Handles a frame, other than `auth`, of a connection.
    ///
    /// # Errors
    /// Only if the storage failed; a refusal has been sent.
    pub(super) fn on_frame(&mut self, id: ConnectionId, frame: &ClientFrame, now: u64) -> Result<(), worker::Error> {
        if self.greetings.contains(id) {
            // It did not wait for the welcome, which must come before whatever this brings about.
            self.greet(now)?;
        }
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        let attachment = connection.attachment().clone();
        let handled = match frame {
            ClientFrame::Hello(hello) => return self.on_hello(&attachment, hello, now),
            _ if !attachment.ready => Err(Failure::refused(
                ErrorCode::HelloRequired,
                "send a hello frame first, and wait for the welcome",
            )),
            ClientFrame::Command(command) => self.on_command(&attachment, command, now),
            ClientFrame::Typing(typing) => self.on_typing(&attachment, typing, now),
            ClientFrame::Cursor(cursor) => self.on_cursor(id, cursor).map_err(Failure::Broken),
            ClientFrame::Auth(_) => Ok(()),
        };
        let command = match frame {
            ClientFrame::Command(command) => Some(command.id.clone()),
            _ => None,
        };
        self.settle(id, command, handled)
    }

    /// Refuses a frame that could not be read.
    pub(super) fn on_bad_frame(&mut self, id: ConnectionId, bad: BadFrame) {
        self.nack(id, bad.id, bad.error.into());
    }

    /// A new token for a connection, verified.
    pub(super) fn on_auth(
        &mut self,
        id: ConnectionId,
        who: &ParticipantId,
        expires_at: u64,
        now: u64,
    ) -> Result<(), worker::Error> {
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        if connection.attachment().actor.id != *who {
            let mut error = ErrorBody::new(
                ErrorCode::Unauthorized,
                "this token belongs to somebody else; connect anew with it",
            );
            error.reason = Some("subject_changed".into());
            self.nack(id, None, error);
            return Ok(());
        }
        let notice = Notice::Authenticated { expires_at };
        connection.send(&ServerFrame::Notice(notice).to_json());
        self.sockets.change(id, |attachment| {
            attachment.expires_at = expires_at;
            attachment.told_expired = false;
        })?;
        self.schedule(now);
        Ok(())
    }

    /// A new token that does not hold. The one in use goes on until it expires.
    pub(super) fn refuse_auth(&mut self, id: ConnectionId, error: ErrorBody) {
        self.nack(id, None, error);
    }

    /// Tells connections whose token has expired, and closes those whose grace is over.
    pub(super) fn on_expiry(&mut self, now: u64) -> Result<(), worker::Error> {
        for id in self.sockets.expired(now) {
            let Some(connection) = self.sockets.get(id) else {
                continue;
            };
            let closes_at = connection.attachment().closes_at();
            if closes_at <= now {
                self.hang_up(id, CloseCode::Unauthorized, now);
            } else {
                connection.send(&ServerFrame::Notice(Notice::TokenExpired { closes_at }).to_json());
                self.sockets.change(id, |attachment| attachment.told_expired = true)?;
            }
        }
        Ok(())
    }

    /// A connection is gone.
    pub(super) fn on_close(&mut self, id: ConnectionId, now: u64) {
        self.moves.remove(id);
        self.forget(id, now);
    }

    /// Takes a connection out, and tells who is not there any more by that.
    pub(super) fn forget(&mut self, id: ConnectionId, now: u64) -> Option<Connection> {
        self.greetings.forget(id);
        let connection = self.sockets.remove(id);
        if let Some(connection) = &connection {
            let who = &connection.attachment().actor.id;
            let ready = connection.attachment().ready;
            if ready && !self.is_connected(who) {
                self.announce_presence(who, false);
                self.keep_cursor(who);
            } else if ready {
                // Lost, it is made good by the next thing that they read.
                let _ = self.hand_cursor_on(who, &connection.attachment().reached);
            }
        }
        self.schedule(now);
        connection
    }

    fn on_command(&mut self, attachment: &Attachment, frame: &CommandFrame, now: u64) -> Result<(), Failure> {
        let id = attachment.id;
        let Outcome { ack, follows_anew } =
            self.execute(&attachment.actor, &frame.id, &frame.command, Some(id), now)?;
        self.answer(id, &ServerFrame::Ack(ack), follows_anew);
        // A leave that is asked for again, after coming back, leaves nobody.
        let has_left = self.session.state().participant(&attachment.actor.id).is_none();
        if has_left && let Some(code) = parts(&attachment.actor.id, &frame.command) {
            self.hang_up(id, code, now);
        }
        Ok(())
    }

    /// Sends a refusal, or passes a storage failure on after telling the client to try again.
    pub(super) fn settle(
        &mut self,
        id: ConnectionId,
        command: Option<CommandId>,
        handled: Result<(), Failure>,
    ) -> Result<(), worker::Error> {
        match handled {
            Ok(()) => Ok(()),
            Err(Failure::Refused(error)) => {
                self.nack(id, command, error);
                Ok(())
            }
            Err(Failure::Broken(error)) => {
                let body = ErrorBody::new(ErrorCode::Internal, "the session failed to handle this; try again");
                self.nack(id, command, body);
                Err(error)
            }
        }
    }

    pub(super) fn nack(&mut self, id: ConnectionId, command: Option<CommandId>, error: ErrorBody) {
        self.answer(id, &ServerFrame::Nack(Nack { id: command, error }), false);
    }
}

/// With which code somebody's own command ends the connection that it came on. A host may remove or ban themselves.
fn parts(who: &ParticipantId, command: &Command) -> Option<CloseCode> {
    match command {
        Command::LeaveSession(_) => Some(CloseCode::Left),
        Command::RemoveParticipant(command) if command.participant_id == *who => Some(CloseCode::Removed),
        Command::BanParticipant(command) if command.participant_id == *who => Some(CloseCode::Forbidden),
        _ => None,
    }
}
