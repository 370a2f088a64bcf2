//! What comes with a request. The first byte says as what the rest is read.

use std::fmt::Debug;

use flagship_protocol::decode::from_json;
use flagship_protocol::frames::{CommandFrame, Resume};
use flagship_protocol::http::{
    ApplyTemplate, CreateSession, DevelopmentTokenRequest, ProposalRequest, SaveTemplate, TestRoomCreation,
    UpdateRoomBody,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::frames::check_refusal;
use crate::support::{Stage, actor};

/// What is read can be written and read again; what is not read is refused in words; lists and proposals of groups
/// are answered by a session with people and rooms.
pub fn bodies(data: &[u8]) {
    let Some((kind, text)) = crate::text(data).and_then(|text| text.split_at_checked(1)) else {
        return;
    };
    match kind {
        "s" => read::<CreateSession>(text),
        "u" => read::<UpdateRoomBody>(text),
        "t" => read::<SaveTemplate>(text),
        "a" => read::<ApplyTemplate>(text),
        "d" => read::<DevelopmentTokenRequest>(text),
        "r" => read::<TestRoomCreation>(text),
        "c" => read::<Resume>(text),
        "k" => match CommandFrame::decode(text) {
            Ok(frame) => {
                let written = serde_json::to_string(&frame).unwrap();
                assert_eq!(CommandFrame::decode(&written), Ok(frame), "{written}");
            }
            Err(bad) => check_refusal(bad.error),
        },
        "p" => {
            read::<ProposalRequest>(text);
            if let Ok(asked) = from_json::<ProposalRequest>(text) {
                let stage = busy();
                // Refused or not: both are answers.
                let first = stage.session.state().propose(&actor("ada"), &asked, Vec::new());
                let again = stage.session.state().propose(&actor("ada"), &asked, Vec::new());
                assert_eq!(first, again, "the same question has the same answer");
            }
        }
        "l" => {
            let import = busy().session.read_list(&actor("ada"), text).unwrap();
            let written = serde_json::to_string(&import).unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok());
        }
        _ => {}
    }
}

fn busy() -> Stage {
    let mut stage = Stage::new();
    stage.room("Blue");
    stage.room("Red");
    stage.come(&["bo", "cleo", "dan"]);
    stage
}

fn read<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) {
    match from_json::<T>(text) {
        Ok(body) => {
            let written = serde_json::to_string(&body).unwrap();
            assert_eq!(from_json::<T>(&written), Ok(body), "{written}");
        }
        Err(error) => check_refusal(error),
    }
}
