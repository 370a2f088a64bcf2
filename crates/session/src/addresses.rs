//! The e-mail addresses of the people of a session, so that a list finds those who are there.

use std::collections::BTreeMap;

use flagship_protocol::ids::ParticipantId;
use flagship_protocol::text::GuestKey;

use crate::state::{Actor, State};

/// Whose token says which e-mail address.
///
/// It is beside the state and not in it: an address is never shown, and neither the journal nor a snapshot keeps one.
/// What follows from an address is in the entries, as events about a participant, so that the state is the same without
/// it. After a restart it is known again of everybody who has a socket, and of others with their next request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addresses {
    of: BTreeMap<ParticipantId, GuestKey>,
}

impl Addresses {
    /// Remembers the address of a member. In an anonymous session nobody is known by one.
    pub(crate) fn learn(&mut self, state: &State, actor: &Actor) {
        let Some(email) = &actor.email else { return };
        if self.of.get(&actor.id) != Some(email) && !state.info.anonymous && state.members.contains_key(&actor.id) {
            self.of.insert(actor.id.clone(), email.clone());
        }
    }

    /// Whose address is known, with it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ParticipantId, &GuestKey)> {
        self.of.iter()
    }

    /// Somebody's address.
    pub(crate) fn get(&self, who: &ParticipantId) -> Option<&GuestKey> {
        self.of.get(who)
    }
}
