//! The session: takes commands, gives journal entries.

mod creation;
mod repeating;
mod writing;

use flagship_protocol::commands::Command;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::http::AssignmentImport;
use flagship_protocol::ids::CommandId;
use flagship_protocol::model::{Role, SessionState};

pub use self::creation::NewSession;
use self::writing::Origin;
use crate::addresses::Addresses;
use crate::arrival::newcomer;
use crate::decide::{Decision, decide};
use crate::entry::{Entry, implied_result};
use crate::idempotency::{KeyIndex, KnownKey, fingerprint};
use crate::rejection::Rejection;
use crate::said::Said;
use crate::state::{Actor, State};

/// One live session.
///
/// A method that gives entries has applied them: if they cannot be written, the session must be dropped and
/// restored from the journal.
#[derive(Debug, Clone)]
pub struct Session {
    state: State,
    keys: KeyIndex,
    addresses: Addresses,
}

/// How a command went.
#[derive(Debug)]
pub enum Handled {
    /// It was carried out now.
    Done(Box<Done>),
    /// Its key is known: the entry at this position answers it, see [`Session::settle`].
    Repeat {
        /// The entry's position.
        rev: u64,
    },
}

/// A command that was carried out.
#[derive(Debug)]
pub struct Done {
    /// What to write to the journal, in order and at once.
    pub entries: Vec<Entry>,
    /// The command's position in the journal.
    pub rev: u64,
    /// The answer.
    pub result: CommandResult,
    /// What became of the message that the command changed: the journal is to have it in place of what it had.
    pub said: Option<Said>,
}

impl Session {
    /// The session as a snapshot and the entries after it say. Without a snapshot, the entries start with the
    /// session's first.
    ///
    /// `None` if there is neither: there is no such session.
    pub fn restore(snapshot: Option<State>, tail: impl IntoIterator<Item = Entry>) -> Option<Self> {
        let mut tail = tail.into_iter().peekable();
        let state = match snapshot {
            Some(state) => state,
            None => State::begin(&tail.peek()?.events.first()?.event)?,
        };
        let mut session = Self {
            state,
            keys: KeyIndex::default(),
            addresses: Addresses::default(),
        };
        for entry in tail {
            session.state.apply(&entry);
        }
        Some(session)
    }

    /// Makes known which keys the newest entries of the journal hold: those after the last [`KeyRun`]. To be called
    /// after [`Self::restore`], before the first command.
    ///
    /// [`KeyRun`]: crate::KeyRun
    pub fn know(&mut self, keys: impl IntoIterator<Item = KnownKey>) {
        for KnownKey { rev, actor, key } in keys {
            self.keys.insert(rev, &actor, &key);
        }
    }

    /// Makes known the e-mail address of a participant, which is in no entry: of everybody who has a connection, after
    /// [`Self::restore`].
    pub fn know_address(&mut self, actor: &Actor) {
        self.addresses.learn(&self.state, actor);
    }

    /// What a list would bring about; see [`State::read_list`].
    ///
    /// # Errors
    /// As [`State::read_list`].
    pub fn read_list(&self, actor: &Actor, text: &str) -> Result<AssignmentImport, Rejection> {
        self.state.read_list(actor, &self.addresses, text)
    }

    /// Forgets the keys that it knows, and gives their hashes and positions, for a [`KeyRun`]. From then on, whoever
    /// has it is asked for them.
    ///
    /// [`KeyRun`]: crate::KeyRun
    pub fn take_keys(&mut self) -> Vec<(u64, u64)> {
        self.keys.take()
    }

    /// Everything that is true now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Carries out a command that is about no message, or about none that there is; see [`Self::handle_about`].
    ///
    /// # Errors
    /// The rule that refuses it.
    pub fn handle(
        &mut self,
        actor: &Actor,
        key: &CommandId,
        command: &Command,
        now: u64,
    ) -> Result<Handled, Rejection> {
        self.handle_about(actor, key, command, None, now)
    }

