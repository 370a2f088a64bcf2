//! What was measured, as the bench reads it: JSON on the standard output.

use serde::Serialize;

use crate::tally::Latencies;

/// One run against one server.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How they came in.
    pub joining: Joining,
    /// A set of figures for each phase, and for each rung of a ladder, in order.
    pub figures: Vec<Figures>,
    /// Connections that the server cut off.
    pub lost: usize,
    /// Most resident memory of the server's process tree that was seen, in bytes.
    pub memory: u64,
}

/// How everybody came in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Joining {
    /// Seconds from the first handshake until the last was there.
    pub seconds: f64,
    /// Seconds from the first handshake until nothing more was told about it.
    pub settled_seconds: f64,
    /// CPU seconds of the server's process tree.
    pub server_cpu: f64,
    /// Bytes that each connection received, on average.
    pub bytes_per_connection: f64,
    /// Resident memory that the server grew by for each connection, in bytes.
    pub memory_per_connection: f64,
}

/// One stretch of load.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Which phase; `rung` for those of a ladder.
    pub name: String,
    /// Messages a second that were due, in an open loop.
    pub offered: Option<f64>,
    /// Seconds measured.
    pub seconds: f64,
    /// Messages that were due in them.
    pub messages: u64,
    /// How often these should have been heard.
    pub expected: u64,
    /// How often they were, whenever.
    pub delivered: u64,
    /// How often one was heard again.
    pub doubled: u64,
    /// How often one was heard after a later one of its sender.
    pub reordered: u64,
    /// Messages refused.
    pub refused: u64,
    /// Messages settled a second: acknowledged, or back at their sender where nothing is acknowledged.
    pub messages_per_second: f64,
    /// Deliveries a second.
    pub deliveries_per_second: f64,
    /// From when a message was due until each of its deliveries.
    pub latency: Percentiles,
    /// From when a message was due until it was settled.
    pub settlement: Percentiles,
    /// How late the generator itself sent what was due.
    pub slip: Percentiles,
    /// CPU seconds of the server's process tree for a million deliveries; none without deliveries.
    pub server_cpu_per_million: Option<f64>,
    /// CPU seconds of the server's process tree a second.
    pub server_cpu_share: f64,
    /// CPU seconds of the generator a second: at 1 it measures itself.
    pub generator_cpu_share: f64,
    /// Bytes received for a delivery, with everything else that was sent meanwhile.
    pub bytes_per_delivery: Option<f64>,
    /// Frames received for a delivery, likewise.
    pub frames_per_delivery: Option<f64>,
    /// In a ladder: whether the server kept up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_up: Option<bool>,
}

/// In milliseconds; all `None` where nothing was measured.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Percentiles {
    /// Half are within this.
    pub p50: Option<f64>,
    /// 99 of 100 are.
    pub p99: Option<f64>,
    /// 999 of 1,000 are.
    pub p999: Option<f64>,
    /// All are.
    pub max: Option<f64>,
}

impl Percentiles {
    /// Of a histogram of microseconds.
    pub fn of(latencies: &Latencies) -> Self {
        let milliseconds = |microseconds: u64| (!latencies.is_empty()).then_some(microseconds as f64 / 1e3);
        let at = |quantile: f64| milliseconds(latencies.value_at_quantile(quantile));
        Self {
            p50: at(0.5),
            p99: at(0.99),
            p999: at(0.999),
            max: milliseconds(latencies.max()),
        }
    }
}
