//! What people are called: the order of claims, and what is no name.

use serde_json::{Value, json};

use super::{verify, with_exp};
use crate::auth::names::NAME_PLACES;

/// The name that others see, and whether the person chose it.
fn called(mut payload: Value) -> (String, bool) {
    if payload["sub"].is_null() {
        payload["sub"] = json!("u-7f3a");
    }
    let identity = verify(&with_exp(payload)).unwrap();
    (identity.alias.to_string(), identity.has_chosen_alias)
}

fn alias(payload: Value) -> String {
    called(payload).0
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
    let guest = |sub: &str| alias(json!({"sub": sub}));
    assert_eq!(guest("user-12ab"), "Guest 12ab");
    assert_eq!(guest("auth0|9-8-7-6-5"), "Guest 8765");
    assert_eq!(guest("é1"), "Guest é1");
    assert_eq!(guest("|-|"), "Guest");
    assert_eq!(alias(json!({"alias": "\u{1}"})), "Guest 7f3a");
}

/// A payload with a text at each of these places.
fn with_texts(places: &[(&str, &str)]) -> Value {
    let mut payload = json!({});
    for (place, text) in places {
        let slot = place.split('.').fold(&mut payload, |value, key| &mut value[key]);
        *slot = json!(text);
    }
    payload
}

#[test]
fn of_all_places_the_first_wins() {
    let texts = |from: usize| -> Vec<(&str, String)> {
        let places = NAME_PLACES.iter().skip(from).copied().flatten();
        places.map(|place| (*place, format!("Name {place}"))).collect()
    };
    for (index, place) in NAME_PLACES.iter().enumerate() {
        let texts = texts(index);
        let texts: Vec<(&str, &str)> = texts.iter().map(|(place, text)| (*place, text.as_str())).collect();
        let expected: Vec<String> = place.iter().map(|path| format!("Name {path}")).collect();
        assert_eq!(alias(with_texts(&texts)), expected.join(" "), "{place:?}");
    }
}

#[test]
fn the_order_is_the_one_that_is_documented() {
    let page = include_str!("../../../docs/integrating.md");
    let section = page.split("### Names").nth(1).unwrap();
    let lines = section
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let documented: Vec<Vec<&str>> = lines.map(|line| line.split('`').skip(1).step_by(2).collect()).collect();
    assert_eq!(documented, NAME_PLACES.map(<[&str]>::to_vec));
}

#[test]
fn a_part_of_a_name_is_one_too() {
    assert_eq!(alias(json!({"given_name": "Ada", "family_name": " "})), "Ada");
    assert_eq!(alias(json!({"family_name": "Lovelace"})), "Lovelace");
    assert_eq!(
        alias(json!({"first_name": "Ada", "last_name": "Lovelace"})),
        "Ada Lovelace"
    );
}

#[test]
fn an_address_that_an_issuer_puts_in_place_of_a_name_is_not_shown() {
    for address in [
        "ada@example.org",
        " ada@example.org ",
        "ada@intranet",
        "Ada Lovelace <ada@example.org>",
        "ada_example.org#EXT#@tenant.example",
        // Cut to what is shown, it would no longer look like one.
        &format!("{}@example.org", "a".repeat(70)),
    ] {
        for place in NAME_PLACES
            .iter()
            .copied()
            .flatten()
            .filter(|place| !place.ends_with("alias"))
        {
            let payload = with_texts(&[(place, address)]);
            assert_eq!(alias(payload), "Guest 7f3a", "{place}: {address}");
        }
        let next = json!({"preferred_username": address, "cognito:username": "ada"});
        assert_eq!(alias(next), "ada", "the next one counts");
    }
    assert_eq!(alias(json!({"name": "@ada"})), "@ada");
    assert_eq!(alias(json!({"name": "Ada @ Example"})), "Ada @ Example");
}

#[test]
fn an_identifier_is_no_name() {
    let uuid = "1b2d6a40-0c3f-4a6e-9d7b-5f2f4f8e9a01";
    assert_eq!(alias(json!({"cognito:username": uuid})), "Guest 7f3a");
    assert_eq!(
        alias(json!({"sub": "ada-99", "username": "ada-99", "nickname": "Ada"})),
        "Ada"
    );
    assert_eq!(alias(json!({"name": "Abcdefgh-1234"})), "Abcdefgh-1234");
}

#[test]
fn only_an_alias_is_chosen() {
    for place in NAME_PLACES.iter().copied().flatten() {
        let (name, is_chosen) = called(with_texts(&[(place, "Ada")]));
        assert_eq!(name, "Ada");
        assert_eq!(is_chosen, place.ends_with("alias"), "{place}");
    }
    assert_eq!(
        called(json!({"alias": "ada@example.org"})),
        ("ada@example.org".into(), true)
    );
    assert_eq!(
        called(json!({"name": "Ada", "user": {"alias": "Ada"}})),
        ("Ada".into(), true)
    );
    assert_eq!(
        called(json!({"name": "Ada", "user": {"alias": "Countess"}})),
        ("Ada".into(), false)
    );
    assert!(!called(json!({})).1);
}
