//! From a token to an identity: the signature first, then the claims.

use serde_json::Value;

use super::claims::Claims;
use super::error::AuthError;
use super::identity::Identity;
use super::jws::Jws;
use super::keys::{Key, KeySet};

/// For how long after its `exp` a token is still taken, in milliseconds.
pub(super) const DEFAULT_LEEWAY_MS: u64 = 5_000;

/// For how long before its `nbf` a token is taken already, in milliseconds: how far the issuer's clock may be ahead.
/// A minute is what others allow too, and nobody gains by it: the token is good soon anyway.
pub(super) const NOT_BEFORE_LEEWAY_MS: u64 = 60_000;

/// How many keys are tried for one token. Issuers publish two or three; the bound keeps a token
/// that names no key from buying a signature check for each key of a long list.
pub(super) const MAX_CANDIDATES: usize = 8;

/// Checks tokens against a set of keys. Pure: it reads no clock and does no I/O.
#[derive(Clone)]
pub(super) struct Verifier {
    /// The keys that are trusted.
    pub(super) keys: KeySet,
    /// What `iss` must be, if anything.
    pub(super) issuer: Option<String>,
    /// What `aud` must be or contain, if anything.
    pub(super) audience: Option<String>,
    /// The tolerance for `exp`, in milliseconds.
    pub(super) leeway_ms: u64,
    /// Whether an e-mail address counts that the issuer says nothing about.
    pub(super) trusts_email: bool,
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
        let claims = jws.claims()?;
        let expires_at = self.check_times(&claims, now_ms)?;
        self.check_parties(&claims)?;
        Identity::from_claims(&claims, expires_at, self.trusts_email)
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
    fn check_times(&self, claims: &Claims, now_ms: u64) -> Result<u64, AuthError> {
        let at_ms = claims.time("exp")?.ok_or(AuthError::NoExpiry)?;
        if now_ms >= at_ms.saturating_add(self.leeway_ms) {
            return Err(AuthError::Expired { at_ms });
        }
        match claims.time("nbf")? {
            Some(from_ms) if now_ms.saturating_add(NOT_BEFORE_LEEWAY_MS) < from_ms => Err(AuthError::NotYetValid),
            _ => Ok(at_ms),
        }
    }

    /// Judges `iss` and `aud` where they are configured. Both are compared as they are written
    /// (RFC 7519, section 2, StringOrURI).
    fn check_parties(&self, claims: &Claims) -> Result<(), AuthError> {
        if let Some(issuer) = &self.issuer
            && claims.text("iss") != Some(issuer)
        {
            return Err(AuthError::WrongIssuer);
        }
        let Some(audience) = &self.audience else {
            return Ok(());
        };
        let meant = match claims.at("aud") {
            Some(Value::String(one)) => one == audience,
            Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(audience)),
            _ => false,
        };
        if meant { Ok(()) } else { Err(AuthError::WrongAudience) }
    }
}
