//! Who is writing. Never stored: sockets are told with what else goes out, and who polls within a second.

use std::collections::VecDeque;

use flagship_protocol::decode::DecodeError;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{DirectTyping, ServerFrame, Typing, TypingNotice};
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::limits;
use flagship_session::{Actor, Rejection};

use super::attachment::Attachment;
use super::failure::Failure;
use super::live::Live;

/// The latest words of it, numbered, for those who poll. In memory only: the numbers begin at the time of the wake, so
/// that none of before is taken for one of after.
pub(super) struct TypingLog {
    version: u64,
    latest: VecDeque<Said>,
    /// Whether those who poll have not been woken for the last of it.
    waits: bool,
}

/// That somebody was writing.
struct Said {
    version: u64,
    at: u64,
    by: ParticipantId,
    /// The room's stream, or that of the one person.
    stream: StreamId,
    frame: String,
}

impl TypingLog {
    /// Nobody writes, from `now` on.
    pub(super) fn new(now: u64) -> Self {
        Self {
            version: now,
            latest: VecDeque::new(),
            waits: false,
        }
    }

    /// The number of the last word.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Whether those who poll are to be woken soon.
    pub(super) fn waits(&self) -> bool {
        self.waits
    }

    /// Whether somebody was said to write there so short a time ago that it need not be said again.
    fn said_lately(&self, by: &ParticipantId, stream: &StreamId, now: u64) -> bool {
        let lately = self.latest.iter().rev();
        let mut lately = lately.take_while(|said| said.at + limits::TYPING_EVERY_MS > now);
        lately.any(|said| said.by == *by && said.stream == *stream)
    }

    fn push(&mut self, by: &ParticipantId, stream: StreamId, frame: String, now: u64) {
        self.version += 1;
        self.latest.push_back(Said {
            version: self.version,
            at: now,
            by: by.clone(),
            stream,
            frame,
        });
        if self.latest.len() > limits::TYPING_KEPT {
            self.latest.pop_front();
        }
        self.waits = true;
    }

    /// What is still so of what was said after a version, by others, in streams that `hears` says.
    fn since(&self, version: u64, who: &ParticipantId, hears: impl Fn(&StreamId) -> bool, now: u64) -> Vec<String> {
        let fresh = self
            .latest
            .iter()
            .filter(|said| said.version > version && said.at + limits::TYPING_MS > now);
        let heard = fresh.filter(|said| said.by != *who && hears(&said.stream));
        heard.map(|said| said.frame.clone()).collect()
    }
}

impl Live {
    /// Somebody is writing, over a socket: what is out of place is dropped without a word. It tells nobody
    /// anything that a moment later would not.
    pub(super) fn on_typing(&mut self, attachment: &Attachment, typing: &Typing, now: u64) -> Result<(), Failure> {
        match self.say_typing(&attachment.actor, typing, now) {
            Err(Failure::Refused(error)) if error.code == ErrorCode::Invalid => Err(error.into()),
            Err(Failure::Refused(_)) | Ok(()) => Ok(()),
            Err(broken) => Err(broken),
        }
    }

    /// Somebody is writing, whichever way they say so.
    pub(super) fn say_typing(&mut self, actor: &Actor, typing: &Typing, now: u64) -> Result<(), Failure> {
        let who = &actor.id;
        let state = self.session.state();
        state.check_acting(who)?;
        let (stream, frame) = match (&typing.room_id, &typing.participant_id) {
            (Some(room), None) => {
                let stream = StreamId::Room(room.clone());
                if !state.follows(who, &stream) {
                    return Err(Rejection::NotInRoom(room.clone()).into());
                }
                let (room_id, participant_id) = (room.clone(), who.clone());
                let notice = TypingNotice {
                    room_id,
                    participant_id,
                };
                (stream, ServerFrame::Typing(notice))
            }
            (None, Some(other)) => {
                if !state.may_talk(who, other) {
                    return Err(Rejection::NotDirect.into());
                }
                let notice = DirectTyping {
                    participant_id: who.clone(),
                };
                (StreamId::Participant(other.clone()), ServerFrame::DirectTyping(notice))
            }
            _ => {
                let rule = "give either the room or the person that is written to";
                return Err(ErrorBody::from(DecodeError::invalid("roomId", rule)).into());
            }
        };
        if self.typing_log.said_lately(who, &stream, now) {
            return Ok(());
        }
        let frame = frame.to_json();
        self.outbox.typing(&stream, frame.clone());
        self.typing_log.push(who, stream, frame, now);
        Ok(())
    }

    /// Who has begun to write since a version, for somebody who polls.
    pub(super) fn typing_since(&self, who: &ParticipantId, version: u64, now: u64) -> Vec<String> {
        let state = self.session.state();
        let hears = |stream: &StreamId| state.follows(who, stream);
        self.typing_log.since(version, who, hears, now)
    }

    /// Wakes those who poll and are concerned.
    pub(super) fn wake_for_typing(&mut self) {
        if !std::mem::take(&mut self.typing_log.waits) {
            return;
        }
        let state = self.session.state();
        let latest = &self.typing_log.latest;
        self.polls.wake(|who| {
            let mut streams = latest.iter().filter(|said| said.by != *who).map(|said| &said.stream);
            streams.any(|stream| state.follows(who, stream))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_told_once_to_others_while_it_is_true() {
        let (ada, grace) = ("ada".parse().unwrap(), "grace".parse().unwrap());
        let main: StreamId = "room:main".parse().unwrap();
        let mut log = TypingLog::new(1_000);
        let before = log.version();
        assert!(!log.waits());
        log.push(&ada, main.clone(), "ada writes".into(), 1_000);
        assert!(log.waits());
        let told = |log: &TypingLog, who, since, now| log.since(since, who, |stream| *stream == main, now);
        assert_eq!(told(&log, &grace, before, 1_500), ["ada writes"]);
        assert!(told(&log, &ada, before, 1_500).is_empty(), "not to oneself");
        assert!(told(&log, &grace, log.version(), 1_500).is_empty(), "not twice");
        assert!(
            told(&log, &grace, before, 1_000 + limits::TYPING_MS).is_empty(),
            "not when it is over"
        );
        assert!(log.since(before, &grace, |_| false, 1_500).is_empty(), "not elsewhere");
        assert!(log.said_lately(&ada, &main, 1_000) && !log.said_lately(&grace, &main, 1_000));
        assert!(!log.said_lately(&ada, &"room:r1".parse().unwrap(), 1_000));
        assert!(!log.said_lately(&ada, &main, 1_000 + limits::TYPING_EVERY_MS));
        for _ in 0..2 * limits::TYPING_KEPT {
            log.push(&ada, main.clone(), "ada writes".into(), 2_000);
        }
        assert_eq!(told(&log, &grace, before, 2_000).len(), limits::TYPING_KEPT);
    }
}
