//! The end of a session's object: everything it holds is deleted.

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::model::SessionState;
use futures::future::try_join;
use serde_json::json;

use super::SessionObject;
use super::failure::Failure;
use crate::log::{self, Level};

/// Batches that one call writes to the archive where it is behind. The rest is for the next call.
const BATCHES_AT_ONCE: u32 = 20;

/// What stands between a session and its deletion.
enum Obstacle {
    /// It goes on.
    Live,
    /// The archive ends at this entry: what is written there after the deletion, nobody would delete.
    Behind(u64),
}

impl SessionObject {
    /// Deletes the storage of a session that has ended, and says whether nothing is left. Where the archive is behind,
    /// it is written first.
    pub(super) async fn erase(&self) -> Result<bool, Failure> {
        let mut archived = None;
        for _ in 0..BATCHES_AT_ONCE {
            match self.obstacle() {
                Ok(None) => return self.delete_all().await.map(|()| true),
                // The archive took nothing of the batch before.
                Ok(Some(Obstacle::Behind(at))) if archived == Some(at) => break,
                Ok(Some(Obstacle::Behind(at))) => archived = Some(at),
                Ok(Some(Obstacle::Live)) => break,
                // An earlier run got this far.
                Err(Failure::Refused(error)) if error.code == ErrorCode::SessionNotFound => return Ok(true),
                Err(failure) => return Err(failure),
            }
            self.drain().await?;
        }
        Ok(false)
    }

    fn obstacle(&self) -> Result<Option<Obstacle>, Failure> {
        self.with_live(|live| {
            let (state, archived) = (live.session.state(), live.archive.archived());
            Ok(match state.info.state {
                SessionState::Ended if archived >= state.rev => None,
                SessionState::Ended => Some(Obstacle::Behind(archived)),
                SessionState::Live => Some(Obstacle::Live),
            })
        })
    }

    /// Deletes what the object holds. Not after an `await`: the session could have changed since it was looked at.
    pub(super) async fn delete_all(&self) -> Result<(), Failure> {
        let live = self.take_out();
        self.alarm.set(None);
        let storage = self.state.storage();
        // Both begin at once, so that nothing comes between them.
        try_join(storage.delete_all(), storage.delete_alarm()).await?;
        if let Some(mut live) = live {
            live.flush();
            let open = live.sockets.iter();
            open.for_each(|connection| connection.close(CloseCode::SessionNotFound));
            let fields = json!({ "sessionId": live.session.state().info.id });
            log::write(Level::Info, "session erased", fields);
        }
        Ok(())
    }
}
