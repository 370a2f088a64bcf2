//! What is said to one person.

use flagship_protocol::error::ErrorCode;
use flagship_protocol::http::DirectMessagesPage;
use flagship_protocol::ids::RoomId;
use worker::Request;

use super::context::{Context, Params};
use super::messages::{archived_for, unreadable};
use super::page_query::PageQuery;
use super::{Answer, answer};
use crate::call::Call;
use crate::database;

pub(super) async fn list(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let query = PageQuery::read(context)?;
    let call = Call::DirectMessages {
        actor: actor.clone(),
        with: query.with.clone(),
        side: query.side,
        limit: query.limit,
    };
    let page: DirectMessagesPage = match context.call(&session, &call).await {
        Err(missing) if missing.code == ErrorCode::SessionNotFound => {
            // Whoever may read main finds there what was between them and others.
            let (shard, _) = archived_for(context, &session, &actor, &RoomId::main(), missing).await?;
            let (with, id) = (query.with.as_ref(), session.as_str());
            database::direct_messages_page(context.env, shard, id, &actor.id, with, query.side, query.limit)
                .await
                .map_err(|error| unreadable(context, &session, &error))?
        }
        page => page?,
    };
    answer::json(context, 200, &page)
}
