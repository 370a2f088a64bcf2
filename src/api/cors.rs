//! Which pages may call (CORS).

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::{IDEMPOTENCY_REPLAYED_HEADER, REQUEST_ID_HEADER};
use worker::{Response, Result};

use super::context::Context;
use super::{Answer, answer, router};

/// Headers that pages may send.
const REQUEST_HEADERS: &str = "Authorization, x-auth-token, auth-token, Content-Type, Idempotency-Key, X-Request-Id";

/// How long a browser may remember a preflight, in seconds.
const PREFLIGHT_SECONDS: &str = "600";

/// Refuses a page that is not on the list. Requests that no page sent have no origin and pass.
pub(super) fn check(context: &Context<'_>) -> std::result::Result<(), ErrorBody> {
    match &context.origin {
        Some(origin) if !context.config.allows_origin(origin, &context.address.origin) => {
            let message = "pages of this origin may not call; the operator lists the ones that may in ALLOWED_ORIGINS";
            Err(ErrorBody::new(ErrorCode::OriginNotAllowed, message))
        }
        _ => Ok(()),
    }
}

/// Answers a preflight.
pub(super) fn preflight(path: &str, context: &Context<'_>) -> Answer {
    let methods = router::methods(path)?;
    let response = answer::no_content(context)?;
    let set = |name, value: &str| {
        response
            .headers()
            .set(name, value)
            .map_err(|error| context.internal(&error))
    };
    set("access-control-allow-methods", &methods.join(", "))?;
    set("access-control-allow-headers", REQUEST_HEADERS)?;
    set("access-control-max-age", PREFLIGHT_SECONDS)?;
    Ok(response)
}

/// Lets a page that may call read an answer.
pub(super) fn allow(response: &Response, context: &Context<'_>) -> Result<()> {
    let headers = response.headers();
    headers.append("vary", "Origin")?;
    if let Some(origin) = &context.origin
        && check(context).is_ok()
    {
        headers.set("access-control-allow-origin", origin)?;
        let exposed = format!("{IDEMPOTENCY_REPLAYED_HEADER}, {REQUEST_ID_HEADER}, Retry-After");
        headers.set("access-control-expose-headers", &exposed)?;
    }
    Ok(())
}
