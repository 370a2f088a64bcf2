//! One row of the journal.

use flagship_protocol::commands::Command;
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, ParticipantId, StreamId};

use crate::idempotency::fingerprint;
use crate::rejection::Rejection;
use crate::said::Said;

/// What one command, or the session itself, brought about. All its events belong to one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal: 1, 2, 3, …
    pub rev: u64,
    /// When, milliseconds since the epoch; never less than the entry before.
    pub at: u64,
    /// Who asked; `None` for what the session did by itself.
    pub actor: Option<ParticipantId>,
    /// The idempotency key, if it came with one.
    pub key: Option<CommandId>,
    /// Tells the command from another one under the same key; see [`fingerprint`].
    pub fingerprint: Option<String>,
    /// What the command answered, where the events do not say it.
    pub result: Option<CommandResult>,
    /// The stream of the events.
    pub stream: StreamId,
    /// The stream's `seq` before the first event.
    pub from: u64,
    /// The events, `seq` from `from + 1`. Empty for a command that found everything as it asked for.
    pub events: Vec<SequencedEvent>,
}

impl Entry {
    /// What the command answered.
    pub fn command_result(&self) -> CommandResult {
        self.result
            .clone()
            .unwrap_or_else(|| implied_result(self.events.iter().map(|event| &event.event)))
    }

    /// The events as JSON: as the journal keeps them, and as they go to followers.
    ///
    /// # Errors
    /// None that an event could bring about.
    pub fn events_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.events)
    }

    /// The answer to a command that came again under this entry's key, whoever may see it: see
    /// [`Session::settle`](crate::Session::settle). `said` is what the journal has of [`Command::about_message`]: an
    /// answer shows a message that the command changed as it is now.
    ///
    /// # Errors
    /// [`Rejection::IdempotencyMismatch`] if it is not the same command, [`Rejection::Inconsistent`] if this is
    /// not the entry of that key.
    pub(crate) fn settle(
        &self,
        actor: &ParticipantId,
        key: &CommandId,
        command: &Command,
        said: Option<&Said>,
    ) -> Result<CommandResult, Rejection> {
        if self.actor.as_ref() != Some(actor) || self.key.as_ref() != Some(key) {
            return Err(Rejection::Inconsistent);
        }
        if self.fingerprint.as_deref() != Some(fingerprint(command).as_str()) {
            return Err(Rejection::IdempotencyMismatch);
        }
        let mut result = self.command_result();
        if let Some(said) = said.filter(|_| command.changes_message().is_some()) {
            said.clone().show(&mut result);
        }
        Ok(result)
    }

    /// What becomes of a message by this entry.
    pub(crate) fn change(&self, said: &Said) -> Said {
        let events = self.events.iter().map(|sequenced| &sequenced.event);
        events.fold(said.clone(), |said, event| said.after(event, self.rev, self.at))
    }
}

/// The result that events carry by themselves: whatever they show last of each kind.
pub(crate) fn implied_result<'a>(events: impl Iterator<Item = &'a Event>) -> CommandResult {
    let mut result = CommandResult::default();
    for event in events {
        match event {
            Event::SessionCreated { session, .. }
            | Event::SessionUpdated { session }
            | Event::SessionEnded { session } => result.session = Some(session.clone()),
            Event::ParticipantJoined { participant } | Event::ParticipantUpdated { participant } => {
                result.participant = Some(participant.clone());
            }
            Event::BreakoutRoomCreated { room }
            | Event::BreakoutRoomOpened { room }
            | Event::BreakoutRoomUpdated { room }
            | Event::BreakoutRoomClosing { room }
            | Event::BreakoutRoomClosed { room } => result.room = Some(room.clone()),
            Event::MessageCreated { message } | Event::MessageEdited { message } => {
                result.message = Some(message.clone());
            }
            Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message } => {
                result.direct_message = Some(message.clone());
            }
            Event::HelpRequested { request } | Event::HelpUpdated { request } => {
                result.help_request = Some(request.clone());
            }
            Event::ProfileUpdated { profile, .. } => result.profile = Some(profile.clone()),
            Event::ParticipantLeft { .. }
            | Event::MessageDeleted { .. }
            | Event::MessageReacted { .. }
            | Event::DirectMessageDeleted { .. }
            | Event::DirectMessageReacted { .. }
            | Event::ParticipantRemoved { .. }
            | Event::GuestsAssigned { .. }
            | Event::ParticipantBanned { .. }
            | Event::ParticipantUnbanned { .. }
            | Event::BreakoutRoomDeleted { .. }
            | Event::BreakoutRoomWarning { .. }
            | Event::ParticipantsAssigned { .. }
            | Event::BreakoutRoomJoined { .. }
            | Event::BreakoutRoomLeft { .. } => {}
        }
    }
    result
}
