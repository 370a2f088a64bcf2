//! What people give has something to see and changes no direction, in every field; what was stored before is still read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flagship_protocol::commands::Command;
use flagship_protocol::decode::{DecodeError, from_json};
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::http::{CreateSession, DevelopmentTokenRequest, SaveTemplate, TestRoomCreation, UpdateRoomBody};
use flagship_protocol::text::{Alias, GuestKey, MessageContent, RoomName};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Texts of nothing that can be seen, each by another kind of character, and texts that turn what follows them around.
const REFUSED: [&str; 16] = [
    "\u{2060}",
    "\u{3164}",
    "\u{200b}",
    "\u{ad}\u{ad}",
    "\u{115f}\u{1160}",
    "\u{17b4}",
    "\u{fe0f}",
    "\u{2800}\u{2800}",
    "\u{e0041}\u{e007f}",
    "\u{feff} \u{3000}",
    "\u{200d}\u{200e}",
    "\u{202e}gpj.exe",
    "Ada \u{202d}x\u{202c}",
    "\u{2067}Ada",
    "Ada\u{2069}",
    "\u{202b}Ada",
];

/// What people write in some language of the world.
const TAKEN: [&str; 8] = [
    "Ada",
    "می\u{200c}خواهم",
    "👩\u{200d}👧 ❤\u{fe0f}",
    "\u{200f}שלום (Ada)\u{200e}",
    "\u{2068}Ada\u{2069} שלום",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
    "क्\u{200d}ष",
    "e\u{301}",
];

/// Every command with a text in it: where the text goes is `null`, and what the field is called in an error.
fn commands() -> Vec<(Value, &'static str)> {
    vec![
        (json!({ "type": "update_session", "title": null }), "title"),
        (json!({ "type": "create_room", "name": null }), "name"),
        (json!({ "type": "update_room", "roomId": "r1", "name": null }), "name"),
        (
            json!({ "type": "create_rooms", "rooms": [{ "name": "Blue", "guests": [] }, { "name": null, "guests": [] }] }),
            "rooms[1].name",
        ),
        (
            json!({ "type": "create_rooms", "rooms": [{ "name": "Blue", "guests": ["ada", null] }] }),
            "rooms[0].guests[1]",
        ),
        (
            json!({ "type": "assign_guests", "assignments": [{ "key": null, "roomId": "r1" }] }),
            "assignments[0].key",
        ),
        (json!({ "type": "ask_for_help", "kind": "help", "text": null }), "text"),
        (json!({ "type": "update_profile", "alias": null }), "alias"),
        (json!({ "type": "update_profile", "about": null }), "about"),
        (json!({ "type": "update_profile", "tags": ["a", null] }), "tags[1]"),
        (
            json!({ "type": "send_message", "roomId": "main", "content": null }),
            "content",
        ),
        (json!({ "type": "broadcast", "content": null }), "content"),
        (
            json!({ "type": "send_direct_message", "participantId": "ada", "content": null }),
            "content",
        ),
        (
            json!({ "type": "edit_message", "messageId": "m1", "content": null }),
            "content",
        ),
    ]
}

fn with(template: &Value, text: &str) -> String {
    template.to_string().replace("null", &json!(text).to_string())
}

fn is_refused<T: std::fmt::Debug>(read: Result<T, DecodeError>, field: &str, text: &str) {
    let error = read.unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid, "{text:?}: {error:?}");
    assert_eq!(error.field.as_deref(), Some(field), "{text:?}: {error:?}");
    let rule = if text.contains(['A', 'g']) {
        "direction"
    } else {
        "can be seen"
    };
    assert!(error.message.contains(rule), "{text:?}: {error:?}");
}

#[test]
fn every_text_of_a_command_has_something_to_see_and_keeps_the_direction() {
    for (template, field) in commands() {
        for text in REFUSED {
            is_refused(Command::decode(&with(&template, text)), field, text);
        }
        for text in TAKEN {
            let json = with(&template, text);
            assert!(Command::decode(&json).is_ok(), "{json}: {:?}", Command::decode(&json));
        }
    }
}

#[test]
fn so_has_every_text_of_a_body() {
    fn check<T: DeserializeOwned + std::fmt::Debug>(template: &Value, field: &str) {
        for text in REFUSED {
            is_refused(from_json::<T>(&with(template, text)), field, text);
        }
        for text in TAKEN {
            from_json::<T>(&with(template, text)).unwrap();
        }
    }
    check::<CreateSession>(&json!({ "title": null }), "title");
    check::<UpdateRoomBody>(&json!({ "name": null }), "name");
    check::<SaveTemplate>(&json!({ "name": null, "sessionId": "s1" }), "name");
    check::<DevelopmentTokenRequest>(&json!({ "alias": null }), "alias");
    check::<TestRoomCreation>(&json!({ "name": null }), "name");
}

#[test]
fn one_line_has_no_end_of_a_line_and_several_may() {
    let name = Command::decode(&json!({ "type": "create_room", "name": "a\u{2028}b" }).to_string());
    assert_eq!(name.unwrap_err().field.as_deref(), Some("name"));
    assert!(MessageContent::new("a\u{2028}b\nc").is_ok());
    assert!(
        MessageContent::new("\u{2067}a\nb\u{2069}").is_err(),
        "closed in another line"
    );
}

#[test]
fn what_was_stored_before_there_was_a_rule_is_still_read() {
    for text in REFUSED {
        let events = [
            json!({ "type": "message_created", "message": {
                "id": "m1", "roomId": "main", "seq": 1, "senderId": "ada", "senderAlias": text, "content": text,
                "createdAt": 1, "broadcast": false, "commandId": "k" } }),
            json!({ "type": "guests_assigned", "assignments": [{ "key": text, "roomId": "r1" }] }),
        ];
        for event in events {
            serde_json::from_value::<Event>(event).unwrap();
        }
        serde_json::from_value::<RoomName>(json!(text)).unwrap();
        assert_eq!(Alias::stored(text).unwrap().as_str(), text.trim());
        assert!(
            Alias::new(text).is_err() && text.parse::<GuestKey>().is_err(),
            "{text:?}"
        );
    }
}
