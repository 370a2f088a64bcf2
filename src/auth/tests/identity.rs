//! Every payload shape in use, and the rules for subjects and aliases.

use serde_json::{Value, json};

use super::{EXP, verify, with_exp};
use crate::auth::error::AuthError;

fn subject(payload: Value) -> Result<String, AuthError> {
    verify(&with_exp(payload)).map(|identity| identity.subject)
}

fn alias(mut payload: Value) -> String {
    payload["sub"] = json!("u-7f3a");
    verify(&with_exp(payload)).unwrap().alias
}

#[test]
fn an_identity_has_the_expiry_of_its_token_in_milliseconds() {
    let identity = verify(&with_exp(json!({"sub": "ada", "alias": "Ada"}))).unwrap();
    assert_eq!(identity.subject, "ada");
    assert_eq!(identity.alias, "Ada");
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
fn a_subject_is_at_most_128_bytes() {
    assert!(subject(json!({"sub": "a".repeat(128)})).is_ok());
    assert!(subject(json!({"sub": "é".repeat(64)})).is_ok());
    for long in ["a".repeat(129), "é".repeat(65)] {
        // Another claim must not stand in for one that is refused.
        let payload = json!({"sub": long, "id": "ada"});
        assert_eq!(subject(payload), Err(AuthError::NoSubject));
    }
}

#[test]
fn a_subject_has_no_control_characters() {
    for sub in ["a\nb", "a\u{0}", "\u{7f}a", "a\u{85}b"] {
        assert_eq!(subject(json!({"sub": sub})), Err(AuthError::NoSubject));
    }
}

#[test]
fn the_alias_is_found_in_every_place_and_in_order() {
    for payload in [
        json!({"alias": "Ada"}),
        json!({"name": "Ada"}),
        json!({"username": "Ada"}),
        json!({"user": {"alias": "Ada"}}),
        json!({"user": {"name": "Ada"}}),
        json!({"user": {"username": "Ada"}}),
        json!({"alias": "Ada", "name": "Bob"}),
        json!({"alias": " \n ", "name": "Ada", "username": "Bob"}),
        json!({"alias": 5, "name": ["Bob"], "username": "Ada"}),
    ] {
        assert_eq!(alias(payload.clone()), "Ada", "{payload}");
    }
}

#[test]
fn an_alias_is_trimmed_cleaned_and_cut() {
    assert_eq!(alias(json!({"alias": "\t Ada \u{0}Lovelace\r\n"})), "Ada Lovelace");
    assert_eq!(
        alias(json!({"alias": "Ada\u{202E}gnp\u{2066}"})),
        "Adagnp",
        "marks that reorder text are removed"
    );
    assert_eq!(alias(json!({"alias": "é".repeat(100)})), "é".repeat(64));
    assert_eq!(alias(json!({"alias": "👩‍🚀"})), "👩‍🚀");
    let ends_in_space = format!("{} {}", "a".repeat(63), "b".repeat(9));
    assert_eq!(alias(json!({"alias": ends_in_space})), "a".repeat(63));
}

#[test]
fn without_an_alias_one_is_a_guest() {
    let guest = |sub: &str| verify(&with_exp(json!({"sub": sub}))).unwrap().alias;
    assert_eq!(guest("user-12ab"), "Guest 12ab");
    assert_eq!(guest("auth0|9-8-7-6-5"), "Guest 8765");
    assert_eq!(guest("é1"), "Guest é1");
    assert_eq!(guest("|-|"), "Guest");
    assert_eq!(alias(json!({"alias": "\u{1}"})), "Guest 7f3a");
}
