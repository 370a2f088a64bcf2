//! How lively rooms are, told without what is said in them.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::http::RoomActivity;
use flagship_protocol::limits::ACTIVITY_MINUTES;
use flagship_protocol::model::Role;
use flagship_protocol::moderation::HelpKind;

use crate::support::{Stage, actor, id, to};

const MINUTE: u64 = 60_000;

fn activity(stage: &Stage) -> Vec<RoomActivity> {
    stage.session.state().activity(&actor("ada"), stage.now).unwrap()
}

#[test]
fn hosts_see_who_is_there_who_should_be_and_how_much_is_said() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.room("Blue"), stage.room("Red"));
    stage.come(&["grace", "linus", "ken"]);
    stage.assign([
        to("grace", Some(&blue)),
        to("linus", Some(&blue)),
        to("ken", Some(&red)),
    ]);
    stage.does("linus", LeaveRoom { room_id: None });
    stage.now = 10 * MINUTE;
    for _ in 0..3 {
        stage.say("grace", &blue, "hello").unwrap();
    }
    stage.now += 2 * MINUTE;
    stage.say("grace", &blue, "hello").unwrap();
    let rooms = activity(&stage);
    assert_eq!((rooms[0].present, rooms[0].assigned), (1, 2));
    assert_eq!((rooms[0].messages, rooms[0].recent_messages), (4, 4));
    assert_eq!(rooms[0].last_message_at, Some(12 * MINUTE));
    assert_eq!(
        (rooms[1].present, rooms[1].messages, rooms[1].last_message_at),
        (1, 0, None)
    );
    stage.restart();
    assert_eq!(activity(&stage), rooms, "an eviction forgets nothing");
}

#[test]
fn silence_shows_minute_by_minute() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    for minute in 0..10 {
        stage.now = (100 + minute) * MINUTE;
        stage.say("ada", &blue, "tick").unwrap();
    }
    for silent in 0..=ACTIVITY_MINUTES {
        stage.now = (109 + silent) * MINUTE;
        assert_eq!(
            u64::from(activity(&stage)[0].recent_messages),
            ACTIVITY_MINUTES - silent
        );
    }
    assert_eq!(activity(&stage)[0].messages, 10);
}

#[test]
fn the_longest_wait_for_help_in_a_room_shows_until_somebody_comes() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    let mut asked = Vec::new();
    for (at, who) in [(10_000, "grace"), (20_000, "linus")] {
        stage.join(who, &blue);
        stage.now = at;
        let (kind, text, about_participant_id) = (HelpKind::Help, None, None);
        let ask = AskForHelp {
            kind,
            text,
            about_participant_id,
        };
        asked.push(stage.does(who, ask).help_request.unwrap().id);
    }
    stage.now = 60_000;
    let wait = |stage: &Stage| activity(stage)[0].longest_help_wait_ms;
    assert_eq!(wait(&stage), Some(50_000));
    let request_id = asked[0].clone();
    stage.does("ada", ClaimHelp { request_id });
    assert_eq!(wait(&stage), Some(40_000));
    let request_id = asked[1].clone();
    stage.does("ada", ResolveHelp { request_id });
    assert_eq!(wait(&stage), None);
}

#[test]
fn only_those_who_keep_order_look() {
    let mut stage = Stage::new();
    stage.come(&["grace", "mallory"]);
    let look = |stage: &Stage, who: &str| stage.session.state().activity(&actor(who), 0).map_err(|no| no.code());
    assert_eq!(look(&stage, "grace"), Err(ErrorCode::Forbidden));
    stage.promote("grace", Role::Moderator);
    assert_eq!(look(&stage, "grace"), Ok(vec![]));
    let participant_id = id("grace");
    stage.does("ada", BanParticipant { participant_id });
    assert_eq!(look(&stage, "grace"), Err(ErrorCode::Banned));
}
