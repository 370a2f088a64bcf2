//! Tickets: each opens one socket, for clients that cannot send a token with the handshake.
//!
//! A ticket proves by itself that this service made it, for which session and until when, so that a made-up one never
//! reaches the session's object. The object knows whose it is, and lets each be used once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::Ticket;
use flagship_protocol::ids::SessionId;
use flagship_protocol::limits;
use sha2::{Digest, Sha256};
use worker::Request;

use super::context::{Context, Params};
use super::{Answer, answer};
use crate::call::Call;
use crate::keyring::{Purpose, RotatingKeys};
use crate::object::{now, random_bytes};

/// Chance in a ticket: no two are alike, and none is guessed.
const NONCE_BYTES: usize = 16;

/// The time in a ticket, milliseconds since the epoch.
const TIME_BYTES: usize = 8;

/// A ticket as bytes: chance, when it expires, and the code over both and the session.
const TICKET_BYTES: usize = NONCE_BYTES + TIME_BYTES + 32;

pub(super) async fn create(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, identity) = context.identity(&request).await?;
    let session = params.session()?;
    let keys = context.keyring()?.rotating(Purpose::Tickets);
    let nonce = random_bytes().map_err(|error| context.internal(&error))?;
    let expires_at = now()
        .saturating_add(limits::TICKET_LIFETIME_MS)
        .min(identity.expires_at);
    let ticket = mint(&keys, &session, &nonce, expires_at);
    let call = Call::Ticket {
        actor,
        hash: hash(&ticket),
        expires_at,
        token_expires_at: identity.expires_at,
    };
    let () = context.call(&session, &call).await?;
    answer::json(context, 201, &Ticket { ticket, expires_at })
}

/// The hash of a ticket that this service made for the session and that has not expired: by it the object finds it. Only
/// the hash is stored, so that reading the storage opens nothing.
///
/// # Errors
/// [`ErrorCode::TicketInvalid`], or [`ErrorCode::Misconfigured`].
pub(super) fn verify(ticket: &str, session: &SessionId, context: &Context<'_>) -> Result<String, ErrorBody> {
    let keys = context.keyring()?.rotating(Purpose::Tickets);
    if is_genuine(&keys, session, ticket, now()) {
        return Ok(hash(ticket));
    }
    Err(ErrorBody::new(
        ErrorCode::TicketInvalid,
        "this ticket has expired, is for another session or never was; get a new one",
    ))
}

fn mint(keys: &RotatingKeys, session: &SessionId, nonce: &[u8; NONCE_BYTES], expires_at: u64) -> String {
    let expires_at = expires_at.to_be_bytes();
    let code = keys.code(&[session.as_str().as_bytes(), nonce, &expires_at]);
    URL_SAFE_NO_PAD.encode([nonce.as_slice(), &expires_at, &code].concat())
}

fn is_genuine(keys: &RotatingKeys, session: &SessionId, ticket: &str, now: u64) -> bool {
    let mut bytes = [0; TICKET_BYTES];
    // A longer or a shorter text does not fit; nor does one with bits that mean nothing.
    if URL_SAFE_NO_PAD.decode_slice(ticket, &mut bytes) != Ok(TICKET_BYTES) {
        return false;
    }
    let Some((nonce, rest)) = bytes.split_first_chunk::<NONCE_BYTES>() else {
        return false;
    };
    let Some((expires_at, code)) = rest.split_first_chunk::<TIME_BYTES>() else {
        return false;
    };
    keys.made(&[session.as_str().as_bytes(), nonce, expires_at], code) && now < u64::from_be_bytes(*expires_at)
}

fn hash(ticket: &str) -> String {
    let hash = Sha256::digest(ticket.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::Keyring;

    const ONE: &str = "CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws";
    const OTHER: &str = "DAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw";

    fn keys(list: &str) -> RotatingKeys {
        Keyring::parse(list).unwrap().rotating(Purpose::Tickets)
    }

    #[test]
    fn a_ticket_is_for_one_session_until_it_expires() {
        let session: SessionId = "s1".parse().unwrap();
        let ticket = mint(&keys(ONE), &session, &[7; 16], 1_000);
        assert_eq!(ticket.len(), 75);
        assert!(is_genuine(&keys(ONE), &session, &ticket, 999));
        assert!(!is_genuine(&keys(ONE), &session, &ticket, 1_000));
        assert!(!is_genuine(&keys(ONE), &"s2".parse().unwrap(), &ticket, 999));
    }

    #[test]
    fn a_ticket_outlives_the_rotation_of_its_key_and_not_its_removal() {
        let session: SessionId = "s1".parse().unwrap();
        let ticket = mint(&keys(ONE), &session, &[7; 16], 1_000);
        assert!(is_genuine(&keys(&format!("{OTHER},{ONE}")), &session, &ticket, 0));
        assert!(!is_genuine(&keys(OTHER), &session, &ticket, 0));
    }

    #[test]
    fn nothing_but_what_was_made_is_a_ticket() {
        let session: SessionId = "s1".parse().unwrap();
        let good = mint(&keys(ONE), &session, &[7; 16], u64::MAX);
        assert!(is_genuine(&keys(ONE), &session, &good, 0));
        for place in 0..good.len() {
            for letter in ["A", "B", "-", "%", "ä"] {
                let mut bad = good.clone();
                bad.replace_range(place..=place, letter);
                assert!(
                    bad == good || !is_genuine(&keys(ONE), &session, &bad, 0),
                    "{place} {letter}"
                );
            }
        }
        for bad in [
            "",
            "made-up",
            &good[1..],
            &format!("{good}="),
            &format!("{good}A"),
            &good.repeat(1_000),
        ] {
            assert!(!is_genuine(&keys(ONE), &session, bad, 0), "{bad}");
        }
    }
}
