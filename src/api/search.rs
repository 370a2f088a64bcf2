//! Looking for what was said.

use flagship_protocol::error::ErrorCode;
use flagship_protocol::http::SearchPage;
use flagship_session::Words;
use worker::Request;

use super::context::{Context, Params, invalid};
use super::messages::{archived_for, unreadable};
use super::page_query::PageQuery;
use super::{Answer, answer};
use crate::call::{Call, Side};
use crate::database::{Search, open};

pub(super) async fn search(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let query = PageQuery::read(context)?;
    let words = Words::new(&context.address.parameter("q").unwrap_or_default());
    let words = words.map_err(|rule| invalid("q", &rule))?;
    let before = match query.side {
        Side::End => None,
        Side::Before(before) => Some(before),
        Side::After(_) => return Err(invalid("after", "a search goes backwards; use `before`")),
    };
    let session = params.session()?;
    let call = Call::Search {
        actor: actor.clone(),
        words: words.clone(),
        room: query.in_one_room.then(|| query.room.clone()),
        before,
        limit: query.limit,
    };
    let page: SearchPage = match context.call(&session, &call).await {
        Err(missing) if missing.code == ErrorCode::SessionNotFound => {
            // `room` is main where none was named, which is what whoever may search at all may read.
            let (shard, reader) = archived_for(context, &session, &actor, &query.room, missing).await?;
            let search = Search {
                session: &session,
                who: &actor.id,
                reads_every_room: reader.reads_every_room(),
                reads_by_stays: reader.history.is_some(),
                room: query.in_one_room.then_some(&query.room),
                words: &words,
                before,
                limit: query.limit as usize,
            };
            let found = async { search.run(&open(context.env, shard)?).await };
            found.await.map_err(|error| unreadable(context, &session, &error))?
        }
        page => page?,
    };
    answer::json(context, 200, &page)
}
