//! What the platform keeps with a socket, also while the object sleeps.

use flagship_protocol::close::CloseCode;
use flagship_protocol::limits;
use flagship_session::Actor;
use serde::{Deserialize, Serialize};
use worker::WebSocket;

use super::credit::Account;
use super::reached::Reached;
use super::sockets::ConnectionId;

/// What is known of a connection. Well below the platform's limit of 16 KB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attachment {
    /// Which connection this is.
    pub(super) id: ConnectionId,
    /// Who is behind it.
    pub(super) actor: Actor,
    /// When the token expires, milliseconds since the epoch.
    pub(super) expires_at: u64,
    /// Whether it was told that the token has expired.
    pub(super) told_expired: bool,
    /// Whether it said `hello` and so follows its streams.
    pub(super) ready: bool,
    /// Whether it was closed from here. The platform lists it until the other end has answered, which one that is
    /// gone never does.
    pub(super) closed: bool,
    /// How far it said that it has got with the rooms it follows.
    #[serde(default)]
    pub(super) reached: Reached,
    /// When it was opened, milliseconds since the epoch.
    #[serde(default)]
    pub(super) opened_at: u64,
    /// What was sent to it, and what of that it has confirmed, as far as that was kept.
    #[serde(default)]
    pub(super) account: Account,
}

impl Attachment {
    /// A connection that has said nothing yet.
    pub(super) fn new(id: ConnectionId, actor: Actor, expires_at: u64, opened_at: u64) -> Self {
        Self {
            id,
            actor,
            expires_at,
            told_expired: false,
            ready: false,
            closed: false,
            reached: Reached::default(),
            opened_at,
            account: Account::default(),
        }
    }

    /// When it is closed unless it says `hello`.
    pub(super) fn hello_by(&self) -> u64 {
        let latest = self.opened_at.saturating_add(limits::HELLO_WITHIN_MS);
        latest.next_multiple_of(limits::HELLO_LOOK_MS)
    }

    /// When the token expires, or, if that has been told, when the socket closes.
    pub(super) fn next_expiry(&self) -> u64 {
        if self.told_expired {
            self.closes_at()
        } else {
            self.expires_at
        }
    }

    /// When the socket closes unless a new token comes.
    pub(super) fn closes_at(&self) -> u64 {
        self.expires_at.saturating_add(limits::TOKEN_GRACE_MS)
    }
}

/// What is known of a socket, from the socket itself.
pub(super) fn read(socket: &WebSocket) -> Option<Attachment> {
    let json: String = socket.deserialize_attachment().ok()??;
    serde_json::from_str(&json).ok()
}

/// Keeps it with a socket.
pub(super) fn keep(socket: &WebSocket, attachment: &Attachment) -> worker::Result<()> {
    // As one text: converting field by field would cross into JavaScript for each.
    socket.serialize_attachment(serde_json::to_string(attachment)?)
}

/// Closes a socket, with a note on it that says so: it is listed until its other end has answered.
pub(super) fn close(socket: &WebSocket, attachment: &Attachment, code: CloseCode) {
    // A socket that cannot take a note, or be closed, is one that is gone.
    let _ = keep(
        socket,
        &Attachment {
            closed: true,
            ..attachment.clone()
        },
    );
    let _ = socket.close(Some(code.code()), Some(code.reason()));
}
