//! Why a command was refused. A rejected command changes nothing.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::{HelpRequestId, MessageId, ParticipantId, RoomId};
use flagship_protocol::limits;
use flagship_protocol::model::{Participant, Role, Room, RoomState, Session};
use flagship_protocol::text::GuestKey;
use thiserror::Error;

/// The rule that refused a command, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// No message by this id, as far as they may know.
    #[error("there is no message '{0}' here")]
    MessageNotFound(MessageId),
    /// The message was deleted.
    #[error("the message '{0}' was deleted")]
    MessageDeleted(MessageId),
    /// Participants in the room may not read the message that the edit would show.
    #[error("the message '{0}' is from before some participants came into the room; send a new message instead")]
    AudienceChanged(MessageId),
    /// The session is from before the setting.
    #[error("chatHistory: this session was created before this setting existed; it keeps the rule that it has")]
    NoChatHistory,
    /// Only who said something changes what it says.
    #[error("this is somebody else's message; only who wrote it may do this")]
    NotTheirs,
    /// Direct messages need somebody who keeps order.
    #[error("direct messages go to hosts and moderators, and from them; write in a room instead")]
    NotDirect,
    /// The role does not allow it.
    #[error("this needs the role {}, and yours is {}", names(.needs), name(*.have))]
    Forbidden {
        /// Roles that would be allowed.
        needs: &'static [Role],
        /// The role of who asked.
        have: Role,
    },
    /// The session is over.
    #[error("this session has ended; what was said stays readable, but nothing can change")]
    SessionEnded,
    /// The session lets nobody new in.
    #[error("this session is locked; ask its host to let you in")]
    SessionLocked,
    /// As many people as may be.
    #[error("this session is full ({} people)", limits::PARTICIPANTS)]
    SessionFull,
    /// The reader was removed and has not joined again.
    #[error("you were removed from this session; join it again to read it")]
    Removed,
    /// They act only by coming in.
    #[error("you are not in this session; join it first")]
    NotInSession,
    /// They were banned.
    #[error("you were removed from this session and may not come back")]
    Banned,
    /// No such room, or deleted.
    #[error("there is no room '{0}' in this session; list the rooms to see which there are")]
    RoomNotFound(RoomId),
    /// The session's own room cannot be changed or removed.
    #[error("the main room cannot be changed, closed or deleted")]
    MainRoom,
    /// The room is not open.
    #[error("the room '{0}' is {state}", state = state(*.1))]
    RoomNotOpen(RoomId, RoomState),
    /// Somebody else changed the room meanwhile.
    #[error("the room '{}' was changed by somebody else meanwhile; look at it again before you change it", .0.id)]
    Stale(Box<Room>),
    /// Somebody else changed the session meanwhile.
    #[error("the session was changed by somebody else meanwhile; look at it again before you change it")]
    StaleSession(Box<Session>),
    /// Somebody else gave them another role meanwhile.
    #[error("'{}' was given another role by somebody else meanwhile; look again before you change it", .0.id)]
    StaleRole(Box<Participant>),
    /// Somebody else assigned them meanwhile.
    #[error("'{}' was assigned by somebody else meanwhile; look again before you assign them", .0.id)]
    StaleAssignment(Box<Participant>),
    /// They went elsewhere meanwhile.
    #[error("'{}' is in another room by now; look again before anybody is moved", .0.id)]
    StaleLocation(Box<Participant>),
    /// They are muted.
    #[error("you are muted; ask a host or moderator to let you speak")]
    Muted,
    /// Too soon after the last message.
    #[error("this room is in slow mode; wait {} s before your next message", retry_after_ms.div_ceil(1_000))]
    SlowMode {
        /// How long to wait, in milliseconds.
        retry_after_ms: u64,
    },
    /// No open request by this id, as far as they may know.
    #[error("there is no open request for help '{0}'")]
    HelpRequestNotFound(HelpRequestId),
    /// Another moderator is on it.
    #[error("'{0}' has taken this on already; ask them, or resolve it")]
    AlreadyClaimed(ParticipantId),
    /// They do not knock.
    #[error("'{0}' does not knock at a room any more")]
    NotKnocking(ParticipantId),
    /// One has to be outside to knock.
    #[error("you are in the room '{0}' already")]
    InRoomAlready(RoomId),
    /// They have no invitation.
    #[error("you have no open invitation; the room may have closed, or the invitation was taken back")]
    NotInvited,
    /// Two people are the same.
    #[error("participantId: name two different people")]
    SamePerson,
    /// Too many of something in a list.
    #[error("{field}: at most {max} are possible, and these would be {count}")]
    TooMany {
        /// The field.
        field: &'static str,
        /// Most of them.
        max: usize,
        /// How many they would be.
        count: usize,
    },
    /// Moderators are not muted, and hosts not removed.
    #[error("'{0}' is a host or moderator; take the role away first")]
    KeepsOrder(ParticipantId),
    /// The rules of an assignment cannot be kept.
    #[error("{0}")]
    NoAssignment(String),
    /// There are no rooms to do this with.
    #[error("there are no rooms to do this with; create some, or open them first")]
    NoRooms,
    /// The rooms would open for nobody.
    #[error("nobody is assigned to these rooms, and nobody may choose one; assign people first, or let them choose")]
    NobodyAssigned,
    /// The room has no timer to extend.
    #[error("the room '{0}' has no timer; set one first")]
    NoTimer(RoomId),
    /// The timer would end too late.
    #[error("the timer of the room '{0}' would end more than a day from now; take less")]
    TimerTooLong(RoomId),
    /// Participants may not choose a room.
    #[error("rooms cannot be chosen in this session; a host or moderator assigns them")]
    SelfSelectOff,
    /// Participants may not return to main by themselves.
    #[error("you cannot return to main by yourself in this session; a host or moderator brings you back")]
    ReturnNotAllowed,
    /// More people than a session can have.
    #[error("assignments: at most {max} people can be assigned at once, and these are {0}", max = limits::ASSIGNMENTS)]
    TooManyAssignments(usize),
    /// Somebody is named more than once.
    #[error("assignments: '{0}' is named more than once; name everybody once")]
    AssignedTwice(ParticipantId),
    /// A guest is named more than once.
    #[error("assignments: '{0}' is named more than once; name everybody once")]
    GuestTwice(GuestKey),
    /// Somebody else is banned.
    #[error("'{0}' was banned from this session; let them back in first")]
    ParticipantBanned(ParticipantId),
    /// Only hosts and moderators may come in.
    #[error("the room '{0}' is locked; ask a host or moderator to move you in")]
    RoomLocked(RoomId),
    /// As many people as may be.
    #[error("the room '{room}' is full ({capacity} people)")]
    RoomFull {
        /// The room.
        room: RoomId,
        /// Its capacity.
        capacity: u64,
    },
    /// More people are in the room than the new capacity.
    #[error("capacity: {present} people are in the room, so its capacity cannot be {asked}; move some out first")]
    CapacityTooLow {
        /// The capacity asked for.
        asked: u64,
        /// The people in the room.
        present: usize,
    },
    /// As many rooms as may be.
    #[error("a session has at most {} rooms; delete one first", limits::ROOMS)]
    TooManyRooms,
    /// One has to be in the room.
    #[error("you are not in the room '{0}'; join it first")]
    NotInRoom(RoomId),
    /// Nobody by this id is in the session.
    #[error("there is no participant '{0}' in this session")]
    ParticipantNotFound(ParticipantId),
    /// Hosts cannot be banned.
    #[error("a host cannot be banned; take the role away first")]
    HostNotBannable,
    /// The last host keeps the role.
    #[error("a session keeps at least one host; make somebody else host first")]
    LastHost,
    /// The key was used for something else.
    #[error("this idempotency key was used before for a different request; use a new key for a new request")]
    IdempotencyMismatch,
    /// The journal does not hold what the index says it does.
    #[error("the session could not look up an earlier request; try again")]
    Inconsistent,
}

