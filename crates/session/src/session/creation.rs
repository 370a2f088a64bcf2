//! How a session begins.

use flagship_protocol::events::Event;
use flagship_protocol::ids::{CommandId, SessionId};
use flagship_protocol::model::{self, ChatHistory, LateJoiners, Role, SessionState};
use flagship_protocol::number::CountdownMs;
use flagship_protocol::text::SessionTitle;

use super::Session;
use super::writing::Origin;
use crate::addresses::Addresses;
use crate::arrival::newcomer;
use crate::decide::Decision;
use crate::entry::Entry;
use crate::idempotency::{KeyIndex, fingerprint};
use crate::rejection::Rejection;
use crate::state::{Actor, State};

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
            chat_history: Some(ChatHistory::Stay),
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
            addresses: Addresses::default(),
        };
        let events = vec![created, Event::ParticipantJoined { participant }];
        let origin = Origin {
            actor: Some(creator.id.clone()),
            key,
            fingerprint: Some(creation_fingerprint(&title, anonymous)),
        };
        let entries = session.append(Decision { events, result: None }, origin, now);
        session.know_address(creator);
        (session, entries)
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
