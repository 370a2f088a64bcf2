//! Reading a person out of a verified payload.

use flagship_protocol::text::clean_line;
use flagship_session::Actor;
use serde_json::{Map, Value};

use super::error::AuthError;

/// The longest subject, in bytes. It becomes part of keys and of every roster entry, and a tag on
/// a socket, which the platform holds to 256 characters.
pub(super) const MAX_SUBJECT_BYTES: usize = 128;

/// The longest alias, in characters; a longer one is cut.
pub(super) const MAX_ALIAS_CHARS: usize = 64;

/// Where the subject may be, the first that is present and not empty wins.
const SUBJECT_PATHS: [&[&str]; 6] = [
    &["sub"],
    &["id"],
    &["_id"],
    &["userId"],
    &["user", "id"],
    &["user", "_id"],
];

/// Where the alias may be, in the same manner.
const ALIAS_PATHS: [&[&str]; 6] = [
    &["alias"],
    &["name"],
    &["username"],
    &["user", "alias"],
    &["user", "name"],
    &["user", "username"],
];

/// Which of them hold what the person chose to be called.
const CHOSEN_PATHS: [&[&str]; 2] = [&["alias"], &["user", "alias"]];

/// Where the e-mail address may be.
const EMAIL_PATHS: [&[&str]; 2] = [&["email"], &["user", "email"]];

/// A person whose token has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The stable name of the person: 1 to 128 bytes, no control characters.
    pub(crate) subject: String,
    /// The name that others see: 1 to 64 characters. Not unique, and chosen by the issuer or by
    /// the person, so it proves nothing.
    pub(crate) alias: String,
    /// Whether the alias is one that the person chose, not a name that the issuer knows them by.
    pub(crate) has_chosen_alias: bool,
    /// The e-mail address that the issuer knows, if it says one.
    pub(crate) email: Option<String>,
    /// The `exp` of the token, in milliseconds since the epoch, without leeway.
    pub(crate) expires_at: u64,
}

impl Identity {
    /// Reads the subject and the alias from the payload shapes in use.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoSubject`] if no place holds a subject, or if the one that wins is over
    /// 128 bytes or has control characters. It is not cut: two people could become one.
    pub(super) fn from_payload(payload: &Map<String, Value>, expires_at: u64) -> Result<Self, AuthError> {
        let subject = SUBJECT_PATHS
            .iter()
            .filter_map(|path| subject_text(lookup(payload, path)?))
            .find(|text| !text.trim().is_empty())
            .ok_or(AuthError::NoSubject)?;
        if subject.len() > MAX_SUBJECT_BYTES || subject.chars().any(char::is_control) {
            return Err(AuthError::NoSubject);
        }
        let alias = ALIAS_PATHS
            .iter()
            .filter_map(|path| Some(clean_alias(lookup(payload, path)?.as_str()?)))
            .find(|text| !text.is_empty())
            .unwrap_or_else(|| guest_alias(&subject));
        let text = |path: &&[&str]| Some(clean_alias(lookup(payload, path)?.as_str()?));
        let has_chosen_alias = CHOSEN_PATHS.iter().filter_map(text).any(|chosen| chosen == alias);
        let email = EMAIL_PATHS.iter().filter_map(text).find(|email| !email.is_empty());
        Ok(Self {
            subject,
            alias,
            has_chosen_alias,
            email,
            expires_at,
        })
    }

    /// The person as a session knows them.
    ///
    /// # Errors
    ///
    /// A sentence, if subject or alias break the rules of the protocol, which those above are
    /// to keep.
    pub(crate) fn actor(&self) -> Result<Actor, String> {
        let actor = Actor::new(self.subject.parse()?, self.alias.parse()?);
        Ok(Actor {
            has_chosen_alias: self.has_chosen_alias,
            email: self.email.as_ref().and_then(|email| email.parse().ok()),
            ..actor
        })
    }
}

fn lookup<'a>(payload: &'a Map<String, Value>, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(payload.get(*first)?, |value, key| value.get(key))
}

/// A string as it is, an integer in decimal, or MongoDB's `{"$oid": "…"}`. A float is no
/// identifier: it would not print the same everywhere.
fn subject_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::Object(object) => Some(object.get("$oid")?.as_str()?.to_owned()),
        _ => None,
    }
}

/// Removes what does not print or reorders text, trims, and cuts to [`MAX_ALIAS_CHARS`]; empty if nothing of it can be
/// seen. Also used on the aliases that development tokens are asked for.
pub(super) fn clean_alias(text: &str) -> String {
    clean_line(text, MAX_ALIAS_CHARS)
}

fn guest_alias(subject: &str) -> String {
    let mut tail: Vec<char> = subject.chars().rev().filter(|c| c.is_alphanumeric()).take(4).collect();
    tail.reverse();
    let tail: String = tail.into_iter().collect();
    format!("Guest {tail}").trim_end().to_owned()
}
