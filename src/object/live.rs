//! A session in memory: the state machine with its journal, sockets, polls and timers.
//!
//! Everything here runs without an `await`: a change is decided, applied, written and sent in one turn. If the
//! storage fails midway, the caller drops the whole and the next turn restores it from the journal.

use std::cell::RefCell;

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::{Nack, ServerFrame};
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;
use flagship_protocol::model::Snapshot;
use flagship_session::{ArchiveSchedule, Entry, Rejection, Said, Session, TimerTable};

use super::allowance::Allowance;
use super::cursors::Cursors;
use super::greeting::Greetings;
use super::journal::Journal;
use super::keys::Keys;
use super::listeners::Listeners;
use super::moves::{Moves, Parting};
use super::outbox::Outbox;
use super::pace::Pace;
use super::polls::Polls;
use super::presence::PresenceLog;
use super::roster::Roster;
use super::sockets::{ConnectionId, Sockets};
use super::typing::TypingLog;

/// What the one alarm stands for. What is due together is done in this order: people do not wait for the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A socket's token expires, or its grace ends.
    Expiry,
    /// A socket has not said `hello` in time.
    Hello,
    /// Somebody who polled asks no more.
    Lease,
    /// Sockets that nothing comes from are looked for.
    Silence,
    /// Something happens in the session by itself: a warning, a countdown, its end.
    Session,
    /// A batch for the archive is due.
    Archive,
    /// Nobody used the session: it is forgotten. The last, because nothing can be done after it.
    Unused,
}

/// A session in memory.
pub(super) struct Live {
    /// What is true.
    pub(super) session: Session,
    /// The durable record of it.
    pub(super) journal: Journal,
    /// Who is connected.
    pub(super) sockets: Sockets,
    /// Who waits over HTTP.
    pub(super) polls: Polls,
    /// Who follows over HTTP, and so counts as connected.
    pub(super) listeners: Listeners,
    /// The latest changes of who is connected.
    pub(super) presence_log: PresenceLog,
    /// The latest words of who is writing.
    pub(super) typing_log: TypingLog,
    /// How fast each participant may go.
    pub(super) pace: Pace,
    /// How far everybody has got with what is said.
    pub(super) cursors: Cursors,
    /// When the archive is written.
    pub(super) archive: ArchiveSchedule,
    /// What the alarm stands for.
    pub(super) timers: TimerTable<Timer>,
    /// What is about to go out.
    pub(super) outbox: Outbox,
    /// How much goes out at once.
    pub(super) allowance: Allowance,
    /// Who follows other streams since.
    pub(super) moves: Moves,
    /// What those who come at the same time are told in the same words.
    pub(super) roster: RefCell<Roster>,
    /// Who is closed once they have got what they are owed.
    pub(super) partings: Vec<Parting>,
    /// Who waits for a welcome.
    pub(super) greetings: Greetings,
    snapshot_rev: u64,
    /// Which commands were carried out.
    pub(super) keys: Keys,
    /// After how long without a word a socket that pings is gone, in milliseconds.
    pub(super) socket_lease_ms: u64,
    /// Until when the session is not forgotten, because somebody asked for it: milliseconds since the epoch.
    pub(super) visited_until: u64,
}

impl Live {
    /// The session that the journal holds; `None` if it holds none.
    pub(super) fn restore(
        journal: Journal,
        sockets: Sockets,
        archive_interval_ms: u64,
        socket_lease_ms: u64,
        seed: u64,
        now: u64,
    ) -> worker::Result<Option<Self>> {
        let snapshot = journal.snapshot()?;
        let snapshot_rev = snapshot.as_ref().map_or(0, |state| state.rev);
        let tail = journal.entries_after(snapshot_rev, u64::MAX)?;
        let Some(session) = Session::restore(snapshot, tail) else {
            return Ok(None);
        };
        let archive = ArchiveSchedule::new(archive_interval_ms, journal.archived()?, seed);
        let mut live = Self {
            sockets,
            archive,
            snapshot_rev,
            keys: Keys::default(),
            ..Self::begin(session, journal, archive_interval_ms, socket_lease_ms, seed, now)?
        };
        // Nothing waited when it went to sleep: everybody was told what they follow.
        live.sockets.follow_all(live.session.state());
        for connection in live.sockets.iter() {
            let attachment = connection.attachment();
            live.session.know_address(&attachment.actor);
            live.cursors.advance(&attachment.actor.id, &attachment.reached);
        }
        live.cursors.hush();
        live.schedule(now);
        Ok(Some(live))
    }

