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
        let mut settings = AuthSettings::default();
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
            ..AuthSettings::default()
        };
        assert!(Authenticator::new(settings).is_err(), "{url}");
    }
    assert!(!refused(|s| s.jwks_url = Some("https://x".to_owned())));
    assert!(!refused(|s| s.jwks_url = Some("http://localhost:8080/x".to_owned())));
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
