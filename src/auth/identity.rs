//! Reading a person out of verified claims.

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::text::{Alias, GuestKey};
use flagship_session::Actor;
use serde_json::Value;

use super::claims::Claims;
use super::email::verified_email;
use super::error::AuthError;
use super::names::{Name, guest_name, name_in};

/// Where the subject may be, the first that is present and not empty wins.
const SUBJECT_PLACES: [&str; 6] = ["sub", "id", "_id", "userId", "user.id", "user._id"];

/// A person whose token has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The stable name of the person.
    pub(crate) subject: ParticipantId,
    /// The name that others see. Not unique, and chosen by the issuer or by the person, so it proves nothing.
    pub(crate) alias: Alias,
    /// Whether the alias is one that the person chose, not a name that the issuer knows them by.
    pub(crate) has_chosen_alias: bool,
    /// The e-mail address that the person has shown to be theirs, if the issuer says one.
    pub(crate) email: Option<GuestKey>,
    /// The `exp` of the token, in milliseconds since the epoch, without leeway.
    pub(crate) expires_at: u64,
}

impl Identity {
    /// Reads the subject, the alias and the address from the claims in use. `trusts_email`: whether an address counts
    /// that the issuer says nothing about.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoSubject`] if no place holds a subject, [`AuthError::UnusableSubject`] if the one that wins is
    /// too long or has control characters. It is not cut: two people could become one.
    pub(super) fn from_claims(claims: &Claims, expires_at: u64, trusts_email: bool) -> Result<Self, AuthError> {
        let subject = SUBJECT_PLACES
            .iter()
            .filter_map(|place| subject_text(claims.at(place)?))
            .find(|text| !text.trim().is_empty())
            .ok_or(AuthError::NoSubject)?;
        let name = match name_in(claims, &subject) {
            Some(name) => name,
            None => Name {
                alias: guest_name(&subject).map_err(|_| AuthError::UnusableSubject)?,
                is_chosen: false,
            },
        };
        Ok(Self {
            subject: ParticipantId::new(subject).map_err(|_| AuthError::UnusableSubject)?,
            alias: name.alias,
            has_chosen_alias: name.is_chosen,
            email: verified_email(claims, trusts_email),
            expires_at,
        })
    }

    /// The person as a session knows them.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            has_chosen_alias: self.has_chosen_alias,
            email: self.email.clone(),
            ..Actor::new(self.subject.clone(), self.alias.clone())
        }
    }
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
