//! Who is assigned where, before and while rooms are open.

use flagship_protocol::commands::*;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::http::{AssignmentStrategy, ProposalRequest};
use flagship_protocol::ids::RoomId;
use flagship_protocol::number::{Capacity, CountdownMs};
use flagship_session::{DebriefBuilder, history};

use crate::support::{Stage, actor, id, to};

fn assign(assignments: impl Into<Vec<Assignment>>) -> Assign {
    Assign {
        assignments: assignments.into(),
    }
}

fn prepare(stage: &mut Stage, capacity: u64) -> RoomId {
    let command = CreateRoom {
        name: "Blue".parse().unwrap(),
        capacity: Capacity::new(capacity),
        preparing: true,
    };
    stage.does("ada", command).room.unwrap().id
}

#[test]
fn assigning_to_an_open_room_moves_at_once_and_to_another_one_later() {
    let mut stage = Stage::new();
    let (open, later) = (stage.room("Open"), prepare(&mut stage, 5));
    for who in ["grace", "linus"] {
        stage.does(who, JoinSession {});
    }
    stage.does("ada", assign([to("grace", Some(&open)), to("linus", Some(&later))]));
    assert_eq!(
        (stage.location("grace"), stage.location("linus").as_str()),
        (open, "main")
    );
    assert!(matches!(
        stage.last_events()[..],
        [Event::ParticipantsAssigned { .. }, Event::BreakoutRoomJoined { .. }]
    ));
    stage.does("ada", assign([to("grace", None)]));
    assert_eq!(
        stage.last_events().len(),
        1,
        "an assignment that is taken away moves nobody"
    );
    stage.check();
}

#[test]
fn all_are_assigned_or_none() {
    let mut stage = Stage::new();
    let blue = prepare(&mut stage, 1);
    for who in ["grace", "linus", "mallory"] {
        stage.does(who, JoinSession {});
    }
    stage.does(
        "ada",
        BanParticipant {
            participant_id: id("mallory"),
        },
    );
    let nowhere: RoomId = "nowhere".parse().unwrap();
    for (wrong, code) in [
        (to("nobody", Some(&blue)), ErrorCode::ParticipantNotFound),
        (to("mallory", Some(&blue)), ErrorCode::ParticipantBanned),
        (to("linus", Some(&nowhere)), ErrorCode::RoomNotFound),
        (to("linus", Some(&RoomId::main())), ErrorCode::Forbidden),
        (to("grace", None), ErrorCode::Invalid),
        (to("linus", Some(&blue)), ErrorCode::RoomFull),
    ] {
        assert_eq!(stage.is_refused("ada", assign([to("grace", Some(&blue)), wrong])), code);
    }
}

#[test]
fn a_full_room_takes_somebody_when_another_goes_in_the_same_command() {
    let mut stage = Stage::new();
    let (blue, red) = (prepare(&mut stage, 1), prepare(&mut stage, 1));
    for who in ["grace", "linus"] {
        stage.does(who, JoinSession {});
    }
    stage.does("ada", assign([to("grace", Some(&blue)), to("linus", Some(&red))]));
    stage.does("ada", OpenRooms::default());
    stage.does("ada", assign([to("grace", Some(&red)), to("linus", Some(&blue))]));
    assert_eq!((stage.location("grace"), stage.location("linus")), (red, blue));
    stage.check();
}

#[test]
fn who_is_assigned_to_a_room_that_is_not_open_still_takes_a_place_in_theirs() {
    let mut stage = Stage::new();
    let (open, later) = (prepare(&mut stage, 1), prepare(&mut stage, 1));
    stage.come(&["grace", "linus"]);
    let room_ids = Some(vec![open.clone()]);
    stage.does(
        "ada",
        OpenRooms {
            room_ids,
            duration_ms: None,
            expected_versions: Default::default(),
        },
    );
    stage.join("grace", &open);
    let both = assign([to("grace", Some(&later)), to("linus", Some(&open))]);
    assert_eq!(stage.is_refused("ada", both), ErrorCode::RoomFull);
}

#[test]
fn somebody_who_comes_late_goes_where_they_were_to_be() {
    let mut stage = Stage::new();
    let blue = prepare(&mut stage, 5);
    stage.does("grace", JoinSession {});
    stage.does("ada", assign([to("grace", Some(&blue))]));
    stage.does("grace", LeaveSession {});
    stage.does("ada", OpenRooms::default());
    let back = stage.does("grace", JoinSession {}).participant.unwrap();
    assert_eq!((back.room_id, back.assigned_room_id), (blue.clone(), Some(blue)));
    stage.check();
}

#[test]
fn a_deleted_room_takes_its_assignments_along() {
    let mut stage = Stage::new();
    let blue = prepare(&mut stage, 5);
    stage.does("grace", JoinSession {});
    stage.does("ada", assign([to("grace", Some(&blue))]));
    stage.does(
        "ada",
        DeleteRoom {
            room_id: blue,
            expected_version: None,
        },
    );
    assert_eq!(
        stage
            .session
            .state()
            .participant(&id("grace"))
            .unwrap()
            .assigned_room_id,
        None
    );
}

