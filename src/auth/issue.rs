//! Tokens for development, when there is no issuer yet.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde::Serialize;

use super::error::AuthError;
use super::keys::MIN_SECRET_BYTES;
use super::names::clean_alias;
use super::settings::AuthSettings;
use super::signatures;

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    alias: String,
    iat: u64,
    exp: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'a str>,
}

/// Signs a token, with HS256, that the same settings accept: with their secret, issuer and
/// audience. It is good from `now_ms` for `lifetime_ms`, rounded up to a second.
///
/// Whoever can call this can be anybody: the route in front of it exists in development only.
///
/// # Errors
///
/// [`AuthError::Misconfigured`] if there is no secret, or a short one.
pub(crate) fn issue_development_token(
    settings: &AuthSettings,
    subject: &str,
    alias: &str,
    now_ms: u64,
    lifetime_ms: u64,
) -> Result<String, AuthError> {
    let secret = settings
        .hs256_secret
        .as_deref()
        .filter(|secret| secret.len() >= MIN_SECRET_BYTES)
        .ok_or_else(|| {
            AuthError::Misconfigured(format!(
                "development tokens need a JWT_SECRET of at least {MIN_SECRET_BYTES} bytes"
            ))
        })?;
    let claims = Claims {
        sub: subject,
        alias: clean_alias(alias),
        iat: now_ms / 1000,
        exp: now_ms.saturating_add(lifetime_ms).div_ceil(1000),
        iss: settings.issuer.as_deref(),
        aud: settings.audience.as_deref(),
    };
    signatures::provider();
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&Header::default(), &claims, &key)
        .map_err(|_| AuthError::Misconfigured("the development token cannot be signed".to_owned()))
}
