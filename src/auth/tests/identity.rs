//! Who somebody is: every payload shape in use, and the rules for subjects.

use serde_json::{Value, json};

use super::{EXP, verify, with_exp};
use crate::auth::error::AuthError;

fn subject(payload: Value) -> Result<String, AuthError> {
    verify(&with_exp(payload)).map(|identity| identity.subject.to_string())
}

#[test]
fn an_identity_has_the_expiry_of_its_token_in_milliseconds() {
    let identity = verify(&with_exp(json!({"sub": "ada", "alias": "Ada"}))).unwrap();
    assert_eq!(identity.subject.as_str(), "ada");
    assert_eq!(identity.alias.as_str(), "Ada");
    assert_eq!(identity.expires_at, EXP * 1000);
}

#[test]
fn the_subject_is_found_in_every_place() {
    for payload in [
        json!({"sub": "ada"}),
        json!({"id": "ada"}),
        json!({"_id": "ada"}),
        json!({"userId": "ada"}),
        json!({"user": {"id": "ada"}}),
        json!({"user": {"_id": "ada"}}),
        json!({"_id": {"$oid": "ada"}}),
        json!({"user": {"_id": {"$oid": "ada"}}}),
    ] {
        assert_eq!(subject(payload.clone()).as_deref(), Ok("ada"), "{payload}");
    }
}

#[test]
fn the_first_subject_that_is_not_empty_wins() {
    let mut payload = json!({
        "sub": "1", "id": "2", "_id": "3", "userId": "4", "user": {"id": "5", "_id": "6"}
    });
    for expected in ["1", "2", "3", "4"] {
        assert_eq!(subject(payload.clone()).as_deref(), Ok(expected));
        let key = ["sub", "id", "_id", "userId"][expected.parse::<usize>().unwrap() - 1];
        payload[key] = json!("");
    }
    assert_eq!(subject(payload.clone()).as_deref(), Ok("5"));
    payload["user"]["id"] = json!("  ");
    assert_eq!(subject(payload).as_deref(), Ok("6"));
}

#[test]
fn integers_are_subjects_and_other_values_are_passed_over() {
    assert_eq!(subject(json!({"sub": 42})).as_deref(), Ok("42"));
    assert_eq!(subject(json!({"sub": 0})).as_deref(), Ok("0"));
    assert_eq!(subject(json!({"id": -7})).as_deref(), Ok("-7"));
    assert_eq!(subject(json!({"id": u64::MAX})).as_deref(), Ok("18446744073709551615"));
    for odd in [json!(null), json!(true), json!(1.5), json!([1]), json!({"a": 1})] {
        let payload = json!({"sub": odd, "userId": "ada"});
        assert_eq!(subject(payload.clone()).as_deref(), Ok("ada"), "{payload}");
    }
}

#[test]
fn nobody_is_refused() {
    for payload in [
        json!({}),
        json!({"sub": ""}),
        json!({"sub": null}),
        json!({"user": "ada"}),
        json!({"user": {}}),
        json!({"user": []}),
        json!({"_id": {"$oid": 5}}),
        json!({"alias": "Ada"}),
    ] {
        assert_eq!(subject(payload.clone()), Err(AuthError::NoSubject), "{payload}");
    }
}

#[test]
fn a_subject_is_as_long_as_openid_connect_allows() {
    assert!(subject(json!({"sub": "a".repeat(255)})).is_ok());
    assert!(subject(json!({"sub": "é".repeat(127)})).is_ok());
    for long in ["a".repeat(256), "é".repeat(128)] {
        // Another claim must not stand in for one that is refused.
        let payload = json!({"sub": long, "id": "ada"});
        assert_eq!(subject(payload), Err(AuthError::UnusableSubject));
    }
}

#[test]
fn a_subject_may_have_every_character_but_controls() {
    for sub in [
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "google-oauth2|101234567890123456789",
        "samlp|corp|CN=Ada Lovelace,OU=Maths,DC=example,DC=org",
        "https://id.example/users/7?tenant=a#b",
        "f:4d0c9f2e:ada",
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
        "ada@example.org",
        "\"quoted\" \\ %41",
        "名前",
    ] {
        assert_eq!(subject(json!({"sub": sub})).as_deref(), Ok(sub));
    }
    for sub in ["a\nb", "a\u{0}", "\u{7f}a", "a\u{85}b"] {
        assert_eq!(subject(json!({"sub": sub})), Err(AuthError::UnusableSubject));
    }
}
