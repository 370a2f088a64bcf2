//! Socket.IO 5 over Engine.IO 4, over a WebSocket from the start: no polling, no upgrade.

use super::{Heard, Protocol, Step, push};
use crate::content::{MessageId, write_content};
use crate::plan::Member;

pub(super) struct SocketIo {
    pub(super) acknowledged: bool,
}

impl Protocol for SocketIo {
    fn greeting(&self) -> Option<&'static str> {
        None
    }

    fn joins_at_once(&self) -> bool {
        false
    }

    fn join(&self, _: &Member, frame: &[u8]) -> Step {
        match frame {
            [b'0', ..] => Step::Say("40".into()),
            [b'4', b'0', ..] => Step::Joined,
            [b'4', b'4', ..] => Step::Failed,
            _ => Step::Wait,
        }
    }

    fn acknowledges(&self) -> bool {
        self.acknowledged
    }

    fn write(&self, text: &mut Vec<u8>, _: &Member, id: MessageId, size: usize) {
        push(text, "42");
        if self.acknowledged {
            push(text, &id.number.to_string());
        }
        push(text, r#"["message",""#);
        write_content(text, id, size);
        if self.acknowledged {
            push(text, r#"",""#);
            text.extend_from_slice(&id.mark());
        }
        push(text, r#""]"#);
    }

    fn read(&self, frame: &[u8], member: &Member, heard: &mut dyn FnMut(Heard)) -> Option<&'static str> {
        const MESSAGE: &[u8] = br#"42["message",""#;
        if let Some(content) = frame.strip_prefix(MESSAGE) {
            if let Some(id) = MessageId::read(content) {
                heard(Heard::Delivered(id));
            }
            return None;
        }
        match frame {
            b"2" => Some("3"),
            [b'4', b'3', answer @ ..] => {
                let number = answer.split(|byte| *byte == b'[').next().unwrap_or_default();
                if let Some(number) = std::str::from_utf8(number).ok().and_then(|digits| digits.parse().ok()) {
                    heard(Heard::Settled(MessageId {
                        room: member.room,
                        number,
                    }));
                }
                None
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_answers_and_heartbeats_are_told_apart() {
        let id = MessageId { room: 3, number: 12 };
        let member: Member = serde_json::from_str(r#"{"path":"/","room":3}"#).unwrap();
        let protocol = SocketIo { acknowledged: true };
        let mut text = vec![];
        protocol.write(&mut text, &member, id, 20);
        assert_eq!(text, br#"4212["message","~00030000000c~xxxxxx","~00030000000c~"]"#);
        let mut all = vec![];
        let mut read = |frame: &str| protocol.read(frame.as_bytes(), &member, &mut |heard| all.push(heard));
        assert_eq!(read(r#"42["message","~00030000000c~xxxxxx",4]"#), None);
        assert_eq!(read("4312[]"), None);
        assert_eq!(read("2"), Some("3"));
        assert_eq!(all, [Heard::Delivered(id), Heard::Settled(id)]);
    }
}
