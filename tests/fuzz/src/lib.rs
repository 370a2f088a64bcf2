//! Targets for a fuzzer: each takes any bytes, as a client could send them, and panics if something is wrong.
//!
//! - [`frames`]: what comes over a socket is read or refused, never anything else;
//! - [`session`]: commands of several people on a real session, with time, snapshots and restarts between them;
//! - [`bodies`]: what comes with a request, a CSV list and a proposal of groups among it.
//!
//! `tests/corpus.rs` goes through the corpus with each `cargo test`; `libfuzzer/` looks for more.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a target reports what it found by panicking"
)]

mod bodies;
mod frames;
mod session;
#[path = "../../session/support.rs"]
#[allow(dead_code, reason = "the session's own tests use the rest of it")]
mod support;

pub use bodies::bodies;
pub use frames::frames;
pub use session::session;

/// Longer input only slows the search down: every limit that is longer has its own test.
const LONGEST: usize = 16 * 1024;

/// A target by its name.
#[must_use]
pub fn target(name: &str) -> Option<fn(&[u8])> {
    match name {
        "frames" => Some(frames),
        "session" => Some(session),
        "bodies" => Some(bodies),
        _ => None,
    }
}

/// The input as a text, as a socket or a request would give it.
fn text(data: &[u8]) -> Option<&str> {
    (data.len() <= LONGEST).then_some(data)?;
    std::str::from_utf8(data).ok()
}
