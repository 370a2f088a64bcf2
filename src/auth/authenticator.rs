//! The verifier of one isolate: built once from the settings, with remote keys fetched as needed.

use std::cell::RefCell;
use std::rc::Rc;

use super::error::AuthError;
use super::identity::Identity;
use super::jws::Jws;
use super::keys::{KeyAlgorithm, KeySet};
use super::remote::RemoteKeys;
use super::settings::AuthSettings;
use super::verify::{DEFAULT_LEEWAY_MS, Verifier};

/// How long after a token was issued its key may still be on its way to us, in milliseconds: the issuer's clock may be
/// behind by as much.
pub(super) const PUBLISHING_LEEWAY_MS: u64 = 2 * 60 * 1000;

/// Verifies tokens by the settings it was built from.
pub(super) struct Authenticator {
    settings: AuthSettings,
    /// Has the keys that are in the settings: the secret and the static JWK Set.
    local: Verifier,
    /// Has those too, and the ones at `jwks_url`. Never borrowed across an await.
    remote: RefCell<RemoteKeys>,
}

impl Authenticator {
    /// Parses the keys in the settings.
    ///
    /// # Errors
    ///
    /// [`AuthError::Misconfigured`] if the settings name no keys at all, or unusable ones;
    /// [`AuthError::AnyAudience`] if they do not say whose tokens are meant.
    pub(super) fn new(settings: AuthSettings) -> Result<Self, AuthError> {
        let mut keys = KeySet::default();
        if let Some(secret) = &settings.hs256_secret {
            keys = keys.and(&KeySet::from_secret(secret.as_bytes())?);
        }
        if let Some(text) = &settings.jwks {
            keys = keys.and(&KeySet::from_jwks(text)?);
        }
        let unusable = match &settings.jwks_url {
            Some(url) if !is_trustworthy(url) => Some("JWKS_URL must begin with https://"),
            None if keys.is_empty() => Some("no usable key: set JWT_SECRET, JWKS or JWKS_URL"),
            _ => None,
        };
        if let Some(reason) = unusable {
            return Err(AuthError::Misconfigured(reason.to_owned()));
        }
        // The same keys, or a shared secret, often sign for several services: without both of these, a token for another
        // one would be good here.
        let missing: &[&str] = match (&settings.issuer, &settings.audience) {
            (Some(_), Some(_)) => &[],
            (Some(_), None) => &["JWT_AUDIENCE"],
            (None, Some(_)) => &["JWT_ISSUER"],
            (None, None) => &["JWT_ISSUER", "JWT_AUDIENCE"],
        };
        if !missing.is_empty() && !settings.any_audience {
            return Err(AuthError::AnyAudience(missing));
        }
        let local = Verifier {
            keys,
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            leeway_ms: DEFAULT_LEEWAY_MS,
            trusts_email: settings.trusts_email,
        };
        Ok(Self {
            settings,
            local,
            remote: RefCell::default(),
        })
    }

    /// Whether this was built from these settings.
    pub(super) fn is_for(&self, settings: &AuthSettings) -> bool {
        self.settings == *settings
    }

    /// Verifies a token at `now_ms`, and calls `fetch` with the address of the remote JWK Set if
    /// its keys are needed and due.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify`], and [`AuthError::KeysUnavailable`] where the remote keys
    /// might settle it.
    pub(super) async fn authenticate<F>(&self, token: &str, now_ms: u64, fetch: F) -> Result<Identity, AuthError>
    where
        F: AsyncFn(&str) -> Result<KeySet, AuthError>,
    {
        let Some(url) = &self.settings.jwks_url else {
            return self.local.verify(token, now_ms);
        };
        let jws = Jws::parse(token)?;
        // A JWK Set never holds a secret here, so no fetch can change the answer for HS256.
        if jws.algorithm == KeyAlgorithm::Hs256 {
            return self.local.verify_jws(&jws, now_ms);
        }
        let renews = self.remote.borrow_mut().begin_renewal(now_ms);
        if renews {
            self.renew(url, now_ms, &fetch).await;
        }
        let Some(verifier) = self.copy(now_ms) else {
            return self.without_remote(&jws, now_ms);
        };
        let verdict = verifier.verify_jws(&jws, now_ms);
        if !is_about_keys(&verdict) {
            return verdict;
        }
        // A name does not prove which key it is: there may be none, or the issuer gives every new key the same. So a
        // signature that does not hold is one of a new key as well as one of a key of an unknown name.
        // What was fetched for this very token needs no second look.
        let searches = !renews && self.remote.borrow_mut().begin_search(now_ms);
        let verdict = if searches {
            self.renew(url, now_ms, &fetch).await;
            self.copy(now_ms).unwrap_or(verifier).verify_jws(&jws, now_ms)
        } else {
            verdict
        };
        let looked = (renews || searches) && !self.remote.borrow_mut().in_doubt(now_ms);
        if looked || !is_about_keys(&verdict) || self.was_published(&jws, now_ms) {
            return verdict;
        }
        // A key that was not looked for may be one that was just published.
        Err(AuthError::KeysUnavailable)
    }

    /// Whether the key of a token would be in the copy, if it were the issuer's: a key is published before it signs,
    /// and the copy was fetched after the token says that it was issued. So that after a rotation everybody with an
    /// old token is told at once to get a new one, however few searches there may be.
    fn was_published(&self, jws: &Jws<'_>, now_ms: u64) -> bool {
        let copied_at = self.remote.borrow().copied_at(now_ms);
        let issued_at = jws.unverified_issue_time();
        copied_at.zip(issued_at).is_some_and(|(copied_at, issued_at)| {
            let published_by = issued_at.saturating_add(PUBLISHING_LEEWAY_MS);
            copied_at >= published_by
        })
    }

    fn copy(&self, now_ms: u64) -> Option<Rc<Verifier>> {
        self.remote.borrow().usable(now_ms)
    }

    async fn renew<F>(&self, url: &str, now_ms: u64, fetch: &F)
    where
        F: AsyncFn(&str) -> Result<KeySet, AuthError>,
    {
        let verifier = fetch(url).await.ok().map(|keys| {
            Rc::new(Verifier {
                keys: self.local.keys.and(&keys),
                ..self.local.clone()
            })
        });
        self.remote.borrow_mut().end(now_ms, verifier);
    }

    /// Where the local keys do not settle it, the missing ones might.
    fn without_remote(&self, jws: &Jws<'_>, now_ms: u64) -> Result<Identity, AuthError> {
        let verdict = self.local.verify_jws(jws, now_ms);
        if is_about_keys(&verdict) {
            return Err(AuthError::KeysUnavailable);
        }
        verdict
    }
}

/// Whether other keys could have led to another verdict.
fn is_about_keys(verdict: &Result<Identity, AuthError>) -> bool {
    verdict.as_ref().is_err_and(AuthError::depends_on_keys)
}

/// Keys are only as good as the way they came: encrypted, or not over a network at all.
fn is_trustworthy(url: &str) -> bool {
    let host = |rest: &str| rest.split(['/', ':']).next().map(str::to_owned);
    url.starts_with("https://")
        || url
            .strip_prefix("http://")
            .and_then(host)
            .is_some_and(|host| host == "localhost" || host == "127.0.0.1")
}
