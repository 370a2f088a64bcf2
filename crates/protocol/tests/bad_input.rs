//! Whatever a client sends, it gets a typed error that names the field, or what it asked for. Never a panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flagship_protocol::commands::Command;
use flagship_protocol::decode::{DecodeError, from_json};
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{BadFrame, ClientFrame, decode_message};
use flagship_protocol::http::UpdateRoomBody;
use flagship_protocol::ids::{ParticipantId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::number::Capacity;
use flagship_protocol::text::GuestKey;

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
    assert!(error.message.len() < 800, "{}", error.message.len());
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

#[test]
fn times_have_bounds() {
    let year = 365 * 24 * 60 * 60 * 1_000_u64;
    for (kind, field, min) in [
        ("open_rooms", "durationMs", limits::TIMER_MIN_MS),
        ("set_timer", "durationMs", limits::TIMER_MIN_MS),
        ("extend_timer", "byMs", limits::TIMER_MIN_MS),
        ("close_rooms", "countdownMs", 0),
        ("update_session", "countdownMs", 0),
        ("update_session", "slowModeMs", limits::SLOW_MODE_MIN_MS),
    ] {
        let read = |time: &str| Command::decode(&format!(r#"{{"type":"{kind}","{field}":{time}}}"#));
        assert_eq!(read("0").is_ok(), min == 0, "{kind}");
        assert!(read(&min.to_string()).is_ok(), "{kind}");
        for wrong in ["-1", "-0.5", "1500.5", "1e300", "-1e300", &year.to_string()] {
            assert_invalid(&read(wrong).unwrap_err(), field, "must be a whole number from");
        }
        for wrong in ["\"60000\"", "true", "[]", "{}"] {
            assert_invalid(&read(wrong).unwrap_err(), field, "must be a number");
        }
    }
}

#[test]
fn what_people_write_for_moderators_has_its_limits() {
    let ask = |text: &str| {
        Command::decode(&serde_json::json!({ "type": "ask_for_help", "kind": "help", "text": text }).to_string())
    };
    for blank in [" ", "\n\t ", "\u{3000}"] {
        assert_invalid(&ask(blank).unwrap_err(), "text", "blank");
    }
    assert_invalid(&ask("").unwrap_err(), "text", "empty");
    assert_invalid(&ask("a\u{7}").unwrap_err(), "text", "control");
    assert!(ask(&"é".repeat(limits::HELP_CHARS)).is_ok());
    assert_invalid(&ask(&"é".repeat(limits::HELP_CHARS + 1)).unwrap_err(), "text", "281");
    assert_invalid(&command(r#"{"type":"ask_for_help","kind":"panic"}"#), "kind", "alert");
    assert_invalid(
        &command(r#"{"type":"claim_help","requestId":"h 1"}"#),
        "requestId",
        "letters",
    );
    assert_invalid(
        &command(&serde_json::json!({ "type": "update_profile", "about": "x".repeat(501) }).to_string()),
        "about",
        "501",
    );
    assert_invalid(
        &command(r#"{"type":"update_profile","tags":["rust","a\nb"]}"#),
        "tags[1]",
        "one line",
    );
    assert_invalid(
        &command(&serde_json::json!({ "type": "update_profile", "tags": ["x".repeat(41)] }).to_string()),
        "tags[0]",
        "41",
    );
    assert_invalid(
        &command(r#"{"type":"create_rooms","rooms":[{"name":"a"},{"name":"b","guests":["ada",""]}]}"#),
        "rooms[1].guests[1]",
        "empty",
    );
}

#[test]
fn a_guests_key_is_the_same_however_it_is_written() {
    let key = |text: &str| text.parse::<GuestKey>().unwrap();
    assert_eq!(key("  Grace@Example.ORG "), key("grace@example.org"));
    assert!(GuestKey::new("x".repeat(limits::GUEST_KEY_CHARS + 1)).is_err());
}

#[test]
fn every_participant_has_a_stream_whatever_their_id() {
    for id in [
        "ada",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "a:b:c",
        "room:main",
        "100%",
        "%41",
        "\"quoted\" 'twice'",
        "a b/c?d#e&f=g+h",
        "ada@example.org",
        "ünïcödé 👋🏽 名前",
        "\\ { } [ ] ~",
    ] {
        let id: ParticipantId = id.parse().unwrap();
        let name = StreamId::Participant(id.clone()).to_string();
        assert!(
            name.chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '\\' | '&' | '?' | '#' | '+' | ' ')),
            "{name} is safe in any text"
        );
        assert_eq!(name.parse(), Ok(StreamId::Participant(id.clone())));
        let json = serde_json::to_string(&StreamId::Participant(id.clone())).unwrap();
        assert_eq!(
            serde_json::from_str::<StreamId>(&json).unwrap(),
            StreamId::Participant(id)
        );
    }
}

#[test]
fn unknown_streams_are_refused() {
    for name in [
        "",
        "kitchen",
        "Session",
        "session:",
        "moderators:",
        "moderators:1",
        "room",
        "room:",
        "room:a b",
        "participant",
        "participant:",
        "participant:%ff",
        "participant:%00",
        "participant:%0a",
        "participants:ada",
    ] {
        let wrong = name.parse::<StreamId>();
        assert!(wrong.is_err(), "{name:?} is {wrong:?}");
    }
    let long = "x".repeat(limits::PARTICIPANT_ID_BYTES + 1);
    assert!(format!("participant:{long}").parse::<StreamId>().is_err());
}
