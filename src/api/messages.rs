//! What is said.

use flagship_protocol::commands::SendMessage;
use flagship_protocol::http::MessageBody;
use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;
use serde_json::json as object;
use worker::Request;

use super::context::{Context, Params, invalid, json};
use super::{Answer, answer};
use crate::call::{Call, MessagesAnswer, Source};
use crate::database;
use crate::log::{self, Level};

pub(super) async fn send(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let command: SendMessage = json(&mut request).await?;
    let ack = context.execute(&params.session()?, actor, key, command).await?;
    let message = ack
        .result
        .message
        .ok_or_else(|| context.internal(&"a sent message is missing from its ack"))?;
    answer::replayed(answer::json(context, 201, &MessageBody { message }), ack.duplicate)
}

pub(super) async fn list(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let query = Query::read(context)?;
    let ask = |source| Call::Messages {
        actor: actor.clone(),
        room: query.room.clone(),
        before: query.before,
        limit: query.limit,
        source,
    };
    let mut page = context.call(&session, &ask(Source::Nearest)).await?;
    if let MessagesAnswer::Archived { before } = page {
        match database::messages_page(context.env, session.as_str(), query.room.as_str(), before, query.limit).await {
            Ok(page) => return answer::json(context, 200, &page),
            Err(error) => {
                let fields =
                    object!({ "requestId": context.request_id, "sessionId": session, "error": error.to_string() });
                log::write(Level::Warn, "archive not readable, reading from the journal", fields);
                page = context.call(&session, &ask(Source::Journal)).await?;
            }
        }
    }
    match page {
        MessagesAnswer::Page(page) => answer::json_text(context, 200, page.get().to_owned()),
        MessagesAnswer::Archived { .. } => Err(context.internal(&"the journal refused a page that it must hold")),
    }
}

struct Query {
    room: RoomId,
    before: Option<u64>,
    limit: u32,
}

impl Query {
    fn read(context: &Context<'_>) -> Result<Self, flagship_protocol::error::ErrorBody> {
        let mut query = Self {
            room: RoomId::main(),
            before: None,
            limit: limits::MESSAGES_PAGE_DEFAULT,
        };
        for (name, value) in context.address.parameters() {
            match name.as_ref() {
                "room" => query.room = RoomId::new(value).map_err(|rule| invalid("room", &rule))?,
                "before" => {
                    let before = value.parse().ok().filter(|before| (1..1 << 53).contains(before));
                    query.before =
                        Some(before.ok_or_else(|| invalid("before", "must be the `before` of an earlier page"))?);
                }
                "limit" => {
                    let limit = value
                        .parse()
                        .ok()
                        .filter(|limit| (1..=limits::MESSAGES_PAGE).contains(limit));
                    let rule = format!("must be a number from 1 to {}", limits::MESSAGES_PAGE);
                    query.limit = limit.ok_or_else(|| invalid("limit", &rule))?;
                }
                _ => {}
            }
        }
        Ok(query)
    }
}
