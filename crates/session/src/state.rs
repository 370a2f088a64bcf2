//! The state of a session, as the snapshot keeps it.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::events::Event;
use flagship_protocol::ids::{HelpRequestId, ParticipantId, RoomId, StreamId};
use flagship_protocol::model::{self, Participant, Role, Room, RoomState};
use flagship_protocol::moderation::{HelpRequest, Profile};
use flagship_protocol::text::{Alias, GuestKey};
use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::departures::Departure;
use crate::lifecycle::check_open;
use crate::rejection::Rejection;
use crate::stays::Stays;

/// Who asks: the verified identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The token's subject.
    pub id: ParticipantId,
    /// The token's alias, used when they first join.
    pub alias: Alias,
    /// The token's e-mail address, by which they may be expected. Never shown and never kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<GuestKey>,
    /// Whether they chose the alias, so that it may be shown where nobody is known by name.
    #[serde(default)]
    pub has_chosen_alias: bool,
}

impl Actor {
    /// An identity that was verified, of which no more is known.
    pub fn new(id: ParticipantId, alias: Alias) -> Self {
        Self {
            id,
            alias,
            email: None,
            has_chosen_alias: false,
        }
    }
}

/// Somebody who is or was in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// As others see them.
    pub participant: Participant,
    /// Whether they are in the session now. Being connected is another matter.
    pub joined: bool,
    /// The breakout room that they were in last, if they are in none.
    pub previous_room_id: Option<RoomId>,
    /// When they last said something, milliseconds since the epoch.
    pub spoke_at: Option<u64>,
    /// What they wrote about themselves.
    pub profile: Profile,
    /// Recent departures from rooms, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departures: Vec<Departure>,
    /// Their stays in breakout rooms, which decide what they may read there.
    #[serde(default, skip_serializing_if = "Stays::is_empty")]
    pub stays: Stays,
    /// Whether they were removed or banned and have not joined again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// A breakout room and who has been in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRecord {
    /// As everyone sees it.
    pub room: Room,
    /// Everyone who has been in it. In a session without [`model::ChatHistory`] they read all of it.
    pub members: BTreeSet<ParticipantId>,
    /// The next warning before its timer ends, as the time left then, in milliseconds.
    pub next_warning_ms: Option<u64>,
    /// How lively it is.
    pub activity: Activity,
}

/// Everything that is true in a session. Changed only by applying entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The session as everyone sees it.
    pub info: model::Session,
    /// Marks this history.
    pub epoch: String,
    /// The last entry's position.
    pub rev: u64,
    /// The last entry's time.
    pub at: u64,
    /// Everyone who is or was in the session.
    pub members: BTreeMap<ParticipantId, Member>,
    /// Who may not come back.
    pub banned: BTreeSet<ParticipantId>,
    /// The breakout rooms that are not deleted.
    pub rooms: BTreeMap<RoomId, RoomRecord>,
    /// Who is expected, and in which room.
    pub guests: BTreeMap<GuestKey, RoomId>,
    /// Open requests for help.
    pub help: BTreeMap<HelpRequestId, HelpRequest>,
    /// The last `seq` of each stream; a stream without events is absent.
    pub heads: BTreeMap<StreamId, u64>,
}

impl State {
    /// Somebody who is in the session now.
    pub fn participant(&self, id: &ParticipantId) -> Option<&Participant> {
        self.members
            .get(id)
            .filter(|member| member.joined)
            .map(|member| &member.participant)
    }

    /// Somebody's role, or the one that they would have.
    pub fn role(&self, id: &ParticipantId) -> Role {
        self.members
            .get(id)
            .map_or(Role::Participant, |member| member.participant.role)
    }

    /// Everyone who is in the session now, by id.
    pub fn participants(&self) -> impl Iterator<Item = &Participant> {
        self.members
            .values()
            .filter(|member| member.joined)
            .map(|member| &member.participant)
    }

