//! Flagship: `docs/protocol` in the repository.

use super::tagged::Tagged;
use super::{Heard, Protocol, Step, push};
use crate::content::{MessageId, write_content};
use crate::plan::Member;

pub(super) struct Flagship(Tagged);

impl Flagship {
    pub(super) fn new() -> Self {
        Self(Tagged::new(r#"message_created""#))
    }
}

impl Protocol for Flagship {
    fn greeting(&self) -> Option<&'static str> {
        Some(r#"{"type":"hello"}"#)
    }

    fn joins_at_once(&self) -> bool {
        false
    }

    fn join(&self, member: &Member, frame: &[u8]) -> Step {
        let has = |part: &str| memchr::memmem::find(frame, part.as_bytes()).is_some();
        if frame.starts_with(br#"{"type":"welcome""#) {
            return match &member.room_id {
                None => Step::Joined,
                Some(room) => Step::Say(format!(
                    r#"{{"type":"command","id":"join","command":{{"type":"join_room","roomId":"{room}"}}}}"#
                )),
            };
        }
        if has(r#""type":"nack""#) {
            return Step::Failed;
        }
        if has(r#""type":"ack","id":"join""#) {
            return Step::Joined;
        }
        Step::Wait
    }

    fn acknowledges(&self) -> bool {
        true
    }

    fn write(&self, text: &mut Vec<u8>, member: &Member, id: MessageId, size: usize) {
        push(text, r#"{"type":"command","id":""#);
        text.extend_from_slice(&id.mark());
        push(text, r#"","command":{"type":"send_message","roomId":""#);
        push(text, member.room_id.as_deref().unwrap_or("main"));
        push(text, r#"","content":""#);
        write_content(text, id, size);
        push(text, r#""}}"#);
    }

    fn read(&self, frame: &[u8], _: &Member, heard: &mut dyn FnMut(Heard)) -> Option<&'static str> {
        self.0.read(frame, heard);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_and_answers_of_one_array_are_told_apart() {
        let [first, second] = [7, 8].map(|number| MessageId { room: 0, number });
        let [a, b] = [first, second].map(|id| String::from_utf8(id.mark().to_vec()).unwrap());
        let frame = format!(
            r#"[{{"type":"events","stream":"room:main","from":7,"events":[{{"type":"message_created","seq":8,"message":{{"id":"m","content":"{a}xx"}}}},{{"type":"message_created","seq":9,"message":{{"content":"{b}"}}}}]}},{{"type":"ack","id":"{a}","rev":9,"result":{{"message":{{"content":"{a}xx"}}}}}},{{"type":"nack","id":"{b}"}}]"#
        );
        let mut all = vec![];
        Flagship::new().0.read(frame.as_bytes(), &mut |heard| all.push(heard));
        assert_eq!(
            all,
            [
                Heard::Delivered(first),
                Heard::Delivered(second),
                Heard::Settled(first),
                Heard::Refused
            ]
        );
    }
}
