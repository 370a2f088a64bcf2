//! Whatever a client sends, it gets a typed error that names the field, or what it asked for. Never a panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flagship_protocol::commands::Command;
use flagship_protocol::decode::{DecodeError, from_json};
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{BadFrame, ClientFrame, decode_message};
use flagship_protocol::http::UpdateRoomBody;
use flagship_protocol::limits;
use flagship_protocol::number::Capacity;

fn command(text: &str) -> DecodeError {
    Command::decode(text).unwrap_err()
}

fn assert_invalid(error: &DecodeError, field: &str, says: &str) {
    assert_eq!(error.code, ErrorCode::Invalid, "{error:?}");
    assert_eq!(error.field.as_deref(), Some(field), "{error:?}");
    assert!(error.message.contains(says), "{error:?}");
}

#[test]
fn what_is_not_json_is_malformed() {
    for text in [
        "",
        "{",
        "nonsense",
        "{\"type\":\"create_room\",}",
        "{\"type\":\"create_room\",\"name\":\"a\"} x",
        "\u{0}",
    ] {
        let error = command(text);
        assert_eq!(error.code, ErrorCode::Malformed, "{text}: {error:?}");
        assert!(error.message.contains("not valid JSON"), "{error:?}");
    }
}

#[test]
fn a_command_needs_a_type_that_is_known() {
    assert_invalid(&command("{}"), "type", "missing");
    assert_invalid(&command("{\"type\":7}"), "type", "must be text");
    assert_eq!(command("[]").code, ErrorCode::Invalid);
    assert_eq!(command("null").code, ErrorCode::Invalid);
    let error = command("{\"type\":\"fly\"}");
    assert_eq!(error.code, ErrorCode::UnknownCommand);
    assert!(error.message.contains("create_room"), "lists what is known: {error:?}");
}

#[test]
fn an_unknown_type_is_not_repeated_at_length() {
    let error = command(&format!("{{\"type\":\"{}\"}}", "x".repeat(10_000)));
    assert!(error.message.len() < 600, "{}", error.message.len());
}

