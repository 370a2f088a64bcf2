//! The archive, D1: rows that are written once, however often they are sent. Follows `src/database/batch.rs`.

use std::collections::BTreeMap;

use flagship_protocol::events::Event;
use flagship_protocol::ids::{MessageId, RoomId};
use flagship_protocol::model::{DirectMessage, Message, Room, Session};
use flagship_session::{Entry, Said};

use crate::mutation::Mutation;

/// What some entries leave in the archive.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    pub(crate) last_rev: u64,
    messages: BTreeMap<u64, Message>,
    direct: BTreeMap<u64, DirectMessage>,
    session: Option<(u64, Session)>,
    rooms: BTreeMap<RoomId, (u64, Room)>,
    deleted: BTreeMap<RoomId, u64>,
}

impl Batch {
    /// Collects what these entries, in order, leave in the archive. `said` finds a message as it is now.
    pub(crate) fn new<'a>(
        entries: impl IntoIterator<Item = &'a Entry>,
        said: impl Fn(&MessageId) -> Option<Said>,
    ) -> Self {
        let mut batch = Self::default();
        for entry in entries {
            batch.last_rev = entry.rev;
            for sequenced in &entry.events {
                batch.add(entry.rev, &sequenced.event);
                if let Event::MessageDeleted { message_id, .. }
                | Event::MessageReacted { message_id, .. }
                | Event::DirectMessageDeleted { message_id, .. }
                | Event::DirectMessageReacted { message_id, .. } = &sequenced.event
                {
                    match said(message_id).unwrap() {
                        Said::Room(message) => batch.messages.insert(message.id.rev().unwrap(), message).is_some(),
                        Said::Direct(message) => batch.direct.insert(message.id.rev().unwrap(), message).is_some(),
                    };
                }
            }
        }
        batch
    }

    fn add(&mut self, rev: u64, event: &Event) {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => self.session = Some((rev, session.clone())),
            Event::BreakoutRoomCreated { room }
            | Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => {
                self.rooms.insert(room.id.clone(), (rev, room.clone()));
            }
            Event::BreakoutRoomDeleted { room_id } => {
                self.deleted.insert(room_id.clone(), rev);
            }
            Event::MessageCreated { message } | Event::MessageEdited { message } => {
                self.messages.insert(message.id.rev().unwrap(), message.clone());
            }
            Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message } => {
                self.direct.insert(message.id.rev().unwrap(), message.clone());
            }
            _ => {}
        }
    }
}

/// The tables of the archive, for one session.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Archive {
    /// Messages, in order, by room and position. More than one at a place is a fault.
    pub(crate) messages: BTreeMap<(RoomId, u64), Vec<Message>>,
    /// Direct messages, by the number of their id.
    direct: BTreeMap<u64, DirectMessage>,
    session: Option<(u64, Session)>,
    /// Rooms with the position of their last change; `None` for one that is deleted.
    rooms: BTreeMap<RoomId, (u64, Option<Room>)>,
}

impl Archive {
    /// Writes a batch, all of it.
    pub(crate) fn write(&mut self, batch: &Batch, mutation: Option<Mutation>) {
        let newer = |rev: u64, known: Option<u64>| known.is_none_or(|known| rev > known);
        if let Some((rev, session)) = &batch.session
            && newer(*rev, self.session.as_ref().map(|(rev, _)| *rev))
        {
            self.session = Some((*rev, session.clone()));
        }
        for (id, (rev, room)) in &batch.rooms {
            if newer(*rev, self.rooms.get(id).map(|(rev, _)| *rev)) {
                self.rooms.insert(id.clone(), (*rev, Some(room.clone())));
            }
        }
        for (id, rev) in &batch.deleted {
            self.rooms.insert(id.clone(), (*rev, None));
        }
        for message in batch.messages.values() {
            let place = (message.room_id.clone(), message.seq);
            let rows = self.messages.entry(place).or_default();
            match rows.first_mut() {
                Some(known) if mutation != Some(Mutation::ArchiveInsertsTwice) => {
                    let is_newer = message.version > known.version || mutation == Some(Mutation::ArchiveTakesOlder);
                    if is_newer && mutation != Some(Mutation::ArchiveKeepsFirst) {
                        *known = message.clone();
                    }
                }
                _ => rows.push(message.clone()),
            }
        }
        for (rev, message) in &batch.direct {
            let known = self.direct.entry(*rev).or_insert(message.clone());
            if message.version > known.version {
                *known = message.clone();
            }
        }
    }

    /// The messages of a room with `from < seq <= to`.
    pub(crate) fn page(&self, room: &RoomId, from: u64, to: u64) -> Vec<Message> {
        let within = (room.clone(), from + 1)..=(room.clone(), to);
        self.messages
            .range(within)
            .flat_map(|(_, rows)| rows.iter().cloned())
            .collect()
    }
}
