//! The keys that may verify a token, each with the one algorithm it is for.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::JwtVerifier;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::error::AuthError;
use super::signatures;

/// The shortest HS256 secret, in bytes: the size of the hash output (RFC 7518, section 3.2).
pub(super) const MIN_SECRET_BYTES: usize = 32;

/// The smallest and the largest RSA modulus, in bits: RFC 7518, section 3.3 asks for 2048 or more,
/// and the verifying library takes 4096 or less.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The longest RSA exponent, in bytes. Those in use have three; a long one only costs time.
const MAX_RSA_EXPONENT_BYTES: usize = 4;

/// The size of a coordinate on P-256, and of an Ed25519 public key, in bytes.
const POINT_BYTES: usize = 32;

/// The algorithms that exist here. What is not in this list cannot be configured and cannot be
/// asked for by a token; `none` is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyAlgorithm {
    /// HMAC with SHA-256, by a shared secret.
    Hs256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl KeyAlgorithm {
    /// Reads an `alg` value, which is case-sensitive. Ed25519 has two names: `EdDSA` from RFC 8037
    /// and `Ed25519` from RFC 9864.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "HS256" => Some(Self::Hs256),
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }

    fn in_library(self) -> Algorithm {
        match self {
            Self::Hs256 => Algorithm::HS256,
            Self::Rs256 => Algorithm::RS256,
            Self::Es256 => Algorithm::ES256,
            Self::EdDsa => Algorithm::EdDSA,
        }
    }
}

/// One key: it verifies signatures of its algorithm and of no other.
pub(super) struct Key {
    pub(super) id: Option<String>,
    pub(super) algorithm: KeyAlgorithm,
    verifier: Box<dyn JwtVerifier>,
}

impl Key {
    /// Whether this key made the signature.
    pub(super) fn verifies(&self, signed: &str, signature: &Vec<u8>) -> bool {
        self.verifier.verify(signed.as_bytes(), signature).is_ok()
    }

    fn new(id: Option<String>, algorithm: KeyAlgorithm, key: &DecodingKey) -> Option<Self> {
        let verifier = (signatures::provider().verifier_factory)(&algorithm.in_library(), key).ok()?;
        Some(Self {
            id,
            algorithm,
            verifier,
        })
    }

    fn from_jwk(jwk: Jwk) -> Option<Self> {
        let signs = jwk.usage.as_deref().is_none_or(|usage| usage == "sig");
        let verifies = jwk.key_ops.is_none_or(|ops| ops.iter().any(|op| op == "verify"));
        if !signs || !verifies {
            return None;
        }
        let (algorithm, key) = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => (KeyAlgorithm::Rs256, rsa_key(&jwk.n?, &jwk.e?)?),
            ("EC", Some("P-256")) => (KeyAlgorithm::Es256, p256_key(&jwk.x?, &jwk.y?)?),
            ("OKP", Some("Ed25519")) => (KeyAlgorithm::EdDsa, ed25519_key(&jwk.x?)?),
            _ => return None,
        };
        let named = jwk.alg.as_deref().map(KeyAlgorithm::from_name);
        if named.is_some_and(|named| named != Some(algorithm)) {
            return None;
        }
        Self::new(jwk.kid, algorithm, &key)
    }
}

/// The members of a JSON Web Key (RFC 7517) that a public key is read from.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// A JWK Set. Its keys are read one by one, so that one of a kind unknown here spoils nothing.
#[derive(Deserialize)]
struct JwkSet {
    keys: Vec<Value>,
}

/// All keys that a verifier knows. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct KeySet {
    keys: Vec<Rc<Key>>,
}

impl KeySet {
    /// The one key of a shared secret, for HS256.
    ///
    /// # Errors
    ///
    /// [`AuthError::Misconfigured`] if the secret is shorter than 32 bytes, which can be guessed
    /// offline from any one token.
    pub(super) fn from_secret(secret: &[u8]) -> Result<Self, AuthError> {
        if secret.len() < MIN_SECRET_BYTES {
            return Err(AuthError::Misconfigured(format!(
                "the HS256 secret must have at least {MIN_SECRET_BYTES} bytes"
            )));
        }
        let key = Key::new(None, KeyAlgorithm::Hs256, &DecodingKey::from_secret(secret))
            .ok_or_else(|| AuthError::Misconfigured("the HS256 secret is unusable".to_owned()))?;
        Ok(Self {
            keys: vec![Rc::new(key)],
        })
    }

    /// The usable public keys of a JWK Set (RFC 7517, section 5): RSA for RS256, EC on P-256 for
    /// ES256, and OKP with Ed25519 for EdDSA. Keys of another kind, for another use or algorithm,
    /// symmetric ones (`oct`), and RSA moduli under 2048 bits are left out.
    ///
    /// # Errors
    ///
    /// [`AuthError::Misconfigured`] if the text is not a JWK Set.
    pub(super) fn from_jwks(text: &str) -> Result<Self, AuthError> {
        let set: JwkSet =
            serde_json::from_str(text).map_err(|_| AuthError::Misconfigured("the JWKS is not a JWK Set".to_owned()))?;
        let keys = set
            .keys
            .into_iter()
            .filter_map(|value| serde_json::from_value(value).ok())
            .filter_map(Key::from_jwk)
            .map(Rc::new)
            .collect();
        Ok(Self { keys })
    }

    /// These keys, then those of `more`.
    #[must_use]
    pub(super) fn and(&self, more: &Self) -> Self {
        Self {
            keys: self.keys.iter().chain(&more.keys).cloned().collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().map(Rc::as_ref)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn rsa_key(n: &str, e: &str) -> Option<DecodingKey> {
    let (n, e) = (decode(n)?, decode(e)?);
    let (n, e) = (without_leading_zeros(&n), without_leading_zeros(&e));
    let top = n.first()?;
    let bits = n.len() * 8 - top.leading_zeros() as usize;
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
    let exponent = odd(e) && e != [1] && e.len() <= MAX_RSA_EXPONENT_BYTES;
    (RSA_BITS.contains(&bits) && odd(n) && exponent).then(|| DecodingKey::from_rsa_raw_components(n, e))
}

fn without_leading_zeros(mut number: &[u8]) -> &[u8] {
    while let [0, rest @ ..] = number {
        number = rest;
    }
    number
}

fn p256_key(x: &str, y: &str) -> Option<DecodingKey> {
    let full = |text: &str| decode(text).is_some_and(|bytes| bytes.len() == POINT_BYTES);
    (full(x) && full(y))
        .then(|| DecodingKey::from_ec_components(x, y).ok())
        .flatten()
}

/// The length is checked here because the library slices the key without looking.
fn ed25519_key(x: &str) -> Option<DecodingKey> {
    let bytes = decode(x)?;
    (bytes.len() == POINT_BYTES).then(|| DecodingKey::from_ed_der(&bytes))
}
