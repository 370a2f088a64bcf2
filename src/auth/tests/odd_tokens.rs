//! What is not a token, and what only looks like one. None of it may panic.

use flagship_protocol::limits;
use serde_json::json;

use super::fixtures::*;
use super::{
    EXP, NOW_MS, SECRET, encode, fixture_jwks, sign_raw, signature_of, token, token_with_header, verifier,
    verifier_of_jwks, with_exp,
};
use crate::auth::claims::Claims;
use crate::auth::error::AuthError;

fn refusal(token: &str) -> AuthError {
    verifier().verify(token, NOW_MS).unwrap_err()
}

/// With the right secret over any bytes.
fn signed(header: &[u8], payload: &[u8]) -> AuthError {
    refusal(&sign_raw(header, payload, SECRET.as_bytes()))
}

const HEADER: &[u8] = br#"{"alg":"HS256"}"#;

#[test]
fn the_shape_is_three_parts() {
    let good = token(&with_exp(json!({"sub": "ada"})));
    assert!(verifier().verify(&good, NOW_MS).is_ok());
    for odd in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "é.é.é".to_owned(),
        "\u{0}".to_owned(),
        good.replacen('.', "", 1),
        format!(".{good}"),
        format!("{good}."),
        format!("{good}.AAAA.AAAA"),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{good}="),
        format!("Bearer {good}"),
    ] {
        assert_eq!(refusal(&odd), AuthError::Malformed, "{odd}");
    }
}

#[test]
fn an_empty_or_short_signature_does_not_hold() {
    let good = token(&with_exp(json!({"sub": "ada"})));
    let (message, signature) = good.rsplit_once('.').unwrap();
    let short = signature.get(..40).unwrap();
    for signature in ["", "AAAA", short, &format!("{signature}AAAA"), "AAAAAA"] {
        assert_eq!(
            refusal(&format!("{message}.{signature}")),
            AuthError::BadSignature,
            "{signature}"
        );
    }
    for token in [RS256_TOKEN, ES256_TOKEN, EDDSA_TOKEN] {
        let (message, _) = token.rsplit_once('.').unwrap();
        for length in [0, 1, 31, 32, 63, 64, 65, 255, 256, 257, 1000] {
            for byte in [0, 1, 0xFF] {
                let forged = format!("{message}.{}", encode(vec![byte; length]));
                assert_eq!(
                    verifier_of_jwks(&fixture_jwks()).verify(&forged, NOW_MS),
                    Err(AuthError::BadSignature)
                );
            }
        }
    }
}

#[test]
fn a_signature_has_one_spelling() {
    let good = token(&with_exp(json!({"sub": "ada"})));
    // 32 bytes leave two bits over in the last character, which must be zero.
    let last = good.chars().next_back().unwrap();
    let next = char::from(last as u8 + 1);
    let respelt = format!("{}{next}", good.get(..good.len() - 1).unwrap());
    assert_eq!(refusal(&respelt), AuthError::Malformed);
}

#[test]
fn a_long_token_is_refused_before_it_is_read() {
    let mut padding = 12_000;
    let of_padding = |padding: usize| token(&with_exp(json!({"sub": "ada", "padding": "x".repeat(padding)})));
    while of_padding(padding + 1).len() <= limits::TOKEN_BYTES {
        padding += 1;
    }
    assert!(verifier().verify(&of_padding(padding), NOW_MS).is_ok());
    assert_eq!(refusal(&of_padding(padding + 4)), AuthError::TooLong);
    for huge in ["a".repeat(1 << 20), ".".repeat(1 << 20), "é".repeat(1 << 20)] {
        assert_eq!(refusal(&huge), AuthError::TooLong);
    }
}

