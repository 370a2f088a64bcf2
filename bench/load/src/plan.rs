//! What is to be done, as the bench hands it over: JSON on the standard input.

use std::net::SocketAddr;

use serde::Deserialize;

/// One run against one server.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// Where the server listens.
    pub address: SocketAddr,
    /// The root of the server's process tree: its CPU time and memory are what is measured.
    pub server: u32,
    /// What the server speaks.
    pub protocol: ProtocolName,
    /// Everybody who takes part, in the order in which they come.
    pub connections: Vec<Member>,
    /// How many handshakes may be under way at once.
    pub joining: usize,
    /// Length of a message's content, in bytes; [`crate::content::SMALLEST`] at least.
    pub size: usize,
    /// Where chance begins: arrivals and senders repeat with it.
    pub seed: u64,
    /// What to do once everybody is there, in this order.
    pub phases: Vec<Phase>,
}

/// The protocols that the generator speaks.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ProtocolName {
    /// Flagship's own: `hello`, commands, events, acks.
    Flagship,
    /// `{"type":"message","content":…}`, passed on as it is. No answer: a sender has its own message back.
    Plain,
    /// The same with an `id`, and `{"type":"ack","id":…}` once the message is stored.
    PlainAcked,
    /// Engine.IO 4 and Socket.IO 5 over a WebSocket.
    SocketIo,
    /// The same with an acknowledgement for each message.
    SocketIoAcked,
}

/// One connection.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Member {
    /// Path and query of the handshake.
    pub path: String,
    /// Value of `Sec-WebSocket-Protocol`, if the protocol has one.
    #[serde(default)]
    pub subprotocols: Option<String>,
    /// Who hears whom: an index from 0.
    pub room: u16,
    /// What the server calls the room, if the connection has to ask to be let in.
    #[serde(default)]
    pub room_id: Option<String>,
}

/// A stretch of load.
#[derive(Debug, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Phase {
    /// Open loop: messages arrive by chance at a rate, whatever the server does.
    Open {
        /// The figures' name in the report.
        name: String,
        /// Messages a second, all rooms together.
        rate: f64,
        /// Seconds before anything counts.
        warm_up: f64,
        /// Seconds that count.
        seconds: f64,
    },
    /// Closed loop: so many messages are under way at any time; each that is settled is followed by another.
    Closed {
        /// The figures' name in the report.
        name: String,
        /// Messages under way, all rooms together; at least one a room.
        under_way: usize,
        /// Seconds before anything counts …
        warm_up: f64,
        /// … and messages that must have been settled: compilers go by how often code ran, not by time. Waited for
        /// five times as long at most.
        warm_up_messages: u64,
        /// Seconds that count.
        seconds: f64,
    },
    /// Open loop at a growing share of what the last closed loop reached, until the server no longer keeps up.
    Ladder {
        /// The shares, in ascending order.
        shares: Vec<f64>,
        /// The server keeps up while the 99th percentile is within this, in milliseconds …
        p99_ms: f64,
        /// … and at least this share of what was due within the time has arrived within it.
        arrived: f64,
        /// Seconds of a rung before anything counts.
        warm_up: f64,
        /// Seconds of a rung that count.
        seconds: f64,
    },
}