    /// A session that was just created, with its first entries still to be committed.
    pub(super) fn begin(
        session: Session,
        journal: Journal,
        archive_interval_ms: u64,
        socket_lease_ms: u64,
        seed: u64,
        now: u64,
    ) -> worker::Result<Self> {
        let listeners = Listeners::restore(journal.sql().clone(), now)?;
        let cursors = Cursors::restore(journal.sql().clone())?;
        Ok(Self {
            session,
            journal,
            sockets: Sockets::default(),
            polls: Polls::default(),
            listeners,
            presence_log: PresenceLog::new(now),
            typing_log: TypingLog::new(now),
            pace: Pace::new(true),
            cursors,
            archive: ArchiveSchedule::new(archive_interval_ms, 0, seed),
            timers: TimerTable::new(),
            outbox: Outbox::default(),
            allowance: Allowance::new(now),
            moves: Moves::default(),
            roster: RefCell::default(),
            partings: Vec::new(),
            greetings: Greetings::default(),
            snapshot_rev: 0,
            keys: Keys::begin(),
            socket_lease_ms,
            visited_until: 0,
        })
    }

    /// Writes entries, which the session has applied, and tells everybody. `by` is the connection that asked: gives
    /// whether it follows other streams by them, which its ack is to say.
    pub(super) fn commit(&mut self, entries: &[Entry], by: Option<ConnectionId>, now: u64) -> worker::Result<bool> {
        self.commit_with(entries, None, by, now)
    }

    /// [`Self::commit`], where a message is another one by them: it is `said` now.
    pub(super) fn commit_with(
        &mut self,
        entries: &[Entry],
        said: Option<&Said>,
        by: Option<ConnectionId>,
        now: u64,
    ) -> worker::Result<bool> {
        let written = self.journal.write(entries, said)?;
        for (entry, events) in entries.iter().zip(&written) {
            if !entry.events.is_empty() {
                self.outbox.push(&entry.stream, entry.from, events);
            }
        }
        let mut has_moved = false;
        for entry in entries {
            has_moved |= self.note_moves(entry, by);
        }
        for entry in entries {
            self.part(entry, by, now);
        }
        let state = self.session.state();
        if state.rev >= self.snapshot_rev + limits::SNAPSHOT_INTERVAL {
            self.journal.write_snapshot(state)?;
            self.snapshot_rev = state.rev;
            self.close_slow(now);
        }
        self.write_keys()?;
        self.schedule(now);
        Ok(has_moved)
    }

    /// Does what its time has come for in the session.
    pub(super) fn on_timeout(&mut self, now: u64) -> worker::Result<()> {
        let entries = self.session.handle_timeout(now);
        if entries.is_empty() {
            return Ok(());
        }
        self.commit(&entries, None, now)?;
        Ok(())
    }

    /// Sets the timers that follow from the state.
    pub(super) fn schedule(&mut self, now: u64) {
        if let Some(due) = self.archive.grown(self.session.state().rev, now) {
            self.timers.set(Timer::Archive, due);
        }
        match self.sockets.next_expiry() {
            Some(at) => self.timers.set(Timer::Expiry, at),
            None => self.timers.cancel(Timer::Expiry),
        }
        match self.sockets.first_silent() {
            Some((at, _)) => self.timers.set(Timer::Hello, at),
            None => self.timers.cancel(Timer::Hello),
        }
        match self.listeners.next_end() {
            Some(at) => self.timers.set(Timer::Lease, at),
            None => self.timers.cancel(Timer::Lease),
        }
        self.schedule_silence(now);
        match self.session.poll_timeout() {
            Some(at) => self.timers.set(Timer::Session, at),
            None => self.timers.cancel(Timer::Session),
        }
        self.schedule_forgetting();
    }

    /// Tells everybody that somebody came online or went.
    pub(super) fn announce_presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence_log.push(who, online);
        self.polls.wake(|_| true);
        self.outbox.presence(who, online);
    }

    /// The session as somebody sees it, but for what [`Self::complete`] adds.
    pub(super) fn snapshot(&self, viewer: &ParticipantId) -> worker::Result<Snapshot> {
        let state = self.session.state();
        Ok(Snapshot {
            session: state.info.clone(),
            participants: Vec::new(),
            rooms: Vec::new(),
            connected: Vec::new(),
            messages: Vec::new(),
            moderation: state.moderation(viewer),
            own: self.own(viewer)?,
        })
    }

    /// Closes the sockets of those who left or were banned. The one that asked to leave gets its ack first.
    fn part(&mut self, entry: &Entry, by: Option<ConnectionId>, now: u64) {
        for sequenced in &entry.events {
            let (who, code) = match &sequenced.event {
                Event::ParticipantLeft { participant_id } => (participant_id, CloseCode::Left),
                Event::ParticipantRemoved { participant_id } => (participant_id, CloseCode::Removed),
                Event::ParticipantBanned { participant_id } => (participant_id, CloseCode::Forbidden),
                _ => continue,
            };
            self.listeners.end(who, now);
            let open = self.sockets.of(who).map(|connection| connection.attachment().id);
            for id in open.filter(|id| Some(*id) != by).collect::<Vec<_>>() {
                // This close has many reasons: which it is, a frame says.
                if code == CloseCode::Forbidden {
                    let nack = Nack {
                        id: None,
                        error: Rejection::Banned.into(),
                    };
                    self.answer(id, &ServerFrame::Nack(nack), false);
                }
                self.hang_up(id, code, now);
            }
        }
    }
}
