//! Sends what waits. Follows `src/object/sending.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::{Ack, Events, Notice, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_session::{Entry, Readable, State};

use super::live::Live;
use super::moves::{Owed, Parting};
use super::outbox::{Answer, Following};
use super::turn::{Effect, Frame, LinkId, Turn};
use crate::mutation::Mutation;

/// The events that go out together, by stream, with the position before the first.
type Streams = BTreeMap<StreamId, (u64, Vec<SequencedEvent>)>;

impl Live {
    /// Whether nothing is about to go out.
    pub(crate) fn waits_for_nothing(&self) -> bool {
        self.outbox.is_empty() && self.partings.is_empty()
    }

    /// Sends what waits. Not between a decision and its commit.
    pub(crate) fn flush(&mut self, turn: &mut Turn<'_>) {
        if self.waits_for_nothing() {
            return;
        }
        let streams = self.outbox.take_streams();
        let presence = self.outbox.take_presence();
        let mut answers = self.outbox.take_answers();
        let moved = self.moves.take();
        let partings = std::mem::take(&mut self.partings);
        let mut messages = Vec::new();
        for Parting { link, owed, .. } in &partings {
            let mut message = owed_frames(&streams, owed);
            message.extend(answers.remove(link).into_iter().flatten().map(whole));
            messages.push((*link, message));
        }
        let frames: BTreeMap<&StreamId, Frame> = streams
            .keys()
            .map(|stream| (stream, whole_frame(&streams, stream)))
            .collect();
        let forgotten = turn.has(Mutation::OneFollowerForgotten);
        let ready: Vec<(LinkId, ParticipantId)> = turn.sockets.ready().map(|(link, who)| (link, who.clone())).collect();
        for (link, who) in ready {
            let answers = answers.remove(&link).unwrap_or_default();
            let mut message: Vec<Frame> = presence.clone().into_iter().collect();
            match moved.get(&link) {
                Some(owed) => message.extend(self.of_a_move(turn, (link, &who), owed, &streams, answers)),
                None => {
                    let followed = &turn.sockets.0[&link].followed;
                    if !(forgotten && link % 5 == 0) {
                        message.extend(followed.iter().filter_map(|stream| frames.get(stream)).cloned());
                    }
                    message.extend(answers.into_iter().map(whole));
                }
            }
            messages.push((link, message));
        }
        for (link, answers) in answers {
            messages.push((link, answers.into_iter().map(whole).collect()));
        }
        let parting: BTreeSet<LinkId> = partings.iter().map(|parting| parting.link).collect();
        for (link, message) in messages {
            if !message.is_empty() && (parting.contains(&link) || turn.sockets.0.contains_key(&link)) {
                turn.send(link, message);
            }
        }
        for Parting { link, code, .. } in partings {
            turn.effects.push(Effect::Close(link, code));
        }
        let state = self.session.state();
        for link in moved.keys() {
            if let Some(attachment) = turn.sockets.0.get_mut(link) {
                attachment.followed = now(state, &attachment.actor.id);
            }
        }
        for (call, poll) in self.polls.iter_mut().filter(|(_, poll)| poll.waiting) {
            if streams.keys().any(|stream| state.follows(&poll.actor.id, stream)) {
                poll.waiting = false;
                turn.woken.push(*call);
            }
        }
    }

    /// Sends what waits. Says whether that was anything, so that a gathering begins.
    pub(crate) fn send(&mut self, turn: &mut Turn<'_>) -> bool {
        let is_something = !self.waits_for_nothing();
        self.flush(turn);
        is_something
    }

    /// Notes whose connections follow other streams by an entry, which waits already. Says whether `by` is one of them.
    pub(crate) fn note_moves(&mut self, turn: &Turn<'_>, entry: &Entry, by: Option<LinkId>) -> bool {
        let mut has_moved = false;
        for who in entry.events.iter().filter_map(|sequenced| may_move(&sequenced.event)) {
            let now = now(self.session.state(), who);
            let own = turn.sockets.0.iter();
            for (link, attachment) in own.filter(|(_, attachment)| attachment.ready && attachment.actor.id == *who) {
                if attachment.followed != now || self.moves.contains(*link) {
                    let waiting = |stream: &StreamId| self.outbox.waiting(stream);
                    let reads_all =
                        |stream: &StreamId| self.session.state().readable_stream(who, stream) == Readable::All;
                    self.moves.note(*link, &attachment.followed, &now, waiting, reads_all);
                    has_moved |= by == Some(*link);
                }
            }
        }
        has_moved
    }

