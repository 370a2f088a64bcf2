//! What is counted in one stretch of time.

use std::ops::Range;

use hdrhistogram::Histogram;

/// Longest latency that is told apart, in microseconds.
const LONGEST_MICROSECONDS: u64 = 120_000_000;

/// A histogram of microseconds, to three significant digits.
pub type Latencies = Histogram<u64>;

/// No latencies.
pub fn latencies() -> Latencies {
    Latencies::new_with_bounds(1, LONGEST_MICROSECONDS, 3).expect("the bounds are in order")
}

/// Nanoseconds into a histogram.
pub fn record(latencies: &mut Latencies, nanoseconds: u64) {
    latencies.saturating_record((nanoseconds / 1_000).max(1));
}

/// What is counted in one stretch of time.
#[derive(Debug)]
pub struct Tally {
    /// When it began and ends, by the clock.
    pub time: Range<u64>,
    /// Messages that were due within the time.
    pub messages: u64,
    /// … and how often they should be heard.
    pub expected: u64,
    /// … and were, whenever.
    pub delivered: u64,
    /// Heard again.
    pub doubled: u64,
    /// Heard after a later one of the same sender.
    pub reordered: u64,
    /// Refused.
    pub refused: u64,
    /// From when a message was due until it was heard.
    pub latencies: Latencies,
    /// From when a message was due until it was settled.
    pub settlements: Latencies,
}

impl Tally {
    /// Nothing yet.
    pub fn new(time: Range<u64>) -> Self {
        Self {
            time,
            messages: 0,
            expected: 0,
            delivered: 0,
            doubled: 0,
            reordered: 0,
            refused: 0,
            latencies: latencies(),
            settlements: latencies(),
        }
    }
}
