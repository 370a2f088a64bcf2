//! A rotation of keys, whatever the keys are called: nobody is locked out by it, also while others send forged tokens.

use serde_json::{Value, json};

use super::fixtures::*;
use super::issuer::Issuer;
use super::{NOW_MS, ec_jwk, ed_jwk, encode, fixture_jwks, rsa_jwk};
use crate::auth::authenticator::PUBLISHING_LEEWAY_MS;
use crate::auth::error::AuthError;
use crate::auth::remote::{SEARCHES, SPACING_MS};

fn without_name(mut key: Value) -> Value {
    key.as_object_mut().unwrap().remove("kid");
    key
}

/// The token with other claims, so that its signature does not hold.
fn forged(token: &str, claims: &Value) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    format!("{}.{}.{}", parts[0], encode(claims.to_string()), parts[2])
}

fn issued_at(ms: u64) -> String {
    forged(
        EDDSA_TOKEN,
        &json!({"sub": "eve", "exp": 2_000_000_000, "iat": ms / 1000}),
    )
}

#[test]
fn a_new_key_is_found_at_once_whatever_it_is_called() {
    let cases: [(&str, Value, Value, &str); 8] = [
        (
            "the token names no key",
            ed_jwk("old", OTHER_ED_X),
            ed_jwk("new", ED_X),
            EDDSA_TOKEN,
        ),
        (
            "the set names no keys",
            without_name(ed_jwk("", OTHER_ED_X)),
            without_name(ed_jwk("", ED_X)),
            EDDSA_KID_TOKEN,
        ),
        (
            "neither names any",
            without_name(ed_jwk("", OTHER_ED_X)),
            without_name(ed_jwk("", ED_X)),
            EDDSA_TOKEN,
        ),
        (
            "the name is used again",
            ed_jwk("ed-1", OTHER_ED_X),
            ed_jwk("ed-1", ED_X),
            EDDSA_KID_TOKEN,
        ),
        (
            "the name of an RSA key is used again",
            rsa_jwk("rsa-1", OTHER_RSA_N),
            rsa_jwk("rsa-1", RSA_N),
            RS256_KID_TOKEN,
        ),
        (
            "the name is used again for another algorithm",
            ed_jwk("ec-1", OTHER_ED_X),
            ec_jwk("ec-1", EC_X, EC_Y),
            ES256_KID_TOKEN,
        ),
        (
            "the first key of its algorithm, without a name",
            rsa_jwk("rsa-1", RSA_N),
            ec_jwk("ec-1", EC_X, EC_Y),
            ES256_TOKEN,
        ),
        (
            "every key has its own name",
            ed_jwk("ed-0", OTHER_ED_X),
            ed_jwk("ed-1", ED_X),
            EDDSA_KID_TOKEN,
        ),
    ];
    for (case, old, new, token) in cases {
        let issuer = Issuer::new(Some(vec![old]));
        let refused = issuer.judge(token, NOW_MS).unwrap_err();
        assert_eq!(refused.status(), 401, "{case}: the copy is new");
        issuer.publish(Some(vec![new]));
        assert_eq!(issuer.judge(token, NOW_MS + 1), Ok(()), "{case}");
        assert_eq!(issuer.fetches.get(), 2, "{case}");
    }
}

#[test]
fn what_other_keys_would_not_change_is_not_looked_for() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_TOKEN, NOW_MS), Ok(()));
    let late = 2_000_000_000_000 + 60_000;
    assert!(matches!(issuer.judge(EDDSA_TOKEN, NOW_MS), Ok(())));
    issuer.judge(EDDSA_TOKEN, late).unwrap_err();
    let before = issuer.fetches.get();
    assert!(matches!(
        issuer.judge(EDDSA_TOKEN, late),
        Err(AuthError::Expired { .. })
    ));
    assert_eq!(issuer.fetches.get(), before);
}

#[test]
fn forged_tokens_are_looked_for_a_few_times() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_TOKEN, NOW_MS), Ok(()));
    for at in 0..SPACING_MS / 1000 {
        let refused = issuer.judge(&issued_at(NOW_MS), NOW_MS + at * 1000).unwrap_err();
        assert!(matches!(refused, AuthError::BadSignature | AuthError::KeysUnavailable));
    }
    assert_eq!(issuer.fetches.get(), 1 + SEARCHES as u32);
}

#[test]
fn a_rotation_under_a_flood_of_forged_tokens_locks_nobody_out() {
    let issuer = Issuer::new(Some(vec![without_name(ed_jwk("", OTHER_ED_X))]));
    let (mut rotated_at, mut known_at) = (None, None);
    for step in 0..90 {
        let now = NOW_MS + step * 1000;
        // They are sent whenever a search could begin, so that none is left.
        for _ in 0..=SEARCHES {
            assert!(issuer.judge(&issued_at(now), now).is_err());
        }
        if step == 31 {
            issuer.publish(Some(vec![without_name(ed_jwk("", ED_X))]));
            rotated_at = Some(now);
        }
        if rotated_at.is_some() {
            match issuer.judge(EDDSA_TOKEN, now) {
                Ok(()) => known_at = known_at.or(Some(now)),
                refused => {
                    assert_eq!(refused, Err(AuthError::KeysUnavailable), "never for good");
                    assert_eq!(known_at, None, "known keys stay known");
                }
            }
        }
    }
    let waited = known_at.unwrap() - rotated_at.unwrap();
    assert!((1..=SPACING_MS).contains(&waited), "{waited} ms");
    let spells = 90 * 1000 / SPACING_MS;
    assert!(u64::from(issuer.fetches.get()) <= 1 + spells * SEARCHES as u64);
}

#[test]
fn after_a_rotation_everybody_with_an_old_token_is_told_to_get_a_new_one() {
    let issuer = Issuer::new(Some(vec![ed_jwk("ed-1", ED_X)]));
    issuer.publish(Some(vec![ed_jwk("ed-2", OTHER_ED_X)]));
    let now = NOW_MS + 60 * 60 * 1000;
    for _ in 0..=SEARCHES {
        issuer.judge(&issued_at(now), now).unwrap_err();
    }
    let fetches = issuer.fetches.get();
    let old = now - PUBLISHING_LEEWAY_MS;
    for _ in 0..100 {
        assert_eq!(issuer.judge(&issued_at(old), now), Err(AuthError::BadSignature));
    }
    for young in [old + 1000, now, now + 60 * 60 * 1000] {
        assert_eq!(issuer.judge(&issued_at(young), now), Err(AuthError::KeysUnavailable));
    }
    for odd in [json!({}), json!({"iat": "x"}), json!({"iat": null}), json!([])] {
        assert_eq!(
            issuer.judge(&forged(EDDSA_TOKEN, &odd), now),
            Err(AuthError::KeysUnavailable)
        );
    }
    assert_eq!(issuer.fetches.get(), fetches, "none of this needed a search");
}
