//! What travels between Flagship's clients and its server.
//!
//! Every type on the wire is written once, here; the TypeScript and the OpenAPI document are generated from
//! these definitions (`npm run types`). The crate has no I/O and knows no platform.
//!
//! | module | what it holds |
//! |---|---|
//! | [`ids`], [`text`], [`number`] | identifiers, bounded texts and numbers, checked when they are read |
//! | [`commands`] | what a participant may ask for |
//! | [`events`] | what happened, as the journal keeps it and followers receive it |
//! | [`model`], [`message`], [`moderation`] | what they are about: as everyone sees it, and what is not for everyone |
//! | [`frames`] | the envelopes of the WebSocket, used by the long poll too |
//! | [`http`] | bodies and routes of the HTTP interface |
//! | [`error`] | error codes, their HTTP status and their details |
//! | [`close`] | close codes of the socket and what a client does about each |
//! | [`limits`] | every limit, with the reason for its number |

pub mod close;
pub mod commands;
pub mod decode;
#[cfg(feature = "describe")]
pub mod describe;
mod emoji;
pub mod error;
pub mod events;
pub mod frames;
pub mod http;
pub mod ids;
pub mod limits;
pub mod message;
pub mod model;
pub mod moderation;
pub mod number;
pub mod text;

/// Version of the wire protocol, sent in every `welcome`. Raised when an older client could misread a newer server.
pub const PROTOCOL_VERSION: u32 = 1;

/// WebSocket subprotocol that a client offers and the server selects.
pub const SUBPROTOCOL: &str = "flagship.v1";

/// Prefix of the WebSocket subprotocol that carries the token: `bearer.<jwt>`.
pub const BEARER_SUBPROTOCOL_PREFIX: &str = "bearer.";

/// Sent by a client as a bare text frame to keep the connection open; answered with [`PONG`] without waking the session.
pub const PING: &str = "ping";

/// The answer to [`PING`].
pub const PONG: &str = "pong";