    /// Closes a connection when it has got what it is owed.
    pub(crate) fn hang_up(&mut self, turn: &mut Turn<'_>, link: LinkId, code: CloseCode) {
        let moved = self.moves.remove(link);
        let Some(attachment) = self.forget(turn, link) else {
            return;
        };
        let mut owed = Owed::new();
        if attachment.ready {
            let streams = attachment.followed.iter();
            owed.extend(streams.map(|stream| (stream.clone(), self.outbox.waiting(stream))));
            owed.extend(moved);
        }
        self.partings.push(Parting { link, owed, code });
    }

    /// What a connection that follows other streams since gets of them, with what is for it alone.
    fn of_a_move(
        &self,
        turn: &Turn<'_>,
        (link, who): (LinkId, &ParticipantId),
        owed: &Owed,
        streams: &Streams,
        answers: Vec<Answer>,
    ) -> Vec<Frame> {
        let (told, now) = (&turn.sockets.0[&link].followed, now(self.session.state(), who));
        let mut frames = match turn.mutation {
            Some(Mutation::MoverMissesWaiting) => Vec::new(),
            Some(Mutation::MoverHearsOn) => {
                let all = owed.keys().map(|stream| (stream.clone(), usize::MAX)).collect();
                owed_frames(streams, &all)
            }
            _ => owed_frames(streams, owed),
        };
        let hears = |stream: &&StreamId| {
            let is_kept = told.contains(*stream) && !owed.contains_key(*stream);
            now.contains(*stream) && (is_kept || turn.has(Mutation::MoverHearsWaiting))
        };
        frames.extend(streams.keys().filter(hears).map(|stream| whole_frame(streams, stream)));
        let following = self.following(turn, link, who, owed);
        let mut is_told = false;
        for answer in answers {
            frames.push(match answer {
                Answer::Whole(frame) => frame,
                Answer::Following(ack, then) => {
                    is_told = true;
                    let (mut streams, mut messages) = following.clone();
                    if let Some(then) = then {
                        if turn.has(Mutation::MoveSaysThen) {
                            streams = then.0;
                        } else {
                            messages = then.1;
                        }
                    }
                    let streams = Some(streams);
                    Rc::new(ServerFrame::Ack(Ack {
                        streams,
                        messages,
                        ..*ack
                    }))
                }
            });
        }
        if !is_told && !turn.has(Mutation::MoveUntold) {
            let (streams, messages) = following;
            frames.push(Rc::new(ServerFrame::Notice(Notice::StreamsChanged {
                streams,
                messages,
                moderation: None,
            })));
        }
        frames
    }

    /// What a connection follows now, with the newest messages of the room that is new to it.
    pub(crate) fn following(&self, turn: &Turn<'_>, link: LinkId, who: &ParticipantId, owed: &Owed) -> Following {
        let state = self.session.state();
        let told = &turn.sockets.0[&link].followed;
        let now = now(state, who).into_iter();
        let begun = now.filter(|stream| !told.contains(stream) || owed.contains_key(stream));
        let messages = self.recent_messages(turn, &begun.collect::<Vec<_>>(), who);
        (state.positions(who), messages)
    }
}

fn now(state: &State, who: &ParticipantId) -> BTreeSet<StreamId> {
    state.followed(who).into_iter().collect()
}

/// Who may follow other streams by an event, while connected.
fn may_move(event: &Event) -> Option<&ParticipantId> {
    match event {
        Event::BreakoutRoomJoined { participant_id, .. } | Event::BreakoutRoomLeft { participant_id, .. } => {
            Some(participant_id)
        }
        Event::ParticipantUpdated { participant } => Some(&participant.id),
        _ => None,
    }
}

fn whole(answer: Answer) -> Frame {
    match answer {
        Answer::Whole(frame) => frame,
        Answer::Following(ack, _) => Rc::new(ServerFrame::Ack(*ack)),
    }
}

fn whole_frame(streams: &Streams, stream: &StreamId) -> Frame {
    frame(streams, stream, usize::MAX)
}

/// The first events of a stream.
fn frame(streams: &Streams, stream: &StreamId, until: usize) -> Frame {
    let (from, events) = &streams[stream];
    Rc::new(ServerFrame::Events(Events {
        stream: stream.clone(),
        from: *from,
        events: events.iter().take(until).cloned().collect(),
    }))
}

/// What of streams that are followed no more is owed.
fn owed_frames(streams: &Streams, owed: &Owed) -> Vec<Frame> {
    let owed = owed
        .iter()
        .filter(|(stream, until)| **until > 0 && streams.contains_key(*stream));
    owed.map(|(stream, until)| frame(streams, stream, *until)).collect()
}
