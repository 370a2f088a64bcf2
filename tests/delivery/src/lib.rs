//! Proves delivery from what clients recorded: what they sent, what they were told, what they saw.
//!
//! [`check`] takes [`Record`]s in the order in which they were made and gives a [`Verdict`]: counts, and every
//! [`Breach`]. It knows nothing of Flagship's code, so that any system with ordered streams can be judged by it.
//!
//! What it proves:
//! - every acknowledged message is in the view of everyone entitled to it, once ([`Breach::Lost`],
//!   [`Breach::Doubled`]);
//! - a stream has one order, the same for all and without gaps ([`Breach::Reordered`], [`Breach::Gap`],
//!   [`Breach::Split`], [`Breach::OutOfOrder`]);
//! - nothing is invented ([`Breach::Phantom`], [`Breach::Changed`]), and nobody sees what is not for them
//!   ([`Breach::Leaked`]);
//! - a refusal changed nothing ([`Breach::RefusedYetSeen`]), and each attempt has one answer
//!   ([`Breach::AnsweredTwice`]);
//! - an acknowledgement agrees with its repeats and with what was seen ([`Breach::AcksDiffer`], [`Breach::Split`]);
//! - every send was settled ([`Breach::Unsettled`]).
//!
//! A message that was sent and never acknowledged may be seen or not; if anybody sees it, its place and content are
//! held against all others.
//!
//! # Recordings
//!
//! A recording is a file with one JSON object a line: a [`Record`], tagged by `type`. Unknown fields are ignored, so
//! that a recorder may add times or notes. One recording is one session; the lines of one client are in the order in
//! which things happened to it, and clients may be interleaved in any way.
//!
//! ```text
//! {"type":"client","client":"bo-2","participant":"bo"}
//! {"type":"entitled","client":"bo-2","stream":"room:main"}
//! {"type":"entitled","client":"bo-2","stream":"room:r3","after":4,"until":9}
//! {"type":"sent","client":"bo-2","commandId":"k-1","content":"hello","streams":["room:main"]}
//! {"type":"acked","client":"bo-2","commandId":"k-1","rev":17,"duplicate":false,
//!  "message":{"id":"m17","stream":"room:main","seq":4,"content":"hello"}}
//! {"type":"refused","client":"bo-2","commandId":"k-2","code":"room_full"}
//! {"type":"failed","client":"bo-2","commandId":"k-2","reason":"room_full"}
//! {"type":"followed","client":"bo-2","stream":"room:main","after":3}
//! {"type":"saw","client":"bo-2","stream":"room:main","seq":4,"by":"event",
//!  "message":{"id":"m17","senderId":"bo","commandId":"k-1","content":"hello"}}
//! {"type":"unfollowed","client":"bo-2","stream":"room:main"}
//! {"type":"restarted","client":"bo-2"}
//! ```
//!
//! `cargo run -p flagship-delivery -- FILE…` checks recordings (`-` is the standard input), prints the verdict of
//! each, and exits with 1 if there is a breach and with 2 if a recording cannot be read.

mod breach;
mod check;
mod claims;
mod record;
mod verdict;
mod view;

pub use breach::Breach;
pub use check::check;
pub use record::{Message, Placed, Record, Source, Unreadable, read, write};
pub use verdict::{Counts, Verdict};
