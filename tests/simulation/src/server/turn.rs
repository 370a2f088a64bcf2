//! One turn of the object: what it may touch, and what it leaves to be done.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::{Ack, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_session::Actor;

use super::archive::Batch;
use super::storage::{Storage, Write};
use crate::mutation::Mutation;

/// A socket.
pub(crate) type LinkId = u64;
/// A request as the server got it.
pub(crate) type CallId = u64;
/// A frame on its way to many.
pub(crate) type Frame = Rc<ServerFrame>;

/// Sizes that are small here, so that short runs meet them often.
pub(crate) mod sizes {
    use flagship_session::RunSizes;

    /// Journal entries between two snapshots.
    pub(crate) const SNAPSHOT_INTERVAL: u64 = 13;
    /// When runs of keys are written and merged.
    pub(crate) const KEY_RUNS: RunSizes = RunSizes {
        entries: 5,
        fanout: 2,
        keys: 60,
    };
    /// Most events that a resume replays.
    pub(crate) const RESUME_EVENTS: u64 = 24;
    /// Newest messages of each room in a snapshot.
    pub(crate) const SNAPSHOT_MESSAGES: u64 = 5;
    /// Newest messages of a room that the journal answers for.
    pub(crate) const JOURNAL_TAIL: u64 = 9;
    /// Bytes of events of one stream that go out without waiting.
    pub(crate) const STREAM_EVENTS: usize = 12;
    /// Frames that no longer wait for a gathering to end.
    pub(crate) const INBOX: usize = 5;
}

/// What an HTTP request is answered with.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// A command was carried out.
    Ack(Box<Ack>),
    /// Events, or a welcome.
    Page(Vec<Frame>),
    /// It was refused.
    Refused(Box<ErrorBody>),
}

/// Something that leaves the object, in order: what comes after a write waits until it is durable.
#[derive(Debug)]
pub(crate) enum Effect {
    /// What a turn wrote becomes durable.
    Write(Vec<Write>),
    /// Frames go out, as one message.
    Send(LinkId, Vec<Frame>),
    /// A socket is closed.
    Close(LinkId, CloseCode),
    /// A request is answered.
    Respond(CallId, Answer),
    /// A batch goes to the archive.
    Archive(Box<Batch>),
}

/// What is attached to a socket: it survives hibernation.
#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    /// Who is behind it.
    pub(crate) actor: Actor,
    /// Whether it said `hello`.
    pub(crate) ready: bool,
    /// What it follows, as it was told last.
    pub(crate) followed: BTreeSet<StreamId>,
}

/// The sockets that the platform holds, without those that were closed from here.
#[derive(Debug, Default)]
pub(crate) struct Sockets(pub(crate) BTreeMap<LinkId, Attachment>);

impl Sockets {
    /// Connections that said `hello`.
    pub(crate) fn ready(&self) -> impl Iterator<Item = (LinkId, &ParticipantId)> {
        let ready = self.0.iter().filter(|(_, attachment)| attachment.ready);
        ready.map(|(link, attachment)| (*link, &attachment.actor.id))
    }

    /// Whether somebody has a connection that said `hello`.
    pub(crate) fn is_connected(&self, who: &ParticipantId) -> bool {
        self.ready().any(|(_, id)| id == who)
    }
}

/// What a turn may touch.
pub(crate) struct Turn<'a> {
    /// The server's clock, milliseconds since the epoch.
    pub(crate) now: u64,
    /// The object's storage.
    pub(crate) storage: &'a mut Storage,
    /// The open sockets.
    pub(crate) sockets: &'a mut Sockets,
    /// The planted bug.
    pub(crate) mutation: Option<Mutation>,
    /// What is to be done.
    pub(crate) effects: Vec<Effect>,
    /// Long polls that have something to see.
    pub(crate) woken: Vec<CallId>,
    /// How late what had its time was done, in milliseconds.
    pub(crate) late: u64,
}

impl Turn<'_> {
    /// Whether this bug is planted.
    pub(crate) fn has(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// Writes. The first write of a turn marks where the turn's sends begin to wait.
    pub(crate) fn writes(&mut self) -> &mut Storage {
        if !self.effects.iter().any(|effect| matches!(effect, Effect::Write(_))) {
            self.effects.push(Effect::Write(Vec::new()));
        }
        self.storage
    }

    /// Sends frames as one message.
    pub(crate) fn send(&mut self, link: LinkId, frames: Vec<Frame>) {
        self.effects.push(Effect::Send(link, frames));
    }

    /// Ends the turn: its writes are one.
    pub(crate) fn end(self) -> (Vec<Effect>, Vec<CallId>) {
        let written = self.storage.end_turn();
        let mut effects = self.effects;
        if let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::Write(_))) {
            effects.remove(at);
            let late = self.mutation == Some(Mutation::AckBeforeDurable);
            let at = if late { effects.len() } else { at };
            effects.insert(at, Effect::Write(written));
        }
        (effects, self.woken)
    }
}
