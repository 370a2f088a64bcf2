//! What may be configured.

use super::SECRET;
use crate::auth::authenticator::Authenticator;
use crate::auth::error::AuthError;
use crate::auth::settings::AuthSettings;

fn complete() -> AuthSettings {
    AuthSettings {
        hs256_secret: Some(SECRET.to_owned()),
        jwks: Some(r#"{"keys":[]}"#.to_owned()),
        jwks_url: Some("https://id.example/jwks.json".to_owned()),
        issuer: Some("https://id.example".to_owned()),
        audience: Some("flagship".to_owned()),
        any_audience: false,
        trusts_email: false,
    }
}

#[test]
fn blank_variables_are_absent() {
    let read = |pairs: &'static [(&str, &str)]| {
        AuthSettings::from_variables(|name| {
            let (_, value) = pairs.iter().find(|(key, _)| *key == name)?;
            Some((*value).to_owned())
        })
    };
    assert!(read(&[]) == AuthSettings::default());
    assert!(
        read(&[
            ("JWT_SECRET", ""),
            ("JWKS", " "),
            ("JWKS_URL", "\n"),
            ("JWT_ISSUER", ""),
            ("JWT_AUDIENCE", "\t"),
        ]) == AuthSettings::default()
    );
    let settings = read(&[
        ("JWT_SECRET", SECRET),
        ("JWKS_URL", " https://id.example/jwks.json\n"),
        ("JWT_AUDIENCE", "flagship"),
    ]);
    assert_eq!(settings.hs256_secret.as_deref(), Some(SECRET));
    assert_eq!(settings.jwks_url.as_deref(), Some("https://id.example/jwks.json"));
    assert_eq!(settings.audience.as_deref(), Some("flagship"));
    assert!(!format!("{settings:?}").contains(SECRET));
}

#[test]
fn unusable_settings_are_refused() {
    let refused = |change: fn(&mut AuthSettings)| {
        let mut settings = any_audience();
        change(&mut settings);
        matches!(Authenticator::new(settings).err(), Some(AuthError::Misconfigured(_)))
    };
    assert!(refused(|_| ()));
    assert!(refused(|s| s.hs256_secret = Some("short".to_owned())));
    assert!(refused(|s| s.jwks = Some("{}".to_owned())));
    assert!(refused(|s| s.jwks = Some(r#"{"keys":[]}"#.to_owned())));
    for url in [
        "http://id.example/",
        "ftp://x",
        "id.example",
        "http://localhost.evil.example/",
    ] {
        let settings = AuthSettings {
            jwks_url: Some(url.to_owned()),
            ..any_audience()
        };
        let refused = Authenticator::new(settings).err();
        assert!(matches!(refused, Some(AuthError::Misconfigured(_))), "{url}");
    }
    assert!(!refused(|s| s.jwks_url = Some("https://x".to_owned())));
    assert!(!refused(|s| s.jwks_url = Some("http://localhost:8080/x".to_owned())));
}

fn any_audience() -> AuthSettings {
    AuthSettings {
        any_audience: true,
        ..AuthSettings::default()
    }
}

#[test]
fn whose_tokens_are_meant_is_said_by_issuer_and_audience_together() {
    let refused = |change: fn(&mut AuthSettings)| {
        let mut settings = complete();
        change(&mut settings);
        Authenticator::new(settings).err()
    };
    assert_eq!(refused(|_| ()), None);
    assert_eq!(
        refused(|s| s.issuer = None),
        Some(AuthError::AnyAudience(&["JWT_ISSUER"]))
    );
    assert_eq!(
        refused(|s| s.audience = None),
        Some(AuthError::AnyAudience(&["JWT_AUDIENCE"]))
    );
    for without_keys_elsewhere in [
        |s: &mut AuthSettings| s.jwks_url = None,
        |s: &mut AuthSettings| s.hs256_secret = None,
    ] {
        let mut settings = complete();
        (settings.issuer, settings.audience) = (None, None);
        without_keys_elsewhere(&mut settings);
        let refused = Authenticator::new(settings.clone()).err();
        let both = AuthError::AnyAudience(&["JWT_ISSUER", "JWT_AUDIENCE"]);
        assert_eq!(refused, Some(both), "whatever the keys are");
        settings.any_audience = true;
        assert!(Authenticator::new(settings).is_ok());
    }
}

#[test]
fn any_audience_is_meant_when_it_is_said_and_in_development() {
    let any = |name: &'static str, value: &'static str| {
        AuthSettings::from_variables(|asked| (asked == name).then(|| value.to_owned())).any_audience
    };
    assert!(any("JWT_ANY_AUDIENCE", "yes") && any("JWT_ANY_AUDIENCE", " yes\n"));
    assert!(any("ENVIRONMENT", "development"));
    for (name, value) in [
        ("JWT_ANY_AUDIENCE", ""),
        ("JWT_ANY_AUDIENCE", "no"),
        ("JWT_ANY_AUDIENCE", "Yes, please"),
        ("ENVIRONMENT", "production"),
        ("ENVIRONMENT", "staging"),
        ("JWT_TRUST_EMAIL", "yes"),
    ] {
        assert!(!any(name, value), "{name}={value}");
    }
    let trusts = |value: &'static str| {
        AuthSettings::from_variables(|asked| (asked == "JWT_TRUST_EMAIL").then(|| value.to_owned())).trusts_email
    };
    assert!(trusts("yes") && !trusts("no") && !trusts("") && !trusts("development"));
}

#[test]
fn other_settings_want_another_authenticator() {
    let authenticator = Authenticator::new(complete()).unwrap();
    assert!(authenticator.is_for(&complete()));
    let other = AuthSettings {
        audience: Some("other".to_owned()),
        ..complete()
    };
    assert!(!authenticator.is_for(&other));
}