#[test]
fn a_missing_or_wrong_field_is_named() {
    assert_invalid(&command(r#"{"type":"create_room"}"#), "name", "missing");
    assert_invalid(
        &command(r#"{"type":"create_room","name":7}"#),
        "name",
        "must be text, and this is 7",
    );
    assert_invalid(
        &command(r#"{"type":"create_room","name":"a","capacity":"b"}"#),
        "capacity",
        "must be a number, and this is text",
    );
    assert_invalid(
        &command(r#"{"type":"create_room","name":"a","capacity":-1}"#),
        "capacity",
        "-1",
    );
    assert_invalid(
        &command(r#"{"type":"create_room","name":"a","capacity":1.5}"#),
        "capacity",
        "1.5",
    );
    assert_invalid(&command(r#"{"type":"join_room","roomId":"a b"}"#), "roomId", "letters");
    assert_invalid(
        &command(r#"{"type":"set_role","participantId":"a","role":"king"}"#),
        "role",
        "host",
    );
}

#[test]
fn text_has_its_limits() {
    let create = |name: &str| Command::decode(&serde_json::json!({ "type": "create_room", "name": name }).to_string());
    assert_invalid(&create("").unwrap_err(), "name", "empty");
    assert_invalid(&create("   ").unwrap_err(), "name", "empty");
    assert_invalid(&create(&"x".repeat(10_000)).unwrap_err(), "name", "has 10000");
    assert_invalid(&create("a\nb").unwrap_err(), "name", "one line");
    assert!(create(&"x".repeat(limits::ROOM_NAME_CHARS)).is_ok());
    assert!(
        create(&"é".repeat(limits::ROOM_NAME_CHARS)).is_ok(),
        "characters count, not bytes"
    );
    assert!(create(&"é".repeat(limits::ROOM_NAME_CHARS + 1)).is_err());
    assert_eq!(
        serde_json::to_value(create("  Blue ").unwrap()).unwrap()["name"],
        "Blue",
        "trimmed"
    );

    let say = |text: &str| {
        Command::decode(&serde_json::json!({ "type": "send_message", "roomId": "main", "content": text }).to_string())
    };
    assert_invalid(&say(" \n\t").unwrap_err(), "content", "blank");
    assert_invalid(&say("a\u{0}b").unwrap_err(), "content", "control");
    assert!(say("two\nlines\tand a tab 👋🏽").is_ok());
    assert!(say(&"👋".repeat(limits::MESSAGE_CHARS)).is_ok());
    assert_invalid(
        &say(&"x".repeat(limits::MESSAGE_CHARS + 1)).unwrap_err(),
        "content",
        "4001",
    );
}

#[test]
fn the_longest_message_fits_a_frame_however_it_is_written() {
    let escaped = "\\ud83d\\udc4b".repeat(limits::MESSAGE_CHARS);
    let frame = format!(
        r#"{{"type":"command","id":"k","command":{{"type":"send_message","roomId":"main","content":"{escaped}"}}}}"#
    );
    assert!(frame.len() <= limits::FRAME_BYTES, "{}", frame.len());
    assert!(decode_message(&frame).unwrap().remove(0).is_ok());
}

#[test]
fn a_frame_says_which_command_it_could_not_read() {
    let decode = |text: &str| ClientFrame::decode(text).unwrap_err();
    let BadFrame { id, error } = decode(r#"{"type":"command","id":"k1","command":{"type":"create_room","name":""}}"#);
    assert_eq!(id.unwrap().as_str(), "k1");
    assert_invalid(&error, "command.name", "empty");

    let BadFrame { id, error } = decode(r#"{"type":"command","id":"k1","command":{"type":"fly"}}"#);
    assert_eq!(
        (id.unwrap().as_str(), error.code, error.field.as_deref()),
        ("k1", ErrorCode::UnknownCommand, Some("command.type"))
    );

    assert_invalid(
        &decode(r#"{"type":"command","command":{"type":"leave_room"}}"#).error,
        "id",
        "missing",
    );
    assert_invalid(
        &decode(r#"{"type":"command","id":"a b","command":{"type":"leave_room"}}"#).error,
        "id",
        "visible ASCII",
    );
    assert_invalid(
        &decode(r#"{"type":"command","id":7,"command":{"type":"leave_room"}}"#).error,
        "id",
        "must be text",
    );
    assert_invalid(&decode(r#"{"type":"command","id":"k1"}"#).error, "command", "missing");
    assert_invalid(
        &decode(r#"{"type":"hello","resume":{"epoch":"e","streams":{"kitchen":1}}}"#).error,
        "resume.streams.kitchen",
        "room:",
    );
    assert_invalid(
        &decode(r#"{"type":"hello","resume":{"epoch":"e","streams":{"session":-1}}}"#).error,
        "resume.streams.session",
        "-1",
    );
    assert_eq!(decode(r#"{"type":"fly"}"#).error.code, ErrorCode::UnknownFrame);
}

#[test]
fn each_frame_of_an_array_stands_alone() {
    let frames = decode_message(r#"[{"type":"hello"},{"type":"fly"},7,{"type":"typing","roomId":"main"}]"#).unwrap();
    assert_eq!(
        frames.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, false, true]
    );
}

#[test]
fn a_message_that_is_too_large_is_not_read() {
    let error = decode_message(&"x".repeat(limits::FRAME_BYTES + 1)).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    let many = format!("[{}]", vec!["{}"; limits::FRAMES_PER_MESSAGE + 1].join(","));
    assert_eq!(decode_message(&many).unwrap_err().code, ErrorCode::TooLarge);
    assert_eq!(decode_message("[{]").unwrap_err().code, ErrorCode::Malformed);
}

#[test]
fn deep_nesting_is_refused_without_a_crash() {
    let deep = "[".repeat(30_000);
    assert!(decode_message(&deep).is_err());
    let deep = format!(r#"{{"type":"command","id":"k","command":{}}}"#, "{\"a\":".repeat(5_000));
    assert!(decode_message(&deep).unwrap().remove(0).is_err());
}

#[test]
fn absent_null_and_value_are_three_things() {
    let read = |text: &str| {
        from_json::<UpdateRoomBody>(text)
            .unwrap()
            .capacity
            .apply(Capacity::new(5))
    };
    assert_eq!(read("{}"), Capacity::new(5));
    assert_eq!(read(r#"{"capacity":null}"#), None);
    assert_eq!(read(r#"{"capacity":9}"#), Capacity::new(9));
}

#[test]
fn errors_repeat_the_field_in_words() {
    let body = ErrorBody::from(DecodeError::invalid("name", "must be short").within("command"));
    assert_eq!(
        (body.field.as_deref(), body.message.as_str()),
        (Some("command.name"), "command.name: must be short")
    );
}
