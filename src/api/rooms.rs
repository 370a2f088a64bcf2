//! Breakout rooms.

use flagship_protocol::commands::{CloseRoom, Command, CreateRoom, DeleteRoom, JoinRoom, LeaveRoom, UpdateRoom};
use flagship_protocol::http::{
    ActivityBody, AssignmentProposal, MatchBy, MatchedBy, ProposalRequest, RoomBody, RoomsBody, UpdateRoomBody,
};
use worker::Request;

use super::context::{Context, Params, json};
use super::{Answer, answer, matching};
use crate::call::Call;

pub(super) async fn list(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let rooms: RoomsBody = context.call(&params.session()?, &Call::Rooms { actor }).await?;
    answer::json(context, 200, &rooms)
}

pub(super) async fn activity(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let activity: ActivityBody = context.call(&params.session()?, &Call::Activity { actor }).await?;
    answer::json(context, 200, &activity)
}

pub(super) async fn create(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let command: CreateRoom = json(&mut request).await?;
    let ack = context.execute(&params.session()?, actor, key, command).await?;
    room(context, 201, ack)
}

pub(super) async fn update(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let UpdateRoomBody {
        name,
        capacity,
        locked,
        facilitator_ids,
        slow_mode_ms,
        expected_version,
    } = json(&mut request).await?;
    let command = UpdateRoom {
        room_id: params.room()?,
        name,
        capacity,
        locked,
        facilitator_ids,
        slow_mode_ms,
        expected_version,
    };
    let ack = context.execute(&params.session()?, actor, key, command).await?;
    room(context, 200, ack)
}

pub(super) async fn join(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    act(
        request,
        context,
        params,
        JoinRoom {
            room_id: params.room()?,
            expected_room_id: None,
        }
        .into(),
    )
    .await
}

pub(super) async fn close(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    act(
        request,
        context,
        params,
        CloseRoom {
            room_id: params.room()?,
            expected_version: None,
        }
        .into(),
    )
    .await
}

pub(super) async fn leave(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    act(
        request,
        context,
        params,
        LeaveRoom {
            room_id: Some(params.room()?),
        }
        .into(),
    )
    .await
}

pub(super) async fn delete(request: Request, context: &Context<'_>, params: &Params) -> Answer {
    act(
        request,
        context,
        params,
        DeleteRoom {
            room_id: params.room()?,
            expected_version: None,
        }
        .into(),
    )
    .await
}

pub(super) async fn propose(mut request: Request, context: &Context<'_>, params: &Params) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let session = params.session()?;
    let mut request: ProposalRequest = json(&mut request).await?;
    let matched_by = match request.match_by {
        MatchBy::Tags => MatchedBy::Tags,
        MatchBy::Texts => matching::by_texts(context, &session, &actor, &mut request).await?,
    };
    let mut proposal: AssignmentProposal = context.call(&session, &Call::Propose { actor, request }).await?;
    proposal.matched_by = matched_by;
    answer::json(context, 200, &proposal)
}

/// Carries out a command that has no body, and answers with the room, if there is one to show.
async fn act(request: Request, context: &Context<'_>, params: &Params, command: Command) -> Answer {
    let (actor, _) = context.identity(&request).await?;
    let key = context.key(&request)?;
    let ack = context.execute(&params.session()?, actor, key, command).await?;
    room(context, 200, ack)
}

fn room(context: &Context<'_>, status: u16, ack: flagship_protocol::frames::Ack) -> Answer {
    let answer = match ack.result.room {
        Some(room) => answer::json(context, status, &RoomBody { room }),
        None => answer::no_content(context),
    };
    answer::replayed(answer, ack.duplicate)
}
