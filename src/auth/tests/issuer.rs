//! An issuer of tokens that publishes its keys.

use std::cell::{Cell, RefCell};

use futures::FutureExt;
use serde_json::Value;

use super::{SECRET, jwks};
use crate::auth::authenticator::Authenticator;
use crate::auth::error::AuthError;
use crate::auth::keys::KeySet;
use crate::auth::settings::AuthSettings;

const URL: &str = "https://id.example/jwks.json";

/// A shared secret, and the address of an issuer.
pub(super) fn settings() -> AuthSettings {
    AuthSettings {
        hs256_secret: Some(SECRET.to_owned()),
        jwks_url: Some(URL.to_owned()),
        any_audience: true,
        ..AuthSettings::default()
    }
}

/// An issuer that answers at once, and counts.
pub(super) struct Issuer {
    pub(super) authenticator: Authenticator,
    keys: RefCell<Option<Vec<Value>>>,
    pub(super) fetches: Cell<u32>,
}

impl Issuer {
    pub(super) fn new(keys: Option<Vec<Value>>) -> Self {
        Self {
            authenticator: Authenticator::new(settings()).unwrap(),
            keys: RefCell::new(keys),
            fetches: Cell::new(0),
        }
    }

    pub(super) fn judge(&self, token: &str, now_ms: u64) -> Result<(), AuthError> {
        let fetch = async |url: &str| {
            assert_eq!(url, URL);
            self.fetches.set(self.fetches.get() + 1);
            let keys = self.keys.borrow().clone();
            KeySet::from_jwks(&jwks(&keys.ok_or(AuthError::KeysUnavailable)?))
        };
        let verdict = self.authenticator.authenticate(token, now_ms, fetch);
        verdict.now_or_never().unwrap().map(|_| ())
    }

    pub(super) fn publish(&self, keys: Option<Vec<Value>>) {
        *self.keys.borrow_mut() = keys;
    }
}