impl Rejection {
    /// Its code on the wire.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Forbidden { .. }
            | Self::HostNotBannable
            | Self::NotInSession
            | Self::MainRoom
            | Self::SelfSelectOff
            | Self::KeepsOrder(_)
            | Self::NotTheirs
            | Self::NotDirect
            | Self::ReturnNotAllowed => ErrorCode::Forbidden,
            Self::MessageNotFound(_) => ErrorCode::MessageNotFound,
            Self::MessageDeleted(_) => ErrorCode::MessageDeleted,
            Self::AudienceChanged(_) => ErrorCode::AudienceChanged,
            Self::NoChatHistory => ErrorCode::Invalid,
            Self::Removed => ErrorCode::Removed,
            Self::Muted => ErrorCode::Muted,
            Self::SlowMode { .. } => ErrorCode::RateLimited,
            Self::HelpRequestNotFound(_) => ErrorCode::HelpRequestNotFound,
            Self::AlreadyClaimed(_) => ErrorCode::AlreadyClaimed,
            Self::NotKnocking(_) => ErrorCode::NotKnocking,
            Self::NotInvited => ErrorCode::NotInvited,
            Self::TooMany { .. } => ErrorCode::TooMany,
            Self::SamePerson | Self::InRoomAlready(_) => ErrorCode::Invalid,
            Self::SessionEnded => ErrorCode::SessionEnded,
            Self::SessionLocked => ErrorCode::SessionLocked,
            Self::SessionFull => ErrorCode::SessionFull,
            Self::Banned => ErrorCode::Banned,
            Self::ParticipantBanned(_) => ErrorCode::ParticipantBanned,
            Self::NoAssignment(_) => ErrorCode::NoAssignment,
            Self::Stale(_)
            | Self::StaleSession(_)
            | Self::StaleRole(_)
            | Self::StaleAssignment(_)
            | Self::StaleLocation(_) => ErrorCode::Stale,
            Self::NoRooms => ErrorCode::NoRooms,
            Self::NobodyAssigned => ErrorCode::NobodyAssigned,
            Self::NoTimer(_) => ErrorCode::NoTimer,
            Self::TimerTooLong(_) => ErrorCode::TimerTooLong,
            Self::TooManyAssignments(_) | Self::AssignedTwice(_) | Self::GuestTwice(_) => ErrorCode::Invalid,
            Self::RoomNotFound(_) => ErrorCode::RoomNotFound,
            Self::RoomNotOpen(..) => ErrorCode::RoomClosed,
            Self::RoomLocked(_) => ErrorCode::RoomLocked,
            Self::RoomFull { .. } => ErrorCode::RoomFull,
            Self::CapacityTooLow { .. } => ErrorCode::CapacityTooLow,
            Self::TooManyRooms => ErrorCode::TooManyRooms,
            Self::NotInRoom(_) => ErrorCode::NotInRoom,
            Self::ParticipantNotFound(_) => ErrorCode::ParticipantNotFound,
            Self::LastHost => ErrorCode::LastHost,
            Self::IdempotencyMismatch => ErrorCode::IdempotencyMismatch,
            Self::Inconsistent => ErrorCode::Internal,
        }
    }
}

