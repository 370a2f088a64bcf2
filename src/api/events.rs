//! Events for clients without a socket: by long polls, or as a stream.

use flagship_protocol::decode;
use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::Resume;
use flagship_protocol::limits;
use serde_json::value::RawValue;
use worker::Request;

use super::context::{Context, Params, invalid};
use super::stream::{self, Follower};
use super::{Answer, answer, method};
use crate::call::Call;
use crate::socket;

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, identity) = context.identity(&request).await?;
    let session = params.session()?;
    let header = |name: &str| request.headers().get(name).ok().flatten();
    // Whoever comes from a socket has positions and no cursor yet.
    let cursor = match context.address.parameter("cursor") {
        None => context
            .address
            .parameter("resume")
            .map(|resume| cursor_of(&resume))
            .transpose()?,
        cursor => cursor,
    };
    let wants_stream = header("accept").is_some_and(|accept| accept.contains(stream::MEDIA_TYPE));
    if wants_stream && method(&request) == "GET" {
        let follower = Follower {
            env: context.env.clone(),
            request_id: context.request_id.clone(),
            session,
            actor,
            expires_at: identity.expires_at,
            // What was received last counts, when a client resumes by itself.
            cursor: header("last-event-id").filter(|id| !id.is_empty()).or(cursor),
        };
        return stream::open(follower, context).await;
    }
    let call = Call::Events {
        actor,
        cursor,
        wait_ms: limits::LONG_POLL_MS,
        enter: true,
    };
    let page: Box<RawValue> = context.call(&session, &call).await?;
    answer::json_text(context, 200, page.get().to_owned())
}

/// What a socket would be resumed with, as a cursor.
fn cursor_of(resume: &str) -> Result<String, ErrorBody> {
    let is_valid = decode::from_json::<Resume>(resume).is_ok();
    let rule = "must be the JSON of a hello's resume: {\"epoch\":\"…\",\"streams\":{\"session\":12}}";
    is_valid
        .then(|| socket::encode(resume))
        .ok_or_else(|| invalid("resume", rule))
}
