//! Naming people who have not arrived.

use std::fmt;

use flagship_protocol::text::clean_line;

use crate::limits;

/// What a person is called in a list: an e-mail address, another key, or an alias. Trimmed and in small letters, so
/// that equal means the same person as far as people write names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonKey(String);

impl PersonKey {
    /// The key for a text, without what cannot be seen and what changes the direction of writing; `None` where nothing
    /// is left, or it has control characters, or it is longer than [`limits::PERSON_KEY_BYTES`].
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        // A character is a byte at least: what is longer is not folded at all.
        if text.chars().nth(limits::PERSON_KEY_BYTES).is_some() || text.chars().any(char::is_control) {
            return None;
        }
        let key = clean_line(text, limits::PERSON_KEY_BYTES).to_lowercase();
        let usable = !key.is_empty() && key.len() <= limits::PERSON_KEY_BYTES;
        usable.then_some(Self(key))
    }

    /// The text, in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
