//! The platform's side of the object: what leaves it, its sleep and its end, and a look inside.

use flagship_protocol::ids::{ParticipantId, RoomId};
use flagship_protocol::model::{DirectMessage, Message, Snapshot};
use flagship_session::{Readable, State};

use super::Object;
use super::archive::Archive;
use super::live::Live;
use super::storage::{Storage, Write};
use super::turn::{Effect, LinkId, Sockets, Turn};
use crate::mutation::Mutation;

impl Object {
    /// What leaves the object next.
    pub(crate) fn next_effect(&self) -> Option<&Effect> {
        self.effects.front()
    }

    /// Takes out what leaves the object next. A write is durable then.
    pub(crate) fn take_effect(&mut self) -> Option<Effect> {
        let effect = self.effects.pop_front()?;
        if let Effect::Write(writes) = &effect {
            self.storage.flush(writes);
        }
        Some(effect)
    }

    /// Whether the platform may put the object to sleep.
    pub(crate) fn is_idle(&self) -> bool {
        let quiet = |live: &Live| live.polls.is_empty() && live.waits_for_nothing();
        !self.gathering && self.effects.is_empty() && self.ringing.is_none() && self.live.as_ref().is_some_and(quiet)
    }

    /// Memory is gone; the sockets stay.
    pub(crate) fn hibernate(&mut self) {
        self.live = None;
        self.alarm = None;
        self.instance += 1;
        if self.mutation == Some(Mutation::WakeForgetsSockets) {
            for attachment in self.sockets.0.values_mut() {
                attachment.ready = false;
            }
        }
    }

    /// The process is gone: memory, sockets, and all that was not durable.
    pub(crate) fn kill(&mut self) {
        self.live = None;
        self.inbox.clear();
        self.gathering = false;
        self.alarm = None;
        self.instance += 1;
        self.effects.clear();
        self.storage.crash();
        // The platform rings again for an alarm that was not handled to its end.
        if let Some((at, _)) = self.ringing.take() {
            self.storage.write(Write::Alarm(Some(at)));
            let writes = self.storage.end_turn();
            self.storage.flush(&writes);
        }
        self.sockets = Sockets::default();
    }

    /// Whether a socket is open.
    pub(crate) fn has_socket(&self, link: LinkId) -> bool {
        self.sockets.0.contains_key(&link)
    }

    /// Everything that is true, in memory or else restored.
    pub(crate) fn state(&mut self, now: u64) -> &State {
        if self.live.is_none() {
            self.turn(now, |_, _| {});
        }
        self.live.as_ref().unwrap().session.state()
    }

    /// What is durable.
    pub(crate) fn storage(&self) -> &Storage {
        &self.storage
    }

    /// The session as somebody sees it, and all messages of a room page by page.
    pub(crate) fn look<T>(&mut self, now: u64, look: impl FnOnce(&View<'_, '_>) -> T) -> T {
        let mut seen = None;
        self.turn(now, |live, turn| seen = Some(look(&View { live, turn })));
        seen.unwrap()
    }
}

/// The session, to be looked at.
pub(crate) struct View<'a, 'b> {
    live: &'a Live,
    turn: &'a Turn<'b>,
}

impl View<'_, '_> {
    /// The session as somebody sees it.
    pub(crate) fn snapshot(&self, viewer: &ParticipantId) -> Snapshot {
        self.live.snapshot(self.turn, viewer)
    }

    /// Everything that somebody wrote or got directly.
    pub(crate) fn direct(&self, who: &ParticipantId) -> Vec<DirectMessage> {
        self.live.direct_messages(self.turn.storage.tables(), who)
    }

    /// Everything said in a room that may be read, page by page.
    pub(crate) fn history(&self, archive: &Archive, room: &RoomId, readable: &Readable) -> Vec<Message> {
        const PAGE: u64 = 4;
        let mut said = Vec::new();
        let mut before = None;
        loop {
            let (messages, older) = self.live.history(self.turn, archive, (room, readable), before, PAGE);
            said.splice(0..0, messages);
            before = older;
            if before.is_none() {
                return said;
            }
        }
    }
}
