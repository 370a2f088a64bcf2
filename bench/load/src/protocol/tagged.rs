//! Finds messages and answers in JSON whose objects say their `type` first, without parsing it.

use memchr::memmem::Finder;

use super::Heard;
use crate::content::MessageId;

const TYPE: &str = r#""type":""#;
const CONTENT: &str = r#""content":"~"#;
const ID: &str = r#""id":"~"#;

/// Reads frames of one protocol.
pub(super) struct Tagged {
    /// What follows `"type":"` where a message is.
    message: &'static [u8],
    r#type: Finder<'static>,
    content: Finder<'static>,
    id: Finder<'static>,
}

impl Tagged {
    /// `message`: the type of a delivered message, with the closing quotation mark.
    pub(super) fn new(message: &'static str) -> Self {
        Self {
            message: message.as_bytes(),
            r#type: Finder::new(TYPE),
            content: Finder::new(CONTENT),
            id: Finder::new(ID),
        }
    }

    /// Passes on every message and every answer of a frame, in order.
    pub(super) fn read(&self, frame: &[u8], heard: &mut dyn FnMut(Heard)) {
        let mut rest = frame;
        while let Some(at) = self.r#type.find(rest) {
            rest = &rest[at + TYPE.len()..];
            if rest.starts_with(self.message) {
                rest = mark(rest, &self.content, CONTENT, Heard::Delivered, heard);
            } else if rest.starts_with(br#"ack""#) {
                rest = mark(rest, &self.id, ID, Heard::Settled, heard);
            } else if rest.starts_with(br#"nack""#) {
                heard(Heard::Refused);
            }
        }
    }
}

/// Passes on the mark after the next `label`, and gives what follows it. Without one, it was no message of the bench.
fn mark<'a>(
    text: &'a [u8],
    finder: &Finder<'_>,
    label: &str,
    what: fn(MessageId) -> Heard,
    heard: &mut dyn FnMut(Heard),
) -> &'a [u8] {
    let found = finder.find(text).map(|at| &text[at + label.len() - 1..]);
    match found.and_then(|mark| Some((mark, MessageId::read(mark)?))) {
        Some((rest, id)) => {
            heard(what(id));
            rest
        }
        None => text,
    }
}
