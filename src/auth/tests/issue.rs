//! Development tokens.

use super::{NOW_MS, SECRET};
use crate::auth::authenticator::Authenticator;
use crate::auth::error::AuthError;
use crate::auth::identity::Identity;
use crate::auth::issue::issue_development_token;
use crate::auth::keys::KeySet;
use crate::auth::settings::AuthSettings;
use futures::FutureExt;

const HOUR_MS: u64 = 3_600_000;

fn settings() -> AuthSettings {
    AuthSettings {
        hs256_secret: Some(SECRET.to_owned()),
        any_audience: true,
        ..AuthSettings::default()
    }
}

fn verify(settings: AuthSettings, token: &str, now_ms: u64) -> Result<Identity, AuthError> {
    let no_fetch = async |_: &str| -> Result<KeySet, AuthError> { Err(AuthError::KeysUnavailable) };
    Authenticator::new(settings)?
        .authenticate(token, now_ms, no_fetch)
        .now_or_never()
        .unwrap()
}

#[test]
fn an_issued_token_is_accepted_until_it_expires() {
    let token = issue_development_token(&settings(), "u1", " Ada\n", NOW_MS, HOUR_MS).unwrap();
    let identity = verify(settings(), &token, NOW_MS).unwrap();
    assert_eq!(identity.subject.as_str(), "u1");
    assert_eq!(identity.alias.as_str(), "Ada");
    assert_eq!(identity.expires_at, NOW_MS + HOUR_MS);
    assert_eq!(
        verify(settings(), &token, NOW_MS + 2 * HOUR_MS),
        Err(AuthError::Expired {
            at_ms: NOW_MS + HOUR_MS
        })
    );
}

#[test]
fn an_issued_token_has_the_configured_issuer_and_audience() {
    let strict = AuthSettings {
        issuer: Some("https://id.example".to_owned()),
        audience: Some("flagship".to_owned()),
        ..settings()
    };
    let token = issue_development_token(&strict, "u1", "Ada", NOW_MS, HOUR_MS).unwrap();
    assert!(verify(strict.clone(), &token, NOW_MS).is_ok());
    let plain = issue_development_token(&settings(), "u1", "Ada", NOW_MS, HOUR_MS).unwrap();
    assert_eq!(verify(strict, &plain, NOW_MS), Err(AuthError::WrongIssuer));
}

#[test]
fn without_an_alias_the_bearer_is_a_guest() {
    let token = issue_development_token(&settings(), "u-1234", "", NOW_MS, HOUR_MS).unwrap();
    assert_eq!(verify(settings(), &token, NOW_MS).unwrap().alias.as_str(), "Guest 1234");
}

#[test]
fn no_or_a_short_secret_issues_nothing() {
    for secret in [None, Some("short".to_owned())] {
        let settings = AuthSettings {
            hs256_secret: secret,
            ..AuthSettings::default()
        };
        let refused = issue_development_token(&settings, "u1", "Ada", NOW_MS, HOUR_MS);
        assert!(matches!(refused, Err(AuthError::Misconfigured(_))));
    }
}

#[test]
fn an_endless_lifetime_is_no_overflow() {
    let token = issue_development_token(&settings(), "u1", "Ada", NOW_MS, u64::MAX).unwrap();
    assert!(verify(settings(), &token, NOW_MS).is_ok());
}
