//! What stands on the meters at one moment, and what a stretch between two moments comes to.

use crate::clock::seconds;
use crate::crowd::Received;
use crate::report::{Figures, Percentiles};
use crate::tally::{Latencies, Tally};

/// What stands on the meters at one moment.
pub struct Reading {
    /// When, by the clock.
    pub at: u64,
    /// CPU seconds of the server's process tree.
    pub server_cpu: f64,
    /// CPU seconds of the generator.
    pub own_cpu: f64,
    /// What came in.
    pub received: Received,
    /// Messages delivered.
    pub deliveries: u64,
    /// Messages settled.
    pub settlements: u64,
}

/// The figures of the stretch between two readings.
pub fn figures(name: &str, before: &Reading, after: &Reading, tally: &Tally, slip: &Latencies) -> Figures {
    let time = seconds(after.at - before.at);
    let deliveries = (after.deliveries - before.deliveries) as f64;
    let per_delivery = |amount: f64| (deliveries > 0.0).then_some(amount / deliveries);
    let server_cpu = after.server_cpu - before.server_cpu;
    Figures {
        name: name.to_owned(),
        offered: None,
        seconds: time,
        messages: tally.messages,
        expected: tally.expected,
        delivered: tally.delivered,
        doubled: tally.doubled,
        reordered: tally.reordered,
        refused: tally.refused,
        messages_per_second: (after.settlements - before.settlements) as f64 / time,
        deliveries_per_second: deliveries / time,
        latency: Percentiles::of(&tally.latencies),
        settlement: Percentiles::of(&tally.settlements),
        slip: Percentiles::of(slip),
        server_cpu_per_million: per_delivery(server_cpu * 1e6),
        server_cpu_share: server_cpu / time,
        generator_cpu_share: (after.own_cpu - before.own_cpu) / time,
        bytes_per_delivery: per_delivery((after.received.bytes - before.received.bytes) as f64),
        frames_per_delivery: per_delivery((after.received.frames - before.received.frames) as f64),
        kept_up: None,
    }
}
