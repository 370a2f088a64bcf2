//! Every type on the wire, as it looks there. A changed snapshot is a changed contract: outside clients are
//! written against it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use flagship_protocol::close::CloseCode;
use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode, Problem};
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::*;
use flagship_protocol::http::*;
use flagship_protocol::ids::StreamId;
use flagship_protocol::model::*;
use flagship_protocol::moderation::*;
use flagship_protocol::number::{Capacity, CountdownMs, SlowModeMs, TimerMs};
use serde_json::{Value, json};

fn new_room() -> NewRoom {
    NewRoom {
        name: "Blue".parse().unwrap(),
        capacity: None,
        guests: vec!["Grace@example.org".parse().unwrap()],
    }
}

fn template() -> Template {
    Template {
        id: "t1".parse().unwrap(),
        name: "Weekly".parse().unwrap(),
        rooms: vec![new_room()],
        created_at: 1_700_000_000_000,
    }
}

fn session() -> Session {
    Session {
        id: "s1".parse().unwrap(),
        title: "Workshop".parse().unwrap(),
        state: SessionState::Live,
        locked: false,
        self_select: true,
        return_allowed: true,
        countdown_ms: CountdownMs::DEFAULT,
        late_joiners: LateJoiners::Hold,
        slow_mode_ms: SlowModeMs::new(5_000),
        recording: false,
        anonymous: false,
        round: 1,
        created_at: 1_000,
        created_by: "ada".parse().unwrap(),
        version: 2,
    }
}

fn participant() -> Participant {
    Participant {
        id: "ada".parse().unwrap(),
        alias: "Ada".parse().unwrap(),
        role: Role::Host,
        room_id: "main".parse().unwrap(),
        assigned_room_id: Some("r3".parse().unwrap()),
        hand_raised: false,
        muted: false,
        knocking_room_id: Some("r3".parse().unwrap()),
        invitation: Some(Invitation {
            room_id: "r3".parse().unwrap(),
            invited_by: "grace".parse().unwrap(),
            invited_at: 2_000,
            postponed: true,
        }),
        joined_at: 1_000,
    }
}

fn room() -> Room {
    Room {
        id: "r3".parse().unwrap(),
        name: "Blue".parse().unwrap(),
        state: RoomState::Open,
        locked: false,
        capacity: Capacity::new(4),
        facilitator_ids: vec!["grace".parse().unwrap()],
        slow_mode_ms: SlowModeMs::new(5_000),
        ends_at: Some(9_000),
        closes_at: None,
        created_at: 2_000,
        created_by: "ada".parse().unwrap(),
        version: 3,
    }
}

fn message() -> Message {
    Message {
        id: "m5".into(),
        room_id: "r3".parse().unwrap(),
        seq: 1,
        sender_id: "ada".parse().unwrap(),
        sender_alias: "Ada".parse().unwrap(),
        content: "Hello".parse().unwrap(),
        created_at: 3_000,
        broadcast: false,
        command_id: "k5".into(),
    }
}

fn assignment() -> Assignment {
    Assignment {
        participant_id: "grace".parse().unwrap(),
        room_id: Some("r3".parse().unwrap()),
        expected_room_id: Change::Keep,
    }
}

fn guest() -> GuestAssignment {
    GuestAssignment {
        key: "Grace@Example.org".parse().unwrap(),
        room_id: Some("r3".parse().unwrap()),
    }
}

fn help_request() -> HelpRequest {
    HelpRequest {
        id: "h7".parse().unwrap(),
        kind: HelpKind::Alert,
        state: HelpState::Claimed,
        participant_id: "grace".parse().unwrap(),
        alias: "Grace".parse().unwrap(),
        room_id: "r3".parse().unwrap(),
        text: Some("Please come".parse().unwrap()),
        about_participant_id: Some("mallory".parse().unwrap()),
        asked_at: 3_000,
        claimed_by: Some("ada".parse().unwrap()),
        claimed_at: Some(4_000),
        closed_at: None,
    }
}

