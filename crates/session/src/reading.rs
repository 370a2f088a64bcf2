//! Who may read what was said, when only the archive is left to ask.

use flagship_protocol::ids::RoomId;
use flagship_protocol::model::Role;

use crate::permissions;
use crate::rejection::Rejection;

/// What the archive knows of somebody who wants to read a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchivedReader {
    /// Their role; `None` if they were never a member.
    pub role: Option<Role>,
    /// Whether they were banned.
    pub banned: bool,
    /// Whether there is such a room, and it was not deleted.
    pub room_exists: bool,
    /// Whether they have been in it.
    pub was_in_room: bool,
}

impl ArchivedReader {
    /// Whether they may read it: the rules of [`crate::State::may_read`] in a session that is over.
    ///
    /// # Errors
    /// [`Rejection::Banned`], [`Rejection::SessionEnded`] for strangers, [`Rejection::RoomNotFound`],
    /// [`Rejection::NotInRoom`].
    pub fn may_read(&self, room: &RoomId) -> Result<(), Rejection> {
        if self.banned {
            return Err(Rejection::Banned);
        }
        if self.role.is_none() {
            return Err(Rejection::SessionEnded);
        }
        if !self.room_exists {
            return Err(Rejection::RoomNotFound(room.clone()));
        }
        if room.is_main() || self.was_in_room || self.reads_every_room() {
            return Ok(());
        }
        Err(Rejection::NotInRoom(room.clone()))
    }

    /// Whether they read rooms that they were not in.
    pub fn reads_every_room(&self) -> bool {
        self.role.is_some_and(permissions::keeps_order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBER: ArchivedReader = ArchivedReader {
        role: Some(Role::Participant),
        banned: false,
        room_exists: true,
        was_in_room: false,
    };

    #[test]
    fn members_read_main_and_the_rooms_they_were_in() {
        let (main, room) = (RoomId::main(), "r1".parse().unwrap());
        assert_eq!(MEMBER.may_read(&main), Ok(()));
        assert!(matches!(MEMBER.may_read(&room), Err(Rejection::NotInRoom(_))));
        let occupant = ArchivedReader {
            was_in_room: true,
            ..MEMBER
        };
        assert_eq!(occupant.may_read(&room), Ok(()));
        let gone = ArchivedReader {
            room_exists: false,
            ..occupant
        };
        assert!(matches!(gone.may_read(&room), Err(Rejection::RoomNotFound(_))));
    }

    #[test]
    fn those_who_keep_order_read_every_room_strangers_and_banned_none() {
        let room: RoomId = "r1".parse().unwrap();
        for role in [Role::Host, Role::Moderator] {
            let keeper = ArchivedReader {
                role: Some(role),
                ..MEMBER
            };
            assert_eq!(keeper.may_read(&room), Ok(()));
            assert!(keeper.reads_every_room());
        }
        assert!(!MEMBER.reads_every_room());
        let stranger = ArchivedReader { role: None, ..MEMBER };
        assert!(matches!(
            stranger.may_read(&RoomId::main()),
            Err(Rejection::SessionEnded)
        ));
        let banned = ArchivedReader {
            banned: true,
            role: Some(Role::Host),
            ..MEMBER
        };
        assert!(matches!(banned.may_read(&RoomId::main()), Err(Rejection::Banned)));
    }
}
