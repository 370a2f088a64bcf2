//! The edge of this module: environment, isolate and network.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures::TryStreamExt;
use futures::future::{Either, select};
use worker::{
    AbortController, AbortSignal, CacheMode, Delay, Env, Fetch, Method, Request, RequestInit, RequestRedirect,
};

use super::authenticator::Authenticator;
use super::error::AuthError;
use super::identity::Identity;
use super::keys::KeySet;
use super::remote::FETCH_TIMEOUT_MS;
use super::settings::AuthSettings;

/// The largest JWK Set, in bytes. Real ones have a few thousand.
const MAX_JWKS_BYTES: usize = 256 * 1024;

thread_local! {
    /// The authenticator of this isolate. Parsing keys for every request would be waste.
    static CURRENT: RefCell<Option<Rc<Authenticator>>> = const { RefCell::new(None) };
}

impl AuthSettings {
    /// Reads the settings, each of them a secret or a plain variable. An empty value counts as absent.
    pub(crate) fn from_env(env: &Env) -> Self {
        Self::from_variables(|name| env.var(name).ok().map(|value| value.to_string()))
    }
}

/// Verifies a token at `now_ms`, in milliseconds since the epoch. Usually ready at once; it waits
/// for the network where the keys at `JWKS_URL` are needed and missing, old, or without the one
/// that the token names.
///
/// # Errors
///
/// See [`AuthError`].
pub(crate) async fn authenticate(settings: &AuthSettings, token: &str, now_ms: u64) -> Result<Identity, AuthError> {
    current(settings)?.authenticate(token, now_ms, fetch_keys).await
}

/// Says whether tokens can be verified with these settings at all.
///
/// # Errors
///
/// [`AuthError::AnyAudience`] or [`AuthError::Misconfigured`].
pub(crate) fn check(settings: &AuthSettings) -> Result<(), AuthError> {
    current(settings).map(|_| ())
}

/// The authenticator for these settings, rebuilt if they are not the ones of last time.
fn current(settings: &AuthSettings) -> Result<Rc<Authenticator>, AuthError> {
    CURRENT.with_borrow_mut(|slot| match slot {
        Some(current) if current.is_for(settings) => Ok(Rc::clone(current)),
        _ => {
            let built = Rc::new(Authenticator::new(settings.clone())?);
            *slot = Some(Rc::clone(&built));
            Ok(built)
        }
    })
}

/// Fetches a JWK Set. Failures are logged here, because callers go on with what they have.
async fn fetch_keys(url: &str) -> Result<KeySet, AuthError> {
    let keys = match download(url).await {
        Ok(text) => KeySet::from_jwks(&text),
        Err(error) => {
            worker::console_warn!("the JWKS cannot be fetched: {error}");
            return Err(AuthError::KeysUnavailable);
        }
    };
    if keys.is_err() {
        worker::console_warn!("the answer from JWKS_URL is not a JWK Set");
    }
    keys
}

/// The body at `url`, within [`FETCH_TIMEOUT_MS`].
async fn download(url: &str) -> worker::Result<String> {
    let controller = AbortController::default();
    let signal = controller.signal();
    let body = pin!(read(url, &signal));
    let timeout = pin!(Delay::from(Duration::from_millis(FETCH_TIMEOUT_MS)));
    match select(body, timeout).await {
        Either::Left((body, _)) => body,
        Either::Right(((), _)) => {
            controller.abort();
            Err("no answer in time".into())
        }
    }
}

async fn read(url: &str, signal: &AbortSignal) -> worker::Result<String> {
    // Keys come from the address that was configured, not from where it points today.
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_redirect(RequestRedirect::Manual);
    // A copy that lies about on the way may lack the very key that is looked for.
    init.with_cache(CacheMode::NoStore);
    init.headers.set("accept", "application/json")?;
    let request = Request::new_with_init(url, &init)?;
    let mut response = Fetch::Request(request).send_with_signal(signal).await?;
    if response.status_code() != 200 {
        return Err(format!("status {}", response.status_code()).into());
    }
    let mut chunks = response.stream()?;
    let mut body = Vec::new();
    while let Some(chunk) = chunks.try_next().await? {
        if body.len() + chunk.len() > MAX_JWKS_BYTES {
            return Err("the answer is too large".into());
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| "the answer is not UTF-8".into())
}
