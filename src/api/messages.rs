//! What is said.

use flagship_protocol::commands::SendMessage;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{Cursor, Receipts, Typing};
use flagship_protocol::http::MessageBody;
use flagship_protocol::ids::{RoomId, SessionId};
use flagship_session::{Actor, ArchivedReader};
use serde_json::json as object;
use worker::Request;

use super::context::{Context, Params, json};
use super::page_query::PageQuery;
use super::{Answer, answer};
use crate::call::{Call, MessagesAnswer, Side, Source};
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
    let query = PageQuery::read(context)?;
    let ask = |source| Call::Messages {
        actor: actor.clone(),
        room: query.room.clone(),
        side: query.side,
        limit: query.limit,
        source,
    };
    let mut page = match context.call(&session, &ask(Source::Nearest)).await {
        Err(error) if error.code == ErrorCode::SessionNotFound => {
            return from_archive_alone(context, &session, &actor, &query, error).await;
        }
        page => page?,
    };
    if let MessagesAnswer::Archived {
        side,
        shard,
        readable,
        head,
    } = &page
    {
        let (side, place) = (*side, (*shard, &session));
        match query.archived(context, place, side, readable, Some(*head)).await {
            // Newer ones may not be there yet, and somebody who reads on wants to know of them.
            Ok(found) if matches!(side, Side::After(_)) && found.after.is_none() => {
                page = context.call(&session, &ask(Source::Journal)).await?;
            }
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
    query: &PageQuery,
    missing: ErrorBody,
) -> Answer {
    let (shard, reader) = archived_for(context, session, actor, &query.room, missing).await?;
    let readable = reader.readable(&query.room).map_err(ErrorBody::from)?;
    let page = query
        .archived(context, (shard, session), query.side, &readable, None)
        .await;
    answer::json(
        context,
        200,
        &page.map_err(|error| unreadable(context, session, &error))?,
    )
}

/// The database that has a session which nothing else has, for somebody who may read a room there, and what it knows
/// of them.
pub(super) async fn archived_for(
    context: &Context<'_>,
    session: &SessionId,
    actor: &Actor,
    room: &RoomId,
    missing: ErrorBody,
) -> Result<(Shard, ArchivedReader), ErrorBody> {
    let found = database::find_reader(context.env, session, &actor.id, room).await;
    let found = found.map_err(|error| unreadable(context, session, &error))?;
    let Some((shard, reader)) = found else {
        return Err(missing);
    };
    reader.readable(room).map_err(ErrorBody::from)?;
    Ok((shard, reader))
}

/// The archive does not answer, where nothing else can.
pub(super) fn unreadable(context: &Context<'_>, session: &SessionId, error: &worker::Error) -> ErrorBody {
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
}

/// When to try again while the archive does not answer, in milliseconds.
const ARCHIVE_RETRY_MS: u64 = 5_000;

pub(super) async fn get(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let id = params.message()?;
    let body: MessageBody = context.call(&params.session()?, &Call::Message { actor, id }).await?;
    answer::json(context, 200, &body)
}

pub(super) async fn receipts(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let PageQuery { room, with, .. } = PageQuery::read(context)?;
    let call = Call::Receipts { actor, room, with };
    let receipts: Receipts = context.call(&params.session()?, &call).await?;
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

pub(super) async fn say_typing(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let typing: Typing = json(&mut request).await?;
    // Said again, it is as true as before.
    let () = context
        .call(&params.session()?, &Call::Typing { actor, typing })
        .await?;
    answer::no_content(context)
}
