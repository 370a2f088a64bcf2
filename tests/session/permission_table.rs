//! The permission table, walked completely: who × command × state of the session.

use crate::support::{Stage, id};
use flagship_protocol::commands::*;
use flagship_protocol::decode::Change;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::TestRoomCreation;
use flagship_protocol::ids::{HelpRequestId, MessageId, RoomId};
use flagship_protocol::model::Role;
use flagship_protocol::moderation::{GuestAssignment, HelpKind};
use flagship_protocol::number::{Capacity, TimerMs};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Host,
    Moderator,
    Participant,
    /// Was in the session, as a participant.
    Left,
    /// Has a token, and was never in the session.
    Stranger,
    Banned,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Live,
    Locked,
    Ended,
}

const EVERYONE: [Who; 6] = [
    Who::Host,
    Who::Moderator,
    Who::Participant,
    Who::Left,
    Who::Stranger,
    Who::Banned,
];
const STATES: [State; 3] = [State::Live, State::Locked, State::Ended];

/// What the table says. Written out here once more, on purpose: the product's table is not asked.
fn expected(who: Who, command: CommandKind, state: State) -> Option<ErrorCode> {
    use CommandKind::*;
    match (who, state) {
        (Who::Banned, _) => return Some(ErrorCode::Banned),
        (Who::Stranger, State::Ended) => return Some(ErrorCode::SessionEnded),
        (_, State::Ended) if !outlives_end(command) => return Some(ErrorCode::SessionEnded),
        (Who::Stranger, State::Locked) => return Some(ErrorCode::SessionLocked),
        _ => {}
    }
    let allowed = match command {
        JoinSession | LeaveSession | JoinRoom | LeaveRoom | SendMessage | RaiseHand | Knock | AskForHelp
        | UpdateProfile | SendDirectMessage | ReactToMessage => true,
        // About what one was asked or has asked oneself, and nobody here has been or has.
        AnswerInvitation => return Some(ErrorCode::NotInvited),
        CancelHelp => return Some(ErrorCode::HelpRequestNotFound),
        EditMessage | DeleteMessage => return Some(ErrorCode::MessageNotFound),
        UpdateSession | CreateRoom | UpdateRoom | CloseRoom | DeleteRoom | MoveParticipant | OpenRooms | CloseRooms
        | SetTimer | ExtendTimer | RecallRooms | Assign | Broadcast | BanParticipant | UnbanParticipant
        | CreateRooms | AssignGuests | SwapParticipants | AnswerKnock | InviteParticipants | ClaimHelp
        | ResolveHelp | MuteParticipant | RemoveParticipant => {
            matches!(who, Who::Host | Who::Moderator)
        }
        EndSession | SetRole | HandOver => who == Who::Host,
    };
    (!allowed).then_some(ErrorCode::Forbidden)
}

/// What goes on when nobody can say anything any more.
fn outlives_end(command: CommandKind) -> bool {
    use CommandKind::*;
    matches!(
        command,
        DeleteMessage | RemoveParticipant | BanParticipant | UnbanParticipant
    )
}

/// A session with everybody in it, a room, and somebody who knocks at it and waits for help.
fn stage(state: State) -> (Stage, RoomId, HelpRequestId, MessageId) {
    let mut stage = Stage::new();
    let room = stage.room("Blue");
    stage.does(
        "ada",
        SetTimer {
            room_ids: None,
            duration_ms: TimerMs::new(600_000),
            expected_versions: Default::default(),
        },
    );
    for who in [
        "moderator",
        "participant",
        "left",
        "banned",
        "other",
        "target",
        "steward",
    ] {
        stage.does(who, JoinSession {});
    }
    let ask = AskForHelp {
        kind: HelpKind::Help,
        text: None,
        about_participant_id: None,
    };
    let request = stage.does("target", ask).help_request.unwrap();
    let knock = Knock {
        room_id: Some(room.clone()),
    };
    stage.does("target", knock);
    let message = stage
        .say("target", &RoomId::main(), "hello")
        .unwrap()
        .result
        .message
        .unwrap();
    for who in ["moderator", "steward"] {
        stage.promote(who, Role::Moderator);
    }
    stage.does("left", LeaveSession {});
    stage.does(
        "ada",
        BanParticipant {
            participant_id: id("banned"),
        },
    );
    match state {
        State::Live => {}
        State::Locked => drop(stage.does(
            "ada",
            UpdateSession {
                title: None,
                locked: Some(true),
                ..Default::default()
            },
        )),
        State::Ended => drop(stage.does("ada", EndSession {})),
    }
    (stage, room, request.id, message.id)
}

fn name(who: Who) -> &'static str {
    match who {
        Who::Host => "ada",
        Who::Moderator => "moderator",
        Who::Participant => "participant",
        Who::Left => "left",
        Who::Stranger => "stranger",
        Who::Banned => "banned",
    }
}

