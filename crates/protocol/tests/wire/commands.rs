//! Commands.

use crate::samples::*;
use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::model::*;
use flagship_protocol::moderation::*;
use flagship_protocol::number::{Capacity, CountdownMs, SlowModeMs, TimerMs};
use std::collections::BTreeSet;

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
            chat_history: Some(ChatHistory::Round),
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
            template_id: None,
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
        JoinRoom {
            room_id: room_id(),
            expected_room_id: None,
        }
        .into(),
        JoinRoom {
            room_id: room_id(),
            expected_room_id: Some("main".parse().unwrap()),
        }
        .into(),
        LeaveRoom {
            room_id: Some(room_id()),
        }
        .into(),
        MoveParticipant {
            participant_id: participant_id(),
            room_id: room_id(),
            expected_room_id: Some("main".parse().unwrap()),
        }
        .into(),
        SwapParticipants {
            participant_id: participant_id(),
            other_participant_id: "linus".parse().unwrap(),
            expected: None,
            other_expected: None,
        }
        .into(),
        SwapParticipants {
            participant_id: participant_id(),
            other_participant_id: "linus".parse().unwrap(),
            expected: Some(SeenPlace {
                room_id: room_id(),
                assigned_room_id: None,
            }),
            other_expected: Some(SeenPlace {
                room_id: "main".parse().unwrap(),
                assigned_room_id: Some(room_id()),
            }),
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
            room_id: Some(room_id()),
        }
        .into(),
        InviteParticipants {
            participant_ids: vec![participant_id()],
            room_id: Some(room_id()),
        }
        .into(),
        AnswerInvitation {
            answer: InvitationAnswer::Later,
            room_id: Some(room_id()),
        }
        .into(),
        OpenRooms {
            room_ids: Some(vec![room_id()]),
            duration_ms: TimerMs::new(60_000),
            expected_versions: [(room_id(), 7)].into(),
        }
        .into(),
        CloseRooms {
            room_ids: None,
            countdown_ms: CountdownMs::new(0),
            expected_versions: Default::default(),
        }
        .into(),
        SetTimer {
            room_ids: None,
            duration_ms: None,
            expected_versions: Default::default(),
        }
        .into(),
        ExtendTimer {
            room_ids: None,
            by_ms: TimerMs::new(60_000).unwrap(),
            expected_versions: [(room_id(), 7)].into(),
        }
        .into(),
        RecallRooms {
            room_ids: None,
            expected_versions: Default::default(),
        }
        .into(),
        RecallRooms {
            room_ids: Some(vec![room_id()]),
            expected_versions: [(room_id(), 7)].into(),
        }
        .into(),
        Assign {
            assignments: vec![
                assignment(),
                Assignment {
                    participant_id: "linus".parse().unwrap(),
                    room_id: None,
                    expected_room_id: Change::Clear,
                    expected_location_id: None,
                },
                Assignment {
                    participant_id: "ken".parse().unwrap(),
                    room_id: None,
                    expected_room_id: Change::Set(room_id()),
                    expected_location_id: Some("main".parse().unwrap()),
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
            expected_role: None,
        }
        .into(),
        SetRole {
            participant_id: participant_id(),
            role: Role::Host,
            expected_role: Some(Role::Moderator),
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
            reply_to: None,
            mentions: vec![],
            seen_session: Some(12),
        }
        .into(),
        SendMessage {
            room_id: room_id(),
            content: "Hello".parse().unwrap(),
            reply_to: Some("m4".parse().unwrap()),
            mentions: vec![participant_id()],
            seen_session: None,
        }
        .into(),
        SendDirectMessage {
            participant_id: participant_id(),
            content: "May I say something?".parse().unwrap(),
            reply_to: None,
        }
        .into(),
        EditMessage {
            message_id: "m5".parse().unwrap(),
            content: "Hello again".parse().unwrap(),
            mentions: vec![],
        }
        .into(),
        DeleteMessage {
            message_id: "m5".parse().unwrap(),
        }
        .into(),
        ReactToMessage {
            message_id: "m5".parse().unwrap(),
            emoji: "👍".parse().unwrap(),
            added: true,
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
