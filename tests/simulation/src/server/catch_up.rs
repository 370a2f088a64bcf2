//! Brings a client up to date. Follows `src/object/catch_up.rs`.

use std::rc::Rc;

use flagship_protocol::PROTOCOL_VERSION;
use flagship_protocol::frames::{Events, Notice, Positions, Presence, Resume, ServerFrame, Welcome};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::Message;

use super::live::Live;
use super::turn::{Frame, Turn, sizes};
use crate::mutation::Mutation;

/// Events in one frame of a resume.
const FRAME_EVENTS: usize = 4;

impl Live {
    /// The frames that answer `hello`: a welcome, then whatever was missed, before anything live.
    pub(crate) fn welcome(&self, turn: &Turn<'_>, who: &ParticipantId, resume: Option<&Resume>) -> Vec<Frame> {
        let state = self.session.state();
        let held = resume.and_then(|resume| self.held(turn, who, resume));
        let resumed = held.is_some();
        let mut streams = state.positions(who);
        let mut missed = Vec::new();
        let mut snapshot = None;
        let mut messages = Vec::new();
        match held {
            Some(held) => {
                messages = self.news(turn, who, &streams, &held);
                missed = self.missed(turn, &held);
                streams.extend(held);
            }
            None => snapshot = Some(self.snapshot(turn, who)),
        }
        let welcome = ServerFrame::Welcome(Welcome {
            protocol: PROTOCOL_VERSION,
            epoch: state.epoch.clone(),
            server_time: turn.now,
            participant: state.members.get(who).unwrap().participant.clone(),
            resumed,
            streams,
            snapshot,
            messages,
            moderation: None,
            read: Positions::new(),
        });
        let mut frames = vec![Rc::new(welcome)];
        frames.append(&mut missed);
        if resumed {
            frames.push(Rc::new(ServerFrame::Presence(self.presence(turn))));
        }
        frames
    }

    /// The frames that somebody who polls has not seen. Their own positions are the cursor.
    pub(crate) fn page(&self, turn: &Turn<'_>, who: &ParticipantId, seen: Option<&Resume>) -> Vec<Frame> {
        let positions = self.session.state().positions(who);
        let Some(held) = seen.and_then(|seen| self.held(turn, who, seen)) else {
            return self.welcome(turn, who, None);
        };
        let mut frames = self.missed(turn, &held);
        let followed_before = seen.map(|seen| &seen.streams).into_iter().flat_map(Positions::keys);
        let is_changed = !followed_before.eq(positions.keys()) || held.len() < positions.len();
        if is_changed && !turn.has(Mutation::PollForgetsStreams) {
            let messages = self.news(turn, who, &positions, &held);
            let streams = positions;
            frames.push(Rc::new(ServerFrame::Notice(Notice::StreamsChanged {
                streams,
                messages,
                moderation: None,
            })));
        }
        frames
    }

    /// The positions from which a client can go on. `None` if it has to start afresh.
    fn held(&self, turn: &Turn<'_>, who: &ParticipantId, resume: &Resume) -> Option<Positions> {
        let state = self.session.state();
        if resume.epoch != state.epoch || !resume.streams.contains_key(&StreamId::Session) {
            return None;
        }
        let mut missed = 0;
        let mut held = Positions::new();
        for stream in state.followed(who) {
            let Some(position) = resume.streams.get(&stream).copied() else {
                continue;
            };
            let behind = state.head(&stream).checked_sub(position)?;
            let goes_on = state.readable_stream(who, &stream).goes_on_from(position);
            if goes_on || turn.has(Mutation::ResumeTellsAbsence) {
                missed += behind;
                held.insert(stream, position);
            }
        }
        let in_window = missed <= sizes::RESUME_EVENTS || turn.has(Mutation::ResumeInPart);
        in_window.then_some(held)
    }

    fn news(&self, turn: &Turn<'_>, who: &ParticipantId, followed: &Positions, held: &Positions) -> Vec<Message> {
        let new: Vec<StreamId> = followed
            .keys()
            .filter(|stream| !held.contains_key(stream))
            .cloned()
            .collect();
        self.recent_messages(turn, &new, who)
    }

    fn missed(&self, turn: &Turn<'_>, held: &Positions) -> Vec<Frame> {
        let mut frames = Vec::new();
        for (stream, position) in held {
            let head = self.session.state().head(stream);
            let after = match turn.mutation {
                Some(Mutation::ResumeSkipsOne) => position + 1,
                Some(Mutation::ResumeRepeatsOne) => position.saturating_sub(1),
                Some(Mutation::ResumeInPart) => head.saturating_sub(sizes::RESUME_EVENTS).max(*position),
                _ => *position,
            };
            let events = turn.storage.tables().events(stream, after, head);
            for events in events.chunks(FRAME_EVENTS) {
                frames.push(Rc::new(ServerFrame::Events(Events {
                    stream: stream.clone(),
                    from: events.first().map_or(after, |first| first.seq - 1),
                    events: events.to_vec(),
                })));
            }
        }
        frames
    }

    fn presence(&self, turn: &Turn<'_>) -> Presence {
        let everyone = self.session.state().members.keys().cloned();
        let (connected, disconnected) = everyone.partition(|id| turn.sockets.is_connected(id));
        Presence {
            connected,
            disconnected,
        }
    }
}
