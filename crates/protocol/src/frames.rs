//! The envelopes: what goes over the socket in both directions. The long poll carries the same server frames.

mod client;
mod server;

use std::collections::BTreeMap;

use crate::ids::StreamId;

pub use client::{Auth, BadFrame, ClientFrame, CommandFrame, Cursor, Hello, Resume, Typing, decode_message, too_large};
pub use server::{
    Ack, CommandResult, DirectTyping, Events, Nack, Notice, Presence, ReadPositions, Receipts, ServerFrame,
    TypingNotice, Welcome,
};

/// A `seq` for each of some streams.
pub type Positions = BTreeMap<StreamId, u64>;
