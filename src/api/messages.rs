//! What is said.

use flagship_protocol::commands::SendMessage;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Cursor, Receipts};
use flagship_protocol::http::{MessageBody, MessagesPage};
use flagship_protocol::ids::{RoomId, SessionId};
use flagship_protocol::limits;
use flagship_session::Actor;
use serde_json::json as object;
use worker::Request;

use super::context::{Context, Params, invalid, json};
use super::{Answer, answer};
use crate::call::{Call, MessagesAnswer, Source};
use crate::database::{self, Shard};
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
    let mut page = match context.call(&session, &ask(Source::Nearest)).await {
        Err(error) if error.code == ErrorCode::SessionNotFound => {
            return from_archive_alone(context, &session, &actor, &query, error).await;
        }
        page => page?,
    };
    if let MessagesAnswer::Archived { before, shard } = page {
        match query.archived(context, shard, &session, before).await {
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

/// A session whose object has nothing may be one whose storage was lost: then what was said is in the archive, for
/// those who could read it. `missing` is the answer if it is not there either.
async fn from_archive_alone(
    context: &Context<'_>,
    session: &SessionId,
    actor: &Actor,
    query: &Query,
    missing: ErrorBody,
) -> Answer {
    let unavailable = |error: worker::Error| {
        let fields = object!({ "requestId": context.request_id, "sessionId": session, "error": error.to_string() });
        log::write(
            Level::Error,
            "archive not readable, and nothing else has the session",
            fields,
        );
        let mut error = ErrorBody::new(
            ErrorCode::Unavailable,
            "the archive does not answer just now; try again",
        );
        error.retry_after_ms = Some(ARCHIVE_RETRY_MS);
        error
    };
    let found = database::find_reader(context.env, session, &actor.id, &query.room).await;
    let Some((shard, reader)) = found.map_err(unavailable)? else {
        return Err(missing);
    };
    reader.may_read(&query.room).map_err(ErrorBody::from)?;
    let before = query.before.unwrap_or(LAST);
    let page = query.archived(context, shard, session, before).await;
    answer::json(context, 200, &page.map_err(unavailable)?)
}

/// Above every `seq`.
const LAST: u64 = 1 << 53;

/// When to try again while the archive does not answer, in milliseconds.
const ARCHIVE_RETRY_MS: u64 = 5_000;

pub(super) async fn receipts(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let room = Query::read(context)?.room;
    let receipts: Receipts = context
        .call(&params.session()?, &Call::Receipts { actor, room })
        .await?;
    answer::json(context, 200, &receipts)
}

pub(super) async fn move_cursor(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let cursor: Cursor = json(&mut request).await?;
    // Moving it again to where it is changes nothing: every repetition answers the same.
    let () = context
        .call(&params.session()?, &Call::MoveCursor { actor, cursor })
        .await?;
    answer::no_content(context)
}

struct Query {
    room: RoomId,
    before: Option<u64>,
    limit: u32,
}

impl Query {
    /// The page from the archive.
    async fn archived(
        &self,
        context: &Context<'_>,
        shard: Shard,
        session: &SessionId,
        before: u64,
    ) -> worker::Result<MessagesPage> {
        database::messages_page(
            context.env,
            shard,
            session.as_str(),
            self.room.as_str(),
            before,
            self.limit,
        )
        .await
    }

    fn read(context: &Context<'_>) -> Result<Self, ErrorBody> {
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
