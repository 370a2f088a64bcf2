//! Decides what a command brings about, without changing anything. One file per family of commands.

mod admission;
mod assignment;
mod called;
mod guests;
mod help;
mod messages;
mod muting;
mod participants;
mod profile;
mod rooms;
mod rounds;
mod session;
mod speech;

use flagship_protocol::commands::Command;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, ParticipantId};
use flagship_protocol::model::Participant;

pub(crate) use self::rooms::check_space;
use crate::addresses::Addresses;
use crate::permissions;
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::{Actor, State};

/// What a command brings about.
#[derive(Debug, Default)]
pub(crate) struct Decision {
    /// What happens, in order. Neighbours of one stream become one entry. Empty if everything is as asked for already.
    pub(crate) events: Vec<Event>,
    /// The answer, where the events do not say it.
    pub(crate) result: Option<CommandResult>,
}

impl Decision {
    fn events(events: impl Into<Vec<Event>>) -> Self {
        Self {
            events: events.into(),
            result: None,
        }
    }

    fn answering(mut self, result: CommandResult) -> Self {
        self.result = Some(result);
        self
    }
}

/// A decision that changes nothing, since somebody is as they are to be, or the event that makes them so.
fn updated(before: &Participant, participant: Participant) -> Decision {
    if participant == *before {
        return Decision::default().answering(CommandResult {
            participant: Some(participant),
            ..CommandResult::default()
        });
    }
    Decision::events([Event::ParticipantUpdated { participant }])
}

/// Somebody who is in the session.
fn find<'a>(context: &Context<'a>, who: &ParticipantId) -> Result<&'a Participant, Rejection> {
    let missing = || match context.state.banned.contains(who) {
        true => Rejection::ParticipantBanned(who.clone()),
        false => Rejection::ParticipantNotFound(who.clone()),
    };
    context.state.participant(who).ok_or_else(missing)
}

/// What a decision may look at.
pub(crate) struct Context<'a> {
    /// The state before.
    pub(crate) state: &'a State,
    /// The e-mail addresses of those who are there.
    pub(crate) addresses: &'a Addresses,
    /// Who asks, as they are in the session.
    pub(crate) me: &'a Participant,
    /// The message that the command is about, if there is one.
    pub(crate) said: Option<&'a Said>,
    /// The command's idempotency key.
    pub(crate) key: &'a CommandId,
    /// The position that the first entry will have.
    pub(crate) rev: u64,
    /// The entry's time.
    pub(crate) now: u64,
}

/// Decides a command of somebody who is in the session, or was when it ended.
pub(crate) fn decide(
    state: &State,
    addresses: &Addresses,
    actor: &Actor,
    key: &CommandId,
    command: &Command,
    said: Option<&Said>,
    now: u64,
) -> Result<Decision, Rejection> {
    let me = state
        .acting(&actor.id)
        .ok_or_else(|| Rejection::ParticipantNotFound(actor.id.clone()))?;
    permissions::check_command(command, me, state)?;
    let context = Context {
        state,
        addresses,
        me,
        said,
        key,
        rev: state.rev + 1,
        now,
    };
    match command {
        Command::JoinSession(_) => session::join(&context),
        Command::LeaveSession(_) => session::leave(&context),
        Command::UpdateSession(command) => session::update(&context, command),
        Command::EndSession(_) => session::end(&context),
        Command::CreateRoom(command) => rooms::create(&context, command),
        Command::UpdateRoom(command) => rooms::update(&context, command),
        Command::CreateRooms(command) => rooms::create_several(&context, command),
        Command::CloseRoom(command) => rooms::close(&context, command),
        Command::DeleteRoom(command) => rooms::delete(&context, command),
        Command::JoinRoom(command) => rooms::join(&context, command),
        Command::LeaveRoom(command) => rooms::leave(&context, command.room_id.as_ref()),
        Command::MoveParticipant(command) => participants::relocate(&context, command),
        Command::SwapParticipants(command) => participants::swap(&context, command),
        Command::Knock(command) => admission::knock(&context, command.room_id.as_ref()),
        Command::AnswerKnock(command) => admission::answer_knock(&context, command),
        Command::InviteParticipants(command) => admission::invite(&context, command),
        Command::AnswerInvitation(command) => admission::answer_invitation(&context, command),
        Command::OpenRooms(command) => rounds::open(&context, command),
        Command::CloseRooms(command) => rounds::close(&context, command),
        Command::SetTimer(command) => rounds::set_timer(&context, command),
        Command::ExtendTimer(command) => rounds::extend_timer(&context, command),
        Command::RecallRooms(command) => rounds::recall(&context, command),
        Command::Assign(command) => assignment::assign(&context, command),
        Command::AssignGuests(command) => guests::assign(&context, &command.assignments),
        Command::AskForHelp(command) => help::ask(&context, command),
        Command::ClaimHelp(command) => help::claim(&context, &command.request_id),
        Command::ResolveHelp(command) => help::resolve(&context, &command.request_id),
        Command::CancelHelp(command) => help::cancel(&context, &command.request_id),
        Command::UpdateProfile(command) => profile::update(&context, command),
        Command::RaiseHand(command) => participants::raise_hand(&context, command.raised),
        Command::SetRole(command) => participants::set_role(&context, command),
        Command::HandOver(command) => participants::hand_over(&context, &command.participant_id),
        Command::MuteParticipant(command) => muting::mute(&context, command),
        Command::RemoveParticipant(command) => participants::remove(&context, &command.participant_id),
        Command::BanParticipant(command) => participants::ban(&context, &command.participant_id),
        Command::UnbanParticipant(command) => participants::unban(&context, &command.participant_id),
        Command::SendMessage(command) => speech::send(&context, command),
        Command::Broadcast(command) => speech::broadcast(&context, command),
        Command::SendDirectMessage(command) => speech::send_direct(&context, command),
        Command::EditMessage(command) => messages::edit(&context, command),
        Command::DeleteMessage(command) => messages::delete(&context, &command.message_id),
        Command::ReactToMessage(command) => messages::react(&context, command),
    }
}
