//! The load generator of the bench, and the floor that proves its headroom.
//!
//! One process and one thread: what is sent and what is received is stamped on one clock, and its own CPU time is
//! one number.

pub mod clock;
pub mod content;
pub mod crowd;
pub mod frame;
pub mod ledger;
pub mod meter;
pub mod plan;
pub mod poller;
pub mod process;
pub mod protocol;
pub mod report;
pub mod run;
pub mod socket;
pub mod tally;
