//! When a session counts as never used, and how long it is kept then.

use flagship_protocol::commands::{Command, CreateRooms, EndSession, LeaveSession, NewRoom, UpdateSession};
use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;

use crate::support::Stage;

#[test]
fn a_session_is_unused_until_somebody_does_something_with_it() {
    let until = |stage: &Stage| stage.session.state().unused_until();
    let mut stage = Stage::new();
    assert_eq!(until(&stage), Some(1_000 + limits::UNUSED_SESSION_MS));
    // Its creator comes and goes, and asks for what is so already.
    stage.now = 5_000;
    stage.does("ada", LeaveSession {});
    stage.come(&["ada"]);
    assert_eq!(until(&stage), Some(5_000 + limits::UNUSED_SESSION_MS));
    stage.does("ada", EndSession {});
    assert_eq!(
        until(&stage),
        Some(5_000 + limits::UNUSED_SESSION_MS),
        "ended, and still unused"
    );
}

#[test]
fn whatever_could_be_missed_is_use() {
    let rooms = vec![NewRoom {
        name: "Blue".parse().unwrap(),
        capacity: None,
        guests: vec![],
    }];
    let title = UpdateSession {
        title: Some("Next month".parse().unwrap()),
        ..Default::default()
    };
    let template_id = None;
    let uses: [Command; 2] = [title.into(), CreateRooms { rooms, template_id }.into()];
    for command in uses {
        let mut stage = Stage::new();
        stage.does("ada", command.clone());
        assert_eq!(stage.session.state().unused_until(), None, "{command:?}");
    }
    let mut spoken = Stage::new();
    spoken.say("ada", &RoomId::main(), "hello").unwrap();
    assert_eq!(spoken.session.state().unused_until(), None);
    let mut joined = Stage::new();
    joined.come(&["grace"]);
    joined.does("grace", LeaveSession {});
    assert_eq!(joined.session.state().unused_until(), None, "somebody was there once");
}
