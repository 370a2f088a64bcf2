//! Brings a client up to date: the answer to `hello`, and a page of a long poll.

use flagship_protocol::PROTOCOL_VERSION;
use flagship_protocol::frames::{Notice, Positions, Resume, ServerFrame, Welcome};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::Message;

use super::failure::Failure;
use super::journal::StoredEvents;
use super::live::Live;
use super::outbox::{events_frame, without_brackets};

/// Bytes of events gathered into one frame of a resume.
const FRAME_BYTES: usize = 256 * 1024;

/// The answer to `hello`.
pub(super) struct Greeted {
    /// A welcome, then whatever was missed.
    pub(super) frames: Vec<String>,
    /// Whether the client goes on from what it holds.
    pub(super) resumed: bool,
}

impl Live {
    /// The frames that answer `hello`: a welcome, then whatever was missed, before anything live.
    pub(super) fn welcome(&self, who: &ParticipantId, resume: Option<&Resume>, now: u64) -> Result<Greeted, Failure> {
        let state = self.session.state();
        let participant = self.self_as_seen(who)?;
        let held = self.resumption(resume.and_then(|resume| self.held(who, resume)))?;
        let resumed = held.is_some();
        let mut streams = state.positions(who);
        let mut missed = Vec::new();
        let mut snapshot = None;
        let mut messages = Vec::new();
        let mut moderation = None;
        match held {
            Some((held, events)) => {
                if !held.contains_key(&StreamId::Moderators) {
                    moderation = state.moderation(who);
                }
                messages = self.news(who, &streams, &held)?;
                missed = events;
                streams.extend(held);
            }
            None => snapshot = Some(self.snapshot(who)?),
        }
        let welcome = ServerFrame::Welcome(Welcome {
            protocol: PROTOCOL_VERSION,
            epoch: state.epoch.clone(),
            server_time: now,
            participant,
            resumed,
            streams,
            snapshot,
            messages,
            moderation,
            read: self.cursors.read(who),
        });
        let welcome = welcome.to_json();
        if !resumed {
            let frames = vec![self.complete(&welcome, who)?];
            return Ok(Greeted { frames, resumed });
        }
        let mut frames = vec![welcome];
        frames.append(&mut missed);
        // Presence is in no stream: who came and went meanwhile has to be told apart.
        frames.push(self.presence_frame());
        Ok(Greeted { frames, resumed })
    }

    /// The frames that somebody who polls has not seen, and where they are afterwards. No frames: nothing new.
    pub(super) fn page(
        &self,
        who: &ParticipantId,
        seen: Option<&Resume>,
        now: u64,
    ) -> Result<(Vec<String>, Resume), Failure> {
        let state = self.session.state();
        let positions = state.positions(who);
        let reached = Resume {
            epoch: state.epoch.clone(),
            streams: positions.clone(),
        };
        let held = self.resumption(seen.and_then(|seen| self.held(who, seen)))?;
        let Some((held, mut frames)) = held else {
            return Ok((self.welcome(who, None, now)?.frames, reached));
        };
        let followed_before = seen.map(|seen| &seen.streams).into_iter().flat_map(Positions::keys);
        if !followed_before.eq(positions.keys()) || held.len() < positions.len() {
            let messages = self.news(who, &positions, &held)?;
            let is_new = !held.contains_key(&StreamId::Moderators);
            frames.push(
                ServerFrame::Notice(Notice::StreamsChanged {
                    streams: positions,
                    messages,
                    moderation: if is_new { state.moderation(who) } else { None },
                })
                .to_json(),
            );
        }
        Ok((frames, reached))
    }

    /// The positions from which a client can go on, among the streams that it follows now. A room's stream of which
    /// something is withheld since then is not among them: the client follows it anew, from its head. `None` if it has to
    /// start afresh: another history, too far behind, or a position that never was.
    fn held(&self, who: &ParticipantId, resume: &Resume) -> Option<Positions> {
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
            if state.readable_stream(who, &stream).goes_on_from(position) {
                missed += behind;
                held.insert(stream, position);
            }
        }
        (missed <= limits::RESUME_EVENTS).then_some(held)
    }

    /// The newest messages of the followed streams that a client does not hold.
    fn news(&self, who: &ParticipantId, followed: &Positions, held: &Positions) -> worker::Result<Vec<Message>> {
        let new = followed.keys().filter(|stream| !held.contains_key(stream));
        self.recent_messages(&new.cloned().collect::<Vec<_>>(), who)
    }

    /// The positions from which a client goes on, with the frames of the events after them; `None` if these are more
    /// than a fresh snapshot.
    fn resumption(&self, held: Option<Positions>) -> Result<Option<(Positions, Vec<String>)>, Failure> {
        let Some(held) = held else { return Ok(None) };
        let mut frames = Vec::new();
        let mut bytes = limits::RESUME_BYTES;
        for (stream, position) in &held {
            let head = self.session.state().head(stream);
            let Some(stored) = self.journal.events(stream, *position, head, &mut bytes)? else {
                return Ok(None);
            };
            gather(stream, &stored, &mut frames);
        }
        Ok(Some((held, frames)))
    }

    /// Somebody as the session knows them, also when they have left it or it has ended.
    fn self_as_seen(&self, who: &ParticipantId) -> Result<flagship_protocol::model::Participant, Failure> {
        let member = self.session.state().members.get(who);
        let member = member.ok_or_else(|| flagship_session::Rejection::ParticipantNotFound(who.clone()))?;
        Ok(member.participant.clone())
    }
}

/// Puts stored events into as few frames as [`FRAME_BYTES`] allows.
fn gather(stream: &StreamId, stored: &[StoredEvents], frames: &mut Vec<String>) {
    let mut from = 0;
    let mut gathered = String::new();
    for entry in stored.iter().filter(|entry| entry.from < entry.to) {
        if gathered.is_empty() {
            from = entry.from;
        }
        if !gathered.is_empty() {
            gathered.push(',');
        }
        gathered.push_str(without_brackets(&entry.json));
        if gathered.len() >= FRAME_BYTES {
            frames.push(events_frame(stream, from, &gathered));
            gathered.clear();
        }
    }
    if !gathered.is_empty() {
        frames.push(events_frame(stream, from, &gathered));
    }
}

#[cfg(test)]
mod tests {
    use flagship_protocol::events::{Event, SequencedEvent};
    use flagship_protocol::frames::Events;

    use super::*;

    #[test]
    fn gathers_stored_entries_into_one_contiguous_frame() {
        let event = |seq: u64| SequencedEvent {
            event: Event::ParticipantLeft {
                participant_id: "a]".parse().unwrap(),
            },
            seq,
            rev: seq,
            at: 1,
        };
        let stored = |from: u64, to: u64| StoredEvents {
            from,
            to,
            json: serde_json::to_string(&(from + 1..=to).map(event).collect::<Vec<_>>()).unwrap(),
        };
        let mut frames = Vec::new();
        gather(
            &StreamId::Session,
            &[stored(3, 4), stored(4, 4), stored(4, 6)],
            &mut frames,
        );
        assert_eq!(frames.len(), 1);
        let ServerFrame::Events(Events { stream, from, events }) = serde_json::from_str(&frames[0]).unwrap() else {
            panic!("not an events frame");
        };
        assert_eq!((stream, from), (StreamId::Session, 3));
        assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [4, 5, 6]);
    }
}
