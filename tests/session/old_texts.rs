//! A session whose journal and snapshot hold texts that nobody could give today.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::RoomId;
use flagship_protocol::moderation::GuestAssignment;
use flagship_protocol::text::{About, Alias, GuestKey, MessageContent, RoomName, Tag};
use flagship_session::{Actor, Entry, Session, State};

use crate::support::{Stage, actor, id};

const INVISIBLE: &str = "\u{2060}\u{3164}";
const TURNED: &str = "\u{202e}gpj.exe";

/// A session from before the rules.
fn old() -> Stage {
    let mut stage = Stage::new();
    let room = CreateRoom {
        name: RoomName::stored(TURNED).unwrap(),
        capacity: None,
        preparing: true,
    };
    let blue = stage.does("ada", room).room.unwrap().id;
    stage.come(&["grace"]);
    let profile = UpdateProfile {
        alias: Some(Alias::stored(INVISIBLE).unwrap()),
        about: flagship_protocol::decode::Change::Set(About::stored(TURNED).unwrap()),
        tags: Some(vec![Tag::stored(INVISIBLE).unwrap()]),
    };
    stage.does("grace", profile);
    let message = SendMessage {
        room_id: RoomId::main(),
        content: MessageContent::stored(INVISIBLE).unwrap(),
        reply_to: None,
        mentions: Vec::new(),
        seen_session: None,
    };
    stage.does("grace", message);
    let guest = GuestAssignment {
        key: GuestKey::stored(TURNED).unwrap(),
        room_id: Some(blue),
    };
    let assignments = vec![guest];
    stage.does("ada", AssignGuests { assignments });
    stage
}

/// An entry as a row of the journal gives it back.
fn stored(entry: &Entry) -> Entry {
    let events = serde_json::to_string(&entry.events).unwrap();
    let result = serde_json::to_string(&entry.result).unwrap();
    Entry {
        events: serde_json::from_str(&events).unwrap(),
        result: serde_json::from_str(&result).unwrap(),
        ..entry.clone()
    }
}

#[test]
fn it_is_restored_from_its_journal_and_from_its_snapshot() {
    let stage = old();
    let restored = Session::restore(None, stage.journal.iter().map(stored)).unwrap();
    assert_eq!(restored.state(), stage.session.state());
    let snapshot = serde_json::to_string(stage.session.state()).unwrap();
    let state: State = serde_json::from_str(&snapshot).unwrap();
    assert_eq!(&state, stage.session.state());
    let grace = serde_json::to_string(&Actor::new(id("grace"), Alias::stored(INVISIBLE).unwrap())).unwrap();
    assert!(
        serde_json::from_str::<Actor>(&grace).is_ok(),
        "so does what is kept with a socket"
    );
}

#[test]
fn it_goes_on_and_takes_no_new_ones() {
    let mut stage = old();
    stage.restart();
    stage.come(&["linus"]);
    stage.does("grace", RaiseHand { raised: true });
    stage.does("ada", OpenRooms::default());
    stage.session.state().template(&actor("ada")).unwrap();
    stage.session.state().list(&actor("ada")).unwrap();
    stage.session.read_list(&actor("ada"), "name,room\nlinus,Red").unwrap();
    let command = format!(r#"{{"type":"update_profile","alias":"{INVISIBLE}"}}"#);
    let refused = Command::decode(&command).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (ErrorCode::Invalid, Some("alias"))
    );
    stage.check();
}
