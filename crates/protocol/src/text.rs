//! Bounded texts: checked when they are read, so that the rest of the code need not.

mod characters;
pub(crate) mod input;
mod rules;

pub use self::characters::{clean_line, is_ignorable, is_invisible};
use self::rules::{emoji, given, given_line, key, line, paragraphs};
use crate::limits;

/// Defines a text type with a rule. Reading a value that breaks the rule fails with a message that says the rule. A
/// rule after `given` is for what a person gives: what is stored already is read without it.
macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident, max $max:expr, $rule:path $(, given $given:path)?) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(type = "string"))]
        pub struct $name(
            #[cfg_attr(feature = "describe", schemars(length(min = 1, max = $max)))]
            String,
        );

        impl $name {
            /// Checks a text that a person gives, and takes it.
            ///
            /// # Errors
            /// A sentence that says the rule, if the text breaks it.
            pub fn new(text: impl Into<String>) -> Result<Self, String> {
                let text = Self::stored(text)?;
                $($given(&text.0)?;)?
                Ok(text)
            }

            /// Takes a text that was stored, maybe before all rules of [`Self::new`] were made.
            ///
            /// # Errors
            /// A sentence that says the rule, if the text breaks one that always was.
            pub fn stored(text: impl Into<String>) -> Result<Self, String> {
                $rule(text.into(), $max).map(Self)
            }

            /// Takes a text that is known to follow the rule.
            #[allow(dead_code)]
            pub(crate) fn from_trusted(text: String) -> Self {
                Self(text)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let read = if $crate::text::input::is_read() { Self::new(text) } else { Self::stored(text) };
                read.map_err(serde::de::Error::custom)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use text_type;

text_type! {
    /// Title of a session: one line of 1 to [`limits::SESSION_TITLE_CHARS`] characters, trimmed.
    SessionTitle, max limits::SESSION_TITLE_CHARS, line, given given_line
}
text_type! {
    /// Name of a room: one line of 1 to [`limits::ROOM_NAME_CHARS`] characters, trimmed.
    RoomName, max limits::ROOM_NAME_CHARS, line, given given_line
}
text_type! {
    /// The name that others see: one line of 1 to [`limits::ALIAS_CHARS`] characters, trimmed.
    Alias, max limits::ALIAS_CHARS, line, given given_line
}
text_type! {
    /// What a message says: 1 to [`limits::MESSAGE_CHARS`] characters, not blank; line breaks and tabs are kept.
    MessageContent, max limits::MESSAGE_CHARS, paragraphs, given given
}

text_type! {
    /// What a request for help says: 1 to [`limits::HELP_CHARS`] characters, not blank.
    HelpText, max limits::HELP_CHARS, paragraphs, given given
}
text_type! {
    /// What somebody writes about themselves: 1 to [`limits::ABOUT_CHARS`] characters, not blank.
    About, max limits::ABOUT_CHARS, paragraphs, given given
}
text_type! {
    /// One word or two about somebody: one line of 1 to [`limits::TAG_CHARS`] characters, trimmed.
    Tag, max limits::TAG_CHARS, line, given given_line
}
text_type! {
    /// What somebody is called in a list before they arrive: an e-mail address, an alias or another key, of 1 to
    /// [`limits::GUEST_KEY_CHARS`] characters. Trimmed and in small letters, so that equal means the same person as
    /// far as people write names.
    GuestKey, max limits::GUEST_KEY_CHARS, key, given given_line
}
text_type! {
    /// What a template is called: one line of 1 to [`limits::TEMPLATE_NAME_CHARS`] characters, trimmed.
    TemplateName, max limits::TEMPLATE_NAME_CHARS, line, given given_line
}

text_type! {
    /// One emoji: what people see as a single sign, of at most [`limits::EMOJI_CHARS`] Unicode scalar values.
    Emoji, max limits::EMOJI_CHARS, emoji
}

impl MessageContent {
    /// What a deleted message says.
    pub fn nothing() -> Self {
        Self::from_trusted(String::new())
    }

    /// Reads what a message says, which is nothing after it was deleted.
    pub(crate) fn or_nothing<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self::nothing());
        }
        // Only what is stored can say nothing.
        Self::stored(text).map_err(serde::de::Error::custom)
    }
}
