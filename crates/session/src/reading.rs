//! Read access to messages: one rule for every way of reading.
//!
//! **The rule.** Every participant reads `main`. Hosts and moderators read every room. A participant reads the messages
//! of a breakout room that were sent during their stays; with [`ChatHistory::Round`], a stay reaches back to when the
//! room was last opened. A session from before this rule has no [`ChatHistory`]: every participant who has been in a
//! room reads all of it. A removed participant reads nothing until they join again. The sender and the recipient read a
//! direct message.
//!
//! Live events, resumes, snapshots, pages, single messages, searches, receipts, commands about messages and replayed
//! answers use [`State::readable`]; reads from the archive alone use [`ArchivedReader::readable`].

use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{ChatHistory, Message, Role};

use crate::permissions;
use crate::readable::{Readable, Span};
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::State;

/// The inputs of the rule for one reader and one existing room.
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
    /// Returns the readable positions of a room. For a participant whose stays had no messages there are none, which
    /// is not an error.
    ///
    /// # Errors
    /// [`Rejection::RoomNotFound`], [`Rejection::NotInRoom`] if the reader has never been in the room, or as
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

    /// Checks that a participant may read a room at all.
    ///
    /// # Errors
    /// As [`Self::readable`].
    pub fn may_read(&self, reader: &ParticipantId, room: &RoomId) -> Result<(), Rejection> {
        self.readable(reader, room).map(|_| ())
    }

    /// Returns whether a participant may read a message of a room.
    pub fn may_read_message(&self, reader: &ParticipantId, message: &Message) -> bool {
        let readable = self.readable(reader, &message.room_id);
        readable.is_ok_and(|readable| readable.covers(message.seq))
    }

    /// Returns whether a participant may read a message, of a room or direct.
    pub fn may_read_said(&self, reader: &ParticipantId, said: &Said) -> bool {
        match said {
            Said::Room(message) => self.may_read_message(reader, message),
            Said::Direct(message) => {
                self.check_reader(reader).is_ok() && [&message.sender_id, &message.recipient_id].contains(&reader)
            }
        }
    }

    /// Returns the readable positions of a stream: all of a stream that is not a room's, none of a room without access.
    pub fn readable_stream(&self, reader: &ParticipantId, stream: &StreamId) -> Readable {
        match stream {
            StreamId::Room(room) => self.readable(reader, room).unwrap_or(Readable::Spans(Vec::new())),
            _ => Readable::All,
        }
    }

    /// Checks that a participant has read access to the session.
    ///
    /// # Errors
    /// As [`Self::may_enter`], or [`Rejection::Removed`].
    pub fn check_reader(&self, reader: &ParticipantId) -> Result<(), Rejection> {
        self.may_enter(reader)?;
        match self.members.get(reader) {
            Some(member) if member.removed => Err(Rejection::Removed),
            _ => Ok(()),
        }
    }

    /// Checks that every participant in the message's room may read it, and that it is from after the room was last
    /// opened, so that an edit reveals no message from before a stay.
    ///
    /// # Errors
    /// [`Rejection::AudienceChanged`].
    pub(crate) fn check_audience(&self, message: &Message) -> Result<(), Rejection> {
        if message.room_id.is_main() {
            return Ok(());
        }
        // With `round`, a stay that begins later reaches back over the edit, but not over the message.
        let rounds = self.rooms.get(&message.room_id).map(|record| &record.room.rounds);
        let opening = rounds.and_then(|rounds| rounds.last());
        let is_of_last_group = opening.is_some_and(|opening| message.seq <= opening.after);
        let mut present = self.occupants(&message.room_id);
        if !is_of_last_group && present.all(|participant| self.may_read_message(&participant.id, message)) {
            return Ok(());
        }
        Err(Rejection::AudienceChanged(message.id.clone()))
    }

    /// Begins a participant's stay in a room.
    pub(crate) fn begin_stay(&mut self, who: &ParticipantId, room: &RoomId) {
        let head = self.head(&StreamId::Room(room.clone()));
        let opened = self.rooms.get(room).and_then(|record| record.room.rounds.last());
        let first = match self.info.chat_history {
            // A session without the rule needs no stays.
            None => return,
            Some(ChatHistory::Stay) => head + 1,
            Some(ChatHistory::Round) => opened.map_or(0, |opened| opened.after).min(head) + 1,
        };
        if let Some(member) = self.members.get_mut(who) {
            member.stays.begin(room, first);
        }
    }

    /// Ends a participant's stay in a room.
    pub(crate) fn end_stay(&mut self, who: &ParticipantId, room: &RoomId) {
        let head = self.head(&StreamId::Room(room.clone()));
        if let Some(member) = self.members.get_mut(who) {
            member.stays.end(room, head);
        }
    }
}

/// The archive's record of a reader and a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedReader {
    /// The reader's role; `None` for a stranger.
    pub role: Option<Role>,
    /// Whether the reader is banned.
    pub banned: bool,
    /// Whether the reader was removed and has not joined again.
    pub removed: bool,
    /// Whether the room exists and is not deleted.
    pub room_exists: bool,
    /// Whether the reader has been in the room.
    pub was_in_room: bool,
    /// The session's rule.
    pub history: Option<ChatHistory>,
    /// The reader's stays in the room.
    pub stays: Vec<Span>,
}

impl ArchivedReader {
    /// Returns the readable positions of the room: the rule of [`State::readable`], for a session that is over.
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

    /// Returns whether the reader reads every room.
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
