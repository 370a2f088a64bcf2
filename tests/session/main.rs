//! The session core, told as scenarios and checked as a model. Native: no platform, no clock.
//!
//! | file | what it shows |
//! |---|---|
//! | `joining` | coming in, leaving, locking, banning, ending |
//! | `rooms` | making, changing and closing rooms; going in and out; being moved |
//! | `reading` | what one may read of a breakout room: by stays |
//! | `repeating` | commands that come again, after their actor may see less |
//! | `messages` | speaking, reading, retrying |
//! | `chat` | editing, taking back, answering, reacting, mentioning, writing to one person |
//! | `rounds` | opening and closing together, timers, countdowns, clocks that jump |
//! | `assignment` | who is assigned where, before and while rooms are open |
//! | `admission` | knocking, being invited, being moved at once |
//! | `guests` | people who are given a room before they arrive |
//! | `late_joiners` | people who come while rooms are open |
//! | `help` | asking for help and raising an alert |
//! | `standing` | as what somebody acts who left, was removed, or comes after the end |
//! | `muting` | who mutes whom where, and who lifts it |
//! | `after_the_end` | moderation of a session that is over |
//! | `safety` | mute, remove, ban, slow mode, what stays hidden |
//! | `facilitators` | keeping order in one room |
//! | `hosts` | several hosts at once, and handing over |
//! | `activity` | how lively rooms are |
//! | `debrief` | what happened, told from the journal |
//! | `unused` | when nobody has used a session |
//! | `permission_table` | who × command × state, completely |
//! | `model` | random sessions against a simple account of what should be so |
//! | `old_texts` | a session with texts from before there were rules for them |
//! | `restore` | snapshot + tail is the session, for random histories |

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod activity;
mod admission;
mod after_the_end;
mod assignment;
mod chat;
mod debrief;
mod facilitators;
mod guests;
mod help;
mod hosts;
mod joining;
mod late_joiners;
mod messages;
mod model;
mod muting;
mod old_texts;
mod permission_table;
mod reading;
mod repeating;
mod restore;
mod rooms;
mod rounds;
mod safety;
mod standing;
mod support;
mod unused;
