//! The session core, told as scenarios and checked as a model. Native: no platform, no clock.
//!
//! | file | what it shows |
//! |---|---|
//! | `joining` | coming in, leaving, locking, banning, ending |
//! | `rooms` | making, changing and closing rooms; going in and out; being moved |
//! | `messages` | speaking, reading, retrying |
//! | `rounds` | opening and closing together, timers, countdowns, clocks that jump |
//! | `assignment` | who is assigned where, before and while rooms are open |
//! | `debrief` | what happened, told from the journal |
//! | `permission_table` | who × command × state, completely |
//! | `restore` | snapshot + tail is the session, for random histories |

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod assignment;
mod debrief;
mod joining;
mod messages;
mod permission_table;
mod restore;
mod rooms;
mod rounds;
mod support;
