//! The claims of a token, as far as they are read.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::error::AuthError;

/// The claims that are read, without what is inside of them. Everything else in a payload, which may be long lists of
/// groups, is passed over and never kept.
const READ: [&str; 26] = [
    "_id",
    "alias",
    "aud",
    "cognito:username",
    "display_name",
    "email",
    "email_verified",
    "exp",
    "family_name",
    "first_name",
    "full_name",
    "given_name",
    "iat",
    "id",
    "iss",
    "last_name",
    "name",
    "nbf",
    "nickname",
    "preferred_username",
    "sub",
    "user",
    "userId",
    "user_metadata",
    "username",
    "xms_edov",
];

/// The last moment that a JavaScript date can hold, in milliseconds. Later times become this one, so that they pass
/// through clients and alarms unharmed.
const LATEST_MS: u64 = 8_640_000_000_000_000;

/// The claims of one token that are in [`READ`].
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// The value at a path: `user.name` is the member `name` of the claim `user`.
    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        let mut keys = path.split('.');
        let first = self.0.get(keys.next()?)?;
        keys.try_fold(first, |value, key| value.get(key))
    }

    /// The text at a path.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// A NumericDate (RFC 7519, section 2): seconds since the epoch, perhaps with a fraction, here in milliseconds from
    /// 0 to [`LATEST_MS`]. `null` counts as absent.
    ///
    /// # Errors
    ///
    /// [`AuthError::Malformed`] if the claim is something else than a number.
    pub(super) fn time(&self, name: &str) -> Result<Option<u64>, AuthError> {
        match self.at(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                let seconds = value.as_f64().ok_or(AuthError::Malformed)?;
                // `as` saturates, and turns what is not a number into 0: the past.
                let ms = (seconds * 1000.0).round() as u64;
                Ok(Some(ms.min(LATEST_MS)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ClaimsVisitor)
    }
}

struct ClaimsVisitor;

impl<'de> Visitor<'de> for ClaimsVisitor {
    type Value = Claims;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of claims")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Claims, A::Error> {
        let mut claims = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if READ.contains(&name.as_str()) {
                // Of two equal claims the last counts (RFC 7519, section 4).
                claims.insert(name, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Claims(claims))
    }
}
