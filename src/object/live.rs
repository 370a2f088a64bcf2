//! A session in memory: the state machine with its journal, sockets, polls and timers.
//!
//! Everything here runs without an `await`: a change is decided, applied, written and sent in one turn. If the
//! storage fails midway, the caller drops the whole and the next turn restores it from the journal.

use std::collections::BTreeMap;

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::{Nack, Notice, Positions, ServerFrame};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{Message, Snapshot};
use flagship_protocol::moderation::Moderation;
use flagship_session::{ArchiveSchedule, Entry, Rejection, Session, TimerTable};

use super::cursors::Cursors;
use super::greeting::Greetings;
use super::journal::Journal;
use super::listeners::Listeners;
use super::outbox::Outbox;
use super::pace::Pace;
use super::polls::Polls;
use super::presence::PresenceLog;
use super::sockets::{ConnectionId, Sockets};

/// What the one alarm stands for. What is due together is done in this order: people do not wait for the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A socket's token expires, or its grace ends.
    Expiry,
    /// Somebody who polled asks no more.
    Lease,
    /// Something happens in the session by itself: a warning, a countdown, its end.
    Session,
    /// A batch for the archive is due.
    Archive,
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
    /// How fast each participant may go.
    pub(super) pace: Pace,
    /// How far everybody has got with what is said.
    pub(super) cursors: Cursors,
    /// When the archive is written.
    pub(super) archive: ArchiveSchedule,
    /// What the alarm stands for.
    pub(super) timers: TimerTable<Timer>,
    outbox: Outbox,
    /// Who waits for a welcome.
    pub(super) greetings: Greetings,
    snapshot_rev: u64,
    keys_known: bool,
}

impl Live {
    /// The session that the journal holds; `None` if it holds none.
    pub(super) fn restore(
        journal: Journal,
        sockets: Sockets,
        archive_interval_ms: u64,
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
        let listeners = Listeners::restore(journal.sql().clone(), now)?;
        let cursors = Cursors::restore(journal.sql().clone())?;
        let mut live = Self {
            session,
            journal,
            sockets,
            polls: Polls::default(),
            listeners,
            presence_log: PresenceLog::new(now),
            pace: Pace::new(true),
            cursors,
            archive,
            timers: TimerTable::new(),
            outbox: Outbox::default(),
            greetings: Greetings::default(),
            snapshot_rev,
            keys_known: false,
        };
        let state = live.session.state();
        for connection in live.sockets.iter() {
            let keeps_order = state.follows(&connection.attachment().actor.id, &StreamId::Moderators);
            connection.set_keeps_order(keeps_order);
            let attachment = connection.attachment();
            live.cursors.advance(&attachment.actor.id, &attachment.reached);
        }
        live.schedule(now);
        Ok(Some(live))
    }

