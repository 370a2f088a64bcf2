//! Who signed, and with what: algorithms, keys and their names.

use serde_json::{Value, json};

use super::fixtures::*;
use super::{
    NOW_MS, SECRET, ec_jwk, ed_jwk, encode, fixture_jwks, rsa_jwk, sign_raw, token, token_with_header, verifier,
    verifier_of, verifier_of_jwks, with_exp,
};
use crate::auth::error::AuthError;
use crate::auth::keys::KeySet;
use crate::auth::verify::MAX_CANDIDATES;

fn judge(keys: &[Value], token: &str) -> Result<String, AuthError> {
    verifier_of_jwks(keys)
        .verify(token, NOW_MS)
        .map(|identity| identity.subject.to_string())
}

fn ada() -> Value {
    with_exp(json!({"sub": "ada"}))
}

/// The token with its middle part exchanged.
fn tampered(token: &str, payload: &Value) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    format!("{}.{}.{}", parts[0], encode(payload.to_string()), parts[2])
}

#[test]
fn each_algorithm_of_a_jwks_is_verified_with_and_without_a_key_id() {
    for token in [
        RS256_TOKEN,
        RS256_KID_TOKEN,
        ES256_TOKEN,
        ES256_KID_TOKEN,
        EDDSA_TOKEN,
        EDDSA_KID_TOKEN,
        ED25519_TOKEN,
    ] {
        assert_eq!(judge(&fixture_jwks(), token).as_deref(), Ok("ada"), "{token}");
    }
}

#[test]
fn a_wrong_key_verifies_nothing() {
    let others = [
        rsa_jwk("rsa-1", OTHER_RSA_N),
        ec_jwk("ec-1", OTHER_EC_X, OTHER_EC_Y),
        ed_jwk("ed-1", OTHER_ED_X),
    ];
    for token in [
        RS256_TOKEN,
        RS256_KID_TOKEN,
        ES256_TOKEN,
        ES256_KID_TOKEN,
        EDDSA_TOKEN,
        EDDSA_KID_TOKEN,
    ] {
        assert_eq!(judge(&others, token), Err(AuthError::BadSignature), "{token}");
    }
    let other = sign_raw(
        br#"{"alg":"HS256"}"#,
        ada().to_string().as_bytes(),
        b"another-secret-of-32-bytes------",
    );
    assert_eq!(verifier().verify(&other, NOW_MS), Err(AuthError::BadSignature));
}