/// A command of each kind that would succeed, as far as role and state go.
fn sample(kind: CommandKind, room: &RoomId, request: &HelpRequestId, message: &MessageId) -> Command {
    let room_id = room.clone();
    let participant_id = id("target");
    let request_id = request.clone();
    match kind {
        CommandKind::JoinSession => JoinSession {}.into(),
        CommandKind::LeaveSession => LeaveSession {}.into(),
        CommandKind::UpdateSession => UpdateSession {
            title: Some("New".parse().unwrap()),
            locked: None,
            ..Default::default()
        }
        .into(),
        CommandKind::EndSession => EndSession {}.into(),
        CommandKind::CreateRoom => CreateRoom {
            name: "Red".parse().unwrap(),
            capacity: None,
            preparing: false,
        }
        .into(),
        CommandKind::CreateRooms => CreateRooms {
            rooms: vec![NewRoom {
                name: "Red".parse().unwrap(),
                capacity: None,
                guests: vec![],
            }],
            template_id: None,
        }
        .into(),
        CommandKind::SwapParticipants => SwapParticipants {
            participant_id,
            other_participant_id: id("other"),
            expected: None,
            other_expected: None,
        }
        .into(),
        CommandKind::Knock => Knock { room_id: Some(room_id) }.into(),
        CommandKind::AnswerKnock => AnswerKnock {
            participant_id,
            admit: true,
            room_id: None,
        }
        .into(),
        CommandKind::InviteParticipants => InviteParticipants {
            participant_ids: vec![participant_id],
            room_id: Some(room_id),
        }
        .into(),
        CommandKind::AnswerInvitation => AnswerInvitation {
            answer: InvitationAnswer::Accept,
            room_id: None,
        }
        .into(),
        CommandKind::AssignGuests => AssignGuests {
            assignments: vec![GuestAssignment {
                key: "grace@example.org".parse().unwrap(),
                room_id: Some(room_id),
            }],
        }
        .into(),
        CommandKind::AskForHelp => AskForHelp {
            kind: HelpKind::Alert,
            text: None,
            about_participant_id: Some(participant_id),
        }
        .into(),
        CommandKind::ClaimHelp => ClaimHelp { request_id }.into(),
        CommandKind::ResolveHelp => ResolveHelp { request_id }.into(),
        CommandKind::CancelHelp => CancelHelp { request_id }.into(),
        CommandKind::UpdateProfile => UpdateProfile {
            alias: Some("Other".parse().unwrap()),
            ..Default::default()
        }
        .into(),
        CommandKind::HandOver => HandOver { participant_id }.into(),
        CommandKind::MuteParticipant => MuteParticipant {
            participant_id,
            muted: true,
        }
        .into(),
        CommandKind::RemoveParticipant => RemoveParticipant { participant_id }.into(),
        CommandKind::UpdateRoom => UpdateRoom {
            room_id,
            name: None,
            capacity: Change::Set(Capacity::new(5).unwrap()),
            locked: None,
            facilitator_ids: None,
            slow_mode_ms: Change::Keep,
            expected_version: None,
        }
        .into(),
        CommandKind::CloseRoom => CloseRoom {
            room_id,
            expected_version: None,
        }
        .into(),
        CommandKind::DeleteRoom => DeleteRoom {
            room_id,
            expected_version: None,
        }
        .into(),
        CommandKind::JoinRoom => JoinRoom {
            room_id,
            expected_room_id: None,
        }
        .into(),
        CommandKind::LeaveRoom => LeaveRoom { room_id: None }.into(),
        CommandKind::MoveParticipant => MoveParticipant {
            participant_id,
            room_id,
            expected_room_id: None,
        }
        .into(),
        CommandKind::OpenRooms => OpenRooms::default().into(),
        CommandKind::CloseRooms => CloseRooms::default().into(),
        CommandKind::SetTimer => SetTimer {
            room_ids: None,
            duration_ms: TimerMs::new(60_000),
            expected_versions: Default::default(),
        }
        .into(),
        CommandKind::ExtendTimer => ExtendTimer {
            room_ids: None,
            by_ms: TimerMs::new(60_000).unwrap(),
            expected_versions: Default::default(),
        }
        .into(),
        CommandKind::RecallRooms => RecallRooms::default().into(),
        CommandKind::Assign => Assign {
            assignments: vec![Assignment {
                participant_id,
                room_id: Some(room_id),
                expected_room_id: Change::Keep,
                expected_location_id: None,
            }],
        }
        .into(),
        CommandKind::RaiseHand => RaiseHand { raised: true }.into(),
        CommandKind::SetRole => SetRole {
            participant_id,
            role: Role::Moderator,
            expected_role: None,
        }
        .into(),
        CommandKind::BanParticipant => BanParticipant { participant_id }.into(),
        CommandKind::UnbanParticipant => UnbanParticipant {
            participant_id: id("banned"),
        }
        .into(),
        CommandKind::Broadcast => Broadcast {
            room_ids: None,
            content: "hi".parse().unwrap(),
        }
        .into(),
        CommandKind::SendDirectMessage => SendDirectMessage {
            participant_id: id("steward"),
            content: "hi".parse().unwrap(),
            reply_to: None,
        }
        .into(),
        CommandKind::EditMessage => EditMessage {
            message_id: "m0".parse().unwrap(),
            content: "hi".parse().unwrap(),
            mentions: vec![],
        }
        .into(),
        CommandKind::DeleteMessage => DeleteMessage {
            message_id: "m0".parse().unwrap(),
        }
        .into(),
        CommandKind::ReactToMessage => ReactToMessage {
            message_id: message.clone(),
            emoji: "👍".parse().unwrap(),
            added: true,
        }
        .into(),
        CommandKind::SendMessage => SendMessage {
            room_id: RoomId::main(),
            content: "hi".parse().unwrap(),
            reply_to: None,
            mentions: vec![],
            seen_session: None,
        }
        .into(),
    }
}

