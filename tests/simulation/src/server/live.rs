//! The session in memory. Follows `src/object/live.rs`, line by line where it can.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::{Notice, Positions, Resume, ServerFrame};
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{DirectMessage, Message, Snapshot};
use flagship_protocol::moderation::Own;
use flagship_session::{ArchiveSchedule, Entry, Rejection, Session, TimerTable};

use super::journal;
use super::outbox::Outbox;
use super::requests::Poll;
use super::storage::Tables;
use super::turn::{CallId, LinkId, Turn, sizes};
use crate::mutation::Mutation;

/// How long a batch gathers before it goes to the archive, in milliseconds.
const ARCHIVE_INTERVAL_MS: u64 = 2_000;

/// What the one alarm stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// A batch for the archive is due.
    Archive,
    /// Something happens in the session by itself.
    Session,
}

/// A session in memory.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) session: Session,
    pub(crate) archive: ArchiveSchedule,
    pub(crate) timers: TimerTable<Timer>,
    pub(crate) polls: BTreeMap<CallId, Poll>,
    pub(crate) outbox: Outbox,
    /// Who waits for a welcome, and what they hold.
    pub(crate) greetings: Vec<(LinkId, Option<Resume>)>,
    snapshot_rev: u64,
    keys_known: bool,
}

impl Live {
    /// The session that the journal holds.
    pub(crate) fn restore(turn: &Turn<'_>) -> Self {
        let tables = turn.storage.tables();
        let skipped = u64::from(turn.has(Mutation::RestoreSkipsOne));
        let snapshot = tables.state();
        let snapshot_rev = snapshot.as_ref().map_or(0, |state| state.rev);
        let after = snapshot.as_ref().map_or(0, |state| state.rev + skipped);
        let session = Session::restore(snapshot, tables.entries_after(after)).unwrap();
        let mut live = Self {
            session,
            archive: ArchiveSchedule::new(ARCHIVE_INTERVAL_MS, tables.archived, 7),
            timers: TimerTable::new(),
            polls: BTreeMap::new(),
            outbox: Outbox::default(),
            greetings: Vec::new(),
            snapshot_rev,
            keys_known: false,
        };
        live.schedule(turn.now);
        live
    }

    /// Makes sure that the session knows which commands were carried out, before it takes one.
    pub(crate) fn know_keys(&mut self, turn: &Turn<'_>) {
        if !self.keys_known && !turn.has(Mutation::ForgetKeysOnWake) {
            let keys = turn.storage.tables().keys(self.session.state().rev, turn.now);
            self.session.know(keys);
        }
        self.keys_known = true;
    }

    /// Writes entries, which the session has applied, and tells everybody.
    pub(crate) fn commit(
        &mut self,
        turn: &mut Turn<'_>,
        entries: &[Entry],
        by: Option<LinkId>,
    ) -> BTreeSet<ParticipantId> {
        let mut is_much = false;
        for entry in entries {
            journal::append(turn.writes(), entry);
            if !entry.events.is_empty() {
                is_much |= self.outbox.push(entry);
            }
        }
        if is_much {
            self.flush(turn);
        }
        let changed = self.changed(turn, entries);
        if !changed.is_empty() {
            self.flush(turn);
        }
        for who in &changed {
            self.tell_streams(turn, who, by);
        }
        for entry in entries {
            self.part(turn, entry, by);
        }
        let state = self.session.state();
        if state.rev >= self.snapshot_rev + sizes::SNAPSHOT_INTERVAL {
            journal::write_snapshot(turn.writes(), state);
            self.snapshot_rev = state.rev;
        }
        self.schedule(turn.now);
        changed
    }

