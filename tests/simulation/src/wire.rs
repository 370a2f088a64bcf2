//! What the server owes each socket, whatever its client makes of it: contiguous events from where it said, of a room
//! that was left all up to then and nothing of after it, and of one that was entered the newest messages.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::Event;
use flagship_protocol::frames::{Notice, Positions, ServerFrame};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::model::{Message, Role};

/// A socket as an observer sees it.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    pub(crate) who: Option<ParticipantId>,
    positions: Option<Positions>,
    /// Where in the journal its participant left what it follows still: more than once, if they came back meanwhile.
    left: BTreeMap<StreamId, Vec<u64>>,
    /// The rooms among these that they have come back into.
    returned: BTreeSet<StreamId>,
    /// The streams that ended for it, with where it was then, and where in the journal its participant left them.
    pub(crate) ended: Vec<(StreamId, u64, Vec<u64>)>,
    /// The rooms that began for it, with from where, and the newest message that came with that.
    pub(crate) begun: Vec<(StreamId, u64, Option<u64>)>,
}

impl Wire {
    /// Takes a frame. Says what is wrong with it.
    pub(crate) fn observe(&mut self, frame: &ServerFrame) -> Result<(), String> {
        match (frame, &mut self.positions) {
            (ServerFrame::Welcome(welcome), positions) => {
                if positions.is_some() {
                    return Err("a second welcome".into());
                }
                *positions = Some(welcome.streams.clone());
                self.who = Some(welcome.participant.id.clone());
                Ok(())
            }
            (ServerFrame::Nack(nack), _) if nack.id.is_none() => Ok(()),
            (_, None) => Err(format!("something before the welcome: {frame:?}")),
            (ServerFrame::Events(events), Some(positions)) => {
                let Some(position) = positions.get_mut(&events.stream) else {
                    return Err(format!("events of {}, which is not followed", events.stream));
                };
                if events.from != *position {
                    let (stream, from) = (&events.stream, events.from);
                    return Err(format!("events of {stream} from {from}, where {position} was reached"));
                }
                for event in &events.events {
                    *position += 1;
                    if event.seq != *position {
                        return Err(format!(
                            "event {} of {} in place of {position}",
                            event.seq, events.stream
                        ));
                    }
                }
                for event in &events.events {
                    self.note_leaving(&event.event, event.rev);
                }
                Ok(())
            }
            (ServerFrame::Ack(ack), Some(_)) => match &ack.streams {
                Some(streams) => self.follow(streams, &ack.messages),
                None => Ok(()),
            },
            (ServerFrame::Notice(Notice::StreamsChanged { streams, messages, .. }), Some(_)) => {
                self.follow(streams, messages)
            }
            _ => Ok(()),
        }
    }

    fn note_leaving(&mut self, event: &Event, rev: u64) {
        let is_own = |who: &ParticipantId| self.who.as_ref() == Some(who);
        match event {
            Event::BreakoutRoomLeft {
                room_id,
                participant_id,
            } if is_own(participant_id) => {
                let stream = StreamId::Room(room_id.clone());
                self.returned.remove(&stream);
                self.left.entry(stream).or_default().push(rev);
            }
            Event::BreakoutRoomJoined {
                room_id,
                participant_id,
            } if is_own(participant_id) => {
                let stream = StreamId::Room(room_id.clone());
                if self.left.contains_key(&stream) {
                    self.returned.insert(stream);
                }
            }
            Event::ParticipantUpdated { participant } if is_own(&participant.id) => {
                if participant.role == Role::Participant {
                    let known = self.left.entry(StreamId::Moderators).or_default();
                    if known.is_empty() {
                        known.push(rev);
                    }
                } else {
                    self.left.remove(&StreamId::Moderators);
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self, streams: &Positions, messages: &[Message]) -> Result<(), String> {
        let held = self.positions.replace(streams.clone()).unwrap_or_default();
        for (stream, told) in streams {
            match held.get(stream) {
                // Something came while its participant was out, which it is not told.
                Some(reached) if reached < told && self.returned.contains(stream) => {
                    let left = self.left.remove(stream).unwrap_or_default();
                    self.ended.push((stream.clone(), *reached, left));
                    self.begin(stream, *told, messages);
                }
                Some(reached) if reached != told => {
                    return Err(format!("{stream} is said to be at {told}, where {reached} was reached"));
                }
                None if matches!(stream, StreamId::Room(_)) => self.begin(stream, *told, messages),
                _ => {}
            }
        }
        for (stream, reached) in held.into_iter().filter(|(stream, _)| !streams.contains_key(stream)) {
            let left = self.left.remove(&stream).unwrap_or_default();
            self.ended.push((stream, reached, left));
        }
        self.left.clear();
        self.returned.clear();
        Ok(())
    }

    fn begin(&mut self, stream: &StreamId, told: u64, messages: &[Message]) {
        let own = messages
            .iter()
            .filter(|message| StreamId::Room(message.room_id.clone()) == *stream);
        self.begun
            .push((stream.clone(), told, own.map(|message| message.seq).max()));
    }
}
