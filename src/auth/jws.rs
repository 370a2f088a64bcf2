//! The compact serialisation of a signed token (RFC 7515, section 7.1), taken apart.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flagship_protocol::limits;
use serde::Deserialize;
use serde_json::Value;

use super::claims::Claims;
use super::error::AuthError;
use super::keys::KeyAlgorithm;

/// A token whose header is understood and whose signature is not checked yet.
///
/// The payload stays encoded until [`Jws::claims`], which is for after the check.
pub(super) struct Jws<'a> {
    /// The algorithm that the header claims; a key must agree.
    pub(super) algorithm: KeyAlgorithm,
    /// The key that the header names.
    pub(super) key_id: Option<String>,
    /// What is signed: the encoded header, a dot, the encoded payload.
    pub(super) signed: &'a str,
    /// The decoded signature.
    pub(super) signature: Vec<u8>,
    payload: &'a str,
}

/// The header parameters that matter. Keys and addresses that a header brings along (`jwk`,
/// `jku`, `x5c`, `x5u`) are never read: whoever forges a token would choose them (RFC 8725, 3.10).
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

impl<'a> Jws<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    ///
    /// [`AuthError::TooLong`] over [`limits::TOKEN_BYTES`], before anything is parsed;
    /// [`AuthError::Malformed`] if this is not a compact JWS;
    /// [`AuthError::UnsupportedAlgorithm`] for an algorithm that no key here can have, or for
    /// `crit`, of which no extension is understood (RFC 7515, section 4.1.11).
    pub(super) fn parse(token: &'a str) -> Result<Self, AuthError> {
        if token.len() > limits::TOKEN_BYTES {
            return Err(AuthError::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(AuthError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(AuthError::Malformed)?;
        if payload.contains('.') {
            return Err(AuthError::Malformed);
        }
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| AuthError::Malformed)?;
        if header.crit.is_some() {
            return Err(AuthError::UnsupportedAlgorithm);
        }
        let algorithm = KeyAlgorithm::from_name(&header.alg).ok_or(AuthError::UnsupportedAlgorithm)?;
        Ok(Self {
            algorithm,
            key_id: header.kid,
            signed,
            signature: decode(signature)?,
            payload,
        })
    }

    /// The claims. To be called once the signature holds, and not before.
    ///
    /// # Errors
    ///
    /// [`AuthError::Malformed`] if the payload is not a JSON object.
    pub(super) fn claims(&self) -> Result<Claims, AuthError> {
        serde_json::from_slice(&decode(self.payload)?).map_err(|_| AuthError::Malformed)
    }

    /// When the token says that it was issued, in milliseconds since the epoch. Nobody vouches for that: it may only
    /// decide how a token is refused.
    pub(super) fn unverified_issue_time(&self) -> Option<u64> {
        self.claims().ok()?.time("iat").ok()?
    }
}

/// Base64url without padding and without stray trailing bits, so that one token has one spelling.
fn decode(text: &str) -> Result<Vec<u8>, AuthError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| AuthError::Malformed)
}
