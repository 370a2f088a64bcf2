//! Reading what clients send: every refusal names the field and says what it must be.

mod words;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{ErrorBody, ErrorCode};
use crate::text;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// [`ErrorCode::Malformed`], [`ErrorCode::Invalid`], [`ErrorCode::UnknownFrame`], [`ErrorCode::UnknownCommand`]
    /// or [`ErrorCode::TooLarge`].
    pub code: ErrorCode,
    /// Path of the field, such as `command.name`; `None` where the text as a whole is at fault.
    pub field: Option<String>,
    /// What is wrong and what is expected instead.
    pub message: String,
}

impl DecodeError {
    /// A field that is missing, has the wrong type or breaks its rule.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::Invalid,
            field: Some(field.into()),
            message: message.into(),
        }
    }

    /// Puts the field below `parent`: `name` becomes `command.name`.
    #[must_use]
    pub fn within(mut self, parent: &str) -> Self {
        self.field = Some(match self.field {
            Some(field) => format!("{parent}.{field}"),
            None => parent.to_owned(),
        });
        self
    }
}

impl From<DecodeError> for ErrorBody {
    fn from(error: DecodeError) -> Self {
        let message = match &error.field {
            Some(field) => format!("{field}: {}", error.message),
            None => error.message,
        };
        ErrorBody {
            field: error.field,
            ..ErrorBody::new(error.code, message)
        }
    }
}

/// Reads a JSON text that a person gives as `T`: its texts have to keep the rules of what is given, see
/// [`text`](crate::text).
///
/// # Errors
/// [`ErrorCode::Malformed`] if the text is not JSON, [`ErrorCode::Invalid`] with the field's path otherwise.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = text::input::reading(|| serde_path_to_error::deserialize(&mut deserializer));
    let value = read.map_err(refused)?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// Beside [`from_json`], of which there is a copy for every type.
fn refused(error: serde_path_to_error::Error<serde_json::Error>) -> DecodeError {
    let path = error.path().to_string();
    let error = error.into_inner();
    if !error.is_data() {
        return malformed(&error);
    }
    let message = words::without_position(&error.to_string()).to_owned();
    // A missing field is reported at its parent: name the field itself.
    let field = match (words::missing_field(&message), path.as_str()) {
        (Some(name), "." | "") => Some(name.to_owned()),
        (Some(name), parent) => Some(format!("{parent}.{name}")),
        (None, "." | "") => None,
        (None, path) => Some(path.to_owned()),
    };
    DecodeError {
        code: ErrorCode::Invalid,
        field,
        message: words::plain(&message),
    }
}

/// The `type` of a tagged object, before its payload is read.
///
/// # Errors
/// As [`from_json`].
pub(crate) fn tag(text: &str) -> Result<Cow<'_, str>, DecodeError> {
    #[derive(Deserialize)]
    struct Tagged {
        #[serde(rename = "type")]
        tag: String,
    }
    // Nearly every text says it without escapes.
    #[derive(Deserialize)]
    struct Plain<'a> {
        #[serde(rename = "type", borrow)]
        tag: &'a str,
    }
    match serde_json::from_str::<Plain<'_>>(text) {
        Ok(plain) => Ok(Cow::Borrowed(plain.tag)),
        Err(_) => from_json::<Tagged>(text).map(|tagged| Cow::Owned(tagged.tag)),
    }
}

/// An enum of which `T::TAGS` lists the tags, for messages that name what is known.
pub(crate) fn unknown_tag(code: ErrorCode, tag: &str, known: &[&str]) -> DecodeError {
    let shown: String = tag.chars().take(40).collect();
    DecodeError {
        code,
        field: Some("type".into()),
        message: format!("'{shown}' is not known; use one of {}", known.join(", ")),
    }
}

/// Tells "absent" from "null" in a partial update: absent leaves a value, `null` clears it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// The field was not given: keep the value.
    #[default]
    Keep,
    /// The field was `null`: clear the value.
    Clear,
    /// The new value.
    Set(T),
}

impl<T> Change<T> {
    /// Whether the field was not given.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value after the change, given the one before.
    pub fn apply(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => serializer.serialize_some(value),
            Self::Keep | Self::Clear => serializer.serialize_none(),
        }
    }
}

pub(crate) fn malformed(error: &serde_json::Error) -> DecodeError {
    DecodeError {
        code: ErrorCode::Malformed,
        field: None,
        message: format!(
            "this is not valid JSON (line {}, column {})",
            error.line(),
            error.column()
        ),
    }
}
