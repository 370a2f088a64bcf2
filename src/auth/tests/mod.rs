#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod authenticator;
mod claims;
mod credentials;
mod email;
mod fixtures;
mod identity;
mod issue;
mod issuer;
mod keys;
mod names;
mod odd_tokens;
mod providers;
mod rotation;
mod settings;
mod signatures;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::error::AuthError;
use super::identity::Identity;
use super::keys::KeySet;
use super::verify::{DEFAULT_LEEWAY_MS, Verifier};

const SECRET: &str = "a-secret-of-exactly-32-bytes-----";

/// The time of the tests, and the `exp` of most tokens: one hour later.
const NOW_MS: u64 = 1_700_000_000_000;
const EXP: u64 = 1_700_003_600;

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs whatever is given, with HS256.
fn sign_raw(header: &[u8], payload: &[u8], secret: &[u8]) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = signature_of(&signed, secret);
    format!("{signed}.{signature}")
}

fn signature_of(signed: &str, secret: &[u8]) -> String {
    super::signatures::provider();
    let key = EncodingKey::from_secret(secret);
    jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::HS256).unwrap()
}

fn token_with_header(header: &Value, payload: &Value) -> String {
    sign_raw(
        header.to_string().as_bytes(),
        payload.to_string().as_bytes(),
        SECRET.as_bytes(),
    )
}

/// An HS256 token with exactly this payload.
fn token(payload: &Value) -> String {
    token_with_header(&json!({"alg": "HS256", "typ": "JWT"}), payload)
}

/// The payload with a valid `exp`.
fn with_exp(mut payload: Value) -> Value {
    payload["exp"] = json!(EXP);
    payload
}

fn verifier_of(keys: KeySet) -> Verifier {
    Verifier {
        keys,
        issuer: None,
        audience: None,
        leeway_ms: DEFAULT_LEEWAY_MS,
        trusts_email: false,
    }
}

fn verifier() -> Verifier {
    verifier_of(KeySet::from_secret(SECRET.as_bytes()).unwrap())
}

fn verify(payload: &Value) -> Result<Identity, AuthError> {
    verifier().verify(&token(payload), NOW_MS)
}

/// A JWK Set of these keys.
fn jwks(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

fn rsa_jwk(kid: &str, n: &str) -> Value {
    json!({"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": n, "e": "AQAB"})
}

fn ec_jwk(kid: &str, x: &str, y: &str) -> Value {
    json!({"kty": "EC", "kid": kid, "crv": "P-256", "x": x, "y": y})
}

fn ed_jwk(kid: &str, x: &str) -> Value {
    json!({"kty": "OKP", "kid": kid, "crv": "Ed25519", "x": x})
}

/// The keys that made the tokens in [`fixtures`], named as those name them.
fn fixture_jwks() -> Vec<Value> {
    vec![
        rsa_jwk("rsa-1", fixtures::RSA_N),
        ec_jwk("ec-1", fixtures::EC_X, fixtures::EC_Y),
        ed_jwk("ed-1", fixtures::ED_X),
    ]
}

fn verifier_of_jwks(keys: &[Value]) -> Verifier {
    verifier_of(KeySet::from_jwks(&jwks(keys)).unwrap())
}
