//! Those who said `hello`, until they are answered.
//!
//! A welcome says how far the streams are, so that all that waits has to go out before it, to everybody. Those who come
//! together are therefore welcomed together: a thousand who come back within a second are a few sendings, and not a
//! thousand to a thousand.

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Hello, Resume};
use flagship_protocol::limits;

use super::attachment::Attachment;
use super::costs;
use super::live::Live;
use super::sockets::ConnectionId;

/// Connections that wait for their welcome, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Greetings {
    waiting: Vec<(ConnectionId, Option<Resume>)>,
}

impl Greetings {
    /// Whether a connection waits.
    pub(super) fn contains(&self, id: ConnectionId) -> bool {
        self.waiting.iter().any(|(waiting, _)| *waiting == id)
    }

    /// A connection is gone.
    pub(super) fn forget(&mut self, id: ConnectionId) {
        self.waiting.retain(|(waiting, _)| *waiting != id);
    }

    /// Connections that wait.
    pub(super) fn ids(&self) -> impl Iterator<Item = ConnectionId> {
        self.waiting.iter().map(|(id, _)| *id)
    }
}

impl Live {
    /// Somebody said `hello`: they come in, and are welcomed by [`Self::greet`].
    pub(super) fn on_hello(&mut self, attachment: &Attachment, hello: &Hello, now: u64) -> Result<(), worker::Error> {
        let id = attachment.id;
        if !attachment.ready && self.sockets.ready_len() >= limits::SOCKETS_PER_SESSION {
            let message = "too many connections are open; close one and try again";
            self.nack(id, None, ErrorBody::new(ErrorCode::RateLimited, message));
            self.hang_up(id, CloseCode::TooManyConnections, now);
            return Ok(());
        }
        match self.session.enter(&attachment.actor, now) {
            Ok(entries) => {
                self.commit(&entries, Some(id), now)?;
            }
            Err(rejection) => {
                self.nack(id, None, rejection.into());
                self.hang_up(id, CloseCode::Forbidden, now);
                return Ok(());
            }
        }
        self.greetings.waiting.push((id, hello.resume.clone()));
        Ok(())
    }

    /// Welcomes those who wait for it.
    ///
    /// # Errors
    /// Only if the storage failed.
    pub(super) fn greet(&mut self, now: u64) -> Result<(), worker::Error> {
        if self.greetings.waiting.is_empty() {
            return Ok(());
        }
        // The positions in a welcome are those of the journal, so that nothing before them may come after it.
        self.flush();
        let waiting = std::mem::take(&mut self.greetings.waiting);
        let greeted = self.greet_all(&waiting, now);
        if greeted.is_err() {
            // Connections without a welcome are closed when the turn is given up.
            self.greetings.waiting = waiting;
        }
        greeted
    }

    fn greet_all(&mut self, waiting: &[(ConnectionId, Option<Resume>)], now: u64) -> Result<(), worker::Error> {
        for (id, _) in waiting {
            let Some(connection) = self.sockets.get(*id) else {
                continue;
            };
            let who = connection.attachment().actor.id.clone();
            if connection.attachment().ready {
                continue;
            }
            let comes_online = !self.is_connected(&who);
            self.sockets.change(*id, |attachment| attachment.ready = true)?;
            self.sockets.follow(*id, self.session.state());
            if comes_online {
                self.announce_presence(&who, true);
            }
        }
        for (id, resume) in waiting {
            let Some(connection) = self.sockets.get(*id) else {
                continue;
            };
            let who = connection.attachment().actor.id.clone();
            match self.welcome(&who, resume.as_ref(), now) {
                Ok(welcome) => {
                    welcome.frames.iter().for_each(|frame| connection.send(frame));
                    let bytes = welcome.frames.iter().map(String::len).sum();
                    let snapshot = if welcome.resumed { 0 } else { costs::SNAPSHOT };
                    self.pace.charge(&who, snapshot + costs::of_bytes_out(bytes), now);
                }
                Err(failure) => self.settle(*id, None, Err(failure))?,
            }
        }
        Ok(())
    }
}
