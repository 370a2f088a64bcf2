//! The compact serialisation of a signed token (RFC 7515, section 7.1), taken apart.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::AuthError;
use super::keys::KeyAlgorithm;

/// The longest token, in bytes, refused before anything is parsed. Proxies commonly hold one
/// header line to 8 KiB, so a longer token would not arrive everywhere.
pub(super) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// A token whose header is understood and whose signature is not checked yet.
///
/// The payload stays encoded until [`Jws::payload`], which is for after the check.
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
    /// [`AuthError::Malformed`] if this is not a compact JWS of at most [`MAX_TOKEN_BYTES`];
    /// [`AuthError::UnsupportedAlgorithm`] for an algorithm that no key here can have, or for
    /// `crit`, of which no extension is understood (RFC 7515, section 4.1.11).
    pub(super) fn parse(token: &'a str) -> Result<Self, AuthError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(AuthError::Malformed);
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
    pub(super) fn payload(&self) -> Result<Map<String, Value>, AuthError> {
        serde_json::from_slice(&decode(self.payload)?).map_err(|_| AuthError::Malformed)
    }
}

/// Base64url without padding and without stray trailing bits, so that one token has one spelling.
fn decode(text: &str) -> Result<Vec<u8>, AuthError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| AuthError::Malformed)
}
