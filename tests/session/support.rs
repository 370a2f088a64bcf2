//! A session with a journal, as the Durable Object would keep them, for tests without a platform.

use flagship_protocol::commands::{
    Assign, Assignment, Command, CreateRoom, JoinRoom, JoinSession, SendMessage, SetRole, UpdateRoom,
};
use flagship_protocol::decode::Change;
use flagship_protocol::error::ErrorCode;
use flagship_protocol::events::Event;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{CommandId, MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use flagship_protocol::model::{Participant, Role, Room, RoomState};
use flagship_protocol::number::Capacity;
use flagship_session::{Actor, Entry, Handled, KnownKey, NewSession, Rejection, Said, Session, State};

/// Somebody, by name.
pub(crate) fn actor(name: &str) -> Actor {
    Actor::new(id(name), name.parse().unwrap())
}

/// Somebody's id.
pub(crate) fn id(name: &str) -> ParticipantId {
    name.parse().unwrap()
}

/// A change of a room that changes nothing yet.
pub(crate) fn update(room_id: &RoomId) -> UpdateRoom {
    UpdateRoom {
        room_id: room_id.clone(),
        name: None,
        capacity: Change::Keep,
        locked: None,
        facilitator_ids: None,
        slow_mode_ms: Change::Keep,
        expected_version: None,
    }
}

/// Somebody's room.
pub(crate) fn to(who: &str, room: Option<&RoomId>) -> Assignment {
    Assignment {
        participant_id: id(who),
        room_id: room.cloned(),
        expected_room_id: Change::Keep,
        expected_location_id: None,
    }
}

/// A session that `ada` created and hosts, with its journal.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) session: Session,
    pub(crate) journal: Vec<Entry>,
    pub(crate) snapshot: Option<State>,
    pub(crate) now: u64,
    keys: u64,
}

