//! Time, issuer and audience.

use serde_json::{Value, json};

use super::{EXP, NOW_MS, token, verifier, verify, with_exp};
use crate::auth::error::AuthError;
use crate::auth::identity::Identity;
use crate::auth::verify::{DEFAULT_LEEWAY_MS, NOT_BEFORE_LEEWAY_MS};

const EXP_MS: u64 = EXP * 1000;
const EXPIRED: AuthError = AuthError::Expired { at_ms: EXP_MS };

fn at(payload: &Value, now_ms: u64) -> Result<Identity, AuthError> {
    verifier().verify(&token(payload), now_ms)
}

fn with_exp_of(exp: Value) -> Result<u64, AuthError> {
    verify(&json!({"sub": "ada", "exp": exp})).map(|identity| identity.expires_at)
}

#[test]
fn a_token_ends_to_the_millisecond_with_its_leeway() {
    let payload = with_exp(json!({"sub": "ada"}));
    assert!(at(&payload, EXP_MS).is_ok());
    assert!(at(&payload, EXP_MS + DEFAULT_LEEWAY_MS - 1).is_ok());
    assert_eq!(at(&payload, EXP_MS + DEFAULT_LEEWAY_MS), Err(EXPIRED));
    assert_eq!(at(&payload, EXP_MS + DEFAULT_LEEWAY_MS + 1), Err(EXPIRED));
    assert_eq!(at(&payload, u64::MAX), Err(EXPIRED));
}

#[test]
fn without_leeway_a_token_ends_at_its_expiry() {
    let mut verifier = verifier();
    verifier.leeway_ms = 0;
    let token = token(&with_exp(json!({"sub": "ada"})));
    assert!(verifier.verify(&token, EXP_MS - 1).is_ok());
    assert_eq!(verifier.verify(&token, EXP_MS), Err(EXPIRED));
}

#[test]
fn an_expiry_is_required() {
    assert_eq!(verify(&json!({"sub": "ada"})), Err(AuthError::NoExpiry));
    assert_eq!(with_exp_of(json!(null)), Err(AuthError::NoExpiry));
}

#[test]
fn an_expiry_is_a_number() {
    for odd in [json!("1700003600"), json!(""), json!(true), json!([EXP]), json!({})] {
        assert_eq!(with_exp_of(odd.clone()), Err(AuthError::Malformed), "{odd}");
    }
}

#[test]
fn odd_numbers_are_put_in_range() {
    assert_eq!(with_exp_of(json!(1_700_003_600.25)), Ok(EXP_MS + 250));
    assert_eq!(with_exp_of(json!(1.7e9 + 3600.0)), Ok(EXP_MS));
    let past = Err(AuthError::Expired { at_ms: 0 });
    for exp in [json!(-1), json!(i64::MIN), json!(-1e300), json!(0), json!(-0.0)] {
        assert_eq!(with_exp_of(exp.clone()), past, "{exp}");
    }
    for exp in [json!(1e300), json!(u64::MAX), json!(i64::MAX), json!(9.0e15)] {
        assert_eq!(with_exp_of(exp.clone()), Ok(8_640_000_000_000_000), "{exp}");
    }
}

#[test]
fn a_token_begins_at_its_not_before() {
    let payload = with_exp(json!({"sub": "ada", "nbf": NOW_MS / 1000}));
    let early = NOW_MS - NOT_BEFORE_LEEWAY_MS;
    assert_eq!(NOT_BEFORE_LEEWAY_MS, 60_000);
    assert!(at(&payload, NOW_MS).is_ok());
    assert!(at(&payload, early).is_ok());
    assert_eq!(at(&payload, early - 1), Err(AuthError::NotYetValid));
    assert_eq!(at(&payload, 0), Err(AuthError::NotYetValid));
    for (nbf, expected) in [
        (json!(null), Ok(())),
        (json!(-5), Ok(())),
        (json!("soon"), Err(AuthError::Malformed)),
        (json!(1e300), Err(AuthError::NotYetValid)),
    ] {
        let payload = with_exp(json!({"sub": "ada", "nbf": nbf}));
        assert_eq!(verify(&payload).map(|_| ()), expected, "{payload}");
    }
}

#[test]
fn the_time_of_issue_does_not_matter() {
    assert!(verify(&with_exp(json!({"sub": "ada", "iat": EXP * 2}))).is_ok());
    assert!(verify(&with_exp(json!({"sub": "ada", "iat": "x"}))).is_ok());
}

#[test]
fn the_issuer_is_compared_where_it_is_configured() {
    let mut verifier = verifier();
    verifier.issuer = Some("https://id.example/".to_owned());
    let judge = |iss: Value| {
        let payload = with_exp(json!({"sub": "ada", "iss": iss}));
        verifier.verify(&token(&payload), NOW_MS).map(|_| ())
    };
    assert_eq!(judge(json!("https://id.example/")), Ok(()));
    for wrong in [
        json!("https://id.example"),
        json!("https://ID.example/"),
        json!(""),
        json!(null),
        json!(["https://id.example/"]),
    ] {
        assert_eq!(judge(wrong.clone()), Err(AuthError::WrongIssuer), "{wrong}");
    }
    let without = token(&with_exp(json!({"sub": "ada"})));
    assert_eq!(verifier.verify(&without, NOW_MS), Err(AuthError::WrongIssuer));
    assert!(verify(&with_exp(json!({"sub": "ada", "iss": 5}))).is_ok());
}

#[test]
fn the_audience_is_one_or_among_many_where_it_is_configured() {
    let mut verifier = verifier();
    verifier.audience = Some("flagship".to_owned());
    let judge = |aud: Value| {
        let payload = with_exp(json!({"sub": "ada", "aud": aud}));
        verifier.verify(&token(&payload), NOW_MS).map(|_| ())
    };
    for right in [
        json!("flagship"),
        json!(["flagship"]),
        json!(["other", 5, null, "flagship"]),
    ] {
        assert_eq!(judge(right.clone()), Ok(()), "{right}");
    }
    for wrong in [
        json!("Flagship"),
        json!("flagship-2"),
        json!(["other"]),
        json!([]),
        json!([["flagship"]]),
        json!({"flagship": true}),
        json!(null),
    ] {
        assert_eq!(judge(wrong.clone()), Err(AuthError::WrongAudience), "{wrong}");
    }
    assert!(verify(&with_exp(json!({"sub": "ada", "aud": "other"}))).is_ok());
}
