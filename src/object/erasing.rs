//! The end of a session's object: everything it holds is deleted.

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::model::SessionState;
use serde_json::json;

use super::failure::Failure;
use super::{SessionObject, now};
use crate::log::{self, Level};

impl SessionObject {
    /// Deletes the storage of a session that has ended, and says whether nothing is left. Not while the archive lacks some of it: what is written there afterwards nobody would delete.
    pub(super) async fn erase(&self) -> Result<bool, Failure> {
        let may = self.with_live(|live| {
            let state = live.session.state();
            let is_over = state.info.state == SessionState::Ended;
            let is_archived = live.archive.archived() >= state.rev;
            if !is_over || !is_archived {
                return Ok(false);
            }
            let open: Vec<_> = live.sockets.ids().collect();
            for id in open {
                live.hang_up(id, CloseCode::SessionNotFound, now());
            }
            live.flush();
            let fields = json!({ "sessionId": live.session.state().info.id });
            log::write(Level::Info, "session erased", fields);
            Ok(true)
        });
        match may {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            // An earlier run got this far.
            Err(Failure::Refused(error)) if error.code == ErrorCode::SessionNotFound => return Ok(true),
            Err(failure) => return Err(failure),
        }
        self.wipe().await?;
        Ok(true)
    }

    /// Deletes all that the object holds. The alarm goes last: after a crash in between it rings once, and finds nothing.
    pub(super) async fn wipe(&self) -> worker::Result<()> {
        self.live.replace(None);
        self.alarm.set(None);
        let storage = self.state.storage();
        storage.delete_all().await?;
        storage.delete_alarm().await
    }
}