fn profile() -> Profile {
    Profile {
        about: Some("I write compilers".parse().unwrap()),
        tags: vec!["rust".parse().unwrap()],
    }
}

fn moderation() -> Moderation {
    Moderation {
        help: vec![help_request()],
        guests: vec![guest()],
        profiles: [("grace".parse().unwrap(), profile())].into(),
    }
}

fn commands() -> Vec<Command> {
    let room_id = || "r3".parse().unwrap();
    let participant_id = || "grace".parse().unwrap();
    let request_id = || "h7".parse().unwrap();
    vec![
        JoinSession {}.into(),
        LeaveSession {}.into(),
        UpdateSession {
            title: Some("New".parse().unwrap()),
            locked: Some(true),
            self_select: Some(false),
            return_allowed: Some(false),
            countdown_ms: CountdownMs::new(10_000),
            late_joiners: Some(LateJoiners::Smallest),
            slow_mode_ms: Change::Clear,
            recording: Some(true),
            expected_version: Some(2),
        }
        .into(),
        EndSession {}.into(),
        CreateRoom {
            name: "Blue".parse().unwrap(),
            capacity: Capacity::new(4),
            preparing: true,
        }
        .into(),
        CreateRooms {
            rooms: vec![
                NewRoom {
                    name: "Blue".parse().unwrap(),
                    capacity: Capacity::new(4),
                    guests: vec!["Grace@Example.org".parse().unwrap()],
                },
                NewRoom {
                    name: "Red".parse().unwrap(),
                    capacity: None,
                    guests: vec![],
                },
            ],
        }
        .into(),
        UpdateRoom {
            room_id: room_id(),
            name: None,
            capacity: Change::Clear,
            locked: Some(true),
            facilitator_ids: Some(vec![participant_id()]),
            slow_mode_ms: Change::Set(SlowModeMs::new(5_000).unwrap()),
            expected_version: Some(3),
        }
        .into(),
        CloseRoom {
            room_id: room_id(),
            expected_version: None,
        }
        .into(),
        DeleteRoom {
            room_id: room_id(),
            expected_version: None,
        }
        .into(),
        JoinRoom { room_id: room_id() }.into(),
        LeaveRoom {
            room_id: Some(room_id()),
        }
        .into(),
        MoveParticipant {
            participant_id: participant_id(),
            room_id: room_id(),
        }
        .into(),
        SwapParticipants {
            participant_id: participant_id(),
            other_participant_id: "linus".parse().unwrap(),
        }
        .into(),
        Knock {
            room_id: Some(room_id()),
        }
        .into(),
        Knock { room_id: None }.into(),
        AnswerKnock {
            participant_id: participant_id(),
            admit: true,
        }
        .into(),
        InviteParticipants {
            participant_ids: vec![participant_id()],
            room_id: Some(room_id()),
        }
        .into(),
        AnswerInvitation {
            answer: InvitationAnswer::Later,
        }
        .into(),
        OpenRooms {
            room_ids: Some(vec![room_id()]),
            duration_ms: TimerMs::new(60_000),
        }
        .into(),
        CloseRooms {
            room_ids: None,
            countdown_ms: CountdownMs::new(0),
        }
        .into(),
        SetTimer {
            room_ids: None,
            duration_ms: None,
        }
        .into(),
        ExtendTimer {
            room_ids: None,
            by_ms: TimerMs::new(60_000).unwrap(),
        }
        .into(),
        RecallRooms { room_ids: None }.into(),
        Assign {
            assignments: vec![
                assignment(),
                Assignment {
                    participant_id: "linus".parse().unwrap(),
                    room_id: None,
                    expected_room_id: Change::Clear,
                },
                Assignment {
                    participant_id: "ken".parse().unwrap(),
                    room_id: None,
                    expected_room_id: Change::Set(room_id()),
                },
            ],
        }
        .into(),
        AssignGuests {
            assignments: vec![guest()],
        }
        .into(),
        AskForHelp {
            kind: HelpKind::Alert,
            text: Some("Please come".parse().unwrap()),
            about_participant_id: Some(participant_id()),
        }
        .into(),
        ClaimHelp {
            request_id: request_id(),
        }
        .into(),
        ResolveHelp {
            request_id: request_id(),
        }
        .into(),
        CancelHelp {
            request_id: request_id(),
        }
        .into(),
        UpdateProfile {
            alias: Some("Grace".parse().unwrap()),
            about: Change::Clear,
            tags: Some(vec!["rust".parse().unwrap()]),
        }
        .into(),
        HandOver {
            participant_id: participant_id(),
        }
        .into(),
        MuteParticipant {
            participant_id: participant_id(),
            muted: true,
        }
        .into(),
        RemoveParticipant {
            participant_id: participant_id(),
        }
        .into(),
        RaiseHand { raised: true }.into(),
        SetRole {
            participant_id: participant_id(),
            role: Role::Moderator,
        }
        .into(),
        BanParticipant {
            participant_id: participant_id(),
        }
        .into(),
        UnbanParticipant {
            participant_id: participant_id(),
        }
        .into(),
        Broadcast {
            room_ids: Some(vec![room_id()]),
            content: "Five minutes left".parse().unwrap(),
        }
        .into(),
        SendMessage {
            room_id: room_id(),
            content: "Hello".parse().unwrap(),
        }
        .into(),
    ]
}

