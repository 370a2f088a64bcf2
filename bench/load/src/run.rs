//! One run: everybody comes in, then the phases of the plan, one after the other.

mod phases;

use std::error::Error;
use std::time::Duration;

use fastrand::Rng;

use crate::clock::{Clock, nanoseconds, seconds};
use crate::crowd::Crowd;
use crate::ledger::Ledger;
use crate::meter::{Reading, figures};
use crate::plan::Plan;
use crate::process::{Tree, own_cpu};
use crate::report::{Figures, Joining, Report};
use crate::tally::{Latencies, Tally, latencies, record};

/// Everybody must be there within this.
const JOINING_NS: u64 = 120_000_000_000;

/// Nothing more comes once nothing came for this long …
const QUIET_NS: u64 = 150_000_000;

/// … or, while deliveries are missing, for this long: then they are lost.
const LOST_NS: u64 = 10_000_000_000;

/// Longest wait for what is missing: a server that never stops must not stop the bench.
const DRAIN_NS: u64 = 60_000_000_000;

/// Longest single wait.
const TURN_NS: u64 = 50_000_000;

/// How messages are sent.
#[derive(Clone, Copy)]
enum Pace {
    /// So many a second, by chance; the next is due at `next`.
    Open { rate: f64, next: u64 },
    /// Another for each that is settled.
    Closed,
    /// No more.
    Stopped,
}

/// A run under way.
struct Run<'a> {
    plan: &'a Plan,
    clock: Clock,
    crowd: Crowd<'a>,
    ledger: Ledger,
    chance: Rng,
    server: Tree,
    pace: Pace,
    slip: Latencies,
    /// Connections whose message was settled and that have not gone on.
    settled: Vec<usize>,
    memory: u64,
}

/// Does what the plan says.
pub fn run(plan: &Plan) -> Result<Report, Box<dyn Error>> {
    let clock = Clock::new();
    let crowd = Crowd::new(plan, clock)?;
    let ledger = Ledger::new(plan, crowd.acknowledges());
    let mut run = Run {
        plan,
        clock,
        ledger,
        crowd,
        chance: Rng::with_seed(plan.seed),
        server: Tree::of(plan.server),
        pace: Pace::Stopped,
        slip: latencies(),
        settled: vec![],
        memory: 0,
    };
    let joining = run.join()?;
    let mut figures: Vec<Figures> = vec![];
    for phase in &plan.phases {
        run.phase(phase, &mut figures)?;
    }
    Ok(Report {
        joining,
        figures,
        lost: run.crowd.lost,
        memory: run.memory,
    })
}

impl Run<'_> {
    fn join(&mut self) -> Result<Joining, Box<dyn Error>> {
        let people = self.plan.connections.len();
        let before = self.server.usage();
        let begin = self.clock.now();
        loop {
            let has_begun = self.crowd.invite()?;
            if has_begun && self.crowd.joined + self.crowd.lost == people {
                break;
            }
            if self.clock.now() > begin + JOINING_NS {
                return Err(format!("only {} of {people} connections came in", self.crowd.joined).into());
            }
            self.turn(TURN_NS)?;
        }
        if self.crowd.lost > 0 {
            return Err(format!("{} of {people} connections were turned away", self.crowd.lost).into());
        }
        let joined = self.clock.now();
        self.wait_for_quiet(QUIET_NS)?;
        let after = self.server.usage();
        self.memory = after.memory;
        Ok(Joining {
            seconds: seconds(joined - begin),
            settled_seconds: seconds(self.crowd.last_received.max(joined) - begin),
            server_cpu: after.cpu - before.cpu,
            bytes_per_connection: self.crowd.received.bytes as f64 / people as f64,
            memory_per_connection: (after.memory as f64 - before.memory as f64) / people as f64,
        })
    }

    /// Measures, stops sending, and waits for what is still under way.
    fn measure(&mut self, name: &str, length: f64) -> Result<Figures, Box<dyn Error>> {
        let begin = self.clock.now();
        let end = begin + nanoseconds(length);
        self.ledger.tally = Tally::new(begin..end);
        self.slip.reset();
        let before = self.reading();
        self.drive_until(end)?;
        let after = self.reading();
        self.pace = Pace::Stopped;
        self.memory = self.memory.max(self.server.usage().memory);
        self.wait_for_quiet(LOST_NS)?;
        self.settled.clear();
        self.ledger.outstanding = 0;
        Ok(figures(name, &before, &after, &self.ledger.tally, &self.slip))
    }

    fn drive_for(&mut self, seconds: f64) -> Result<(), Box<dyn Error>> {
        self.drive_until(self.clock.now() + nanoseconds(seconds))
    }

    fn drive_until(&mut self, end: u64) -> Result<(), Box<dyn Error>> {
        loop {
            let now = self.clock.now();
            if now >= end {
                return Ok(());
            }
            let due = self.send_what_is_due(now).unwrap_or(end).min(end);
            self.turn(due.saturating_sub(self.clock.now()).min(TURN_NS))?;
        }
    }

    /// Gives when the next is due, if that is known.
    fn send_what_is_due(&mut self, now: u64) -> Option<u64> {
        match self.pace {
            Pace::Open { rate, mut next } => {
                while next <= now {
                    record(&mut self.slip, self.clock.now().saturating_sub(next));
                    self.send_by_chance(next);
                    // Time between arrivals that know nothing of each other: exponentially distributed.
                    next += nanoseconds(-(1.0 - self.chance.f64()).ln() / rate);
                }
                self.pace = Pace::Open { rate, next };
                Some(next)
            }
            Pace::Closed => {
                for sender in std::mem::take(&mut self.settled) {
                    self.send(sender, now);
                }
                None
            }
            Pace::Stopped => None,
        }
    }

    fn send_by_chance(&mut self, due: u64) {
        let room = self.chance.usize(..self.ledger.rooms());
        let members = self.ledger.members(room);
        let sender = members[self.chance.usize(..members.len())];
        self.send(sender, due);
    }

    fn send(&mut self, sender: usize, due: u64) {
        let room = usize::from(self.plan.connections[sender].room);
        let id = self.ledger.send(room, sender, due);
        self.crowd.send(sender, id);
    }

    fn turn(&mut self, timeout: u64) -> Result<(), Box<dyn Error>> {
        let Self {
            crowd, ledger, settled, ..
        } = self;
        crowd.turn(Duration::from_nanos(timeout), |connection, now, heard| {
            settled.extend(ledger.hear(connection, now, heard));
        })?;
        Ok(())
    }

    /// Waits until all is delivered and nothing has come for a moment, or for `lost` while something is missing.
    fn wait_for_quiet(&mut self, lost: u64) -> Result<(), Box<dyn Error>> {
        let begin = self.clock.now();
        loop {
            let now = self.clock.now();
            let patience = if self.ledger.outstanding == 0 { QUIET_NS } else { lost };
            if now > self.crowd.last_received.max(begin) + patience || now > begin + DRAIN_NS {
                return Ok(());
            }
            self.turn(TURN_NS)?;
        }
    }

    fn reading(&self) -> Reading {
        Reading {
            at: self.clock.now(),
            server_cpu: self.server.usage().cpu,
            own_cpu: own_cpu(),
            received: self.crowd.received,
            deliveries: self.ledger.deliveries,
            settlements: self.ledger.settlements,
        }
    }
}