    /// A session that was just created, with its first entries still to be committed.
    pub(super) fn begin(
        session: Session,
        journal: Journal,
        archive_interval_ms: u64,
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
            pace: Pace::new(true),
            cursors,
            archive: ArchiveSchedule::new(archive_interval_ms, 0, seed),
            timers: TimerTable::new(),
            outbox: Outbox::default(),
            greetings: Greetings::default(),
            snapshot_rev: 0,
            keys_known: true,
        })
    }

    /// Makes sure that the session knows which commands were carried out, before it takes one. Not done on every
    /// wake: most wakes carry no command.
    pub(super) fn know_keys(&mut self, now: u64) -> worker::Result<()> {
        if !self.keys_known {
            self.session.know(self.journal.keys(self.session.state().rev, now)?);
            self.keys_known = true;
        }
        Ok(())
    }

    /// Writes entries, which the session has applied, and tells everybody. `by` is the connection that asked: its
    /// ack says what changed for it. Gives those who follow other streams now.
    pub(super) fn commit(
        &mut self,
        entries: &[Entry],
        by: Option<ConnectionId>,
        now: u64,
    ) -> worker::Result<BTreeMap<ParticipantId, Change>> {
        let mut is_much = false;
        for entry in entries {
            let events = self.journal.append(entry)?;
            if !entry.events.is_empty() {
                is_much |= self.outbox.push(&entry.stream, entry.from, &events);
            }
            if entry.stream == StreamId::Session {
                self.sockets.regroup();
            }
        }
        if is_much {
            self.flush();
        }
        let changed = self.changed(entries);
        if !changed.is_empty() {
            self.flush();
        }
        for (who, change) in &changed {
            self.tell_streams(who, *change, by)?;
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
        self.schedule(now);
        Ok(changed)
    }

    /// Does what its time has come for in the session.
    pub(super) fn on_timeout(&mut self, now: u64) -> worker::Result<()> {
        // Those who are moved heard before it what was said before it.
        self.flush();
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
        match self.listeners.next_end() {
            Some(at) => self.timers.set(Timer::Lease, at),
            None => self.timers.cancel(Timer::Lease),
        }
        match self.session.poll_timeout() {
            Some(at) => self.timers.set(Timer::Session, at),
            None => self.timers.cancel(Timer::Session),
        }
    }

    /// Sends what waits. To be called before anything that depends on positions in streams, or changes who follows
    /// what.
    pub(super) fn flush(&mut self) {
        if self.outbox.is_empty() {
            return;
        }
        let frames = self.outbox.take_frames();
        let presence = self.outbox.take_presence();
        let state = self.session.state();
        self.sockets
            .deliver(state, &frames, presence.as_deref(), self.outbox.take_answers());
        self.polls
            .wake(|who| frames.keys().any(|stream| state.follows(who, stream)));
    }

    /// Sends what waits. Says whether that was anything, so that a gathering begins.
    pub(super) fn send(&mut self) -> bool {
        let is_something = !self.outbox.is_empty();
        self.flush();
        is_something
    }

    /// Adds the answer to a command.
    pub(super) fn answer(&mut self, connection: ConnectionId, answer: &ServerFrame) {
        self.outbox.answer(connection, answer.to_json());
    }

    /// Sends an unsequenced frame to every follower of a stream.
    pub(super) fn broadcast(&self, stream: &StreamId, frame: &str) {
        let state = self.session.state();
        for connection in self.sockets.ready() {
            if state.follows(&connection.attachment().actor.id, stream) {
                connection.send(frame);
            }
        }
    }

    /// Tells everybody that somebody came online or went.
    pub(super) fn announce_presence(&mut self, who: &ParticipantId, online: bool) {
        self.presence_log.push(who, online);
        self.polls.wake(|_| true);
        self.outbox.presence(who, online);
    }

    /// The session as somebody sees it, with the newest messages of the rooms they follow.
    pub(super) fn snapshot(&self, viewer: &ParticipantId) -> worker::Result<Snapshot> {
        let state = self.session.state();
        Ok(Snapshot {
            session: state.info.clone(),
            participants: state.participants().cloned().collect(),
            rooms: state.rooms_by_age().into_iter().cloned().collect(),
            connected: self.connected().into_iter().cloned().collect(),
            messages: self.recent_messages(&state.followed(viewer))?,
            moderation: state.moderation(viewer),
            own: self.own(viewer)?,
        })
    }

    /// What somebody follows now, with what is new to them in it.
    pub(super) fn follow(&self, who: &ParticipantId, change: Change) -> worker::Result<Following> {
        let state = self.session.state();
        let entered: Vec<StreamId> = state
            .followed(who)
            .into_iter()
            .filter(|stream| *stream != StreamId::Room(RoomId::main()))
            .collect();
        Ok(Following {
            streams: state.positions(who),
            messages: if change.moved {
                self.recent_messages(&entered)?
            } else {
                Vec::new()
            },
            moderation: if change.role { state.moderation(who) } else { None },
        })
    }

    /// Whether somebody hears what is for moderators.
    pub(super) fn keeps_order(&self, who: &ParticipantId) -> bool {
        self.session.state().follows(who, &StreamId::Moderators)
    }

    /// Those whose streams entries changed, and how. Of a role, only those who are connected are found: others learn
    /// of it when they come.
    fn changed(&mut self, entries: &[Entry]) -> BTreeMap<ParticipantId, Change> {
        let mut changed = BTreeMap::<ParticipantId, Change>::new();
        for sequenced in entries.iter().flat_map(|entry| &entry.events) {
            match &sequenced.event {
                Event::BreakoutRoomJoined { participant_id, .. } | Event::BreakoutRoomLeft { participant_id, .. } => {
                    changed.entry(participant_id.clone()).or_default().moved = true;
                }
                Event::ParticipantUpdated { participant } => {
                    let keeps_order = self.keeps_order(&participant.id);
                    let connections = self.sockets.of(&participant.id);
                    let mut heard_otherwise = false;
                    for connection in connections.filter(|connection| connection.attachment().ready) {
                        heard_otherwise |= connection.set_keeps_order(keeps_order) != keeps_order;
                    }
                    if heard_otherwise {
                        changed.entry(participant.id.clone()).or_default().role = true;
                    }
                }
                _ => {}
            }
        }
        changed
    }

    /// Tells the connections of somebody who follows other streams now, but the one whose ack says so.
    fn tell_streams(&self, who: &ParticipantId, change: Change, by: Option<ConnectionId>) -> worker::Result<()> {
        let mut others = self
            .sockets
            .of(who)
            .filter(|connection| connection.attachment().ready && Some(connection.attachment().id) != by)
            .peekable();
        if others.peek().is_none() {
            return Ok(());
        }
        let Following {
            streams,
            messages,
            moderation,
        } = self.follow(who, change)?;
        let notice = Notice::StreamsChanged {
            streams,
            messages,
            moderation,
        };
        let frame = ServerFrame::Notice(notice).to_json();
        others.for_each(|connection| connection.send(&frame));
        Ok(())
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
                    self.answer(id, &ServerFrame::Nack(nack));
                }
                self.hang_up(id, code, now);
            }
        }
    }
}

/// Why somebody follows other streams than before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// They went into or out of a room.
    moved: bool,
    /// They hear what is for moderators, or do not any more.
    role: bool,
}

/// What somebody follows, with what is new to them in it.
pub(super) struct Following {
    /// The streams, and from which `seq`.
    pub(super) streams: Positions,
    /// The newest messages of the room that they came into.
    pub(super) messages: Vec<Message>,
    /// What only moderators know, if they became one.
    pub(super) moderation: Option<Moderation>,
}
