//! Remote keys: when they are fetched, for how long they are trusted, and what happens without.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;
use futures::channel::oneshot;
use serde_json::json;

use super::fixtures::*;
use super::issuer::{Issuer, settings};
use super::{ed_jwk, fixture_jwks, jwks, token, with_exp};
use crate::auth::authenticator::Authenticator;
use crate::auth::error::AuthError;
use crate::auth::keys::KeySet;
use crate::auth::remote::{COLD_SPACING_MS, FRESH_MS, MAX_COLD_FETCHES, SEARCHES, SPACING_MS, USABLE_MS};
use crate::auth::settings::AuthSettings;

const NOW: u64 = super::NOW_MS;
#[test]
fn keys_are_fetched_once_and_kept() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    for at in [NOW, NOW + 1, NOW + FRESH_MS - 1] {
        assert_eq!(issuer.judge(EDDSA_KID_TOKEN, at), Ok(()));
        assert_eq!(issuer.judge(ES256_TOKEN, at), Ok(()));
    }
    assert_eq!(issuer.fetches.get(), 1);
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW + FRESH_MS), Ok(()));
    assert_eq!(issuer.fetches.get(), 2);
}

#[test]
fn what_the_secret_settles_needs_no_fetch() {
    let issuer = Issuer::new(None);
    let local = token(&with_exp(json!({"sub": "ada"})));
    assert_eq!(issuer.judge(&local, NOW), Ok(()));
    for garbage in ["", "a.b.c", &format!("{local}x")] {
        assert!(issuer.judge(garbage, NOW).is_err());
    }
    let unsigned = local.replacen(local.split_once('.').unwrap().0, &super::encode(r#"{"alg":"none"}"#), 1);
    assert_eq!(issuer.judge(&unsigned, NOW), Err(AuthError::UnsupportedAlgorithm));
    assert_eq!(issuer.fetches.get(), 0);
}

#[test]
fn a_withdrawn_key_ends_with_the_copy() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Ok(()));
    issuer.publish(Some(vec![ed_jwk("ed-2", OTHER_ED_X)]));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW + FRESH_MS - 1), Ok(()));
    assert_eq!(
        issuer.judge(EDDSA_KID_TOKEN, NOW + FRESH_MS),
        Err(AuthError::UnknownKey)
    );
}

#[test]
fn a_key_that_was_published_just_after_a_fetch_is_found_at_once() {
    let issuer = Issuer::new(Some(vec![ed_jwk("ed-0", OTHER_ED_X)]));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Err(AuthError::UnknownKey));
    assert_eq!(issuer.fetches.get(), 1, "the copy is new");
    issuer.publish(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW + 1), Ok(()));
    assert_eq!(issuer.fetches.get(), 2);
}

#[test]
fn unknown_keys_are_looked_for_a_few_times_and_never_refused_unlooked_for() {
    let issuer = Issuer::new(Some(vec![ed_jwk("ed-0", OTHER_ED_X)]));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Err(AuthError::UnknownKey));
    for _ in 0..SEARCHES {
        assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Err(AuthError::UnknownKey));
    }
    issuer.publish(Some(fixture_jwks()));
    for at in [NOW, NOW + SPACING_MS - 1] {
        assert_eq!(issuer.judge(EDDSA_KID_TOKEN, at), Err(AuthError::KeysUnavailable));
    }
    assert_eq!(issuer.fetches.get(), 1 + SEARCHES as u32);
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW + SPACING_MS), Ok(()));
}

#[test]
fn a_failed_search_is_not_the_fault_of_the_token() {
    let issuer = Issuer::new(Some(vec![ed_jwk("ed-0", OTHER_ED_X)]));
    assert!(issuer.judge(EDDSA_KID_TOKEN, NOW).is_err());
    issuer.publish(None);
    for at in [NOW + SPACING_MS, NOW + SPACING_MS + 1] {
        assert_eq!(issuer.judge(EDDSA_KID_TOKEN, at), Err(AuthError::KeysUnavailable));
    }
    assert_eq!(issuer.fetches.get(), 2);
}

#[test]
fn an_old_copy_is_kept_for_a_day_while_fetching_fails() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Ok(()));
    issuer.publish(None);
    let late = NOW + USABLE_MS;
    for at in [NOW + FRESH_MS, NOW + FRESH_MS + SPACING_MS - 1, late - 1] {
        assert_eq!(issuer.judge(EDDSA_KID_TOKEN, at), Ok(()));
    }
    assert_eq!(issuer.fetches.get(), 3);
    assert_eq!(
        issuer.judge(EDDSA_KID_TOKEN, late + SPACING_MS),
        Err(AuthError::KeysUnavailable)
    );
}

