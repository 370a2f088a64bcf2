//! Who should be muted where, and who lifts it.

use std::collections::BTreeSet;

use flagship_protocol::error::ErrorCode;
use flagship_protocol::ids::{ParticipantId, RoomId};

use super::reference::{Reference, keeps_order};
use super::rules::{Outcome, refuse_if};

impl Reference {
    /// Those who keep order mute somebody everywhere, facilitators where they are; and nobody lifts what weighs more.
    pub(super) fn mute(&mut self, me: &ParticipantId, who: &ParticipantId, muted: bool) -> Outcome {
        let (mine, theirs) = (self.person(me).role, self.person(who).role);
        refuse_if(muted && keeps_order(theirs), ErrorCode::Forbidden)?;
        let own = self.rooms.iter().filter(|(_, room)| room.facilitators.contains(me));
        let own: BTreeSet<RoomId> = own.map(|(id, _)| id.clone()).collect();
        let person = self.people.get_mut(who).unwrap();
        match (muted, keeps_order(mine)) {
            (true, true) => person.muted = person.muted.max(Some(mine)),
            (true, false) => drop(person.muted_in.insert(person.place.clone())),
            (false, true) => {
                refuse_if(person.muted > Some(mine), ErrorCode::Forbidden)?;
                (person.muted, person.muted_in) = (None, BTreeSet::new());
            }
            (false, false) => {
                let is_theirs = person.muted_in.iter().any(|room| own.contains(room));
                refuse_if(!is_theirs && person.muted.is_some(), ErrorCode::Forbidden)?;
                person.muted_in.retain(|room| !own.contains(room));
            }
        }
        Ok(())
    }

    /// Whether somebody is muted neither everywhere nor there.
    pub(super) fn may_be_heard(&self, me: &ParticipantId, room: &RoomId) -> Outcome {
        let person = self.person(me);
        let is_muted = person.muted.is_some() || person.muted_in.contains(room);
        refuse_if(is_muted, ErrorCode::Muted)
    }
}