#[test]
fn every_cell_of_the_table_holds() {
    let mut cells = 0;
    for who in EVERYONE {
        for kind in CommandKind::ALL {
            for state in STATES {
                let (mut stage, room, request, message) = stage(state);
                let command = sample(*kind, &room, &request, &message);
                match expected(who, *kind, state) {
                    None => drop(stage.tries(name(who), command).unwrap_or_else(|rejection| {
                        panic!("{who:?} {kind:?} {state:?}: refused with {rejection}");
                    })),
                    Some(code) => assert_eq!(stage.is_refused(name(who), command), code, "{who:?} {kind:?} {state:?}"),
                }
                stage.check();
                cells += 1;
            }
        }
    }
    assert_eq!(cells, EVERYONE.len() * CommandKind::ALL.len() * STATES.len());
}

#[test]
fn what_debugging_says_is_what_happens() {
    for who in EVERYONE {
        for state in STATES {
            let (stage, room, request, message) = stage(state);
            let told = stage.session.debug_permissions(&crate::support::actor(name(who)));
            for (kind, entry) in CommandKind::ALL.iter().zip(told.permissions) {
                assert_eq!(entry.command, kind.tag());
                let mut trial = stage.clone();
                let happens = trial.tries(name(who), sample(*kind, &room, &request, &message));
                let happens = happens.err().map(|rejection| rejection.code());
                // Role and state allow it; there is nothing to do it with.
                let without = [
                    ErrorCode::NotInvited,
                    ErrorCode::HelpRequestNotFound,
                    ErrorCode::MessageNotFound,
                ];
                let happens = happens.filter(|code| !without.contains(code));
                assert_eq!(entry.allowed, happens.is_none(), "{who:?} {kind:?} {state:?}");
                assert_eq!(entry.error.map(|error| error.code), happens);
            }
        }
    }
}

#[test]
fn a_dry_run_says_what_happens_and_changes_nothing() {
    for who in EVERYONE {
        for state in STATES {
            let (mut stage, ..) = stage(state);
            let mut trial = stage.clone();
            let before = stage.session.state().clone();
            let asked = TestRoomCreation {
                name: "Trial".parse().unwrap(),
                capacity: None,
            };
            let key = "dry".parse().unwrap();
            let actor = crate::support::actor(name(who));
            let told = stage.session.try_room_creation(&actor, &key, asked, stage.now);
            assert_eq!(stage.session.state(), &before, "{who:?} {state:?}");
            let create = CreateRoom {
                name: "Trial".parse().unwrap(),
                capacity: None,
                preparing: false,
            };
            let happens = trial.tries(name(who), create);
            assert_eq!(told.would_succeed, happens.is_ok(), "{who:?} {state:?}");
            match happens {
                Ok(answer) => assert_eq!(
                    told.room.map(|room| room.name),
                    answer.result.room.map(|room| room.name)
                ),
                Err(rejection) => assert_eq!(told.error.map(|error| error.code), Some(rejection.code())),
            }
            stage.check();
        }
    }
}

#[test]
fn a_refusal_names_the_rule() {
    let (mut stage, room, ..) = stage(State::Live);
    let rejection = stage
        .tries(
            "participant",
            CloseRoom {
                room_id: room,
                expected_version: None,
            },
        )
        .unwrap_err();
    let error = ErrorBody::from(rejection);
    assert_eq!(error.needs, Some(vec![Role::Host, Role::Moderator]));
    assert_eq!(error.have, Some(Role::Participant));
    assert_eq!(
        error.message,
        "this needs the role host or moderator, and yours is participant"
    );
}