#[test]
fn commands_look_like_this_and_are_read_back() {
    let commands = commands();
    let kinds: BTreeSet<CommandKind> = commands.iter().map(Command::kind).collect();
    assert_eq!(kinds.len(), CommandKind::ALL.len(), "every command has a sample");
    for command in &commands {
        let text = serde_json::to_string(command).unwrap();
        assert_eq!(&Command::decode(&text).unwrap(), command);
    }
    insta::assert_json_snapshot!("commands", commands);
}

#[test]
fn client_frames_look_like_this_and_are_read_back() {
    let positions: Positions = [
        (StreamId::Session, 12),
        (StreamId::Room("ab".parse().unwrap()), 34),
        (StreamId::Moderators, 5),
        (StreamId::Participant("auth0|grace:1 %é".parse().unwrap()), 2),
    ]
    .into();
    let frames = vec![
        ClientFrame::Hello(Hello { resume: None }),
        ClientFrame::Hello(Hello {
            resume: Some(Resume {
                epoch: "e".into(),
                streams: positions.clone(),
            }),
        }),
        ClientFrame::Command(CommandFrame {
            id: "k1".parse().unwrap(),
            command: LeaveRoom { room_id: None }.into(),
        }),
        ClientFrame::Cursor(Cursor {
            received: positions.clone(),
            read: positions,
        }),
        ClientFrame::Typing(Typing {
            room_id: "ab".parse().unwrap(),
        }),
        ClientFrame::Auth(Auth { token: "a.b.c".into() }),
    ];
    for frame in &frames {
        let text = serde_json::to_string(frame).unwrap();
        assert_eq!(&ClientFrame::decode(&text).unwrap(), frame);
    }
    let text = serde_json::to_string(&frames).unwrap();
    let read: Vec<_> = decode_message(&text).unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(read, frames, "an array of frames");
    insta::assert_json_snapshot!("client_frames", frames);
}

