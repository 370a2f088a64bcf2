//! Decisions about the session as a whole.

use flagship_protocol::commands::UpdateSession;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::model::{RoomState, Session, SessionState};

use super::participants::depart;
use super::{Context, Decision};
use crate::rejection::Rejection;

/// Somebody who asks is in the session already: registering came first.
pub(super) fn join(context: &Context<'_>) -> Result<Decision, Rejection> {
    let participant = Some(context.me.clone());
    Ok(Decision::default().answering(CommandResult {
        participant,
        ..CommandResult::default()
    }))
}

pub(super) fn leave(context: &Context<'_>) -> Result<Decision, Rejection> {
    let participant_id = context.me.id.clone();
    Ok(depart(context, context.me, Event::ParticipantLeft { participant_id }))
}

pub(super) fn update(context: &Context<'_>, command: &UpdateSession) -> Result<Decision, Rejection> {
    let before = &context.state.info;
    if command.expected_version.is_some_and(|seen| seen != before.version) {
        return Err(Rejection::StaleSession(Box::new(before.clone())));
    }
    if command.chat_history.is_some() && before.chat_history.is_none() {
        return Err(Rejection::NoChatHistory);
    }
    let mut session = Session {
        title: command.title.clone().unwrap_or_else(|| before.title.clone()),
        locked: command.locked.unwrap_or(before.locked),
        self_select: command.self_select.unwrap_or(before.self_select),
        return_allowed: command.return_allowed.unwrap_or(before.return_allowed),
        countdown_ms: command.countdown_ms.unwrap_or(before.countdown_ms),
        late_joiners: command.late_joiners.unwrap_or(before.late_joiners),
        slow_mode_ms: command.slow_mode_ms.apply(before.slow_mode_ms),
        recording: command.recording.unwrap_or(before.recording),
        chat_history: command.chat_history.or(before.chat_history),
        ..before.clone()
    };
    if session == *before {
        let result = CommandResult {
            session: Some(session),
            ..CommandResult::default()
        };
        return Ok(Decision::default().answering(result));
    }
    session.version = context.rev;
    Ok(Decision::events([Event::SessionUpdated { session }]))
}

pub(super) fn end(context: &Context<'_>) -> Result<Decision, Rejection> {
    let mut events = Vec::new();
    for room in context
        .state
        .rooms_by_age()
        .into_iter()
        .filter(|room| room.state != RoomState::Closed)
    {
        events.extend(context.state.close(room, context.rev));
    }
    let session = Session {
        state: SessionState::Ended,
        version: context.rev,
        ..context.state.info.clone()
    };
    let result = CommandResult {
        session: Some(session.clone()),
        ..CommandResult::default()
    };
    events.push(Event::SessionEnded { session });
    for who in context.state.participants() {
        events.extend(context.state.withdraw_help(&who.id, context.now));
    }
    Ok(Decision::events(events).answering(result))
}
