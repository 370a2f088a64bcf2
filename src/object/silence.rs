//! Sockets whose other end has gone without a close: a phone in a tunnel, a laptop shut.
//!
//! Nothing says so, and what is sent to them is lost on the way. A client that pings, the SDK's among them, goes on
//! pinging; the platform answers and remembers when, while the object sleeps. Whoever has pinged and then is not heard
//! for a lease is gone. It is looked after at times that follow from the clock alone, so that neither commands nor
//! evictions put them off.

use flagship_protocol::close::CloseCode;
use worker::WebSocket;

use super::live::{Live, Timer};
use super::sockets::ConnectionId;

impl Live {
    /// Sees to it that silent sockets are looked for, as long as there are any sockets.
    pub(super) fn schedule_silence(&mut self, now: u64) {
        if self.sockets.len() == 0 {
            self.timers.cancel(Timer::Silence);
        } else {
            self.timers
                .set_no_later(Timer::Silence, next_look(now, self.socket_lease_ms));
        }
    }

    /// Closes those that have pinged and were not heard since for longer than a lease. `pinged_at` says when one pinged
    /// last. One that was taken for gone in error connects again, and resumes.
    pub(super) fn close_silent(&mut self, pinged_at: impl Fn(&WebSocket) -> Option<u64>, now: u64) {
        let silent: Vec<ConnectionId> = self
            .sockets
            .iter()
            .filter(|connection| {
                let pinged = pinged_at(connection.socket());
                pinged.is_some_and(|at| now.saturating_sub(at.max(connection.heard_at())) >= self.socket_lease_ms)
            })
            .map(|connection| connection.attachment().id)
            .collect();
        for id in silent {
            self.hang_up(id, CloseCode::TooSlow, now);
        }
    }
}

/// The first multiple of a lease after now.
fn next_look(now: u64, lease_ms: u64) -> u64 {
    let lease_ms = lease_ms.max(1);
    (now / lease_ms).saturating_add(1).saturating_mul(lease_ms)
}

#[cfg(test)]
mod tests {
    use super::next_look;

    #[test]
    fn looks_come_at_the_same_times_whatever_happens_between() {
        assert_eq!(next_look(0, 100), 100);
        assert_eq!(next_look(99, 100), 100);
        assert_eq!(next_look(100, 100), 200);
        assert_eq!(next_look(5, 0), 6);
    }
}
