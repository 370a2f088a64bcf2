//! A room's life: `preparing -> open -> closing -> closed`, and open again.

use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;
use flagship_protocol::model::{Room, RoomRound, RoomState};

use crate::rejection::Rejection;

/// The room, open until `ends_at`.
pub(crate) fn opened(room: &Room, ends_at: Option<u64>, rev: u64) -> Room {
    Room {
        state: RoomState::Open,
        ends_at,
        closes_at: None,
        version: rev,
        ..room.clone()
    }
}

/// Returns a room's openings with a new one, in the session's `round`, with the room's stream at `head`. It replaces the
/// last opening if the stream has not moved since.
pub(crate) fn openings(room: &Room, round: u32, head: u64) -> Vec<RoomRound> {
    let mut rounds = room.rounds.clone();
    rounds.pop_if(|last| last.after == head);
    rounds.push(RoomRound { round, after: head });
    let surplus = rounds.len().saturating_sub(limits::ROOM_ROUNDS);
    rounds.drain(..surplus);
    rounds
}

/// The room with its countdown running.
pub(crate) fn closing(room: &Room, closes_at: u64, rev: u64) -> Room {
    Room {
        state: RoomState::Closing,
        ends_at: None,
        closes_at: Some(closes_at),
        version: rev,
        ..room.clone()
    }
}

/// The room after everyone has left it.
pub(crate) fn closed(room: &Room, rev: u64) -> Room {
    Room {
        state: RoomState::Closed,
        ends_at: None,
        closes_at: None,
        version: rev,
        ..room.clone()
    }
}

/// Whether people are in the room, or could be.
pub(crate) fn is_in_use(room: &Room) -> bool {
    matches!(room.state, RoomState::Open | RoomState::Closing)
}

/// Refuses a room that nobody can come into now.
pub(crate) fn check_open(room: &Room) -> Result<(), Rejection> {
    if room.state == RoomState::Open {
        return Ok(());
    }
    Err(Rejection::RoomNotOpen(room.id.clone(), room.state))
}

/// Refuses a room in which nothing can be said now.
pub(crate) fn check_in_use(room: &Room) -> Result<(), Rejection> {
    if is_in_use(room) {
        return Ok(());
    }
    Err(Rejection::RoomNotOpen(room.id.clone(), room.state))
}

/// The next warning of a room, as the time left then: the first whose moment is after `now`.
pub(crate) fn next_warning(room: &Room, now: u64) -> Option<u64> {
    let ends_at = room.ends_at.filter(|_| room.state == RoomState::Open)?;
    limits::TIMER_WARNINGS_MS
        .into_iter()
        .find(|left| ends_at.saturating_sub(*left) > now)
}

/// Refuses a timer that would end later than a timer may.
pub(crate) fn check_end(room: &RoomId, ends_at: u64, now: u64) -> Result<(), Rejection> {
    if ends_at.saturating_sub(now) <= limits::TIMER_MAX_MS {
        return Ok(());
    }
    Err(Rejection::TimerTooLong(room.clone()))
}
