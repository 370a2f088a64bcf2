//! Headers that every answer has.

use flagship_protocol::http::REQUEST_ID_HEADER;
use worker::{Response, Result};

use super::context::Context;
use super::{cors, router};

/// What keeps browsers careful with an answer that is data and no page: it is not guessed at, not kept, not framed,
/// not taken into other sites' pages, and loads nothing. The page has its own, in client/app/public/_headers.
const CAREFUL: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// A year of encrypted connections only. For this host alone: what else its owner has is not ours to decide.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=31536000";

/// Adds the headers that every answer has.
pub(super) fn finish(response: Response, path: &str, context: &Context<'_>) -> Result<Response> {
    let status = response.status_code();
    // The headers of a handshake belong to the platform.
    if status == 101 {
        return Ok(response);
    }
    let headers = response.headers();
    headers.set(REQUEST_ID_HEADER, &context.request_id)?;
    for (name, value) in CAREFUL {
        headers.set(name, value)?;
    }
    if context.address.origin.starts_with("https:") && !context.config.development {
        headers.set("strict-transport-security", STRICT_TRANSPORT_SECURITY)?;
    }
    // RFC 9110, section 15.5.6: who is told that a method is wrong is told the right ones.
    if status == 405
        && let Ok(methods) = router::methods(path)
    {
        headers.set("allow", &methods.join(", "))?;
    }
    cors::allow(&response, context)?;
    Ok(response)
}
