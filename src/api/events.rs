//! Events for clients without a socket.

use serde_json::value::RawValue;
use worker::Request;

use super::context::{Context, Params};
use super::{Answer, answer};
use crate::call::Call;

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let cursor = context.address.parameter("cursor");
    let page: Box<RawValue> = context
        .call(&params.session()?, &Call::Events { actor, cursor })
        .await?;
    answer::json_text(context, 200, page.get().to_owned())
}
