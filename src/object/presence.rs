//! Who is connected, by a socket or by a lease, and telling it.
//!
//! Presence is in no stream: sockets are told as it changes, and who polls is told what changed since their cursor.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use flagship_protocol::frames::Presence;
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;

use super::live::Live;

/// Changes that are kept for those who poll. Whoever missed more is told the whole.
const CHANGES: usize = 256;

/// The latest changes of presence, numbered. In memory only: the numbers begin at the time of the wake, so that
/// none of before is taken for one of after.
pub(super) struct PresenceLog {
    version: u64,
    latest: VecDeque<(ParticipantId, bool)>,
}

impl PresenceLog {
    /// No changes, from `now` on.
    pub(super) fn new(now: u64) -> Self {
        Self {
            version: now,
            latest: VecDeque::new(),
        }
    }

    /// The number of the last change.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Somebody came online or went.
    pub(super) fn push(&mut self, who: &ParticipantId, online: bool) {
        self.version += 1;
        self.latest.push_back((who.clone(), online));
        if self.latest.len() > CHANGES {
            self.latest.pop_front();
        }
    }

    /// What changed since a version, by participant; `None` if that is not known any more.
    fn since(&self, version: u64) -> Option<BTreeMap<&ParticipantId, bool>> {
        let missed = usize::try_from(self.version.checked_sub(version)?).ok()?;
        let first = self.latest.len().checked_sub(missed)?;
        Some(
            self.latest
                .iter()
                .skip(first)
                .map(|(who, online)| (who, *online))
                .collect(),
        )
    }
}

impl Live {
    /// Everyone with a socket that said `hello`, or with a lease.
    pub(super) fn connected(&self) -> BTreeSet<&ParticipantId> {
        let mut connected = self.sockets.connected();
        connected.extend(self.listeners.iter());
        connected
    }

    /// Whether somebody has a socket that said `hello`, or a lease.
    pub(super) fn is_connected(&self, who: &ParticipantId) -> bool {
        self.sockets.is_connected(who) || self.listeners.contains(who)
    }

    /// Everyone who is in the session, by whether they are connected.
    pub(super) fn presence(&self) -> Presence {
        let online = self.connected();
        let everyone = self.session.state().members.keys().cloned();
        let (connected, disconnected) = everyone.partition(|id| online.contains(id));
        Presence {
            connected,
            disconnected,
        }
    }

    /// What changed since a version, or the whole; `None` if nothing did.
    pub(super) fn presence_since(&self, version: u64) -> Option<Presence> {
        let Some(changes) = self.presence_log.since(version) else {
            return Some(self.presence());
        };
        let (connected, disconnected): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, online)| *online);
        let ids = |changes: Vec<(&ParticipantId, bool)>| changes.into_iter().map(|(who, _)| who.clone()).collect();
        let presence = Presence {
            connected: ids(connected),
            disconnected: ids(disconnected),
        };
        (!presence.connected.is_empty() || !presence.disconnected.is_empty()).then_some(presence)
    }

    /// Tells every socket who is connected, the whole of it: what changed while nothing was in memory was not told.
    pub(super) fn tell_presence(&self) {
        let frame = self.presence_frame();
        self.sockets.ready().for_each(|connection| connection.send(&frame));
    }

    /// Somebody listens over HTTP, and counts as connected until then and a little longer.
    pub(super) fn listen(&mut self, who: &ParticipantId, until: u64, now: u64) -> worker::Result<()> {
        let was_connected = self.is_connected(who);
        self.listeners.renew(who, until + limits::LISTENER_LEASE_MS)?;
        if !was_connected {
            self.announce_presence(who, true);
        }
        self.schedule(now);
        Ok(())
    }

    /// Tells of those whose leases have run out.
    pub(super) fn on_lease_end(&mut self, now: u64) -> worker::Result<()> {
        // Together: a lease that has ended without a word to anybody would leave its holder connected for ever.
        let journal = &self.journal;
        for who in journal.together(|_| self.listeners.take_ended(now))? {
            self.keep_cursor(&who);
            self.polls.forget(&who);
            if !self.is_connected(&who) {
                self.announce_presence(&who, false);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(log: &PresenceLog, version: u64) -> Option<Vec<(String, bool)>> {
        let changes = log.since(version)?;
        Some(
            changes
                .into_iter()
                .map(|(who, online)| (who.to_string(), online))
                .collect(),
        )
    }

    #[test]
    fn tells_each_change_once_and_the_last_word_of_several() {
        let mut log = PresenceLog::new(1_000);
        let (ada, grace) = ("ada".parse().unwrap(), "grace".parse().unwrap());
        let seen = log.version();
        assert_eq!(since(&log, seen), Some(vec![]));
        log.push(&ada, true);
        log.push(&grace, true);
        log.push(&ada, false);
        let expected = vec![("ada".to_owned(), false), ("grace".to_owned(), true)];
        assert_eq!(since(&log, seen), Some(expected));
        assert_eq!(since(&log, log.version() - 1), Some(vec![("ada".to_owned(), false)]));
        assert_eq!(since(&log, log.version()), Some(vec![]));
    }

    #[test]
    fn does_not_pretend_to_know_what_it_forgot() {
        let mut log = PresenceLog::new(1_000);
        assert_eq!(since(&log, 999), None, "of before the wake");
        assert_eq!(since(&log, 1_001), None, "of another object's future");
        for _ in 0..=CHANGES {
            log.push(&"ada".parse().unwrap(), true);
        }
        assert_eq!(since(&log, 1_000), None);
        assert!(since(&log, 1_001).is_some());
    }
}
