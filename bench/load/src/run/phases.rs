//! The phases of a plan, each as the load that it stands for.

use std::error::Error;

use super::{Pace, Run};
use crate::clock::nanoseconds;
use crate::plan::Phase;
use crate::report::Figures;

/// A warm-up that waits for messages takes so many times its seconds at most.
const LONGEST_WARM_UP: f64 = 3.0;

impl Run<'_> {
    /// Carries out a phase, and adds its figures.
    pub(super) fn phase(&mut self, phase: &Phase, figures: &mut Vec<Figures>) -> Result<(), Box<dyn Error>> {
        match phase {
            Phase::Open {
                name,
                rate,
                warm_up,
                seconds,
            } => {
                figures.push(self.open(name, *rate, *warm_up, *seconds)?);
            }
            Phase::Closed {
                name,
                under_way,
                warm_up,
                warm_up_messages,
                seconds,
            } => {
                self.begin_closed(*under_way);
                let settled = self.ledger.settlements + warm_up_messages;
                let latest = self.clock.now() + nanoseconds(LONGEST_WARM_UP * warm_up);
                self.drive_for(*warm_up)?;
                while self.ledger.settlements < settled && self.clock.now() < latest {
                    self.drive_for(*warm_up)?;
                }
                figures.push(self.measure(name, *seconds)?);
            }
            Phase::Ladder {
                shares,
                p99_ms,
                arrived,
                warm_up,
                seconds,
            } => {
                let capacity = figures.iter().rfind(|figures| figures.offered.is_none());
                let capacity = capacity
                    .ok_or("a ladder needs a closed loop before it")?
                    .messages_per_second;
                for share in shares {
                    // Once more, if it did not: a moment's disturbance is not the server's limit.
                    let mut kept_up = false;
                    for _ in 0..2 {
                        let mut rung = self.open("rung", capacity * share, *warm_up, *seconds)?;
                        let due = rung.expected as f64 / seconds;
                        kept_up = rung.deliveries_per_second >= arrived * due
                            && rung.delivered == rung.expected
                            && rung.latency.p99.is_some_and(|p99| p99 <= *p99_ms);
                        rung.kept_up = Some(kept_up);
                        figures.push(rung);
                        if kept_up {
                            break;
                        }
                    }
                    if !kept_up {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &str, rate: f64, warm_up: f64, seconds: f64) -> Result<Figures, Box<dyn Error>> {
        let next = self.clock.now();
        self.pace = Pace::Open { rate, next };
        self.drive_for(warm_up)?;
        let mut figures = self.measure(name, seconds)?;
        figures.offered = Some(rate);
        Ok(figures)
    }

    /// Puts messages under way in every room, each from a member of its own as far as there are enough.
    fn begin_closed(&mut self, under_way: usize) {
        self.pace = Pace::Closed;
        let rooms = self.ledger.rooms();
        for room in 0..rooms {
            let members = self.ledger.members(room);
            let senders: Vec<usize> = members
                .iter()
                .copied()
                .cycle()
                .take((under_way / rooms).max(1))
                .collect();
            self.settled.extend(senders);
        }
    }
}