#[test]
fn a_thousand_people_are_assigned_with_one_command_that_fits_a_frame() {
    let mut stage = Stage::new();
    let rooms: Vec<RoomId> = (0..100).map(|_| prepare(&mut stage, 10)).collect();
    let person = |n: usize| format!("u-{n:032}");
    let mut assignments = Vec::new();
    for n in 0..999 {
        stage
            .journal
            .extend(stage.session.enter(&actor(&person(n)), 2_000).unwrap());
        assignments.push(to(&person(n), Some(&rooms[n % 100])));
    }
    let command = Command::from(assign(assignments));
    let size = serde_json::to_string(&command).unwrap().len();
    assert!(size < flagship_protocol::limits::FRAME_BYTES, "{size}");
    stage.does("ada", command);
    stage.does("ada", OpenRooms::default());
    assert!(
        rooms
            .iter()
            .all(|room| stage.session.state().occupants(room).count() >= 9)
    );
    stage.check();
}

fn ask(strategy: AssignmentStrategy) -> ProposalRequest {
    serde_json::from_value(serde_json::json!({ "strategy": strategy })).unwrap()
}

/// Who shared a room so far, told from the journal.
fn met(stage: &Stage) -> Vec<flagship_assignment::Meetings<flagship_protocol::ids::ParticipantId>> {
    let mut builder = DebriefBuilder::default();
    stage.journal.iter().for_each(|entry| builder.add(entry));
    history(&builder.finish().unwrap())
}

#[test]
fn over_five_rounds_sixteen_people_in_fours_never_meet_twice() {
    let mut stage = Stage::new();
    (0..4).for_each(|_| drop(prepare(&mut stage, 4)));
    (0..16).for_each(|n| drop(stage.does(&format!("p{n}"), JoinSession {})));
    for _ in 0..5 {
        let asked = ask(AssignmentStrategy::Balanced);
        let proposal = stage
            .session
            .state()
            .propose(&actor("ada"), &asked, met(&stage))
            .unwrap();
        assert_eq!(
            (
                proposal.assignments.len(),
                proposal.repeated_meetings,
                proposal.uneven_sizes
            ),
            (16, 0, 0)
        );
        stage.does(
            "ada",
            Assign {
                assignments: proposal.assignments,
            },
        );
        stage.does("ada", OpenRooms::default());
        stage.does(
            "ada",
            CloseRooms {
                room_ids: None,
                countdown_ms: CountdownMs::new(0),
                expected_versions: Default::default(),
            },
        );
    }
    stage.check();
}

#[test]
fn a_proposal_changes_nothing_and_says_what_cannot_be() {
    let mut stage = Stage::new();
    let propose =
        |stage: &Stage, who: &str, asked: &ProposalRequest| stage.session.state().propose(&actor(who), asked, vec![]);
    let balanced = ask(AssignmentStrategy::Balanced);
    assert_eq!(
        propose(&stage, "ada", &balanced).unwrap_err().code(),
        ErrorCode::NoRooms
    );
    let (blue, red) = (prepare(&mut stage, 1), prepare(&mut stage, 1));
    for who in ["a", "b", "c"] {
        stage.does(who, JoinSession {});
    }
    assert_eq!(
        propose(&stage, "a", &balanced).unwrap_err().code(),
        ErrorCode::Forbidden
    );
    let before = stage.session.state().clone();
    let proposal = propose(&stage, "ada", &balanced).unwrap();
    assert_eq!(
        (proposal.assignments.len(), proposal.unplaced.len()),
        (2, 1),
        "the host stays where they are"
    );
    let again = ProposalRequest {
        seed: Some(proposal.seed),
        ..balanced.clone()
    };
    assert_eq!(propose(&stage, "ada", &again).unwrap(), proposal);
    let rooms = |room_ids: Vec<RoomId>| ProposalRequest {
        room_ids: Some(room_ids),
        ..balanced.clone()
    };
    assert_eq!(propose(&stage, "ada", &rooms(vec![blue, red])).unwrap(), proposal);
    assert_eq!(
        propose(&stage, "ada", &rooms(vec!["x".parse().unwrap()]))
            .unwrap_err()
            .code(),
        ErrorCode::RoomNotFound
    );
    let nobody = ProposalRequest {
        participant_ids: Some(vec![id("nobody")]),
        ..balanced.clone()
    };
    assert_eq!(
        propose(&stage, "ada", &nobody).unwrap_err().code(),
        ErrorCode::ParticipantNotFound
    );
    let both = vec![vec![id("a"), id("b")]];
    let impossible = ProposalRequest {
        together: both.clone(),
        apart: both,
        ..balanced
    };
    assert_eq!(
        propose(&stage, "ada", &impossible).unwrap_err().code(),
        ErrorCode::NoAssignment
    );
    assert_eq!(stage.session.state(), &before);
}
