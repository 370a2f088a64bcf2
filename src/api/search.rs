//! Looking for what was said.

use flagship_protocol::http::SearchPage;
use flagship_session::Words;
use worker::Request;

use super::context::{Context, Params, invalid};
use super::page_query::PageQuery;
use super::{Answer, answer};
use crate::call::{Call, Side};

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
    let call = Call::Search {
        actor,
        words,
        room: query.in_one_room.then_some(query.room),
        before,
        limit: query.limit,
    };
    let page: SearchPage = context.call(&params.session()?, &call).await?;
    answer::json(context, 200, &page)
}