    /// Everyone who is in a room now, by id.
    pub fn occupants<'a>(&'a self, room: &'a RoomId) -> impl Iterator<Item = &'a Participant> {
        self.participants()
            .filter(move |participant| participant.room_id == *room)
    }

    /// Whether somebody facilitates a room.
    pub fn is_facilitator(&self, who: &ParticipantId, room: &RoomId) -> bool {
        self.rooms
            .get(room)
            .is_some_and(|record| record.room.facilitator_ids.contains(who))
    }

    /// Whether a round is running: some breakout room is open.
    pub(crate) fn is_round_running(&self) -> bool {
        self.rooms.values().any(|record| record.room.state == RoomState::Open)
    }

    /// The events that take somebody from where they are to a room, and them as they are after it.
    pub(crate) fn travel(&self, who: &Participant, to: &RoomId) -> (Vec<Event>, Participant) {
        let mut events = Vec::new();
        if who.room_id != *to {
            let participant_id = || who.id.clone();
            if !who.room_id.is_main() {
                events.push(Event::BreakoutRoomLeft {
                    room_id: who.room_id.clone(),
                    participant_id: participant_id(),
                });
            }
            if !to.is_main() {
                events.push(Event::BreakoutRoomJoined {
                    room_id: to.clone(),
                    participant_id: participant_id(),
                });
            }
        }
        (
            events,
            Participant {
                room_id: to.clone(),
                ..who.clone()
            },
        )
    }

    /// The rooms, oldest first.
    pub fn rooms_by_age(&self) -> Vec<&Room> {
        let mut rooms: Vec<&Room> = self.rooms.values().map(|record| &record.room).collect();
        rooms.sort_by_key(|room| room.id.age());
        rooms
    }

    /// A breakout room.
    ///
    /// # Errors
    /// [`Rejection::RoomNotFound`]; [`Rejection::MainRoom`] for `main`, which is no breakout room.
    pub fn room(&self, id: &RoomId) -> Result<&Room, Rejection> {
        if id.is_main() {
            return Err(Rejection::MainRoom);
        }
        let record = self.rooms.get(id).ok_or_else(|| Rejection::RoomNotFound(id.clone()))?;
        Ok(&record.room)
    }

    /// A breakout room that people may go into.
    ///
    /// # Errors
    /// As [`Self::room`], and [`Rejection::RoomNotOpen`].
    pub fn open_room(&self, id: &RoomId) -> Result<&Room, Rejection> {
        let room = self.room(id)?;
        check_open(room)?;
        Ok(room)
    }

    /// The last `seq` of a stream; 0 before its first event.
    pub fn head(&self, stream: &StreamId) -> u64 {
        self.heads.get(stream).copied().unwrap_or(0)
    }

    /// Hosts, whether they are in the session now or not.
    pub fn hosts(&self) -> usize {
        self.members
            .values()
            .filter(|member| member.participant.role == Role::Host)
            .count()
    }

    /// Whether somebody may be in the session, now or by a first action.
    ///
    /// # Errors
    /// [`Rejection::Banned`]; for newcomers [`Rejection::SessionEnded`], [`Rejection::SessionLocked`],
    /// [`Rejection::SessionFull`].
    pub fn may_enter(&self, who: &ParticipantId) -> Result<(), Rejection> {
        if self.banned.contains(who) {
            return Err(Rejection::Banned);
        }
        if let Some(member) = self.members.get(who) {
            let is_live = self.info.state == model::SessionState::Live;
            // A lock keeps out a participant who was removed as it keeps out a newcomer.
            if member.removed && self.info.locked && is_live {
                return Err(Rejection::SessionLocked);
            }
            return Ok(());
        }
        if self.info.state == model::SessionState::Ended {
            return Err(Rejection::SessionEnded);
        }
        if self.info.locked {
            return Err(Rejection::SessionLocked);
        }
        if self.members.len() >= flagship_protocol::limits::PARTICIPANTS {
            return Err(Rejection::SessionFull);
        }
        Ok(())
    }
}