#[test]
fn without_a_first_copy_it_is_tried_every_5_seconds() {
    let issuer = Issuer::new(None);
    for at in [NOW, NOW + 1, NOW + COLD_SPACING_MS - 1] {
        assert_eq!(issuer.judge(RS256_TOKEN, at), Err(AuthError::KeysUnavailable));
    }
    assert_eq!(issuer.fetches.get(), 1);
    issuer.publish(Some(fixture_jwks()));
    assert_eq!(issuer.judge(RS256_TOKEN, NOW + COLD_SPACING_MS), Ok(()));
}

#[test]
fn local_and_remote_keys_work_together() {
    let with_static = AuthSettings {
        jwks: Some(jwks(&[ed_jwk("ed-1", ED_X)])),
        ..settings()
    };
    let authenticator = Authenticator::new(with_static).unwrap();
    let judge = |token: &str, now_ms, reachable: bool| {
        let fetch = async |_: &str| match reachable {
            true => KeySet::from_jwks(&jwks(&[super::rsa_jwk("rsa-1", RSA_N)])),
            false => Err(AuthError::KeysUnavailable),
        };
        let verdict = authenticator.authenticate(token, now_ms, fetch);
        verdict.now_or_never().unwrap().map(|_| ())
    };
    assert_eq!(judge(EDDSA_KID_TOKEN, NOW, false), Ok(()));
    assert_eq!(judge(RS256_KID_TOKEN, NOW, false), Err(AuthError::KeysUnavailable));
    let later = NOW + COLD_SPACING_MS;
    assert_eq!(judge(RS256_KID_TOKEN, later, true), Ok(()));
    assert_eq!(judge(EDDSA_KID_TOKEN, later, true), Ok(()));
}

#[test]
fn others_go_on_with_the_old_copy_while_one_renews_it() {
    let issuer = Issuer::new(Some(fixture_jwks()));
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, NOW), Ok(()));
    let (answer, answered) = oneshot::channel::<()>();
    let answered = RefCell::new(Some(answered));
    let slow = async |_: &str| {
        let answered = answered.borrow_mut().take().unwrap();
        answered.await.unwrap();
        KeySet::from_jwks(&jwks(&[ed_jwk("ed-2", OTHER_ED_X)]))
    };
    let late = NOW + FRESH_MS;
    let mut renewing = pin!(issuer.authenticator.authenticate(EDDSA_KID_TOKEN, late, slow));
    let mut context = Context::from_waker(Waker::noop());
    assert!(renewing.as_mut().poll(&mut context).is_pending());
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, late + 1), Ok(()));
    assert_eq!(issuer.fetches.get(), 1);
    issuer.publish(Some(vec![ed_jwk("ed-2", OTHER_ED_X)]));
    answer.send(()).unwrap();
    assert_eq!(
        renewing.as_mut().poll(&mut context),
        Poll::Ready(Err(AuthError::UnknownKey)),
        "the new set is what counts"
    );
    assert_eq!(issuer.judge(EDDSA_KID_TOKEN, late + 2), Err(AuthError::UnknownKey));
}

#[test]
fn a_cold_start_is_bounded_and_abandoned_fetches_are_forgotten() {
    let authenticator = Authenticator::new(settings()).unwrap();
    let fetches = Cell::new(0);
    let never = async |_: &str| -> Result<KeySet, AuthError> {
        fetches.set(fetches.get() + 1);
        futures::future::pending().await
    };
    for _ in 0..MAX_COLD_FETCHES {
        let started = authenticator.authenticate(RS256_TOKEN, NOW, never);
        assert!(started.now_or_never().is_none());
    }
    let refused = authenticator.authenticate(RS256_TOKEN, NOW, never);
    assert_eq!(refused.now_or_never().unwrap(), Err(AuthError::KeysUnavailable));
    assert_eq!(fetches.get(), MAX_COLD_FETCHES);
    let later = authenticator.authenticate(RS256_TOKEN, NOW + COLD_SPACING_MS, never);
    assert!(later.now_or_never().is_none());
}

#[test]
fn of_two_cold_fetches_one_answer_is_enough() {
    let authenticator = Authenticator::new(settings()).unwrap();
    let (answer, answered) = oneshot::channel::<()>();
    let answered = RefCell::new(Some(answered));
    let slow = async |_: &str| {
        let answered = answered.borrow_mut().take().unwrap();
        answered.await.unwrap();
        KeySet::from_jwks(&jwks(&fixture_jwks()))
    };
    let mut first = pin!(authenticator.authenticate(EDDSA_TOKEN, NOW, slow));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let broken = async |_: &str| Err(AuthError::KeysUnavailable);
    let second = authenticator.authenticate(EDDSA_TOKEN, NOW + 1, broken);
    assert_eq!(second.now_or_never().unwrap(), Err(AuthError::KeysUnavailable));
    answer.send(()).unwrap();
    assert!(matches!(first.as_mut().poll(&mut context), Poll::Ready(Ok(_))));
}
