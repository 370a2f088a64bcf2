//! The session: takes commands, gives journal entries.

use flagship_protocol::commands::Command;
use flagship_protocol::events::{Event, SequencedEvent};
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, ParticipantId, RoomId, SessionId, StreamId};
use flagship_protocol::model::{self, LateJoiners, Participant, Role, SessionState};
use flagship_protocol::number::CountdownMs;
use flagship_protocol::text::SessionTitle;

use crate::decide::{Decision, decide};
use crate::entry::Entry;
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
}

/// A session that is to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// What it is called.
    pub title: SessionTitle,
    /// Whether people are known by their aliases only. Their actors are to be pseudonyms then.
    pub anonymous: bool,
}

/// How a command went.
#[derive(Debug)]
pub enum Handled {
    /// It was carried out now.
    Done(Box<Done>),
    /// Its key is known: the entry at this position answers it, see [`Entry::settle`].
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
    /// Begins a session; who creates it is in it, as its host. `epoch` must be unpredictable.
    ///
    /// The entries are to be written at once. `created` carries the command's key, if it had one.
    pub fn create(
        plan: NewSession,
        epoch: String,
        creator: &Actor,
        key: Option<CommandId>,
        now: u64,
    ) -> (Self, Vec<Entry>) {
        let NewSession { id, title, anonymous } = plan;
        let info = model::Session {
            id,
            title: title.clone(),
            state: SessionState::Live,
            locked: false,
            self_select: true,
            return_allowed: true,
            countdown_ms: CountdownMs::DEFAULT,
            late_joiners: LateJoiners::default(),
            slow_mode_ms: None,
            recording: false,
            anonymous,
            round: 0,
            created_at: now,
            created_by: creator.id.clone(),
            version: 1,
        };
        let created = Event::SessionCreated {
            session: info.clone(),
            epoch: epoch.clone(),
        };
        let participant = newcomer(creator, Role::Host, now);
        let mut session = Self {
            state: State::new(info, epoch),
            keys: KeyIndex::default(),
        };
        let events = vec![created, Event::ParticipantJoined { participant }];
        let origin = Origin {
            actor: Some(creator.id.clone()),
            key,
            fingerprint: Some(creation_fingerprint(&title, anonymous)),
        };
        let entries = session.append(Decision { events, result: None }, origin, now);
        (session, entries)
    }

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
        if let Some(rev) = self.keys.find(&actor.id, key) {
            return Ok(Handled::Repeat { rev });
        }
        let arrival = self.arrival(actor, now)?;
        let before = (!arrival.is_empty()).then(|| self.state.before_arrival(actor));
        let mut entries = self.register(actor, arrival, now);
        let now = self.state.at.max(now);
        match decide(&self.state, actor, key, command, said, now) {
            Ok(decision) => {
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

    /// Brings somebody in by their presence alone, as a socket's `hello` does. Gives no entries if they are in.
    ///
    /// # Errors
    /// Why they may not enter.
    pub fn enter(&mut self, actor: &Actor, now: u64) -> Result<Vec<Entry>, Rejection> {
        // Somebody who was in an ended session may look at it without coming in again.
        let may_only_look = self.state.info.state == SessionState::Ended && self.state.members.contains_key(&actor.id);
        if may_only_look {
            self.state.may_enter(&actor.id)?;
            return Ok(Vec::new());
        }
        let arrival = self.arrival(actor, now)?;
        Ok(self.register(actor, arrival, now))
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

    /// Whether the key was used to create this session as it is asked for.
    ///
    /// # Errors
    /// [`Rejection::IdempotencyMismatch`] if it was created by somebody else, or otherwise.
    pub fn settle_creation(
        &self,
        first: &Entry,
        creator: &Actor,
        title: &SessionTitle,
        anonymous: bool,
    ) -> Result<(), Rejection> {
        let same = first.actor.as_ref() == Some(&creator.id)
            && first.fingerprint.as_deref() == Some(creation_fingerprint(title, anonymous).as_str());
        if same {
            Ok(())
        } else {
            Err(Rejection::IdempotencyMismatch)
        }
    }

    /// What happens because somebody is there: they come in, or turn out to be expected.
    fn arrival(&self, actor: &Actor, now: u64) -> Result<Vec<Event>, Rejection> {
        self.state.may_enter(&actor.id)?;
        let is_over = self.state.info.state == SessionState::Ended;
        Ok(match self.state.participant(&actor.id) {
            Some(_) if is_over => Vec::new(),
            Some(participant) => self.state.expected(actor, participant),
            None if is_over => return Err(Rejection::SessionEnded),
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

    /// Applies a decision: an entry for each stream that it speaks in, the first with the command's key. Without
    /// events, an entry that only keeps the key.
    fn append(&mut self, decision: Decision, origin: Origin, now: u64) -> Vec<Entry> {
        let Decision { events, mut result } = decision;
        let at = self.state.at.max(now);
        let Origin {
            actor,
            mut key,
            mut fingerprint,
        } = origin;
        if let (Some(actor), Some(key)) = (&actor, &key) {
            self.keys.insert(self.state.rev + 1, actor, key);
        }
        let mut parts = vec![(StreamId::Session, Vec::new())];
        for event in events {
            let (stream, copy) = event.streams();
            if let Some(copy) = copy {
                put(&mut parts, stream, event.clone());
                put(&mut parts, copy, event);
            } else {
                put(&mut parts, stream, event);
            }
        }
        let mut entries = Vec::with_capacity(parts.len());
        for (stream, part) in parts {
            let rev = self.state.rev + 1;
            let from = self.state.head(&stream);
            let sequenced = part.into_iter().zip(from + 1..);
            let entry = Entry {
                rev,
                at,
                actor: actor.clone(),
                key: key.take(),
                fingerprint: fingerprint.take(),
                result: result.take(),
                stream,
                from,
                events: sequenced
                    .map(|(event, seq)| SequencedEvent { event, seq, rev, at })
                    .collect(),
            };
            self.state.apply(&entry);
            entries.push(entry);
        }
        entries
    }
}

/// Where an entry comes from.
struct Origin {
    actor: Option<ParticipantId>,
    key: Option<CommandId>,
    fingerprint: Option<String>,
}

/// Adds an event to the part of its stream, which is the last, or begins one.
fn put(parts: &mut Vec<(StreamId, Vec<Event>)>, stream: StreamId, event: Event) {
    match parts.last_mut() {
        Some((last, part)) if *last == stream || part.is_empty() => {
            *last = stream;
            part.push(event);
        }
        _ => parts.push((stream, vec![event])),
    }
}

fn newcomer(actor: &Actor, role: Role, now: u64) -> Participant {
    Participant {
        id: actor.id.clone(),
        alias: actor.alias.clone(),
        role,
        room_id: RoomId::main(),
        assigned_room_id: None,
        hand_raised: false,
        muted: false,
        knocking_room_id: None,
        invitation: None,
        joined_at: now,
    }
}

/// Creating is no command on the wire; one with the same title stands for it.
fn creation_fingerprint(title: &SessionTitle, anonymous: bool) -> String {
    let command = flagship_protocol::commands::UpdateSession {
        title: Some(title.clone()),
        locked: anonymous.then_some(true),
        ..Default::default()
    };
    fingerprint(&command.into())
}
