//! Handles what clients send over their sockets.

use flagship_protocol::close::CloseCode;
use flagship_protocol::commands::Command;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{BadFrame, ClientFrame, CommandFrame, Nack, Notice, ServerFrame};
use flagship_protocol::ids::{CommandId, ParticipantId};
use flagship_protocol::limits;

use super::attachment::Attachment;
use super::commands::Outcome;
use super::costs;
use super::failure::Failure;
use super::live::Live;
use super::pace::too_fast;
use super::sockets::{Connection, ConnectionId};

impl Live {
    /// A message of so many bytes came over a socket. Says whether it is to be read: not if the connection was closed, or
    /// is closed because its participant went on in spite of refusals.
    pub(super) fn admit(&mut self, id: ConnectionId, bytes: usize, now: u64) -> bool {
        let Some(connection) = self.sockets.heard(id, now) else {
            return false;
        };
        let who = &connection.attachment().actor.id;
        if bytes >= limits::BYTES_IN_PER_COMMAND {
            self.pace.charge(who, costs::of_bytes_in(bytes), now);
        }
        match self.pace.excess(who, now) {
            Some(wait) => {
                self.close_flooding(id, wait, now);
                false
            }
            None => true,
        }
    }

    /// Handles a frame, other than `auth`, of a connection.
    ///
    /// # Errors
    /// Only if the storage failed; a refusal has been sent.
    pub(super) fn on_frame(&mut self, id: ConnectionId, frame: &ClientFrame, now: u64) -> Result<(), worker::Error> {
        let is_greeted_next = self.greetings.contains(id);
        if is_greeted_next && !matches!(frame, ClientFrame::Hello(_)) {
            // It did not wait for the welcome, which must come before whatever this brings about.
            self.greet(now)?;
        }
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        let attachment = connection.attachment().clone();
        let command = match frame {
            ClientFrame::Command(command) => Some(&command.id),
            _ => None,
        };
        if let Err(refused) = self.pace.pay(&attachment.actor.id, costs::of_frame(frame), now) {
            // What such a frame says is said by the next one as well.
            let is_told = !matches!(frame, ClientFrame::Typing(_) | ClientFrame::Cursor(_));
            self.refuse_fast(id, command.cloned(), is_told.then_some(refused), now);
            return Ok(());
        }
        let handled = match frame {
            ClientFrame::Hello(_) if is_greeted_next => Err(Failure::refused(
                ErrorCode::RateLimited,
                "the welcome to an earlier hello is on its way; wait for it",
            )),
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
        self.settle(id, command.cloned(), handled)
    }

    /// Refuses a frame that could not be read.
    pub(super) fn on_bad_frame(&mut self, id: ConnectionId, bad: BadFrame, now: u64) {
        let Some(connection) = self.sockets.get(id) else {
            return;
        };
        match self.pace.pay(&connection.attachment().actor.id, costs::UNREADABLE, now) {
            Ok(()) => self.nack(id, bad.id, bad.error.into()),
            Err(refused) => self.refuse_fast(id, bad.id, Some(refused), now),
        }
    }

    /// Counts a frame that came too fast, and says so, or closes the connection if there have been too many.
    fn refuse_fast(&mut self, id: ConnectionId, command: Option<CommandId>, told: Option<Failure>, now: u64) {
        let Some(connection) = self.sockets.get(id) else {
            return;
        };
        let who = &connection.attachment().actor.id;
        self.pace.refuse(who, costs::REFUSED, now);
        match (self.pace.excess(who, now), told) {
            (Some(wait), _) => self.close_flooding(id, wait, now),
            (None, Some(Failure::Refused(error))) => self.nack(id, command, error),
            (None, _) => {}
        }
    }

    /// Closes a connection whose participant went on in spite of refusals.
    fn close_flooding(&mut self, id: ConnectionId, wait: u64, now: u64) {
        self.nack(id, None, too_fast(wait));
        self.hang_up(id, CloseCode::TooFast, now);
    }

    /// A new token came over a connection. Says whether it is to be verified: one at a time, and as many as are paid for.
    pub(super) fn begin_auth(&mut self, id: ConnectionId, frame: &ClientFrame, now: u64) -> bool {
        let Some(connection) = self.sockets.get(id) else {
            return false;
        };
        if let Err(refused) = self
            .pace
            .pay(&connection.attachment().actor.id, costs::of_frame(frame), now)
        {
            self.refuse_fast(id, None, Some(refused), now);
            return false;
        }
        let was_verifying = self.sockets.set_verifying(id, true);
        if was_verifying == Some(true) {
            let error = ErrorBody::new(
                ErrorCode::RateLimited,
                "the token before this one is still being verified; wait for the answer",
            );
            self.nack(id, None, error);
        }
        was_verifying == Some(false)
    }

    /// A new token for a connection, verified.
    pub(super) fn on_auth(
        &mut self,
        id: ConnectionId,
        who: &ParticipantId,
        expires_at: u64,
        now: u64,
    ) -> Result<(), worker::Error> {
        self.sockets.set_verifying(id, false);
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
        self.sockets.set_verifying(id, false);
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

    /// Closes the connections that have not said `hello` in time.
    pub(super) fn close_silent_newcomers(&mut self, now: u64) {
        while let Some((_, id)) = self.sockets.first_silent().filter(|(by, _)| *by <= now) {
            self.hang_up(id, CloseCode::TooSlow, now);
        }
    }

    /// A connection is gone.
    pub(super) fn on_close(&mut self, id: ConnectionId, now: u64) {
        self.moves.remove(id);
        self.sockets.note_ended(id);
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
