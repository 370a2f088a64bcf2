//! The decoder of frames.

use flagship_protocol::decode::DecodeError;
use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::{ClientFrame, decode_message};

/// What is read can be written and read again; what is not read is refused in words.
pub fn frames(data: &[u8]) {
    let Some(text) = crate::text(data) else {
        return;
    };
    let frames = match decode_message(text) {
        Ok(frames) => frames,
        Err(error) => return check_refusal(error),
    };
    for frame in frames {
        match frame {
            Ok(frame) => {
                let written = serde_json::to_string(&frame).unwrap();
                assert_eq!(ClientFrame::decode(&written), Ok(frame), "{written}");
            }
            Err(bad) => check_refusal(bad.error),
        }
    }
}

pub(crate) fn check_refusal(error: DecodeError) {
    let body = ErrorBody::from(error);
    assert!(!body.message.is_empty() && !body.retryable, "{body:?}");
    assert!(
        body.message.len() < 2_000,
        "a refusal quotes a little of what was sent, not all: {body:?}"
    );
}
