//! What happened in runs, so that one sees that they met what they are for.

use std::fmt;
use std::ops::AddAssign;

use flagship_protocol::frames::ServerFrame;

macro_rules! stats {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// Counts of what happened.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Stats {
            $($(#[$meta])* pub $name: u64,)*
        }

        impl Stats {
            /// Every count, by name.
            pub fn all(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }

        impl AddAssign for Stats {
            fn add_assign(&mut self, other: Self) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

stats! {
    /// Runs.
    runs,
    /// Entries of journals.
    entries,
    /// Times the process was killed.
    kills,
    /// Times the object was put to sleep.
    hibernations,
    /// Writes that became durable.
    writes,
    /// Alarms that rang.
    alarms,
    /// Handshakes.
    connections,
    /// Connections that were cut.
    cuts,
    /// Connections that became slow.
    slow,
    /// Times somebody got no socket for a while.
    blocks,
    /// Pages that were reloaded.
    reloads,
    /// Steps of the server's clock.
    clock_steps,
    /// HTTP requests.
    requests,
    /// Requests and answers that were lost.
    lost,
    /// Requests that arrived twice.
    doubled,
    /// Batches for the archive.
    batches,
    /// Batches that failed before they were written.
    archive_failures_before,
    /// Batches that failed after they were written.
    archive_failures_after,
    /// Welcomes that resumed.
    resumes,
    /// Welcomes with a snapshot.
    fresh_starts,
    /// Notices that what somebody follows has changed.
    moves,
    /// Commands that were sent, each counted once.
    commands,
    /// Commands that were acknowledged.
    acked,
    /// Answers that said `duplicate`.
    duplicates,
    /// Refusals.
    refused,
    /// Commands that were given up.
    failed,
    /// Messages that somebody had to have.
    expected,
    /// Those of them that they had.
    delivered,
}

impl Stats {
    /// Counts a frame.
    pub(crate) fn see(&mut self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Welcome(welcome) if welcome.resumed => self.resumes += 1,
            ServerFrame::Welcome(_) => self.fresh_starts += 1,
            ServerFrame::Notice(_) => self.moves += 1,
            _ => {}
        }
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<String> = self
            .all()
            .iter()
            .map(|(name, count)| format!("{count} {}", name.replace('_', " ")))
            .collect();
        f.write_str(&counts.join(", "))
    }
}
