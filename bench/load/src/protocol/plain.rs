//! What people write who write their own: an object with a type, passed on as it came.

use super::tagged::Tagged;
use super::{Heard, Protocol, Step, push};
use crate::content::{MessageId, write_content};
use crate::plan::Member;

pub(super) struct Plain {
    tagged: Tagged,
    acknowledged: bool,
}

impl Plain {
    pub(super) fn new(acknowledged: bool) -> Self {
        Self {
            tagged: Tagged::new(r#"message""#),
            acknowledged,
        }
    }
}

impl Protocol for Plain {
    fn greeting(&self) -> Option<&'static str> {
        None
    }

    fn joins_at_once(&self) -> bool {
        true
    }

    fn join(&self, _: &Member, _: &[u8]) -> Step {
        Step::Joined
    }

    fn acknowledges(&self) -> bool {
        self.acknowledged
    }

    fn write(&self, text: &mut Vec<u8>, _: &Member, id: MessageId, size: usize) {
        push(text, r#"{"type":"message","#);
        if self.acknowledged {
            push(text, r#""id":""#);
            text.extend_from_slice(&id.mark());
            push(text, r#"","#);
        }
        push(text, r#""content":""#);
        write_content(text, id, size);
        push(text, r#""}"#);
    }

    fn read(&self, frame: &[u8], _: &Member, heard: &mut dyn FnMut(Heard)) -> Option<&'static str> {
        self.tagged.read(frame, heard);
        None
    }
}
