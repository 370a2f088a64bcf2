//! How much one address, and one person, may ask for: counted by the platform, for all isolates of a place.
//!
//! The bindings are optional, and their numbers are in wrangler.toml. What one participant does inside a session is
//! limited there, whether these exist or not.

use std::net::IpAddr;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::ids::ParticipantId;
use serde_json::json;
use worker::Request;

use super::context::Context;
use crate::log::{self, Level};

/// Counts by address, before anything is looked at: what nobody has to answer for.
const BY_ADDRESS: &str = "REQUESTS_PER_ADDRESS";

/// Counts by identity, once it is known: also somebody with many addresses is one person.
const BY_IDENTITY: &str = "REQUESTS_PER_IDENTITY";

/// Counts sessions that one person creates.
const SESSIONS: &str = "SESSIONS_PER_IDENTITY";

/// The period of the first two bindings in wrangler.toml, in milliseconds: after it, everything is allowed again.
const PERIOD_MS: u64 = 10_000;

/// The period of the third: the longest that the platform knows.
const SESSIONS_PERIOD_MS: u64 = 60_000;

/// Counts a request for the address that it came from.
///
/// # Errors
/// [`ErrorCode::RateLimited`].
pub(super) async fn check_address(request: &Request, context: &Context<'_>) -> Result<(), ErrorBody> {
    match request.headers().get("cf-connecting-ip").ok().flatten() {
        Some(address) => check(BY_ADDRESS, network(&address), PERIOD_MS, context).await,
        None => Ok(()),
    }
}

/// Counts a request for who made it.
///
/// # Errors
/// [`ErrorCode::RateLimited`].
pub(super) async fn check_identity(who: &ParticipantId, context: &Context<'_>) -> Result<(), ErrorBody> {
    check(BY_IDENTITY, who.to_string(), PERIOD_MS, context).await
}

/// Counts a session that somebody is about to create.
///
/// # Errors
/// [`ErrorCode::RateLimited`].
pub(super) async fn check_creation(who: &ParticipantId, context: &Context<'_>) -> Result<(), ErrorBody> {
    check(SESSIONS, who.to_string(), SESSIONS_PERIOD_MS, context).await
}

async fn check(binding: &str, key: String, period_ms: u64, context: &Context<'_>) -> Result<(), ErrorBody> {
    // On one's own machine everybody has the same address.
    if context.config.development {
        return Ok(());
    }
    let Ok(limiter) = context.env.rate_limiter(binding) else {
        return Ok(());
    };
    match limiter.limit(key).await {
        Ok(outcome) if outcome.success => Ok(()),
        Ok(_) => {
            let mut error = ErrorBody::new(
                ErrorCode::RateLimited,
                "this is more than may be asked for at once; wait, then go on more slowly",
            );
            error.retry_after_ms = Some(period_ms);
            Err(error)
        }
        Err(error) => {
            // Better to serve too many than nobody.
            let fields = json!({ "requestId": context.request_id, "binding": binding, "error": error.to_string() });
            log::write(Level::Warn, "rate limit not counted", fields);
            Ok(())
        }
    }
}

/// What one subscriber has: an IPv4 address, or the 64 bits before the part of an IPv6 address that they choose
/// themselves.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_network() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2:ffff::1"), network("2001:db8:1:2::"));
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }
}
