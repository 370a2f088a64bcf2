//! Answers that have the same form everywhere.

use flagship_protocol::error::{ErrorBody, ErrorCode, Problem};
use flagship_protocol::http::IDEMPOTENCY_REPLAYED_HEADER;
use serde::Serialize;
use worker::{Response, Result};

use super::Answer;
use super::context::{Context, invalid};

/// A JSON body.
pub(super) fn json<T: Serialize>(context: &Context<'_>, status: u16, body: &T) -> Answer {
    let text = serde_json::to_string(body).map_err(|error| context.internal(&error))?;
    json_text(context, status, text)
}

/// A body that is JSON already.
pub(super) fn json_text(context: &Context<'_>, status: u16, text: String) -> Answer {
    typed(status, "application/json", text).map_err(|error| context.internal(&error))
}

/// A table to be saved under a name.
pub(super) fn csv(context: &Context<'_>, name: &str, table: String) -> Answer {
    let attach = || {
        let response = typed(200, "text/csv; charset=utf-8", table)?;
        let disposition = format!("attachment; filename=\"{name}\"");
        response.headers().set("content-disposition", &disposition)?;
        Ok(response)
    };
    attach().map_err(|error: worker::Error| context.internal(&error))
}

/// Whether a table is asked for, by `format`.
pub(super) fn is_table(context: &Context<'_>) -> std::result::Result<bool, ErrorBody> {
    match context.address.parameter("format").as_deref() {
        None | Some("json") => Ok(false),
        Some("csv") => Ok(true),
        Some(_) => Err(invalid("format", "must be json or csv")),
    }
}

/// No body.
pub(super) fn no_content(context: &Context<'_>) -> Answer {
    Response::empty()
        .map(|response| response.with_status(204))
        .map_err(|error| context.internal(&error))
}

/// Marks an answer that repeats an earlier one.
pub(super) fn replayed(answer: Answer, is_replay: bool) -> Answer {
    let response = answer?;
    if is_replay {
        // A constant name and value are always accepted.
        let _ = response.headers().set(IDEMPOTENCY_REPLAYED_HEADER, "true");
    }
    Ok(response)
}

/// An error as problem details.
pub(super) fn problem(error: ErrorBody, request_id: &str) -> Result<Response> {
    let (status, code, retry_after) = (error.code.status(), error.code, error.retry_after_ms);
    let body = serde_json::to_string(&Problem::new(error, request_id))?;
    let response = typed(status, "application/problem+json", body)?;
    if code == ErrorCode::Unauthorized {
        response.headers().set("www-authenticate", "Bearer")?;
    }
    if let Some(ms) = retry_after {
        response.headers().set("retry-after", &ms.div_ceil(1_000).to_string())?;
    }
    Ok(response)
}

fn typed(status: u16, media_type: &str, body: String) -> Result<Response> {
    let response = Response::ok(body)?.with_status(status);
    response.headers().set("content-type", media_type)?;
    Ok(response)
}
