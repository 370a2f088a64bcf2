//! Every type on the wire, as it looks there. A changed snapshot is a changed contract: outside clients are
//! written against it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod codes;
mod commands;
mod events;
mod frames;
mod http;
mod samples;
