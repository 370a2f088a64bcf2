//! The session in memory. Follows `src/object/live.rs`, line by line where it can.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::Resume;
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::{DirectMessage, Message, Snapshot};
use flagship_protocol::moderation::Own;
use flagship_session::{ArchiveSchedule, Entry, KeyRuns, Rejection, Session, TimerTable};

use super::journal;
use super::moves::{Moves, Parting};
use super::outbox::Outbox;
use super::requests::Poll;
use super::storage::Tables;
use super::turn::{Attachment, CallId, LinkId, Turn, sizes};
use crate::mutation::Mutation;

/// How long a batch gathers before it goes to the archive, in milliseconds.
const ARCHIVE_INTERVAL_MS: u64 = 2_000;

/// What the one alarm stands for. What is due together is done in this order: people do not wait for the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// Something happens in the session by itself.
    Session,
    /// A batch for the archive is due.
    Archive,
}

/// A session in memory.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) session: Session,
    pub(crate) archive: ArchiveSchedule,
    pub(crate) timers: TimerTable<Timer>,
    pub(crate) polls: BTreeMap<CallId, Poll>,
    pub(crate) outbox: Outbox,
    /// Who follows other streams since.
    pub(crate) moves: Moves,
    /// Who is closed once they have got what they are owed.
    pub(crate) partings: Vec<Parting>,
    /// Who waits for a welcome, and what they hold.
    pub(crate) greetings: Vec<(LinkId, Option<Resume>)>,
    snapshot_rev: u64,
    /// `None` until a command needs them.
    pub(crate) key_runs: Option<KeyRuns>,
}

impl Live {
    /// The session that the journal holds.
    pub(crate) fn restore(turn: &mut Turn<'_>) -> Self {
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
            moves: Moves::default(),
            partings: Vec::new(),
            greetings: Vec::new(),
            snapshot_rev,
            key_runs: None,
        };
        for attachment in turn.sockets.0.values_mut().filter(|attachment| attachment.ready) {
            let followed = live.session.state().followed(&attachment.actor.id);
            attachment.followed = followed.into_iter().collect();
            live.session.know_address(&attachment.actor);
        }
        live.schedule(turn.now);
        live
    }

    /// Writes entries, which the session has applied, and tells everybody. Gives whether `by` follows other streams.
    pub(crate) fn commit(&mut self, turn: &mut Turn<'_>, entries: &[Entry], by: Option<LinkId>) -> bool {
        if turn.has(Mutation::FlushBeforeCommit) {
            self.flush(turn);
        }
        for entry in entries {
            journal::append(turn.writes(), entry);
            if !entry.events.is_empty() {
                self.outbox.push(entry);
            }
        }
        let mut has_moved = false;
        for entry in entries {
            has_moved |= self.note_moves(turn, entry, by);
        }
        for entry in entries {
            self.part(turn, entry, by);
        }
        let state = self.session.state();
        if state.rev >= self.snapshot_rev + sizes::SNAPSHOT_INTERVAL {
            journal::write_snapshot(turn.writes(), state);
            self.snapshot_rev = state.rev;
        }
        self.write_keys(turn);
        self.schedule(turn.now);
        has_moved
    }

    /// Does what its time has come for in the session.
    pub(crate) fn on_timeout(&mut self, turn: &mut Turn<'_>) {
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

    /// The session as somebody sees it, with the newest messages of the rooms they follow.
    pub(crate) fn snapshot(&self, turn: &Turn<'_>, viewer: &ParticipantId) -> Snapshot {
        let state = self.session.state();
        let connected: BTreeSet<&ParticipantId> = turn.sockets.ready().map(|(_, id)| id).collect();
        Snapshot {
            session: state.info.clone(),
            participants: state.participants().cloned().collect(),
            rooms: state.rooms_by_age().into_iter().cloned().collect(),
            connected: connected.into_iter().cloned().collect(),
            messages: self.recent_messages(turn, &state.followed(viewer), viewer),
            moderation: state.moderation(viewer),
            own: Own {
                direct_messages: self.recent_direct(turn, viewer),
                ..state.own(viewer)
            },
        }
    }

    /// The newest messages of some streams that somebody follows, oldest first within each.
    pub(crate) fn recent_messages(&self, turn: &Turn<'_>, streams: &[StreamId], who: &ParticipantId) -> Vec<Message> {
        let state = self.session.state();
        let newest = |stream| {
            let (from, to) = match turn.mutation {
                Some(Mutation::EntryTellsBefore) => (0, state.head(stream)),
                _ => state.readable_stream(who, stream).current(state.head(stream)),
            };
            let within = turn.storage.tables().messages(stream, from, to);
            let older = within.len().saturating_sub(sizes::SNAPSHOT_MESSAGES as usize);
            within.into_iter().skip(older)
        };
        let rooms = streams.iter().filter(|stream| matches!(stream, StreamId::Room(_)));
        rooms.flat_map(newest).collect()
    }

    /// The newest direct messages of somebody, oldest first.
    fn recent_direct(&self, turn: &Turn<'_>, who: &ParticipantId) -> Vec<DirectMessage> {
        let state = self.session.state();
        let whose = if turn.has(Mutation::DirectOfAnother) {
            state.members.keys().find(|id| *id != who).unwrap_or(who)
        } else {
            who
        };
        let all = self.direct_messages(turn.storage.tables(), whose);
        let older = all.len().saturating_sub(sizes::SNAPSHOT_MESSAGES as usize);
        all.into_iter().skip(older).collect()
    }

    /// All direct messages that somebody wrote or got, oldest first.
    pub(crate) fn direct_messages(&self, tables: &Tables, who: &ParticipantId) -> Vec<DirectMessage> {
        let stream = StreamId::Participant(who.clone());
        let events = tables.events(&stream, 0, self.session.state().head(&stream));
        let said = events.into_iter().filter_map(|sequenced| match sequenced.event {
            Event::DirectMessageCreated { message } => Some(message),
            _ => None,
        });
        said.collect()
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

    /// A connection is gone.
    pub(crate) fn on_close(&mut self, turn: &mut Turn<'_>, link: LinkId) {
        self.moves.remove(link);
        self.forget(turn, link);
    }

    /// Takes a connection out, and tells who is not there any more by that.
    pub(crate) fn forget(&mut self, turn: &mut Turn<'_>, link: LinkId) -> Option<Attachment> {
        self.greetings.retain(|(waiting, _)| *waiting != link);
        let attachment = turn.sockets.0.remove(&link);
        if let Some(attachment) = &attachment
            && attachment.ready
            && !turn.sockets.is_connected(&attachment.actor.id)
        {
            self.outbox.presence(&attachment.actor.id, false);
        }
        self.schedule(turn.now);
        attachment
    }
}