#[test]
fn claims_that_are_not_read_are_not_kept() {
    let claims: Claims = serde_json::from_value(json!({
        "sub": "ada", "groups": vec!["g"; 1_000], "https://x.example/roles": {"sub": "eve"}, "exp": 5,
    }))
    .unwrap();
    assert_eq!(claims.text("sub"), Some("ada"));
    assert_eq!(claims.time("exp"), Ok(Some(5_000)));
    for passed_over in ["groups", "https://x.example/roles", "https://x", ""] {
        assert!(claims.at(passed_over).is_none());
    }
    let groups = token(&with_exp(json!({"sub": "ada", "groups": vec![NOW_MS; 800]})));
    assert!(groups.len() > 14_000 && verifier().verify(&groups, NOW_MS).is_ok());
    // What is passed over has to be JSON all the same.
    assert_eq!(
        signed(HEADER, br#"{"sub":"ada","exp":1700003600,"groups":[}"#),
        AuthError::Malformed
    );
}

#[test]
fn a_header_is_an_object_with_an_algorithm() {
    for header in [
        &b""[..],
        b"null",
        b"5",
        b"[]",
        b"\"HS256\"",
        b"{}",
        b"{",
        b"{\"alg\":\"HS256\"",
        br#"{"alg":null}"#,
        br#"{"alg":["HS256"]}"#,
        br#"{"alg":256}"#,
        br#"{"alg":"HS256","alg":"none"}"#,
        br#"{"alg":"HS256","kid":5}"#,
        br#"{"alg":"HS256"} {}"#,
        b"\xFF\xFE",
        b"{\"alg\":\"HS256\xFF\"}",
    ] {
        let text = String::from_utf8_lossy(header);
        assert_eq!(signed(header, b"{}"), AuthError::Malformed, "{text}");
    }
}

#[test]
fn critical_extensions_are_not_understood() {
    for crit in [json!(["b64"]), json!([]), json!("exp")] {
        let token = token_with_header(
            &json!({"alg": "HS256", "crit": crit, "b64": true}),
            &with_exp(json!({"sub": "ada"})),
        );
        assert_eq!(refusal(&token), AuthError::UnsupportedAlgorithm);
    }
}

#[test]
fn a_payload_is_an_object() {
    let deep = "[".repeat(3_000);
    let deep_object = format!("{{\"a\":{}", "[".repeat(3_000));
    for payload in [
        &b""[..],
        b"null",
        b"5",
        b"[]",
        br#"[{"sub":"ada","exp":1700003600}]"#,
        b"\"ada\"",
        b"{",
        br#"{"sub":"ada","exp":1e999}"#,
        br#"{"sub":"\ud800","exp":1700003600}"#,
        b"{\"sub\":\"\xFF\"}",
        b"\xFF",
        deep.as_bytes(),
        deep_object.as_bytes(),
    ] {
        let text = String::from_utf8_lossy(payload);
        assert_eq!(signed(HEADER, payload), AuthError::Malformed, "{text}");
    }
}

#[test]
fn a_payload_that_is_not_base64_is_malformed_under_a_valid_signature() {
    for payload in ["", "a", "ab+/", "é", "{}", "e30="] {
        let message = format!("{}.{payload}", encode(HEADER));
        let signature = signature_of(&message, SECRET.as_bytes());
        assert_eq!(refusal(&format!("{message}.{signature}")), AuthError::Malformed);
    }
}

#[test]
fn of_two_equal_claims_the_last_counts() {
    let payload = format!(r#"{{"sub":"ada","exp":1,"exp":{EXP}}}"#);
    let token = sign_raw(HEADER, payload.as_bytes(), SECRET.as_bytes());
    assert!(verifier().verify(&token, NOW_MS).is_ok());
}

#[test]
fn every_cut_of_a_token_is_refused() {
    let good = token(&with_exp(json!({"sub": "ada"})));
    for end in 0..good.len() {
        refusal(good.get(..end).unwrap());
    }
}

#[test]
fn every_changed_character_is_refused() {
    let good = token(&with_exp(json!({"sub": "ada"})));
    for (at, old) in good.char_indices() {
        for new in ['A', 'B', '_', '.', ' ', 'é'] {
            let (before, after) = (good.get(..at).unwrap(), good.get(at + 1..).unwrap());
            if new != old {
                refusal(&format!("{before}{new}{after}"));
            }
        }
    }
}

#[test]
fn refusals_say_nothing_of_the_token() {
    let refusals = [
        AuthError::Missing,
        AuthError::Malformed,
        AuthError::TooLong,
        AuthError::UnsupportedAlgorithm,
        AuthError::UnknownKey,
        AuthError::BadSignature,
        AuthError::NoExpiry,
        AuthError::Expired { at_ms: 987_654 },
        AuthError::NotYetValid,
        AuthError::WrongIssuer,
        AuthError::WrongAudience,
        AuthError::NoSubject,
        AuthError::UnusableSubject,
        AuthError::AnyAudience(&["JWT_AUDIENCE"]),
        AuthError::KeysUnavailable,
        AuthError::Misconfigured("an internal detail".to_owned()),
    ];
    let mut reasons: Vec<_> = refusals.iter().map(AuthError::reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), refusals.len());
    for refusal in refusals {
        let message = refusal.to_string();
        assert!(message.ends_with('.') && !message.contains("internal"));
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(refusal.reason().chars().all(plain));
        assert!(matches!(refusal.status(), 401 | 500 | 503));
    }
}
