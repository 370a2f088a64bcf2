//! What a participant may ask for.
//!
//! One file per family. To add a command: write its payload there, add a line to [`commands!`] below, decide it
//! in `crates/session/src/decide`, and give it a row in the permission table.

mod admission;
mod help;
mod participants;
mod rooms;
mod rounds;
mod session;
mod speech;

use serde::Serialize;

use crate::decode::{self, DecodeError};
use crate::error::ErrorCode;
use crate::ids::MessageId;

pub use admission::{AnswerInvitation, AnswerKnock, InvitationAnswer, InviteParticipants, Knock};
pub use help::{AskForHelp, CancelHelp, ClaimHelp, ResolveHelp};
pub use participants::{
    BanParticipant, HandOver, MoveParticipant, MuteParticipant, RaiseHand, RemoveParticipant, SeenPlace, SetRole,
    SwapParticipants, UnbanParticipant, UpdateProfile,
};
pub use rooms::{CloseRoom, CreateRoom, CreateRooms, DeleteRoom, JoinRoom, LeaveRoom, NewRoom, UpdateRoom};
pub use rounds::{
    Assign, AssignGuests, Assignment, CloseRooms, ExtendTimer, OpenRooms, RecallRooms, SetTimer, Versions,
};
pub use session::{EndSession, JoinSession, LeaveSession, UpdateSession};
pub use speech::{Broadcast, DeleteMessage, EditMessage, ReactToMessage, SendDirectMessage, SendMessage};

macro_rules! commands {
    ($($(#[$meta:meta])* $tag:literal => $name:ident,)*) => {
        /// A command, tagged by `type`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "type")]
        #[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
        pub enum Command {
            $($(#[$meta])* #[serde(rename = $tag)] $name($name),)*
        }

        /// A command's name, without its payload.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum CommandKind {
            $($(#[$meta])* #[serde(rename = $tag)] $name,)*
        }

        impl CommandKind {
            /// Every command.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its tag on the wire.
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$name => $tag,)*
                }
            }
        }

        impl Command {
            /// Every tag.
            pub const TAGS: &'static [&'static str] = &[$($tag),*];

            /// Which command this is.
            pub const fn kind(&self) -> CommandKind {
                match self {
                    $(Self::$name(_) => CommandKind::$name,)*
                }
            }

            /// Reads a command.
            ///
            /// # Errors
            /// [`ErrorCode::Malformed`], [`ErrorCode::UnknownCommand`], or [`ErrorCode::Invalid`] with the field.
            pub fn decode(text: &str) -> Result<Self, DecodeError> {
                match decode::tag(text)?.as_ref() {
                    $($tag => decode::from_json(text).map(Self::$name),)*
                    unknown => Err(decode::unknown_tag(ErrorCode::UnknownCommand, unknown, Self::TAGS)),
                }
            }
        }

        $(impl From<$name> for Command {
            fn from(payload: $name) -> Self {
                Self::$name(payload)
            }
        })*
    };
}

commands! {
    /// See [`JoinSession`].
    "join_session" => JoinSession,
    /// See [`LeaveSession`].
    "leave_session" => LeaveSession,
    /// See [`UpdateSession`].
    "update_session" => UpdateSession,
    /// See [`EndSession`].
    "end_session" => EndSession,
    /// See [`CreateRoom`].
    "create_room" => CreateRoom,
    /// See [`CreateRooms`].
    "create_rooms" => CreateRooms,
    /// See [`UpdateRoom`].
    "update_room" => UpdateRoom,
    /// See [`CloseRoom`].
    "close_room" => CloseRoom,
    /// See [`DeleteRoom`].
    "delete_room" => DeleteRoom,
    /// See [`JoinRoom`].
    "join_room" => JoinRoom,
    /// See [`LeaveRoom`].
    "leave_room" => LeaveRoom,
    /// See [`MoveParticipant`].
    "move_participant" => MoveParticipant,
    /// See [`SwapParticipants`].
    "swap_participants" => SwapParticipants,
    /// See [`Knock`].
    "knock" => Knock,
    /// See [`AnswerKnock`].
    "answer_knock" => AnswerKnock,
    /// See [`InviteParticipants`].
    "invite_participants" => InviteParticipants,
    /// See [`AnswerInvitation`].
    "answer_invitation" => AnswerInvitation,
    /// See [`OpenRooms`].
    "open_rooms" => OpenRooms,
    /// See [`CloseRooms`].
    "close_rooms" => CloseRooms,
    /// See [`SetTimer`].
    "set_timer" => SetTimer,
    /// See [`ExtendTimer`].
    "extend_timer" => ExtendTimer,
    /// See [`RecallRooms`].
    "recall_rooms" => RecallRooms,
    /// See [`Assign`].
    "assign" => Assign,
    /// See [`AssignGuests`].
    "assign_guests" => AssignGuests,
    /// See [`RaiseHand`].
    "raise_hand" => RaiseHand,
    /// See [`AskForHelp`].
    "ask_for_help" => AskForHelp,
    /// See [`ClaimHelp`].
    "claim_help" => ClaimHelp,
    /// See [`ResolveHelp`].
    "resolve_help" => ResolveHelp,
    /// See [`CancelHelp`].
    "cancel_help" => CancelHelp,
    /// See [`UpdateProfile`].
    "update_profile" => UpdateProfile,
    /// See [`SetRole`].
    "set_role" => SetRole,
    /// See [`HandOver`].
    "hand_over" => HandOver,
    /// See [`MuteParticipant`].
    "mute_participant" => MuteParticipant,
    /// See [`RemoveParticipant`].
    "remove_participant" => RemoveParticipant,
    /// See [`BanParticipant`].
    "ban_participant" => BanParticipant,
    /// See [`UnbanParticipant`].
    "unban_participant" => UnbanParticipant,
    /// See [`SendMessage`].
    "send_message" => SendMessage,
    /// See [`Broadcast`].
    "broadcast" => Broadcast,
    /// See [`SendDirectMessage`].
    "send_direct_message" => SendDirectMessage,
    /// See [`EditMessage`].
    "edit_message" => EditMessage,
    /// See [`DeleteMessage`].
    "delete_message" => DeleteMessage,
    /// See [`ReactToMessage`].
    "react_to_message" => ReactToMessage,
}

impl Command {
    /// The message that it changes.
    pub fn changes_message(&self) -> Option<&MessageId> {
        match self {
            Self::EditMessage(command) => Some(&command.message_id),
            Self::DeleteMessage(command) => Some(&command.message_id),
            Self::ReactToMessage(command) => Some(&command.message_id),
            _ => None,
        }
    }

    /// The message that it is about: the one that it changes, or answers.
    pub fn about_message(&self) -> Option<&MessageId> {
        match self {
            Self::SendMessage(command) => command.reply_to.as_ref(),
            Self::SendDirectMessage(command) => command.reply_to.as_ref(),
            _ => self.changes_message(),
        }
    }
}
