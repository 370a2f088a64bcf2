//! Who may read what was said: one rule, for every way of reading it.
//!
//! **The rule.** `main` is for everyone who may enter. Hosts and moderators read every room. A participant reads what was
//! said in a breakout room during their stays; with [`ChatHistory::Round`], a stay reaches back to when the room was last
//! opened. In a session from before there was this rule, whoever has been in a room reads all of it. Who was removed
//! reads nothing until they have come in again. Direct messages are for their two.
//!
//! Live events, resumes, snapshots, pages, single messages, searches, receipts, commands about messages and their
//! repeated answers ask [`State::readable`]; what is read from the archive alone, [`ArchivedReader::readable`].

use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{ChatHistory, Message, Role};

use crate::permissions;
use crate::readable::{Readable, Span};
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::State;

/// What decides about one reader and one room that is there.
struct Reader<F> {
    reads_every_room: bool,
    has_been_in: bool,
    history: Option<ChatHistory>,
    stays: F,
}

impl<F: FnOnce() -> Vec<Span>> Reader<F> {
    fn readable(self, room: &RoomId) -> Result<Readable, Rejection> {
        if room.is_main() || self.reads_every_room {
            return Ok(Readable::All);
        }
        if !self.has_been_in {
            return Err(Rejection::NotInRoom(room.clone()));
        }
        Ok(match self.history {
            None => Readable::All,
            Some(ChatHistory::Stay | ChatHistory::Round) => Readable::spans((self.stays)()),
        })
    }
}

impl State {
    /// What somebody may read of a room. Who has been in it only while nothing was said may read nothing of it, which
    /// is no error.
    ///
    /// # Errors
    /// [`Rejection::RoomNotFound`], [`Rejection::NotInRoom`] for who has never been there, or as
    /// [`Self::check_reader`].
    pub fn readable(&self, reader: &ParticipantId, room: &RoomId) -> Result<Readable, Rejection> {
        self.check_reader(reader)?;
        let record = self.rooms.get(room);
        if !room.is_main() && record.is_none() {
            return Err(Rejection::RoomNotFound(room.clone()));
        }
        let member = self.members.get(reader);
        let reader = Reader {
            reads_every_room: permissions::keeps_order(self.acting_role(reader)),
            has_been_in: record.is_some_and(|record| record.members.contains(reader)),
            history: self.info.chat_history,
            stays: || member.map(|member| member.stays.in_room(room)).unwrap_or_default(),
        };
        reader.readable(room)
    }

    /// Whether somebody may read anything that was said in a room.
    ///
    /// # Errors
    /// As [`Self::readable`].
    pub fn may_read(&self, reader: &ParticipantId, room: &RoomId) -> Result<(), Rejection> {
        self.readable(reader, room).map(|_| ())
    }

    /// Whether somebody may read a message of a room.
    pub fn may_read_message(&self, reader: &ParticipantId, message: &Message) -> bool {
        let readable = self.readable(reader, &message.room_id);
        readable.is_ok_and(|readable| readable.covers(message.seq))
    }

    /// Whether somebody may read a message, in a room or direct.
    pub fn may_read_said(&self, reader: &ParticipantId, said: &Said) -> bool {
        match said {
            Said::Room(message) => self.may_read_message(reader, message),
            Said::Direct(message) => {
                self.check_reader(reader).is_ok() && [&message.sender_id, &message.recipient_id].contains(&reader)
            }
        }
    }

    /// What somebody may read of a stream that they follow; nothing of one that they do not.
    pub fn readable_stream(&self, reader: &ParticipantId, stream: &StreamId) -> Readable {
        match stream {
            StreamId::Room(room) => self.readable(reader, room).unwrap_or(Readable::Spans(Vec::new())),
            _ => Readable::All,
        }
    }

    /// Whether somebody may read what they may read at all.
    ///
    /// # Errors
    /// Why they may not enter, or [`Rejection::Removed`].
    pub fn check_reader(&self, reader: &ParticipantId) -> Result<(), Rejection> {
        self.may_enter(reader)?;
        match self.members.get(reader) {
            Some(member) if member.removed => Err(Rejection::Removed),
            _ => Ok(()),
        }
    }

    /// Whether everybody who hears a room now may read a message of it, so that an edit tells nobody what was said
    /// before they came.
    ///
    /// # Errors
    /// [`Rejection::AudienceChanged`].
    pub(crate) fn check_audience(&self, message: &Message) -> Result<(), Rejection> {
        if message.room_id.is_main() {
            return Ok(());
        }
        let mut present = self.occupants(&message.room_id);
        if present.all(|participant| self.may_read_message(&participant.id, message)) {
            return Ok(());
        }
        Err(Rejection::AudienceChanged(message.id.clone()))
    }

