//! What comes over HTTP: commands, long polls, history. Follows `src/object/calls.rs`.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{CommandFrame, Resume};
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::Message;
use flagship_session::{Actor, Circuit, Readable};

use super::archive::Archive;
use super::live::Live;
use super::turn::{Answer, CallId, Turn, sizes};
use crate::mutation::Mutation;

/// A request.
#[derive(Debug, Clone)]
pub(crate) enum Request {
    /// A command.
    Command(CommandFrame),
    /// Events after these positions.
    Events(Option<Resume>),
}

/// A long poll that the object holds.
#[derive(Debug)]
pub(crate) struct Poll {
    /// Who asks.
    pub(crate) actor: Actor,
    /// Where they are.
    pub(crate) seen: Option<Resume>,
    /// Whether they count as being there already.
    pub(crate) entered: bool,
    /// Whether it waits for something to happen.
    pub(crate) waiting: bool,
}

impl Live {
    /// Handles a request; a long poll may have no answer yet.
    pub(crate) fn on_request(
        &mut self,
        turn: &mut Turn<'_>,
        call: CallId,
        actor: &Actor,
        request: Request,
    ) -> Option<Answer> {
        match request {
            Request::Command(CommandFrame { id, command }) => {
                Some(match self.execute(turn, actor, &id, &command, None) {
                    Ok(outcome) => Answer::Ack(Box::new(outcome.ack)),
                    Err(rejection) => Answer::Refused(Box::new(rejection.into())),
                })
            }
            Request::Events(seen) => {
                let poll = Poll {
                    actor: actor.clone(),
                    seen,
                    entered: false,
                    waiting: false,
                };
                self.polls.insert(call, poll);
                self.on_poll(turn, call, false)
            }
        }
    }

    /// Goes on with a poll: something happened, or its time is `over`.
    pub(crate) fn on_poll(&mut self, turn: &mut Turn<'_>, call: CallId, over: bool) -> Option<Answer> {
        let mut poll = self.polls.remove(&call)?;
        match self.try_poll(turn, &mut poll, over) {
            Ok(Some(answer)) => Some(answer),
            Ok(None) => {
                self.polls.insert(call, poll);
                None
            }
            Err(error) => Some(Answer::Refused(Box::new(error))),
        }
    }

    fn try_poll(&mut self, turn: &mut Turn<'_>, poll: &mut Poll, over: bool) -> Result<Option<Answer>, ErrorBody> {
        let who = &poll.actor.id;
        if !poll.entered {
            let entries = self.session.enter(&poll.actor, turn.now)?;
            self.commit(turn, &entries, None);
        }
        self.session.state().may_enter(who)?;
        let frames = self.page(turn, who, poll.seen.as_ref());
        if !frames.is_empty() || over {
            return Ok(Some(Answer::Page(frames)));
        }
        let waiting = self
            .polls
            .values()
            .filter(|other| other.waiting && other.actor.id == *who);
        if waiting.count() >= limits::POLLS_PER_PARTICIPANT {
            let message = "too many requests are waiting for events; let one finish first";
            return Err(ErrorBody::new(ErrorCode::RateLimited, message));
        }
        poll.entered = true;
        poll.waiting = true;
        Ok(None)
    }

    /// A page of messages that may be read, from the journal or, if it has surely all of it, from the archive. Gives the
    /// messages and the cursor of the page before.
    pub(crate) fn history(
        &self,
        turn: &Turn<'_>,
        archive: &Archive,
        (room, readable): (&RoomId, &Readable),
        before: Option<u64>,
        limit: u64,
    ) -> (Vec<Message>, Option<u64>) {
        let stream = StreamId::Room(room.clone());
        let head = self.session.state().head(&stream);
        let to = before.map_or(head, |before| before.saturating_sub(1).min(head));
        let from = to.saturating_sub(limit);
        let before = (from > 0).then_some(from + 1);
        let tables = turn.storage.tables();
        let readable_of = |mut said: Vec<Message>| {
            said.retain(|message| readable.covers(message.seq) || turn.has(Mutation::HistoryTellsAll));
            said
        };
        if head - from > sizes::JOURNAL_TAIL && self.archive.circuit() == Circuit::Closed {
            let written = tables
                .reached_by(&stream, to)
                .is_some_and(|rev| rev <= self.archive.archived());
            if written {
                return (readable_of(archive.page(room, from, to)), before);
            }
        }
        (readable_of(tables.messages(&stream, from, to)), before)
    }
}
