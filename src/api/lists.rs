//! Lists of people with their rooms.

use flagship_protocol::http::AssignmentImport;
use flagship_protocol::limits;
use worker::Request;

use super::context::{Context, Params, text_within};
use super::{Answer, answer};
use crate::call::{Call, ListAnswer};

pub(super) async fn read(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let text = text_within(&mut request, limits::IMPORT_BYTES).await?;
    let import: AssignmentImport = context
        .call(&params.session()?, &Call::ReadList { actor, text })
        .await?;
    answer::json(context, 200, &import)
}

pub(super) async fn list(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let is_table = answer::is_table(context)?;
    let session = params.session()?;
    let ListAnswer { list, table } = context.call(&session, &Call::List { actor }).await?;
    if is_table {
        return answer::csv(context, &format!("{session}-assignments.csv"), table);
    }
    answer::json(context, 200, &list)
}
