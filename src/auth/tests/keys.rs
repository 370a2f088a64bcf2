//! Which keys are usable.

use serde_json::{Value, json};

use super::fixtures::*;
use super::{NOW_MS, ec_jwk, ed_jwk, encode, fixture_jwks, jwks, rsa_jwk, verifier_of_jwks};
use crate::auth::error::AuthError;
use crate::auth::keys::KeySet;

fn usable(key: Value) -> bool {
    KeySet::from_jwks(&jwks(&[key])).unwrap().iter().count() == 1
}

fn with(mut key: Value, member: &str, value: Value) -> Value {
    key[member] = value;
    key
}

#[test]
fn a_short_secret_is_a_misconfiguration() {
    for secret in ["", "secret", &"s".repeat(31)] {
        let refused = KeySet::from_secret(secret.as_bytes()).err().unwrap();
        assert!(matches!(refused, AuthError::Misconfigured(_)));
    }
    assert!(KeySet::from_secret(&[0xFF; 32]).is_ok());
}

#[test]
fn a_malformed_set_is_a_misconfiguration() {
    for text in ["", "null", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[}"#, "<html>"] {
        let refused = KeySet::from_jwks(text).err().unwrap();
        assert!(matches!(refused, AuthError::Misconfigured(_)), "{text}");
    }
    assert!(KeySet::from_jwks(r#"{"keys":[]}"#).unwrap().is_empty());
}

#[test]
fn one_unusable_key_is_skipped() {
    let mut keys = vec![json!(5), json!({}), json!({"kty": 7}), json!({"kty": "XYZ"})];
    keys.extend(fixture_jwks());
    let verifier = verifier_of_jwks(&keys);
    assert_eq!(verifier.keys.iter().count(), 3);
    assert!(verifier.verify(ES256_KID_TOKEN, NOW_MS).is_ok());
}

#[test]
fn a_key_is_for_signatures() {
    let key = || ed_jwk("ed", ED_X);
    assert!(usable(with(key(), "use", json!("sig"))));
    assert!(!usable(with(key(), "use", json!("enc"))));
    assert!(!usable(with(key(), "use", json!(""))));
    assert!(usable(with(key(), "key_ops", json!(["verify"]))));
    assert!(!usable(with(key(), "key_ops", json!(["sign"]))));
    assert!(!usable(with(key(), "key_ops", json!([]))));
}

#[test]
fn a_key_has_one_algorithm() {
    let rsa = || rsa_jwk("rsa", RSA_N);
    let ec = || ec_jwk("ec", EC_X, EC_Y);
    let ed = || ed_jwk("ed", ED_X);
    for (key, alg) in [(rsa(), "RS256"), (ec(), "ES256"), (ed(), "EdDSA"), (ed(), "Ed25519")] {
        assert!(usable(with(key.clone(), "alg", json!(alg))));
        assert!(usable(with(key, "alg", json!(null))));
    }
    for (key, alg) in [
        (rsa(), "RS512"),
        (rsa(), "PS256"),
        (rsa(), "RSA-OAEP"),
        (rsa(), "HS256"),
        (rsa(), "none"),
        (ec(), "ES384"),
        (ec(), "RS256"),
        (ed(), "ES256"),
        (ed(), "HS256"),
    ] {
        assert!(!usable(with(key, "alg", json!(alg))), "{alg}");
    }
}

#[test]
fn symmetric_keys_are_left_out() {
    let oct = json!({"kty": "oct", "k": encode([7; 32]), "alg": "HS256", "use": "sig"});
    assert!(!usable(oct));
}

#[test]
fn other_curves_are_left_out() {
    assert!(!usable(with(ec_jwk("ec", EC_X, EC_Y), "crv", json!("P-384"))));
    assert!(!usable(with(ec_jwk("ec", EC_X, EC_Y), "crv", json!(null))));
    assert!(!usable(with(ed_jwk("ed", ED_X), "crv", json!("X25519"))));
    assert!(!usable(with(ed_jwk("ed", ED_X), "crv", json!("Ed448"))));
}

#[test]
fn a_small_rsa_modulus_is_left_out() {
    assert!(!usable(rsa_jwk("rsa", SMALL_RSA_N)));
    let verifier = verifier_of_jwks(&[rsa_jwk("rsa", SMALL_RSA_N)]);
    assert_eq!(
        verifier.verify(SMALL_RSA_TOKEN, NOW_MS),
        Err(AuthError::UnsupportedAlgorithm)
    );
    // 2047 bits; then 1024 bits behind zeros that make it look like 2048.
    let mut modulus = [0xFF; 256];
    modulus[0] = 0x7F;
    assert!(!usable(rsa_jwk("rsa", &encode(modulus))));
    modulus[..128].fill(0);
    assert!(!usable(rsa_jwk("rsa", &encode(modulus))));
}

#[test]
fn impossible_rsa_numbers_are_left_out() {
    assert!(usable(rsa_jwk("rsa", &encode([0xFF; 512]))));
    assert!(!usable(rsa_jwk("rsa", &encode([0xFF; 513]))));
    let mut even = [0xFF; 256];
    even[255] = 0xFE;
    assert!(!usable(rsa_jwk("rsa", &encode(even))));
    for n in ["", "AA", "not base64!", "AQAB="] {
        assert!(!usable(rsa_jwk("rsa", n)), "{n}");
    }
    let with_e = |e: &[u8]| with(rsa_jwk("rsa", RSA_N), "e", json!(encode(e)));
    assert!(usable(with_e(&[3])));
    assert!(usable(with_e(&[0, 1, 0, 1])));
    for e in [
        &[][..],
        &[0],
        &[1],
        &[0, 1],
        &[2],
        &[1, 0, 0],
        &[1, 0, 0, 0, 1],
        &[0xFF; 256],
    ] {
        assert!(!usable(with_e(e)), "{e:?}");
    }
    assert!(!usable(with(rsa_jwk("rsa", RSA_N), "e", json!(null))));
}

#[test]
fn a_modulus_may_have_a_leading_zero() {
    use base64::Engine;
    let n = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(RSA_N).unwrap();
    let padded = encode([&[0], &n[..]].concat());
    let verifier = verifier_of_jwks(&[rsa_jwk("rsa-1", &padded)]);
    assert!(verifier.verify(RS256_KID_TOKEN, NOW_MS).is_ok());
}

#[test]
fn points_of_the_wrong_size_or_off_the_curve_are_left_out() {
    assert!(!usable(ec_jwk("ec", EC_X, EC_X)));
    assert!(!usable(ec_jwk("ec", EC_X, "")));
    assert!(!usable(ec_jwk("ec", &encode([1; 31]), EC_Y)));
    assert!(!usable(ec_jwk("ec", EC_X, &encode([1; 33]))));
    for size in [0, 1, 31, 33, 64] {
        assert!(!usable(ed_jwk("ed", &encode(vec![1; size]))), "{size}");
    }
    let mut no_point = [0; 32];
    no_point[0] = 2;
    assert!(!usable(ed_jwk("ed", &encode(no_point))));
}