/// The answer to a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rev: u64,
    pub(crate) duplicate: bool,
    pub(crate) result: CommandResult,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let plan = NewSession {
            id: "s1".parse().unwrap(),
            title: "Workshop".parse().unwrap(),
            anonymous: false,
        };
        let (session, journal) = Session::create(plan, "epoch".into(), &actor("ada"), None, 1_000);
        Self {
            session,
            journal,
            snapshot: None,
            now: 1_000,
            keys: 0,
        }
    }

    /// Carries out a command under a key.
    pub(crate) fn send(&mut self, who: &str, key: &str, command: impl Into<Command>) -> Result<Answer, Rejection> {
        self.send_as(&actor(who), key, command)
    }

    /// Carries out a command of somebody with more than a name.
    pub(crate) fn send_as(&mut self, who: &Actor, key: &str, command: impl Into<Command>) -> Result<Answer, Rejection> {
        let command: Command = command.into();
        let key: CommandId = key.parse().unwrap();
        let said = command.about_message().and_then(|id| self.said(id));
        match self
            .session
            .handle_about(who, &key, &command, said.as_ref(), self.now)?
        {
            Handled::Done(done) => {
                if let Some(said) = done.said {
                    self.rewrite(&said);
                }
                self.journal.extend(done.entries);
                Ok(Answer {
                    rev: done.rev,
                    duplicate: false,
                    result: done.result,
                })
            }
            Handled::Repeat { rev } => {
                let entry = self.journal.iter().find(|entry| entry.rev == rev).unwrap();
                Ok(Answer {
                    rev,
                    duplicate: true,
                    result: self.session.settle(entry, &who.id, &key, &command, said.as_ref())?,
                })
            }
        }
    }

    /// A message as the journal has it now.
    pub(crate) fn said(&self, id: &MessageId) -> Option<Said> {
        let events = self.journal.iter().flat_map(|entry| &entry.events);
        let mut said = events.filter_map(|sequenced| Said::of(&sequenced.event));
        said.find(|said| said.id() == id)
    }

    /// Puts what became of a message wherever the journal shows it.
    fn rewrite(&mut self, said: &Said) {
        let events = self.journal.iter_mut().flat_map(|entry| &mut entry.events);
        for sequenced in events {
            match (&mut sequenced.event, said) {
                (Event::MessageCreated { message } | Event::MessageEdited { message }, Said::Room(said))
                    if message.id == said.id =>
                {
                    *message = said.clone();
                }
                (
                    Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message },
                    Said::Direct(said),
                ) if message.id == said.id => *message = said.clone(),
                _ => {}
            }
        }
    }

    /// Carries out a command under a new key.
    pub(crate) fn tries(&mut self, who: &str, command: impl Into<Command>) -> Result<Answer, Rejection> {
        self.keys += 1;
        self.send(who, &format!("key-{}", self.keys), command)
    }

    /// Carries out a command that is to succeed.
    pub(crate) fn does(&mut self, who: &str, command: impl Into<Command>) -> CommandResult {
        self.tries(who, command).unwrap().result
    }

    /// Tries a command that is to be refused, and checks that nothing changed.
    pub(crate) fn is_refused(&mut self, who: &str, command: impl Into<Command>) -> ErrorCode {
        let before = (self.session.state().clone(), self.journal.len());
        let rejection = self.tries(who, command).unwrap_err();
        assert_eq!(
            (self.session.state().clone(), self.journal.len()),
            before,
            "a refusal changes nothing"
        );
        rejection.code()
    }

    /// Creates a room.
    pub(crate) fn room(&mut self, name: &str) -> RoomId {
        let command = CreateRoom {
            name: name.parse().unwrap(),
            capacity: None,
            preparing: false,
        };
        self.does("ada", command).room.unwrap().id
    }

    /// Creates a room that is to be opened later.
    pub(crate) fn prepare(&mut self, name: &str, capacity: Option<u64>) -> RoomId {
        let command = CreateRoom {
            name: name.parse().unwrap(),
            capacity: capacity.and_then(Capacity::new),
            preparing: true,
        };
        self.does("ada", command).room.unwrap().id
    }

    /// Brings people in.
    pub(crate) fn come(&mut self, people: &[&str]) {
        for who in people {
            self.does(who, JoinSession {});
        }
    }

    /// Brings somebody in by their presence alone.
    pub(crate) fn appears(&mut self, who: &Actor) {
        self.journal.extend(self.session.enter(who, self.now).unwrap());
    }

    /// Gives people rooms.
    pub(crate) fn assign(&mut self, assignments: impl Into<Vec<Assignment>>) {
        let assignments = assignments.into();
        self.does("ada", Assign { assignments });
    }

    /// Goes into a room.
    pub(crate) fn join(&mut self, who: &str, room: &RoomId) {
        self.does(
            who,
            JoinRoom {
                room_id: room.clone(),
                expected_room_id: None,
            },
        );
    }

    /// Says something.
    pub(crate) fn say(&mut self, who: &str, room: &RoomId, content: &str) -> Result<Answer, Rejection> {
        self.tries(
            who,
            SendMessage {
                room_id: room.clone(),
                content: content.parse().unwrap(),
                reply_to: None,
                mentions: vec![],
                seen_session: None,
            },
        )
    }

    /// Gives a role.
    pub(crate) fn promote(&mut self, who: &str, role: Role) {
        self.does(
            "ada",
            SetRole {
                participant_id: id(who),
                role,
                expected_role: None,
            },
        );
    }

    /// Lets the time pass, doing what is due on the way, as the alarm would.
    pub(crate) fn wait_until(&mut self, now: u64) {
        while let Some(due) = self.session.poll_timeout().filter(|due| *due <= now) {
            self.now = self.now.max(due);
            self.time_out();
        }
        self.now = self.now.max(now);
    }

    /// Does what is due now.
    pub(crate) fn time_out(&mut self) {
        let before = self.session.poll_timeout();
        self.journal.extend(self.session.handle_timeout(self.now));
        assert_ne!(
            self.session.poll_timeout(),
            before,
            "the alarm does not ring twice for the same"
        );
    }

    /// Somebody who is in the session.
    pub(crate) fn person(&self, who: &str) -> &Participant {
        self.session.state().participant(&id(who)).unwrap()
    }

    /// A room as it is now.
    pub(crate) fn shown(&self, room: &RoomId) -> &Room {
        self.session.state().room(room).unwrap()
    }

    /// Where somebody is.
    pub(crate) fn location(&self, who: &str) -> RoomId {
        self.session.state().participant(&id(who)).unwrap().room_id.clone()
    }

    /// The events of the last entry.
    pub(crate) fn last_events(&self) -> Vec<&Event> {
        self.journal
            .last()
            .unwrap()
            .events
            .iter()
            .map(|sequenced| &sequenced.event)
            .collect()
    }

    /// Takes a snapshot, as the object does every so often.
    pub(crate) fn take_snapshot(&mut self) {
        // Through JSON, as it is stored.
        let json = serde_json::to_string(self.session.state()).unwrap();
        self.snapshot = Some(serde_json::from_str(&json).unwrap());
    }

    /// Loses everything in memory and restores it from snapshot and tail.
    pub(crate) fn restart(&mut self) {
        let after = self.snapshot.as_ref().map_or(0, |state| state.rev);
        let tail = self.journal.iter().filter(|entry| entry.rev > after).cloned();
        let mut session = Session::restore(self.snapshot.clone(), tail).unwrap();
        session.know(self.journal.iter().filter_map(|entry| {
            let (actor, key) = entry.actor.clone().zip(entry.key.clone())?;
            Some(KnownKey {
                rev: entry.rev,
                actor,
                key,
            })
        }));
        self.session = session;
    }

    /// Checks what must always hold.
    pub(crate) fn check(&self) {
        let state = self.session.state();
        assert!(state.hosts() >= 1, "there is a host");
        assert!(state.rooms.len() <= limits::ROOMS);
        for participant in state.participants() {
            let room = &participant.room_id;
            let in_use = state
                .room(room)
                .is_ok_and(|room| matches!(room.state, RoomState::Open | RoomState::Closing));
            assert!(room.is_main() || in_use, "{participant:?} is stranded");
            assert!(room.is_main() || state.rooms[room].members.contains(&participant.id));
            assert!(
                !state.banned.contains(&participant.id),
                "{participant:?} is banned but present"
            );
            assert!(
                !participant.muted || participant.role == Role::Participant,
                "{participant:?} keeps order and is muted"
            );
            let invited = participant.invitation.as_ref().map(|invitation| &invitation.room_id);
            for room in participant.knocking_room_id.iter().chain(invited) {
                let in_use = matches!(state.room(room).unwrap().state, RoomState::Open | RoomState::Closing);
                assert!(in_use, "{participant:?} waits at a room that has closed");
            }
        }
        assert!(state.guests.values().all(|room| state.rooms.contains_key(room)));
        for request in state.help.values() {
            assert!(
                state.participant(&request.participant_id).is_some(),
                "{request:?} waits for nobody"
            );
        }
        let mut heads = std::collections::BTreeMap::new();
        for (index, entry) in self.journal.iter().enumerate() {
            assert_eq!(entry.rev, index as u64 + 1, "revs have no gaps");
            let head = heads.entry(entry.stream.clone()).or_insert(0);
            assert_eq!(entry.from, *head, "streams have no gaps");
            for sequenced in &entry.events {
                *head += 1;
                assert_eq!((sequenced.seq, sequenced.rev), (*head, entry.rev));
                let (stream, copy) = sequenced.event.streams();
                assert!(
                    stream == entry.stream || copy.as_ref() == Some(&entry.stream),
                    "an entry has one stream"
                );
            }
            check_secrets(entry);
        }
        heads.retain(|_, head| *head > 0);
        assert_eq!(state.heads, heads);
    }
}

/// Checks that nobody hears what is not for them. A text that is for moderators says whose it is: `secret of ada`.
fn check_secrets(entry: &Entry) {
    let heard = serde_json::to_string(&entry.events).unwrap();
    let owner = match &entry.stream {
        StreamId::Moderators => return,
        StreamId::Participant(owner) => owner.as_str(),
        StreamId::Session | StreamId::Room(_) => "",
    };
    for (start, secret) in heard.match_indices("secret of ") {
        let whose = &heard[start + secret.len()..];
        assert!(
            !owner.is_empty() && whose.starts_with(owner),
            "{} tells a secret: {heard}",
            entry.stream
        );
    }
}
