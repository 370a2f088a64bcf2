//! A stream of events (server-sent events, WHATWG HTML section 9.2).
//!
//! Made of the steps of a long poll, so that it brings the same frames, under the same cursors, with the same
//! guarantees: each message carries the frames of one step as an array, and as its `id` the cursor after them.
//! Whatever cuts it off, the client resumes with the last one it has.

use std::fmt::Write;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Nack, ServerFrame};
use flagship_protocol::ids::SessionId;
use flagship_protocol::limits;
use flagship_session::Actor;
use futures::stream::{self, StreamExt};
use serde::Deserialize;
use serde_json::value::RawValue;
use worker::{Env, Response};

use super::Answer;
use super::context::Context;
use crate::call::{Call, call};
use crate::object::now;

/// What a client accepts to get a stream.
pub(super) const MEDIA_TYPE: &str = "text/event-stream";

/// Somebody who follows a session by a stream.
pub(super) struct Follower {
    /// The Worker's bindings.
    pub(super) env: Env,
    /// Finds the request in the logs.
    pub(super) request_id: String,
    /// The session.
    pub(super) session: SessionId,
    /// Who follows.
    pub(super) actor: Actor,
    /// When their token expires, and with it the stream: milliseconds since the epoch.
    pub(super) expires_at: u64,
    /// Where they have got to; `None` for a snapshot.
    pub(super) cursor: Option<String>,
}

/// An `EventsPage` whose frames are passed on as they are.
#[derive(Deserialize)]
struct Page {
    frames: Box<RawValue>,
    cursor: String,
}

/// Begins a stream. A refusal of its first step is an ordinary answer.
pub(super) async fn open(mut follower: Follower, context: &Context<'_>) -> Answer {
    let first = follower.step(0, true).await?;
    let first = format!("retry: {}\n{first}", limits::STREAM_RETRY_MS);
    let following = stream::unfold(Some((follower, 1)), |state| async move {
        let (mut follower, steps) = state?;
        if steps >= limits::STREAM_STEPS {
            return None;
        }
        let wait_ms = follower
            .expires_at
            .saturating_sub(now())
            .min(limits::STREAM_HEARTBEAT_MS);
        let step = if wait_ms == 0 {
            Err(expired())
        } else {
            follower.step(wait_ms, false).await
        };
        Some(match step {
            Ok(text) => (text, Some((follower, steps + 1))),
            Err(error) => (last_word(error), None),
        })
    });
    let chunks = stream::iter([first]).chain(following).map(Ok::<String, worker::Error>);
    let response = Response::from_stream(chunks).map_err(|error| context.internal(&error))?;
    let typed = response.headers().set("content-type", MEDIA_TYPE);
    typed.map_err(|error| context.internal(&error))?;
    Ok(response)
}

impl Follower {
    /// The next message, after at most `wait_ms` milliseconds; a comment if there is nothing to say. Only the first step
    /// brings the participant in: a stream must not bring back a participant who left or was removed.
    async fn step(&mut self, wait_ms: u64, enter: bool) -> Result<String, ErrorBody> {
        let events = Call::Events {
            actor: self.actor.clone(),
            cursor: self.cursor.clone(),
            wait_ms,
            enter,
        };
        let page: Page = call(&self.env, self.session.as_str(), &self.request_id, &events).await?;
        let text = if page.frames.get() == "[]" {
            ": nothing new\n\n".to_owned()
        } else {
            message(Some(&page.cursor), page.frames.get())
        };
        self.cursor = Some(page.cursor);
        Ok(text)
    }
}

/// One message. JSON without line breaks is one line.
fn message(id: Option<&str>, frames: &str) -> String {
    let mut text = String::with_capacity(frames.len() + 160);
    if let Some(id) = id {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "id: {id}");
    }
    let _ = write!(text, "data: {frames}\n\n");
    text
}

/// Why the stream ends, as a socket would be told. Without an id: it moves no cursor.
fn last_word(error: ErrorBody) -> String {
    let nack = ServerFrame::Nack(Nack { id: None, error });
    message(None, &format!("[{}]", nack.to_json()))
}

fn expired() -> ErrorBody {
    let mut error = ErrorBody::new(ErrorCode::Unauthorized, "the token has expired; go on with a new one");
    error.reason = Some("token_expired".into());
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_an_id_a_line_of_data_and_an_empty_line() {
        assert_eq!(message(Some("c1"), "[{}]"), "id: c1\ndata: [{}]\n\n");
        let last = last_word(expired());
        assert!(last.starts_with("data: [{\"type\":\"nack\",\"id\":null,") && last.ends_with("}]\n\n"));
        assert_eq!(last.matches('\n').count(), 2);
    }
}