    /// Those whose streams entries changed: they moved, or hear what is for moderators, or do not any more.
    fn changed(&self, turn: &mut Turn<'_>, entries: &[Entry]) -> BTreeSet<ParticipantId> {
        let mut changed = BTreeSet::new();
        for sequenced in entries.iter().flat_map(|entry| &entry.events) {
            match &sequenced.event {
                Event::BreakoutRoomJoined { participant_id, .. } | Event::BreakoutRoomLeft { participant_id, .. } => {
                    changed.insert(participant_id.clone());
                }
                Event::ParticipantUpdated { participant } => {
                    let keeps_order = self.session.state().follows(&participant.id, &StreamId::Moderators);
                    let own = turn.sockets.0.values_mut();
                    for attachment in own.filter(|a| a.ready && a.actor.id == participant.id) {
                        if std::mem::replace(&mut attachment.keeps_order, keeps_order) != keeps_order {
                            changed.insert(participant.id.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        changed
    }

    /// Does what its time has come for in the session.
    pub(crate) fn on_timeout(&mut self, turn: &mut Turn<'_>) {
        self.flush(turn);
        let due = self.session.poll_timeout().unwrap_or(turn.now);
        turn.late = turn.now.saturating_sub(due);
        let entries = self.session.handle_timeout(turn.now);
        if !entries.is_empty() {
            self.commit(turn, &entries, None);
        }
    }

    /// Sets the timers that follow from the state.
    pub(crate) fn schedule(&mut self, now: u64) {
        if let Some(due) = self.archive.grown(self.session.state().rev, now) {
            self.timers.set(Timer::Archive, due);
        }
        match self.session.poll_timeout() {
            Some(at) => self.timers.set(Timer::Session, at),
            None => self.timers.cancel(Timer::Session),
        }
    }

    /// Sends what waits.
    pub(crate) fn flush(&mut self, turn: &mut Turn<'_>) {
        if self.outbox.is_empty() {
            return;
        }
        let state = self.session.state();
        let streams = self.outbox.deliver(state, turn);
        for (call, poll) in self.polls.iter_mut().filter(|(_, poll)| poll.waiting) {
            if streams.iter().any(|stream| state.follows(&poll.actor.id, stream)) {
                poll.waiting = false;
                turn.woken.push(*call);
            }
        }
    }

    /// Sends what waits. Says whether that was anything, so that a gathering begins.
    pub(crate) fn send(&mut self, turn: &mut Turn<'_>) -> bool {
        let is_something = !self.outbox.is_empty();
        self.flush(turn);
        is_something
    }

    /// The session as somebody sees it, with the newest messages of the rooms they follow.
    pub(crate) fn snapshot(&self, turn: &Turn<'_>, viewer: &ParticipantId) -> Snapshot {
        let state = self.session.state();
        let connected: BTreeSet<&ParticipantId> = turn.sockets.ready().map(|(_, id)| id).collect();
        Snapshot {
            session: state.info.clone(),
            participants: state.participants().cloned().collect(),
            rooms: state.rooms_by_age().into_iter().cloned().collect(),
            connected: connected.into_iter().cloned().collect(),
            messages: self.recent_messages(turn.storage.tables(), &state.followed(viewer)),
            moderation: state.moderation(viewer),
            own: Own {
                direct_messages: self.recent_direct(turn.storage.tables(), viewer),
                ..state.own(viewer)
            },
        }
    }

    /// The newest messages of some streams, oldest first within each.
    pub(crate) fn recent_messages(&self, tables: &Tables, streams: &[StreamId]) -> Vec<Message> {
        let newest = |stream| tables.newest_messages(stream, sizes::SNAPSHOT_MESSAGES);
        let rooms = streams.iter().filter(|stream| matches!(stream, StreamId::Room(_)));
        rooms.flat_map(newest).collect()
    }

    /// The newest direct messages of somebody, oldest first.
    fn recent_direct(&self, tables: &Tables, who: &ParticipantId) -> Vec<DirectMessage> {
        let stream = StreamId::Participant(who.clone());
        let events = tables.events(&stream, 0, self.session.state().head(&stream));
        let said = events.into_iter().filter_map(|sequenced| match sequenced.event {
            Event::DirectMessageCreated { message } => Some(message),
            _ => None,
        });
        let all: Vec<_> = said.collect();
        let older = all.len().saturating_sub(sizes::SNAPSHOT_MESSAGES as usize);
        all.into_iter().skip(older).collect()
    }

    /// What somebody follows now, with the newest messages of the room that they came into.
    pub(crate) fn follow(&self, tables: &Tables, who: &ParticipantId) -> (Positions, Vec<Message>) {
        let state = self.session.state();
        let main = StreamId::Room(RoomId::main());
        let entered: Vec<StreamId> = state
            .followed(who)
            .into_iter()
            .filter(|stream| *stream != main)
            .collect();
        (state.positions(who), self.recent_messages(tables, &entered))
    }

    /// Tells the connections of somebody who was moved, but the one whose ack says so.
    fn tell_streams(&self, turn: &mut Turn<'_>, who: &ParticipantId, by: Option<LinkId>) {
        if turn.has(Mutation::MoveUntold) {
            return;
        }
        let own = |(link, id): &(LinkId, &ParticipantId)| *id == who && Some(*link) != by;
        let others: Vec<LinkId> = turn.sockets.ready().filter(own).map(|(link, _)| link).collect();
        if others.is_empty() {
            return;
        }
        let (streams, messages) = self.follow(turn.storage.tables(), who);
        let frame = Rc::new(ServerFrame::Notice(Notice::StreamsChanged {
            streams,
            messages,
            moderation: None,
        }));
        for link in others {
            turn.send(link, vec![Rc::clone(&frame)]);
        }
    }

    /// Closes the sockets of those who left or were banned. The one that asked to leave gets its ack first.
    fn part(&mut self, turn: &mut Turn<'_>, entry: &Entry, by: Option<LinkId>) {
        for sequenced in &entry.events {
            let (who, code) = match &sequenced.event {
                Event::ParticipantLeft { participant_id } => (participant_id, CloseCode::Left),
                Event::ParticipantRemoved { participant_id } => (participant_id, CloseCode::Removed),
                Event::ParticipantBanned { participant_id } => (participant_id, CloseCode::Forbidden),
                _ => continue,
            };
            let theirs = turn
                .sockets
                .0
                .iter()
                .filter(|(link, a)| a.actor.id == *who && Some(**link) != by);
            for link in theirs.map(|(link, _)| *link).collect::<Vec<_>>() {
                if code == CloseCode::Forbidden {
                    self.nack(link, None, Rejection::Banned.into());
                }
                self.hang_up(turn, link, code);
            }
        }
    }

    /// Closes a connection.
    pub(crate) fn hang_up(&mut self, turn: &mut Turn<'_>, link: LinkId, code: CloseCode) {
        self.flush(turn);
        turn.effects.push(super::turn::Effect::Close(link, code));
        self.on_close(turn, link);
    }

    /// A connection is gone.
    pub(crate) fn on_close(&mut self, turn: &mut Turn<'_>, link: LinkId) {
        self.greetings.retain(|(waiting, _)| *waiting != link);
        if let Some(attachment) = turn.sockets.0.remove(&link)
            && attachment.ready
            && !turn.sockets.is_connected(&attachment.actor.id)
        {
            self.outbox.presence(&attachment.actor.id, false);
        }
        self.schedule(turn.now);
    }
}
