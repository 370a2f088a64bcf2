//! Frames from client to server.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Positions;
use crate::commands::{Command, SendMessage};
use crate::decode::{self, DecodeError};
use crate::error::ErrorCode;
use crate::ids::{CommandId, ParticipantId, RoomId};
use crate::limits;

/// The first frame of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct Hello {
    /// What the client holds already; absent for a fresh snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
}

/// What a client holds already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Resume {
    /// The `epoch` of the welcome it came from.
    pub epoch: String,
    /// The last `seq` that the client has of each stream.
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, number>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub streams: Positions,
}

/// A command under its idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CommandFrame {
    /// The idempotency key, chosen by the client.
    pub id: CommandId,
    /// The command.
    pub command: Command,
}

/// How far a client has got, cumulative. Streams are those of rooms, and `participant:<somebody>` for the direct messages
/// with them, whose positions are the numbers in the ids of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Cursor {
    /// The last `seq` received of each stream.
    #[serde(default)]
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, number>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub received: Positions,
    /// The last `seq` that the person has seen of each stream.
    #[serde(default)]
    #[cfg_attr(
        feature = "describe",
        ts(type = "Record<string, number>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub read: Positions,
    /// The mark of a notice `confirm`: everything up to it has come. Over sockets only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub mark: Option<String>,
    /// The `seq` of the last broadcast of each room that the client showed to the person, in whatever room or
    /// conversation. Unlike `read`, it covers broadcasts only.
    #[serde(default, skip_serializing_if = "Positions::is_empty")]
    #[cfg_attr(
        feature = "describe",
        ts(optional, as = "Option<std::collections::BTreeMap<String, u64>>"),
        schemars(with = "std::collections::BTreeMap<String, u64>")
    )]
    pub announced: Positions,
}

/// The person is writing, in a room or to somebody: one of the two. Never stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(optional_fields))]
pub struct Typing {
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    /// To whom alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant_id: Option<ParticipantId>,
}

/// A new token, before the one in use expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Auth {
    /// The token; its subject must be the same.
    pub token: String,
}

/// A frame from client to server, tagged by `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ClientFrame {
    /// Starts the connection.
    Hello(Hello),
    /// Asks for something.
    Command(CommandFrame),
    /// Says how far the client has got.
    Cursor(Cursor),
    /// Says that the person is writing.
    Typing(Typing),
    /// Brings a new token.
    Auth(Auth),
}

/// A frame that could not be read, with the id of the command if that much could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFrame {
    /// The command's id, so that the refusal can name it.
    pub id: Option<CommandId>,
    /// What is wrong.
    pub error: DecodeError,
}

impl From<DecodeError> for BadFrame {
    fn from(error: DecodeError) -> Self {
        Self { id: None, error }
    }
}

impl ClientFrame {
    const TAGS: &'static [&'static str] = &["hello", "command", "cursor", "typing", "auth"];

    /// Reads one frame.
    ///
    /// # Errors
    /// What is wrong with it, and the command's id where that can be told.
    pub fn decode(text: &str) -> Result<Self, BadFrame> {
        if let Some(message) = plain_message(text) {
            return Ok(message);
        }
        Ok(match decode::tag(text)?.as_ref() {
            "hello" => Self::Hello(decode::from_json(text)?),
            "command" => Self::Command(CommandFrame::decode(text)?),
            "cursor" => Self::Cursor(decode::from_json(text)?),
            "typing" => Self::Typing(decode::from_json(text)?),
            "auth" => Self::Auth(decode::from_json(text)?),
            unknown => return Err(decode::unknown_tag(ErrorCode::UnknownFrame, unknown, Self::TAGS).into()),
        })
    }
}

impl CommandFrame {
    /// Reads `{"id": …, "command": {…}}`.
    ///
    /// # Errors
    /// What is wrong with it, and its id where that is not what is wrong.
    pub fn decode(text: &str) -> Result<Self, BadFrame> {
        #[derive(Deserialize)]
        struct Envelope<'a> {
            id: CommandId,
            #[serde(borrow)]
            command: &'a RawValue,
        }
        let envelope: Envelope<'_> = decode_borrowed(text)?;
        match Command::decode(envelope.command.get()) {
            Ok(command) => Ok(Self {
                id: envelope.id,
                command,
            }),
            Err(error) => Err(BadFrame {
                id: Some(envelope.id),
                error: error.within("command"),
            }),
        }
    }
}

/// A message to a room, if that is what a frame is: the most frequent one is read at once, where others are first looked
/// at for what they are. Whatever is odd about one is found out by the general way.
fn plain_message(text: &str) -> Option<ClientFrame> {
    #[derive(Deserialize)]
    struct Frame<'a> {
        #[serde(rename = "type")]
        kind: &'a str,
        id: CommandId,
        #[serde(borrow)]
        command: &'a RawValue,
    }
    let frame: Frame<'_> = serde_json::from_str(text).ok()?;
    let command = frame.command.get();
    let says_once = command.matches(r#""type""#).count() == 1;
    if frame.kind != "command" || !says_once || !command.starts_with(r#"{"type":"send_message","#) {
        return None;
    }
    let message: SendMessage = serde_json::from_str(command).ok()?;
    Some(ClientFrame::Command(CommandFrame {
        id: frame.id,
        command: message.into(),
    }))
}

/// `from_json` for types that borrow raw parts: the error path is rebuilt from the owned reading.
fn decode_borrowed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, DecodeError> {
    #[derive(Deserialize)]
    struct Owned {
        #[serde(rename = "id")]
        _id: CommandId,
        #[serde(rename = "command")]
        _command: serde_json::Map<String, serde_json::Value>,
    }
    serde_json::from_str(text).or_else(|error| {
        decode::from_json::<Owned>(text)?;
        Err(DecodeError {
            code: ErrorCode::Malformed,
            field: None,
            message: error.to_string(),
        })
    })
}

/// The refusal of a message that is too large to be read.
pub fn too_large(bytes: usize) -> DecodeError {
    DecodeError {
        code: ErrorCode::TooLarge,
        field: None,
        message: format!(
            "at most {} bytes are read at once, and this has {bytes}",
            limits::FRAME_BYTES
        ),
    }
}

/// Reads one WebSocket message: a frame, or an array of frames.
///
/// The outer error is about the message as a whole; each frame of an array succeeds or fails alone.
///
/// # Errors
/// [`ErrorCode::TooLarge`] or [`ErrorCode::Malformed`].
pub fn decode_message(text: &str) -> Result<Vec<Result<ClientFrame, BadFrame>>, DecodeError> {
    if text.len() > limits::FRAME_BYTES {
        return Err(too_large(text.len()));
    }
    if !text.trim_start().starts_with('[') {
        return Ok(vec![ClientFrame::decode(text)]);
    }
    let frames: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| decode::malformed(&error))?;
    if frames.len() > limits::FRAMES_PER_MESSAGE {
        let message = format!(
            "at most {} frames fit in one array, and this has {}",
            limits::FRAMES_PER_MESSAGE,
            frames.len()
        );
        return Err(DecodeError {
            code: ErrorCode::TooLarge,
            field: None,
            message,
        });
    }
    Ok(frames
        .into_iter()
        .map(|frame| ClientFrame::decode(frame.get()))
        .collect())
}