#[test]
fn events_look_like_this() {
    let participant_id = || "grace".parse().unwrap();
    let room_id = || "r3".parse().unwrap();
    let events = [
        Event::SessionCreated {
            session: session(),
            epoch: "e".into(),
        },
        Event::SessionUpdated { session: session() },
        Event::SessionEnded {
            session: Session {
                state: SessionState::Ended,
                ..session()
            },
        },
        Event::ParticipantJoined {
            participant: participant(),
        },
        Event::ParticipantLeft {
            participant_id: participant_id(),
        },
        Event::ParticipantUpdated {
            participant: participant(),
        },
        Event::ParticipantRemoved {
            participant_id: participant_id(),
        },
        Event::ParticipantBanned {
            participant_id: participant_id(),
        },
        Event::ParticipantUnbanned {
            participant_id: participant_id(),
        },
        Event::BreakoutRoomCreated { room: room() },
        Event::BreakoutRoomUpdated {
            room: Room {
                capacity: None,
                ..room()
            },
        },
        Event::BreakoutRoomOpened { room: room() },
        Event::BreakoutRoomWarning {
            room_id: room_id(),
            ends_at: 9_000,
            remaining_ms: 60_000,
        },
        Event::BreakoutRoomClosing {
            room: Room {
                state: RoomState::Closing,
                ends_at: None,
                closes_at: Some(9_500),
                ..room()
            },
        },
        Event::ParticipantsAssigned {
            assignments: vec![assignment()],
        },
        Event::BreakoutRoomClosed {
            room: Room {
                state: RoomState::Closed,
                ..room()
            },
        },
        Event::BreakoutRoomDeleted { room_id: room_id() },
        Event::BreakoutRoomJoined {
            room_id: room_id(),
            participant_id: participant_id(),
        },
        Event::BreakoutRoomLeft {
            room_id: room_id(),
            participant_id: participant_id(),
        },
        Event::GuestsAssigned {
            assignments: vec![
                guest(),
                GuestAssignment {
                    room_id: None,
                    ..guest()
                },
            ],
        },
        Event::HelpRequested {
            request: HelpRequest {
                kind: HelpKind::Help,
                state: HelpState::Waiting,
                text: None,
                about_participant_id: None,
                claimed_by: None,
                claimed_at: None,
                ..help_request()
            },
        },
        Event::HelpUpdated {
            request: HelpRequest {
                state: HelpState::Resolved,
                closed_at: Some(5_000),
                ..help_request()
            },
        },
        Event::ProfileUpdated {
            participant_id: participant_id(),
            profile: profile(),
        },
        Event::MessageCreated { message: message() },
    ];
    let tags: BTreeSet<String> = events.iter().map(|event| json!(event)["type"].to_string()).collect();
    assert_eq!(tags.len(), events.len(), "every event has one sample");
    let sequenced: Vec<SequencedEvent> = events
        .into_iter()
        .zip(1..)
        .map(|(event, seq)| SequencedEvent {
            event,
            seq,
            rev: seq,
            at: 1_000,
        })
        .collect();
    let text = serde_json::to_string(&sequenced).unwrap();
    assert_eq!(serde_json::from_str::<Vec<SequencedEvent>>(&text).unwrap(), sequenced);
    insta::assert_json_snapshot!("events", sequenced);
}

