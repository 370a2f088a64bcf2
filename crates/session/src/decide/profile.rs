//! Decisions about oneself.

use flagship_protocol::commands::UpdateProfile;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::limits;
use flagship_protocol::model::Participant;
use flagship_protocol::moderation::Profile;

use super::{Context, Decision};
use crate::rejection::Rejection;

pub(super) fn update(context: &Context<'_>, command: &UpdateProfile) -> Result<Decision, Rejection> {
    if let Some(tags) = &command.tags
        && tags.len() > limits::TAGS_PER_PERSON
    {
        return Err(Rejection::TooMany {
            field: "tags",
            max: limits::TAGS_PER_PERSON,
            count: tags.len(),
        });
    }
    let mut events = Vec::new();
    let participant = Participant {
        alias: command.alias.clone().unwrap_or_else(|| context.me.alias.clone()),
        ..context.me.clone()
    };
    if participant != *context.me {
        let participant = participant.clone();
        events.push(Event::ParticipantUpdated { participant });
    }
    let before = context.state.own(&context.me.id).profile;
    let profile = Profile {
        about: command.about.clone().apply(before.about.clone()),
        tags: command.tags.clone().unwrap_or_else(|| before.tags.clone()),
    };
    if profile != before {
        events.push(Event::ProfileUpdated {
            participant_id: context.me.id.clone(),
            profile: profile.clone(),
        });
    }
    Ok(Decision::events(events).answering(CommandResult {
        participant: Some(participant),
        profile: Some(profile),
        ..CommandResult::default()
    }))
}
