//! Connections: in order each for itself, with delays of their own, and cut in different ways.

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::ClientFrame;

use crate::chance::Chance;
use crate::server::Frame;

/// What travels to the server.
#[derive(Debug)]
pub(crate) enum Up {
    /// The handshake.
    Handshake,
    /// A frame.
    Frame(ClientFrame),
    /// The server notices that the connection is gone.
    Closed,
}

/// What travels to a client.
#[derive(Debug)]
pub(crate) enum Down {
    /// The handshake has succeeded.
    Opened,
    /// Frames, in one message.
    Frames(Vec<Frame>),
    /// The connection was closed, or is noticed to be broken if there is no code.
    Closed(Option<CloseCode>),
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Closed by the client: what it sent arrives.
    Closed,
    /// Broken: some of what is under way arrives. Both ends notice, the server perhaps late.
    Reset,
    /// Nothing passes any more and nothing says so: the client notices by its heartbeat.
    Silent,
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Link {
    /// Whose it is.
    pub(crate) client: usize,
    /// Shortest and longest time under way, in milliseconds, up and down.
    pub(crate) latency: [(u64, u64); 2],
    /// When the last thing arrives, up and down: nothing overtakes.
    last: [u64; 2],
    /// Whether the server has answered the handshake and not closed the connection.
    pub(crate) open: bool,
    /// Up and down: nothing arrives after this time.
    pub(crate) until: [Option<u64>; 2],
}

/// The two ways.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// To the server.
    Up,
    /// To the client.
    Down,
}

impl Link {
    /// A connection with usual delays.
    pub(crate) fn new(client: usize, latency: [(u64, u64); 2]) -> Self {
        Self {
            client,
            latency,
            last: [0; 2],
            open: false,
            until: [None; 2],
        }
    }

    /// When something arrives that is sent now. `None` if it never does.
    pub(crate) fn arrival(&mut self, way: Way, now: u64, chance: &mut Chance) -> Option<u64> {
        let way = way as usize;
        if self.until[way].is_some() {
            return None;
        }
        let (least, most) = self.latency[way];
        self.last[way] = self.last[way].max(now + chance.between(least, most));
        Some(self.last[way])
    }

    /// When the last thing under way arrives.
    pub(crate) fn last(&self, way: Way) -> u64 {
        self.last[way as usize]
    }

    /// Whether something arrives that is due now.
    pub(crate) fn passes(&self, way: Way, now: u64) -> bool {
        self.until[way as usize].is_none_or(|until| now <= until)
    }
}
