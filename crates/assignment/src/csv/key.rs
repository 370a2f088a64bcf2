//! Naming people who have not arrived.

use std::fmt;

use crate::limits;

/// What a person is called in a list: an e-mail address, another key, or an alias. Trimmed and in small letters, so
/// that equal means the same person as far as people write names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonKey(String);

impl PersonKey {
    /// The key for a text; `None` where nothing is left after trimming, or it has control characters, or it is longer
    /// than [`limits::PERSON_KEY_BYTES`].
    pub fn new(text: &str) -> Option<Self> {
        let key = text.trim().to_lowercase();
        let usable = !key.is_empty() && key.len() <= limits::PERSON_KEY_BYTES && !key.chars().any(char::is_control);
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