    /// Carries out a command under its idempotency key. `said` is what the journal has of
    /// [`Command::about_message`]. Somebody who is not in the session yet is registered by it. Knows repeats only of
    /// the keys that it holds, see [`Self::know`].
    ///
    /// # Errors
    /// The rule that refuses it. Nothing has changed then, not even a newcomer's registration.
    pub fn handle_about(
        &mut self,
        actor: &Actor,
        key: &CommandId,
        command: &Command,
        said: Option<&Said>,
        now: u64,
    ) -> Result<Handled, Rejection> {
        // A banned actor gets no replay.
        self.state.may_enter(&actor.id)?;
        if let Some(rev) = self.keys.find(&actor.id, key) {
            return Ok(Handled::Repeat { rev });
        }
        let arrival = self.arrival(actor, now)?;
        let before = (!arrival.is_empty()).then(|| self.state.before_arrival(actor));
        let mut entries = self.register(actor, arrival, now);
        let now = self.state.at.max(now);
        match decide(&self.state, &self.addresses, actor, key, command, said, now) {
            Ok(decision) => {
                self.addresses.learn(&self.state, actor);
                let origin = Origin {
                    actor: Some(actor.id.clone()),
                    key: Some(key.clone()),
                    fingerprint: Some(fingerprint(command)),
                };
                let mut written = self.append(decision, origin, now);
                // The first has the key, and with it the answer, for now and for a retry.
                let Some(first) = written.first() else {
                    return Err(Rejection::Inconsistent);
                };
                let said = said.filter(|_| command.changes_message().is_some());
                let changed = said.filter(|_| !first.events.is_empty()).map(|said| first.change(said));
                let (rev, mut result) = (first.rev, first.command_result());
                if let Some(said) = changed.as_ref().or(said) {
                    said.clone().show(&mut result);
                }
                entries.append(&mut written);
                Ok(Handled::Done(Box::new(Done {
                    entries,
                    rev,
                    result,
                    said: changed,
                })))
            }
            Err(rejection) => {
                if let Some(before) = before {
                    self.state.undo_arrival(before);
                }
                Err(rejection)
            }
        }
    }

    /// What a command that is about no message would answer. Changes nothing: an arrival that belongs to it is taken back.
    ///
    /// # Errors
    /// The rule that would refuse it.
    pub(crate) fn try_out(
        &mut self,
        actor: &Actor,
        key: &CommandId,
        command: &Command,
        now: u64,
    ) -> Result<CommandResult, Rejection> {
        let arrival = self.arrival(actor, now)?;
        let before = (!arrival.is_empty()).then(|| self.state.before_arrival(actor));
        self.register(actor, arrival, now);
        let decided = decide(
            &self.state,
            &self.addresses,
            actor,
            key,
            command,
            None,
            self.state.at.max(now),
        );
        if let Some(before) = before {
            self.state.undo_arrival(before);
        }
        decided.map(|Decision { events, result }| result.unwrap_or_else(|| implied_result(events.iter())))
    }

    /// Brings somebody in by their presence alone, as a socket's `hello` does. Gives no entries if they are in.
    ///
    /// # Errors
    /// Why they may not enter.
    pub fn enter(&mut self, actor: &Actor, now: u64) -> Result<Vec<Entry>, Rejection> {
        // Somebody who was in an ended session may look at it without coming in again.
        let may_only_look = self.state.info.state == SessionState::Ended && self.state.members.contains_key(&actor.id);
        if may_only_look {
            self.state.check_reader(&actor.id)?;
            return Ok(Vec::new());
        }
        let arrival = match self.state.participant(&actor.id) {
            Some(participant) => {
                self.state.may_enter(&actor.id)?;
                self.state.expected_again(actor, participant)
            }
            None => self.arrival(actor, now)?,
        };
        let entries = self.register(actor, arrival, now);
        self.addresses.learn(&self.state, actor);
        Ok(entries)
    }

    /// Does what its time has come for. Gives no entries if that is nothing.
    pub fn handle_timeout(&mut self, now: u64) -> Vec<Entry> {
        let events = self.state.timeouts(self.state.rev + 1, self.state.at.max(now));
        if events.is_empty() {
            return Vec::new();
        }
        let origin = Origin {
            actor: None,
            key: None,
            fingerprint: None,
        };
        self.append(Decision { events, result: None }, origin, now)
    }

    /// When [`Self::handle_timeout`] has something to do next, milliseconds since the epoch.
    pub fn poll_timeout(&self) -> Option<u64> {
        self.state.next_timeout()
    }

    /// What happens because somebody acts who is not in the session: they come in. Whoever is in it stays where they are.
    fn arrival(&self, actor: &Actor, now: u64) -> Result<Vec<Event>, Rejection> {
        self.state.may_enter(&actor.id)?;
        let is_over = self.state.info.state == SessionState::Ended;
        Ok(match self.state.participant(&actor.id) {
            Some(_) => Vec::new(),
            // A stranger may not enter, and a participant who left before acts as they were.
            None if is_over => Vec::new(),
            None => {
                let participant = match self.state.members.get(&actor.id) {
                    Some(member) => member.participant.clone(),
                    None => newcomer(actor, Role::Participant, self.state.at.max(now)),
                };
                self.state.arrival(actor, participant)
            }
        })
    }

    /// Brings somebody in.
    fn register(&mut self, actor: &Actor, arrival: Vec<Event>, now: u64) -> Vec<Entry> {
        if arrival.is_empty() {
            return Vec::new();
        }
        let decision = Decision {
            events: arrival,
            result: None,
        };
        let origin = Origin {
            actor: Some(actor.id.clone()),
            key: None,
            fingerprint: None,
        };
        self.append(decision, origin, now)
    }
}
