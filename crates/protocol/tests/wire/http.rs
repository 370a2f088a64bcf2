//! Bodies of the HTTP interface.

use crate::samples::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode, Problem};
use flagship_protocol::http::*;
use flagship_protocol::model::*;
use flagship_protocol::number::Capacity;
use serde_json::{Value, json};

#[test]
fn http_bodies_look_like_this() {
    let error = ErrorBody::new(ErrorCode::SessionLocked, "locked");
    let permission = PermissionEntry {
        command: "create_room".into(),
        allowed: false,
        needs: vec![Role::Host],
        error: Some(error.clone()),
    };
    let part = DependencyHealth {
        ok: true,
        latency_ms: 3,
    };
    let bodies: Vec<(&str, Value)> = vec![
        (
            "create_session",
            json!(CreateSession {
                title: "Workshop".parse().unwrap(),
                anonymous: true,
            }),
        ),
        (
            "assignment_import",
            json!(AssignmentImport {
                new_rooms: vec![new_room()],
                assignments: vec![],
                guests: vec![],
                without_room: 1,
                problems: vec![ImportProblem {
                    line: 3,
                    column: Some("room".into()),
                    message: "line 3: room: must be one line without control characters".into(),
                }],
                problem_count: 1,
            }),
        ),
        (
            "assignment_list",
            json!(AssignmentList {
                people: vec![AssignedPerson {
                    participant_id: "ada".parse().unwrap(),
                    alias: "Ada".parse().unwrap(),
                    room_id: Some("r3".parse().unwrap()),
                    room_name: Some("Blue".parse().unwrap()),
                    tags: vec!["rust".parse().unwrap()],
                }],
                guests: vec![],
            }),
        ),
        (
            "save_template",
            json!(SaveTemplate {
                name: "Weekly".parse().unwrap(),
                session_id: "s1".parse().unwrap(),
            }),
        ),
        ("template", json!(TemplateBody { template: template() })),
        (
            "templates",
            json!(TemplatesBody {
                templates: vec![template()],
            }),
        ),
        (
            "apply_template",
            json!(ApplyTemplate {
                template_id: "t1".parse().unwrap(),
            }),
        ),
        ("created_rooms", json!(CreatedRooms { rooms: vec![room()] })),
        ("session", json!(SessionBody { session: session() })),
        ("room", json!(RoomBody { room: room() })),
        (
            "rooms",
            json!(RoomsBody {
                rooms: vec![RoomListing {
                    room: room(),
                    participant_ids: vec!["ada".parse().unwrap()]
                }]
            }),
        ),
        (
            "update_room",
            json!(UpdateRoomBody {
                name: None,
                capacity: Change::Clear,
                locked: Some(true),
                facilitator_ids: Some(vec!["grace".parse().unwrap()]),
                slow_mode_ms: Change::Clear,
                expected_version: None
            }),
        ),
        ("message", json!(MessageBody { message: message() })),
        (
            "messages",
            json!(MessagesPage {
                messages: vec![message()],
                before: Some(1),
                after: Some(5)
            }),
        ),
        (
            "last_messages",
            json!(MessagesPage {
                messages: vec![],
                before: None,
                after: None
            }),
        ),
        (
            "direct_messages",
            json!(DirectMessagesPage {
                messages: vec![direct_message()],
                before: Some(7),
                after: None
            }),
        ),
        (
            "search",
            json!(SearchPage {
                messages: vec![edited_message()],
                direct_messages: vec![direct_message()],
                before: Some(5)
            }),
        ),
        (
            "search_in_room",
            json!(SearchPage {
                messages: vec![edited_message()],
                direct_messages: vec![],
                before: None
            }),
        ),
        (
            "events",
            json!(EventsPage {
                frames: vec![],
                cursor: "c".into()
            }),
        ),
        (
            "ticket",
            json!(Ticket {
                ticket: "t".into(),
                expires_at: 9_000
            }),
        ),
        (
            "development_token_request",
            json!(DevelopmentTokenRequest {
                alias: "Ada".parse().unwrap()
            }),
        ),
        (
            "development_token",
            json!(DevelopmentToken {
                token: "a.b.c".into(),
                user_id: "u".parse().unwrap()
            }),
        ),
        (
            "debug_permissions",
            json!(DebugPermissions {
                user_id: "ada".parse().unwrap(),
                role: Role::Participant,
                registered: false,
                refused: Some(error.clone()),
                permissions: vec![permission],
            }),
        ),
        (
            "proposal_request",
            json!(ProposalRequest {
                strategy: AssignmentStrategy::Alike,
                match_by: MatchBy::Texts,
                room_ids: Some(vec!["r3".parse().unwrap()]),
                participant_ids: Some(vec!["grace".parse().unwrap()]),
                tags: [("grace".parse().unwrap(), vec!["rust".into()])].into(),
                together: vec![vec!["grace".parse().unwrap(), "linus".parse().unwrap()]],
                apart: vec![],
                avoid_repeats: false,
                seed: Some(7),
            }),
        ),
        (
            "assignment_proposal",
            json!(AssignmentProposal {
                assignments: vec![assignment()],
                unplaced: vec!["linus".parse().unwrap()],
                repeated_meetings: 1,
                uneven_sizes: 0,
                unlike_pairs: 2,
                uneven_tags: 0,
                seed: 7,
                matched_by: MatchedBy::Meaning,
            }),
        ),
        (
            "debrief",
            json!(Debrief {
                session: session(),
                rounds: vec![DebriefRound {
                    round: 1,
                    opened_at: 1_000,
                    closed_at: None,
                    rooms: vec![DebriefRoundRoom {
                        room_id: "r3".parse().unwrap(),
                        name: "Blue".parse().unwrap(),
                        participant_ids: vec!["ada".parse().unwrap()],
                        messages: 1,
                    }],
                }],
                rooms: vec![DebriefRoom {
                    room_id: "r3".parse().unwrap(),
                    name: "Blue".parse().unwrap(),
                    messages: 1,
                    first_message_at: Some(3_000),
                    last_message_at: Some(3_000),
                    message_minutes: vec![(0, 1)],
                    visitors: 1,
                }],
                participants: vec![DebriefParticipant {
                    participant_id: "ada".parse().unwrap(),
                    alias: "Ada".parse().unwrap(),
                    role: Role::Host,
                    joined_at: 1_000,
                    left_at: None,
                    messages: 1,
                }],
                visits: vec![DebriefVisit {
                    round: 1,
                    room_id: "r3".parse().unwrap(),
                    room_name: "Blue".parse().unwrap(),
                    participant_id: "ada".parse().unwrap(),
                    alias: "Ada".parse().unwrap(),
                    entered_at: 2_000,
                    left_at: Some(4_000),
                    messages: 1,
                }],
                help: vec![DebriefHelp {
                    round: 1,
                    wait_ms: Some(1_000),
                    request: help_request(),
                }],
            }),
        ),
        (
            "activity",
            json!(ActivityBody {
                server_time: 9_000,
                minutes: 5,
                rooms: vec![RoomActivity {
                    room_id: "r3".parse().unwrap(),
                    present: 1,
                    assigned: 2,
                    messages: 3,
                    recent_messages: 1,
                    last_message_at: Some(3_000),
                    longest_help_wait_ms: None,
                }],
            }),
        ),
        (
            "test_room_creation",
            json!(TestRoomCreation {
                name: "Trial".parse().unwrap(),
                capacity: Capacity::new(3)
            }),
        ),
        (
            "dry_run",
            json!(DryRun {
                would_succeed: false,
                checks: vec!["c".into()],
                room: None,
                error: Some(error.clone())
            }),
        ),
        (
            "health",
            json!(Health {
                status: HealthStatus::Degraded,
                version: "1".into(),
                database: part.clone(),
                session_object: part,
                settings: Some(SettingsHealth {
                    ok: false,
                    problems: vec!["JWT_AUDIENCE".into()],
                }),
            }),
        ),
        ("problem", json!(Problem::new(error, "req"))),
    ];
    insta::assert_json_snapshot!("http_bodies", bodies);
}
