//! Decisions about requests for help.

use flagship_protocol::commands::AskForHelp;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{HelpRequestId, ParticipantId};
use flagship_protocol::moderation::{HelpRequest, HelpState};

use super::{Context, Decision};
use crate::permissions;
use crate::rejection::Rejection;
use crate::state::State;

pub(super) fn ask(context: &Context<'_>, command: &AskForHelp) -> Result<Decision, Rejection> {
    // Whom it is about may have left by now.
    if let Some(about) = &command.about_participant_id
        && !context.state.members.contains_key(about)
    {
        return Err(Rejection::ParticipantNotFound(about.clone()));
    }
    let own = |request: &&HelpRequest| request.participant_id == context.me.id && request.kind == command.kind;
    if let Some(open) = context.state.help.values().find(own) {
        return Ok(answer(open.clone()));
    }
    let request = HelpRequest {
        id: HelpRequestId::of_rev(context.rev),
        kind: command.kind,
        state: HelpState::Waiting,
        participant_id: context.me.id.clone(),
        alias: context.me.alias.clone(),
        room_id: context.me.room_id.clone(),
        text: command.text.clone(),
        about_participant_id: command.about_participant_id.clone(),
        asked_at: context.now,
        claimed_by: None,
        claimed_at: None,
        closed_at: None,
    };
    Ok(Decision::events([Event::HelpRequested { request }]))
}

pub(super) fn claim(context: &Context<'_>, id: &HelpRequestId) -> Result<Decision, Rejection> {
    let before = open(context, id)?;
    match &before.claimed_by {
        Some(by) if *by == context.me.id => return Ok(answer(before.clone())),
        // Somebody who has gone, or is no moderator any more, will not come.
        Some(by)
            if context
                .state
                .participant(by)
                .is_some_and(|keeper| permissions::keeps_order(keeper.role)) =>
        {
            return Err(Rejection::AlreadyClaimed(by.clone()));
        }
        _ => {}
    }
    let request = HelpRequest {
        state: HelpState::Claimed,
        claimed_by: Some(context.me.id.clone()),
        claimed_at: before.claimed_at.or(Some(context.now)),
        ..before.clone()
    };
    Ok(Decision::events([Event::HelpUpdated { request }]))
}

pub(super) fn resolve(context: &Context<'_>, id: &HelpRequestId) -> Result<Decision, Rejection> {
    let before = open(context, id)?;
    let request = HelpRequest {
        claimed_by: before.claimed_by.clone().or_else(|| Some(context.me.id.clone())),
        claimed_at: before.claimed_at.or(Some(context.now)),
        ..closed(before, HelpState::Resolved, context.now)
    };
    Ok(Decision::events([Event::HelpUpdated { request }]))
}

pub(super) fn cancel(context: &Context<'_>, id: &HelpRequestId) -> Result<Decision, Rejection> {
    let before = open(context, id)?;
    if before.participant_id != context.me.id {
        return Err(Rejection::HelpRequestNotFound(id.clone()));
    }
    let request = closed(before, HelpState::Cancelled, context.now);
    Ok(Decision::events([Event::HelpUpdated { request }]))
}

impl State {
    /// The events that take back whatever help somebody waits for, since they go.
    pub(super) fn withdraw_help(&self, who: &ParticipantId, now: u64) -> Vec<Event> {
        let own = self.help.values().filter(|request| request.participant_id == *who);
        own.map(|request| Event::HelpUpdated {
            request: closed(request, HelpState::Cancelled, now),
        })
        .collect()
    }
}

fn open<'a>(context: &Context<'a>, id: &HelpRequestId) -> Result<&'a HelpRequest, Rejection> {
    let open = context.state.help.get(id);
    open.ok_or_else(|| Rejection::HelpRequestNotFound(id.clone()))
}

fn closed(request: &HelpRequest, state: HelpState, now: u64) -> HelpRequest {
    HelpRequest {
        state,
        closed_at: Some(now),
        ..request.clone()
    }
}

fn answer(request: HelpRequest) -> Decision {
    Decision::default().answering(CommandResult {
        help_request: Some(request),
        ..CommandResult::default()
    })
}