impl From<&Rejection> for ErrorBody {
    fn from(rejection: &Rejection) -> Self {
        let mut body = ErrorBody::new(rejection.code(), rejection.to_string());
        match rejection {
            Rejection::Forbidden { needs, have } => {
                body.needs = Some(needs.to_vec());
                body.have = Some(*have);
            }
            Rejection::CapacityTooLow { .. } => body.field = Some("capacity".into()),
            Rejection::Stale(room) => body.current = Some(room.clone()),
            Rejection::StaleSession(session) => body.current_session = Some(session.clone()),
            Rejection::StaleRole(participant)
            | Rejection::StaleAssignment(participant)
            | Rejection::StaleLocation(participant) => body.current_participant = Some(participant.clone()),
            Rejection::SlowMode { retry_after_ms } => body.retry_after_ms = Some(*retry_after_ms),
            Rejection::TooMany { field, .. } => body.field = Some((*field).into()),
            Rejection::NoChatHistory => body.field = Some("chatHistory".into()),
            Rejection::SamePerson => body.field = Some("participantId".into()),
            Rejection::InRoomAlready(_) => body.field = Some("roomId".into()),
            Rejection::TooManyAssignments(_) | Rejection::AssignedTwice(_) | Rejection::GuestTwice(_) => {
                body.field = Some("assignments".into());
            }
            _ => {}
        }
        body
    }
}

impl From<Rejection> for ErrorBody {
    fn from(rejection: Rejection) -> Self {
        Self::from(&rejection)
    }
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Host => "host",
        Role::Moderator => "moderator",
        Role::Participant => "participant",
    }
}

fn state(state: RoomState) -> &'static str {
    match state {
        RoomState::Preparing => "not open yet",
        RoomState::Open => "open",
        RoomState::Closing => "closing",
        RoomState::Closed => "closed",
    }
}

fn names(roles: &[Role]) -> String {
    roles.iter().map(|role| name(*role)).collect::<Vec<_>>().join(" or ")
}
