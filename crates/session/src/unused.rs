//! Sessions that nobody used.

use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::SessionState;

use crate::state::State;

impl State {
    /// When a session that nobody used is deleted, milliseconds since the epoch; `None` if somebody did.
    ///
    /// It is unused if only its creator ever came in, nothing was said, and nothing is in it or was set that somebody could
    /// miss: no room, no expected guest, no changed setting. A session that was ended without having been used is no more
    /// than that.
    pub fn unused_until(&self) -> Option<u64> {
        let is_untouched = self.info.version == 1 || self.info.state == SessionState::Ended;
        let is_unused = self.members.len() == 1
            && is_untouched
            && self.members.contains_key(&self.info.created_by)
            && self.rooms.is_empty()
            && self.guests.is_empty()
            && self.help.is_empty()
            && self.head(&StreamId::Room(RoomId::main())) == 0;
        is_unused.then(|| self.at.saturating_add(limits::UNUSED_SESSION_MS))
    }
}