#[test]
fn server_frames_look_like_this() {
    let streams: Positions = [(StreamId::Session, 2), ("room:main".parse().unwrap(), 0)].into();
    let snapshot = Snapshot {
        session: session(),
        participants: vec![participant()],
        rooms: vec![room()],
        connected: vec!["ada".parse().unwrap()],
        messages: vec![message()],
        moderation: Some(moderation()),
        own: Own {
            help: vec![help_request()],
            profile: profile(),
        },
    };
    let welcome = |resumed: bool| Welcome {
        protocol: 1,
        epoch: "e".into(),
        server_time: 5_000,
        participant: participant(),
        resumed,
        streams: streams.clone(),
        snapshot: (!resumed).then(|| snapshot.clone()),
        messages: vec![],
        moderation: resumed.then(moderation),
    };
    let ack = Ack {
        id: "k1".parse().unwrap(),
        rev: 97,
        duplicate: false,
        result: CommandResult::default(),
        streams: None,
        messages: vec![],
        moderation: None,
    };
    let forbidden = ErrorBody {
        needs: Some(vec![Role::Host, Role::Moderator]),
        have: Some(Role::Participant),
        ..ErrorBody::new(ErrorCode::Forbidden, "no")
    };
    let event = SequencedEvent {
        event: Event::MessageCreated { message: message() },
        seq: 1,
        rev: 5,
        at: 3_000,
    };
    let frames = vec![
        ServerFrame::Welcome(welcome(false)),
        ServerFrame::Welcome(welcome(true)),
        ServerFrame::Events(Events {
            stream: "room:r3".parse().unwrap(),
            from: 0,
            events: vec![event],
        }),
        ServerFrame::Ack(ack.clone()),
        ServerFrame::Ack(Ack {
            duplicate: true,
            result: CommandResult {
                session: Some(session()),
                participant: Some(participant()),
                room: Some(room()),
                help_request: Some(help_request()),
                profile: Some(profile()),
                rooms: Some(vec![room()]),
                message: Some(message()),
            },
            streams: Some(streams.clone()),
            messages: vec![message()],
            moderation: Some(moderation()),
            ..ack
        }),
        ServerFrame::Nack(Nack {
            id: Some("k1".parse().unwrap()),
            error: forbidden,
        }),
        ServerFrame::Nack(Nack {
            id: None,
            error: ErrorBody::new(ErrorCode::Unavailable, "later"),
        }),
        ServerFrame::Nack(Nack {
            id: Some("k2".parse().unwrap()),
            error: ErrorBody {
                field: Some("roomId".into()),
                retry_after_ms: Some(4_000),
                current: Some(Box::new(room())),
                current_session: Some(Box::new(session())),
                current_participant: Some(Box::new(participant())),
                ..ErrorBody::new(ErrorCode::Stale, "look again")
            },
        }),
        ServerFrame::Presence(Presence {
            connected: vec!["ada".parse().unwrap()],
            disconnected: vec![],
        }),
        ServerFrame::Typing(TypingNotice {
            room_id: "r3".parse().unwrap(),
            participant_id: "ada".parse().unwrap(),
        }),
        ServerFrame::Receipts(Receipts {
            stream: "room:r3".parse().unwrap(),
            members: 4,
            received: vec![(9, 3), (7, 1)],
            read: vec![(7, 2)],
        }),
        ServerFrame::Notice(Notice::StreamsChanged {
            streams,
            messages: vec![message()],
            moderation: Some(moderation()),
        }),
        ServerFrame::Notice(Notice::Authenticated { expires_at: 9_000 }),
        ServerFrame::Notice(Notice::TokenExpired { closes_at: 9_000 }),
    ];
    for frame in &frames {
        assert_eq!(&serde_json::from_str::<ServerFrame>(&frame.to_json()).unwrap(), frame);
    }
    insta::assert_json_snapshot!("server_frames", frames);
}

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
                before: Some(1)
            }),
        ),
        (
            "last_messages",
            json!(MessagesPage {
                messages: vec![],
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
                session_object: part
            }),
        ),
        ("problem", json!(Problem::new(error, "req"))),
    ];
    insta::assert_json_snapshot!("http_bodies", bodies);
}

#[test]
fn codes_and_limits_look_like_this() {
    let errors: Vec<Value> = ErrorCode::ALL
        .iter()
        .map(|code| json!([code, code.status(), code.title(), code.retryable()]))
        .collect();
    assert!(ErrorCode::ALL.iter().all(|code| json!(code) == json!(code.tag())));
    insta::assert_json_snapshot!("error_codes", errors);
    let closes: Vec<Value> = CloseCode::ALL
        .iter()
        .map(|code| json!([code.code(), code.reason(), code.after()]))
        .collect();
    assert!(CloseCode::ALL.iter().all(|code| (4_000..5_000).contains(&code.code())));
    insta::assert_json_snapshot!("close_codes", closes);
}
