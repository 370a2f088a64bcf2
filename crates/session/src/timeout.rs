//! What happens by itself when its time has come.
//!
//! Every moment is absolute and part of the state, so that it is the same after a restore, and a clock that jumped
//! only makes up for what it missed.

use flagship_protocol::events::Event;
use flagship_protocol::ids::RoomId;
use flagship_protocol::model::{Room, RoomState};

use crate::lifecycle::{closed, closing};
use crate::state::{RoomRecord, State};

impl State {
    /// When something happens by itself next, milliseconds since the epoch.
    pub fn next_timeout(&self) -> Option<u64> {
        self.rooms.values().filter_map(RoomRecord::next_timeout).min()
    }

    /// What happens by itself by `now`, as the entry `rev`.
    pub(crate) fn timeouts(&self, rev: u64, now: u64) -> Vec<Event> {
        let mut events = Vec::new();
        for room in self.rooms_by_age() {
            let Some(record) = self
                .rooms
                .get(&room.id)
                .filter(|record| record.next_timeout().is_some_and(|at| at <= now))
            else {
                continue;
            };
            match (room.state, room.ends_at, room.closes_at) {
                (RoomState::Open, Some(ends_at), _) if ends_at <= now => {
                    let closes_at = ends_at.saturating_add(self.info.countdown_ms.get());
                    if closes_at <= now {
                        events.extend(self.close(room, rev));
                    } else {
                        events.push(Event::BreakoutRoomClosing {
                            room: closing(room, closes_at, rev),
                        });
                    }
                }
                (RoomState::Open, Some(ends_at), _) => {
                    if let Some(remaining_ms) = record.next_warning_ms {
                        events.push(Event::BreakoutRoomWarning {
                            room_id: room.id.clone(),
                            ends_at,
                            remaining_ms,
                        });
                    }
                }
                (RoomState::Closing, _, _) => events.extend(self.close(room, rev)),
                _ => {}
            }
        }
        events
    }

    /// The events that close a room: everyone returns to main first.
    pub(crate) fn close(&self, room: &Room, rev: u64) -> Vec<Event> {
        let mut events = self.empty(&room.id);
        events.push(Event::BreakoutRoomClosed {
            room: closed(room, rev),
        });
        events
    }

    /// The events that bring everyone in a room back to main.
    pub(crate) fn empty(&self, room: &RoomId) -> Vec<Event> {
        let left = |id: &flagship_protocol::ids::ParticipantId| Event::BreakoutRoomLeft {
            room_id: room.clone(),
            participant_id: id.clone(),
        };
        self.occupants(room).map(|occupant| left(&occupant.id)).collect()
    }
}

impl RoomRecord {
    /// When something happens to this room by itself next.
    fn next_timeout(&self) -> Option<u64> {
        match self.room.state {
            RoomState::Open => {
                let ends_at = self.room.ends_at?;
                Some(
                    self.next_warning_ms
                        .map_or(ends_at, |left| ends_at.saturating_sub(left)),
                )
            }
            RoomState::Closing => self.room.closes_at,
            RoomState::Preparing | RoomState::Closed => None,
        }
    }
}