    /// Somebody came into a room, which is followed by [`Self::end_stay`].
    pub(crate) fn begin_stay(&mut self, who: &ParticipantId, room: &RoomId) {
        let head = self.head(&StreamId::Room(room.clone()));
        let opened = self.rooms.get(room).and_then(|record| record.room.rounds.last());
        let first = match self.info.chat_history {
            // Without the rule there is nothing to be kept.
            None => return,
            Some(ChatHistory::Stay) => head + 1,
            Some(ChatHistory::Round) => opened.map_or(0, |opened| opened.after).min(head) + 1,
        };
        if let Some(member) = self.members.get_mut(who) {
            member.stays.begin(room, first);
        }
    }

    /// Somebody left a room, whichever way.
    pub(crate) fn end_stay(&mut self, who: &ParticipantId, room: &RoomId) {
        let head = self.head(&StreamId::Room(room.clone()));
        if let Some(member) = self.members.get_mut(who) {
            member.stays.end(room, head);
        }
    }
}

/// What the archive knows of somebody who wants to read a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedReader {
    /// Their role; `None` if they were never a member.
    pub role: Option<Role>,
    /// Whether they were banned.
    pub banned: bool,
    /// Whether they were removed, and have not come in again.
    pub removed: bool,
    /// Whether there is such a room, and it was not deleted.
    pub room_exists: bool,
    /// Whether they have been in it.
    pub was_in_room: bool,
    /// The session's rule.
    pub history: Option<ChatHistory>,
    /// Their stays in the room.
    pub stays: Vec<Span>,
}

impl ArchivedReader {
    /// What they may read: the rule of [`State::readable`] in a session that is over.
    ///
    /// # Errors
    /// [`Rejection::Banned`], [`Rejection::SessionEnded`] for strangers, [`Rejection::Removed`],
    /// [`Rejection::RoomNotFound`], [`Rejection::NotInRoom`].
    pub fn readable(&self, room: &RoomId) -> Result<Readable, Rejection> {
        if self.banned {
            return Err(Rejection::Banned);
        }
        if self.role.is_none() {
            return Err(Rejection::SessionEnded);
        }
        if self.removed {
            return Err(Rejection::Removed);
        }
        if !self.room_exists {
            return Err(Rejection::RoomNotFound(room.clone()));
        }
        let reader = Reader {
            reads_every_room: self.reads_every_room(),
            has_been_in: self.was_in_room,
            history: self.history,
            stays: || self.stays.clone(),
        };
        reader.readable(room)
    }

    /// Whether they read rooms that they were not in.
    pub fn reads_every_room(&self) -> bool {
        self.role.is_some_and(permissions::keeps_order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member() -> ArchivedReader {
        ArchivedReader {
            role: Some(Role::Participant),
            banned: false,
            removed: false,
            room_exists: true,
            was_in_room: false,
            history: Some(ChatHistory::Stay),
            stays: Vec::new(),
        }
    }

    #[test]
    fn members_read_main_and_their_stays() {
        let (main, room) = (RoomId::main(), "r1".parse().unwrap());
        assert_eq!(member().readable(&main), Ok(Readable::All));
        assert!(matches!(member().readable(&room), Err(Rejection::NotInRoom(_))));
        let stays = vec![Span {
            first: 3,
            last: Some(5),
        }];
        let occupant = ArchivedReader {
            was_in_room: true,
            stays: stays.clone(),
            ..member()
        };
        assert_eq!(occupant.readable(&room), Ok(Readable::Spans(stays)));
        let before_the_rule = ArchivedReader {
            history: None,
            ..occupant.clone()
        };
        assert_eq!(before_the_rule.readable(&room), Ok(Readable::All));
        let gone = ArchivedReader {
            room_exists: false,
            ..occupant
        };
        assert!(matches!(gone.readable(&room), Err(Rejection::RoomNotFound(_))));
    }

    #[test]
    fn moderators_read_every_room_strangers_banned_and_removed_people_none() {
        let room: RoomId = "r1".parse().unwrap();
        for role in [Role::Host, Role::Moderator] {
            let keeper = ArchivedReader {
                role: Some(role),
                ..member()
            };
            assert_eq!(keeper.readable(&room), Ok(Readable::All));
            assert!(keeper.reads_every_room());
        }
        assert!(!member().reads_every_room());
        let main = RoomId::main();
        let stranger = ArchivedReader { role: None, ..member() };
        assert!(matches!(stranger.readable(&main), Err(Rejection::SessionEnded)));
        let banned = ArchivedReader {
            banned: true,
            role: Some(Role::Host),
            ..member()
        };
        assert!(matches!(banned.readable(&main), Err(Rejection::Banned)));
        let removed = ArchivedReader {
            removed: true,
            ..member()
        };
        assert!(matches!(removed.readable(&main), Err(Rejection::Removed)));
    }
}
