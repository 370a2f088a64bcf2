//! A whole session in one process, with faults: the real session core, a model of the object around it, of its
//! journal and archive, and of the clients, under one seeded scheduler.
//!
//! [`run`] plays one seed to its end: people talk and walk about while connections are cut, slowed, doubled and
//! silenced, the object sleeps and is killed between any two effects, the archive fails before and after it has
//! written, and the server's clock jumps. Then everything heals and comes to rest, and this must hold:
//!
//! - the [delivery checker](flagship_delivery) finds nothing in what the clients recorded;
//! - each socket got contiguous events from where it was told, and nothing live before the missed;
//! - every send has an outcome, and what was acknowledged is in the journal once, where the ack said;
//! - what a client sees of session, people, rooms and messages is what a newcomer would be told;
//! - the journal has no gaps and gives the state, from its beginning and from its snapshot;
//! - the archive is what the journal says, and history reads the same across both;
//! - no timer is overdue.
//!
//! A run depends on its seed alone: the same seed on the same code gives the same run, on any machine.
//! [`Mutation`] plants bugs, to see that each of them is found.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking: the caller of `run` reports a panic with the seed"
)]

mod agenda;
mod chance;
mod client;
mod faults;
mod judge;
mod mutation;
mod network;
mod people;
mod server;
mod stats;
mod visits;
mod wire;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use mutation::Mutation;
pub use stats::Stats;

use world::World;

/// How a run went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What happened in it.
    pub stats: Stats,
    /// What does not hold. Empty if all does.
    pub failures: Vec<String>,
    /// What the clients recorded, for the delivery checker.
    pub records: Vec<flagship_delivery::Record>,
}

/// Plays one seed. `trace` prints what happens, a line each with the time in milliseconds.
pub fn run(seed: u64, mutation: Option<Mutation>, trace: bool) -> Outcome {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(seed, mutation, trace);
        world.run();
        if world.failures.is_empty() {
            judge::judge(&mut world);
        }
        world.stats.runs = 1;
        Outcome {
            stats: world.stats,
            failures: world.failures,
            records: world.records,
        }
    }));
    played.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        Outcome {
            stats: Stats::default(),
            failures: vec![format!("panicked: {}", said.unwrap_or("no message"))],
            records: Vec::new(),
        }
    })
}
