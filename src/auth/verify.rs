//! From a token to an identity: the signature first, then the claims.

use serde_json::{Map, Value};

use super::error::AuthError;
use super::identity::Identity;
use super::jws::Jws;
use super::keys::{Key, KeySet};

/// How far the clocks of the issuer and of this server may be apart, in milliseconds.
pub(super) const DEFAULT_LEEWAY_MS: u64 = 5_000;

/// How many keys are tried for one token. Issuers publish two or three; the bound keeps a token
/// that names no key from buying a signature check for each key of a long list.
pub(super) const MAX_CANDIDATES: usize = 8;

/// The last moment a JavaScript date can hold, in milliseconds. Later expiry times become this
/// one, so that they pass through clients and alarms unharmed.
const LATEST_MS: u64 = 8_640_000_000_000_000;

/// Checks tokens against a set of keys. Pure: it reads no clock and does no I/O.
#[derive(Clone)]
pub(super) struct Verifier {
    /// The keys that are trusted.
    pub(super) keys: KeySet,
    /// What `iss` must be, if anything.
    pub(super) issuer: Option<String>,
    /// What `aud` must be or contain, if anything.
    pub(super) audience: Option<String>,
    /// The tolerance for `exp` and `nbf`, in milliseconds.
    pub(super) leeway_ms: u64,
}

impl Verifier {
    /// Verifies a token at the time `now_ms`, in milliseconds since the epoch.
    ///
    /// # Errors
    ///
    /// The first rule of RFC 7519, section 7.2 and of this module that the token breaks. Claims
    /// are judged only under a valid signature, so a forger learns nothing about them.
    pub(super) fn verify(&self, token: &str, now_ms: u64) -> Result<Identity, AuthError> {
        self.verify_jws(&Jws::parse(token)?, now_ms)
    }

    /// [`Verifier::verify`] for a token that is taken apart already.
    pub(super) fn verify_jws(&self, jws: &Jws<'_>, now_ms: u64) -> Result<Identity, AuthError> {
        let signed = self
            .candidates(jws)?
            .iter()
            .any(|key| key.verifies(jws.signed, &jws.signature));
        if !signed {
            return Err(AuthError::BadSignature);
        }
        let payload = jws.payload()?;
        let expires_at = self.check_times(&payload, now_ms)?;
        self.check_parties(&payload)?;
        Identity::from_payload(&payload, expires_at)
    }

    /// The keys to try. A `kid` that is known binds the token to the keys of that name. One that
    /// is not leaves the keys without a name, as a shared secret is: some issuers name theirs.
    fn candidates(&self, jws: &Jws<'_>) -> Result<Vec<&Key>, AuthError> {
        let id = jws.key_id.as_deref();
        let known = id.is_some() && self.keys.iter().any(|key| key.id.as_deref() == id);
        let candidates: Vec<&Key> = self
            .keys
            .iter()
            .filter(|key| key.algorithm == jws.algorithm)
            .filter(|key| match id {
                None => true,
                Some(_) if known => key.id.as_deref() == id,
                Some(_) => key.id.is_none(),
            })
            .take(MAX_CANDIDATES)
            .collect();
        match candidates.is_empty() {
            false => Ok(candidates),
            true if id.is_some() && !known => Err(AuthError::UnknownKey),
            true => Err(AuthError::UnsupportedAlgorithm),
        }
    }

    /// Judges `exp` and `nbf`, and returns the former in milliseconds. A token is no longer good
    /// *at* its `exp` (RFC 7519, section 4.1.4).
    fn check_times(&self, payload: &Map<String, Value>, now_ms: u64) -> Result<u64, AuthError> {
        let at_ms = time_claim(payload, "exp")?.ok_or(AuthError::NoExpiry)?;
        if now_ms >= at_ms.saturating_add(self.leeway_ms) {
            return Err(AuthError::Expired { at_ms });
        }
        match time_claim(payload, "nbf")? {
            Some(from_ms) if now_ms.saturating_add(self.leeway_ms) < from_ms => Err(AuthError::NotYetValid),
            _ => Ok(at_ms),
        }
    }

    /// Judges `iss` and `aud` where they are configured. Both are compared as they are written
    /// (RFC 7519, section 2, StringOrURI).
    fn check_parties(&self, payload: &Map<String, Value>) -> Result<(), AuthError> {
        if let Some(issuer) = &self.issuer
            && payload.get("iss").and_then(Value::as_str) != Some(issuer)
        {
            return Err(AuthError::WrongIssuer);
        }
        let Some(audience) = &self.audience else {
            return Ok(());
        };
        let meant = match payload.get("aud") {
            Some(Value::String(one)) => one == audience,
            Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(audience)),
            _ => false,
        };
        if meant { Ok(()) } else { Err(AuthError::WrongAudience) }
    }
}

/// A NumericDate (RFC 7519, section 2): seconds since the epoch, perhaps with a fraction, here in
/// milliseconds from 0 to [`LATEST_MS`]. `null` counts as absent, anything else is malformed.
fn time_claim(payload: &Map<String, Value>, name: &str) -> Result<Option<u64>, AuthError> {
    match payload.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let seconds = value.as_f64().ok_or(AuthError::Malformed)?;
            // `as` saturates, and turns what is not a number into 0: the past.
            let ms = (seconds * 1000.0).round() as u64;
            Ok(Some(ms.min(LATEST_MS)))
        }
    }
}
