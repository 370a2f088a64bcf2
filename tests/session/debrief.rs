//! What happened, told from the journal.

use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::events::Event;
use flagship_protocol::http::Debrief;
use flagship_protocol::ids::{RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::number::{CountdownMs, TimerMs};
use flagship_session::DebriefBuilder;

use crate::support::{Stage, id, to};

fn debrief(stage: &Stage) -> Debrief {
    let mut builder = DebriefBuilder::default();
    let mut brief = DebriefBuilder::default();
    for entry in &stage.journal {
        builder.add(entry);
        match (entry.events.as_slice(), &entry.stream, &entry.actor) {
            ([said], StreamId::Room(room), Some(sender)) if matches!(said.event, Event::MessageCreated { .. }) => {
                brief.add_message(room, sender, entry.at);
            }
            _ => brief.add(entry),
        }
    }
    let debrief = builder.finish().unwrap();
    assert_eq!(brief.finish().unwrap(), debrief, "without what was said");
    debrief
}

#[test]
fn tells_who_was_where_and_when_and_what_was_said() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.now = 10_000;
    stage.join("grace", &blue);
    stage.now = 15_000;
    stage.say("grace", &blue, "one").unwrap();
    stage.say("grace", &RoomId::main(), "elsewhere").unwrap();
    stage.now = 20_000;
    stage.does("grace", LeaveRoom { room_id: None });
    stage.now = 30_000;
    stage.join("grace", &blue);

    let debrief = debrief(&stage);
    let visits: Vec<_> = debrief
        .visits
        .iter()
        .map(|visit| (visit.entered_at, visit.left_at, visit.messages, visit.round))
        .collect();
    assert_eq!(visits, [(10_000, Some(20_000), 1, 0), (30_000, None, 0, 0)]);
    let room = &debrief.rooms[0];
    assert_eq!(
        (room.messages, room.first_message_at, room.visitors),
        (1, Some(15_000), 1)
    );
    let grace = debrief
        .participants
        .iter()
        .find(|one| one.participant_id == id("grace"))
        .unwrap();
    assert_eq!((grace.messages, grace.left_at), (2, None));
}

#[test]
fn counts_messages_by_the_minute() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    for at in [60_000, 119_999, 120_000, 300_001] {
        stage.now = at;
        stage.say("grace", &blue, "still here").unwrap();
    }
    stage.say("grace", &RoomId::main(), "elsewhere").unwrap();
    assert_eq!(
        debrief(&stage).rooms[0].message_minutes,
        [(60_000, 2), (120_000, 1), (300_000, 1)]
    );
}

#[test]
fn keeps_the_last_minutes_of_a_talk_that_never_ends() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    let last = limits::DEBRIEF_MINUTES as u64 + 1;
    for minute in 1..=last {
        stage.now = minute * 60_000;
        stage.say("grace", &blue, "still here").unwrap();
    }
    let minutes = &debrief(&stage).rooms[0].message_minutes;
    assert_eq!(minutes.len(), limits::DEBRIEF_MINUTES);
    assert_eq!(
        (minutes[0], minutes[minutes.len() - 1]),
        ((120_000, 1), (last * 60_000, 1))
    );
}

#[test]
fn tells_the_rounds_to_the_millisecond() {
    let mut stage = Stage::new();
    let create = CreateRoom {
        name: "Blue".parse().unwrap(),
        capacity: None,
        preparing: true,
    };
    let blue = stage.does("ada", create).room.unwrap().id;
    stage.does("grace", JoinSession {});
    let assignments = vec![Assignment {
        participant_id: id("grace"),
        room_id: Some(blue),
        expected_room_id: Change::Keep,
        expected_location_id: None,
    }];
    stage.does("ada", Assign { assignments });
    stage.does(
        "ada",
        UpdateSession {
            countdown_ms: CountdownMs::new(5_000),
            ..Default::default()
        },
    );
    for opened_at in [100_000, 500_000] {
        stage.now = opened_at;
        stage.does(
            "ada",
            OpenRooms {
                room_ids: None,
                duration_ms: TimerMs::new(60_000),
                expected_versions: Default::default(),
            },
        );
        stage.wait_until(opened_at + 200_000);
    }
    let debrief = debrief(&stage);
    let rounds: Vec<_> = debrief
        .rounds
        .iter()
        .map(|round| (round.round, round.opened_at, round.closed_at))
        .collect();
    assert_eq!(rounds, [(1, 100_000, Some(165_000)), (2, 500_000, Some(565_000))]);
    let visits: Vec<_> = debrief
        .visits
        .iter()
        .map(|visit| (visit.round, visit.entered_at, visit.left_at))
        .collect();
    assert_eq!(visits, [(1, 100_000, Some(165_000)), (2, 500_000, Some(565_000))]);
}

#[test]
fn keeps_rooms_that_were_deleted_and_people_who_left() {
    let mut stage = Stage::new();
    let blue = stage.room("Blue");
    stage.join("grace", &blue);
    stage.now = 9_000;
    stage.does(
        "ada",
        DeleteRoom {
            room_id: blue,
            expected_version: None,
        },
    );
    stage.does("grace", LeaveSession {});
    let debrief = debrief(&stage);
    assert_eq!(debrief.rooms[0].name.as_str(), "Blue");
    assert_eq!(debrief.visits[0].left_at, Some(9_000));
    assert_eq!(
        debrief
            .participants
            .iter()
            .find(|one| one.participant_id == id("grace"))
            .unwrap()
            .left_at,
        Some(9_000)
    );
}

#[test]
fn without_a_journal_there_is_nothing_to_tell() {
    assert_eq!(DebriefBuilder::default().finish(), None);
}

#[test]
fn tells_each_round_with_its_rooms_who_was_in_them_and_how_much_was_said() {
    let mut stage = Stage::new();
    let (blue, red) = (stage.prepare("Blue", None), stage.prepare("Red", None));
    stage.come(&["grace", "linus"]);
    for (grace, linus) in [(&blue, &blue), (&red, &blue)] {
        stage.assign([to("grace", Some(grace)), to("linus", Some(linus))]);
        stage.does("ada", OpenRooms::default());
        stage.say("grace", grace, "hello").unwrap();
        let countdown_ms = CountdownMs::new(0);
        stage.does(
            "ada",
            CloseRooms {
                room_ids: None,
                countdown_ms,
                expected_versions: Default::default(),
            },
        );
    }
    let debrief = debrief(&stage);
    let told: Vec<Vec<_>> = debrief
        .rounds
        .iter()
        .map(|round| {
            let rooms = round.rooms.iter();
            rooms
                .map(|room| (room.room_id.clone(), room.participant_ids.clone(), room.messages))
                .collect()
        })
        .collect();
    assert_eq!(
        told,
        [
            vec![(blue.clone(), vec![id("grace"), id("linus")], 1)],
            vec![(blue, vec![id("linus")], 0), (red, vec![id("grace")], 1)]
        ]
    );
}
