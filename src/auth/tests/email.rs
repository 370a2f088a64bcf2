//! Which e-mail address somebody is known by.

use serde_json::{Value, json};

use super::{NOW_MS, token, verifier, with_exp};

fn known(trusts_email: bool, mut payload: Value) -> Option<String> {
    payload["sub"] = json!("u1");
    let mut verifier = verifier();
    verifier.trusts_email = trusts_email;
    let identity = verifier.verify(&token(&with_exp(payload)), NOW_MS).unwrap();
    identity.email.map(|email| email.to_string())
}

const ADA: &str = "ada@example.org";

#[test]
fn an_address_counts_when_the_issuer_says_that_it_was_verified() {
    for yes in [
        json!({"email": ADA, "email_verified": true}),
        json!({"email": ADA, "email_verified": "true"}),
        json!({"email": ADA, "xms_edov": true}),
        json!({"email": ADA, "xms_edov": 1}),
        json!({"email": ADA, "xms_edov": "1"}),
        json!({"user": {"email": ADA, "email_verified": true}}),
        json!({"email": "eve@example.org", "email_verified": false, "user": {"email": ADA, "email_verified": true}}),
    ] {
        for trusts in [false, true] {
            assert_eq!(known(trusts, yes.clone()).as_deref(), Some(ADA), "{yes}");
        }
    }
}

#[test]
fn an_address_that_was_not_verified_counts_for_nothing() {
    for no in [
        json!({"email": ADA, "email_verified": false}),
        json!({"email": ADA, "email_verified": "false"}),
        json!({"email": ADA, "email_verified": ""}),
        json!({"email": ADA, "email_verified": null}),
        json!({"email": ADA, "email_verified": 0}),
        json!({"email": ADA, "email_verified": [true]}),
        json!({"email": ADA, "email_verified": false, "xms_edov": true}),
        json!({"email": ADA, "xms_edov": false}),
        json!({"user": {"email": ADA, "email_verified": false}, "email_verified": true}),
        json!({"email": ADA, "email_verified": false, "user": {"email_verified": true}}),
    ] {
        for trusts in [false, true] {
            assert_eq!(known(trusts, no.clone()), None, "{no}");
        }
    }
}

#[test]
fn where_the_issuer_says_nothing_the_operator_decides() {
    for silent in [
        json!({"email": ADA}),
        json!({"user": {"email": ADA}}),
        // People can change these themselves.
        json!({"email": ADA, "user_metadata": {"email_verified": true}}),
        json!({"user": {"email": ADA}, "email_verified": true}),
    ] {
        assert_eq!(known(false, silent.clone()), None, "{silent}");
        assert_eq!(known(true, silent).as_deref(), Some(ADA));
    }
    assert_eq!(
        known(true, json!({"user_metadata": {"email": ADA, "email_verified": true}})),
        None
    );
}

#[test]
fn an_address_is_whole_or_not_there() {
    let whole = |address: &str| known(false, json!({"email": address, "email_verified": true}));
    let longest = format!("{}@{}.example", "a".repeat(64), "b".repeat(254 - 64 - 9));
    assert_eq!(longest.len(), 254);
    assert_eq!(whole(&longest), Some(longest.clone()));
    assert_eq!(
        whole(&format!("a{longest}")),
        None,
        "never cut: it would be somebody else's"
    );
    assert_eq!(whole("  Ada@Example.ORG ").as_deref(), Some(ADA));
    let over_64 = format!("{}@example.org", "a.b-".repeat(15));
    assert_eq!(whole(&over_64).as_deref(), Some(over_64.as_str()));
    for odd in [
        "",
        " ",
        "ada",
        "@",
        "@example.org",
        "ada@",
        "ada @example.org",
        "ada@\u{0}example.org",
    ] {
        assert_eq!(whole(odd), None, "{odd:?}");
    }
}