#[test]
fn a_changed_payload_or_header_breaks_the_signature() {
    let eve = json!({"sub": "eve", "exp": 2_000_000_000});
    for token in [RS256_TOKEN, ES256_TOKEN, EDDSA_TOKEN] {
        let forged = tampered(token, &eve);
        assert_eq!(judge(&fixture_jwks(), &forged), Err(AuthError::BadSignature));
    }
    let good = token(&ada());
    let forged = tampered(&good, &eve);
    assert_eq!(verifier().verify(&forged, NOW_MS), Err(AuthError::BadSignature));
    let (_, rest) = good.split_once('.').unwrap();
    let forged = format!("{}.{rest}", encode(r#"{"alg":"HS256"}"#));
    assert_eq!(verifier().verify(&forged, NOW_MS), Err(AuthError::BadSignature));
}

#[test]
fn an_expired_forgery_is_a_forgery() {
    let forged = sign_raw(
        br#"{"alg":"HS256"}"#,
        br#"{"sub":"ada","exp":1}"#,
        b"another-secret-of-32-bytes------",
    );
    assert_eq!(verifier().verify(&forged, NOW_MS), Err(AuthError::BadSignature));
}

#[test]
fn none_and_unlisted_algorithms_are_refused() {
    for alg in [
        "none", "None", "NONE", "nOnE", "", "hs256", "HS384", "HS512", "RS384", "RS512", "PS256", "ES384", "ES256K",
        "Ed448", "dir", "RSA1_5", "HS256 ",
    ] {
        let signed = token_with_header(&json!({"alg": alg}), &ada());
        let (message, _) = signed.rsplit_once('.').unwrap();
        for token in [signed.clone(), format!("{message}.")] {
            assert_eq!(
                verifier().verify(&token, NOW_MS),
                Err(AuthError::UnsupportedAlgorithm),
                "{alg}"
            );
            assert_eq!(judge(&fixture_jwks(), &token), Err(AuthError::UnsupportedAlgorithm));
        }
    }
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{RSA_N}\n-----END PUBLIC KEY-----\n");
    for secret in [RSA_N, EC_X, ED_X, &pem] {
        for kid in [json!(null), json!("rsa-1"), json!("ed-1")] {
            let header = json!({"alg": "HS256", "kid": kid}).to_string();
            let forged = sign_raw(header.as_bytes(), ada().to_string().as_bytes(), secret.as_bytes());
            assert_eq!(judge(&fixture_jwks(), &forged), Err(AuthError::UnsupportedAlgorithm));
        }
    }
}

#[test]
fn a_shared_secret_is_no_public_key() {
    for alg in ["RS256", "ES256", "EdDSA"] {
        let forged = token_with_header(&json!({"alg": alg}), &ada());
        assert_eq!(verifier().verify(&forged, NOW_MS), Err(AuthError::UnsupportedAlgorithm));
        // Also where there is a real key of that algorithm beside it.
        let keys = KeySet::from_secret(SECRET.as_bytes()).unwrap();
        let both = keys.and(&KeySet::from_jwks(&super::jwks(&fixture_jwks())).unwrap());
        assert_eq!(verifier_of(both).verify(&forged, NOW_MS), Err(AuthError::BadSignature));
    }
}

#[test]
fn keys_in_the_header_are_not_believed() {
    let header = json!({
        "alg": "HS256",
        "jwk": {"kty": "oct", "k": encode("another-secret-of-32-bytes------")},
        "jku": "https://evil.example/jwks.json",
        "x5u": "https://evil.example/x.pem",
    });
    let forged = sign_raw(
        header.to_string().as_bytes(),
        ada().to_string().as_bytes(),
        b"another-secret-of-32-bytes------",
    );
    assert_eq!(verifier().verify(&forged, NOW_MS), Err(AuthError::BadSignature));
}

#[test]
fn a_known_key_id_binds_the_token_to_that_key() {
    let mut keys = fixture_jwks();
    keys.insert(0, rsa_jwk("rsa-2", OTHER_RSA_N));
    assert_eq!(judge(&keys, RS256_KID_TOKEN).as_deref(), Ok("ada"));
    keys[0]["kid"] = json!("rsa-1");
    keys[1]["kid"] = json!("rsa-2");
    assert_eq!(judge(&keys, RS256_KID_TOKEN), Err(AuthError::BadSignature));
    assert_eq!(judge(&keys, RS256_TOKEN).as_deref(), Ok("ada"));
    // The name of a key of another algorithm.
    let keys = [ed_jwk("rsa-1", ED_X), rsa_jwk("rsa-2", RSA_N)];
    assert_eq!(judge(&keys, RS256_KID_TOKEN), Err(AuthError::UnsupportedAlgorithm));
}

#[test]
fn an_unknown_key_id_leaves_the_keys_without_one() {
    let mut keys = vec![ed_jwk("ed-9", ED_X)];
    assert_eq!(judge(&keys, EDDSA_KID_TOKEN), Err(AuthError::UnknownKey));
    keys[0]["kid"] = json!(null);
    assert_eq!(judge(&keys, EDDSA_KID_TOKEN).as_deref(), Ok("ada"));
    assert_eq!(judge(&keys, RS256_KID_TOKEN), Err(AuthError::UnknownKey));
    let named = token_with_header(&json!({"alg": "HS256", "kid": "2024-01"}), &ada());
    assert!(verifier().verify(&named, NOW_MS).is_ok());
}

#[test]
fn without_a_key_id_a_bounded_number_of_keys_is_tried() {
    let mut keys = vec![ed_jwk("other", OTHER_ED_X); MAX_CANDIDATES - 1];
    keys.push(ed_jwk("right", ED_X));
    assert_eq!(judge(&keys, EDDSA_TOKEN).as_deref(), Ok("ada"));
    keys.insert(0, ec_jwk("ec", EC_X, EC_Y));
    assert_eq!(
        judge(&keys, EDDSA_TOKEN).as_deref(),
        Ok("ada"),
        "keys of another algorithm do not count"
    );
    keys.insert(0, ed_jwk("other", OTHER_ED_X));
    assert_eq!(judge(&keys, EDDSA_TOKEN), Err(AuthError::BadSignature));
}

#[test]
fn no_keys_verify_nothing() {
    assert_eq!(judge(&[], RS256_TOKEN), Err(AuthError::UnsupportedAlgorithm));
    assert_eq!(judge(&[], RS256_KID_TOKEN), Err(AuthError::UnknownKey));
}
