//! How lively a room is, told without what was said.

use std::collections::VecDeque;

use flagship_protocol::http::RoomActivity;
use flagship_protocol::limits::ACTIVITY_MINUTES;
use flagship_protocol::moderation::HelpState;
use serde::{Deserialize, Serialize};

use crate::rejection::Rejection;
use crate::state::{Actor, RoomRecord, State};

const MINUTE_MS: u64 = 60_000;

/// Counts of messages: all, and by minute for the last [`ACTIVITY_MINUTES`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// How many messages were said.
    pub messages: u64,
    /// When the last one was, milliseconds since the epoch.
    pub last_message_at: Option<u64>,
    /// Minutes since the epoch with how many were said in them, oldest first.
    minutes: VecDeque<(u64, u32)>,
}

impl Activity {
    /// Counts a message.
    pub(crate) fn hear(&mut self, at: u64) {
        self.messages += 1;
        self.last_message_at = Some(at);
        let minute = at / MINUTE_MS;
        match self.minutes.back_mut() {
            Some((last, count)) if *last == minute => *count += 1,
            _ => self.minutes.push_back((minute, 1)),
        }
        while self
            .minutes
            .front()
            .is_some_and(|(first, _)| first + ACTIVITY_MINUTES < minute)
        {
            self.minutes.pop_front();
        }
    }

    /// How many were said in the last [`ACTIVITY_MINUTES`], the one that is not over included.
    pub(crate) fn recent(&self, now: u64) -> u32 {
        let minute = now / MINUTE_MS;
        let recent = self.minutes.iter().filter(|(at, _)| at + ACTIVITY_MINUTES > minute);
        recent.map(|(_, count)| count).sum()
    }
}

impl State {
    /// How lively each room is, oldest first.
    ///
    /// # Errors
    /// [`Rejection::Forbidden`] for those who do not keep order, or why they may not enter.
    pub fn activity(&self, actor: &Actor, now: u64) -> Result<Vec<RoomActivity>, Rejection> {
        self.check_moderation(&actor.id)?;
        let rooms = self.rooms_by_age().into_iter();
        Ok(rooms
            .filter_map(|room| self.rooms.get(&room.id))
            .map(|record| self.room_activity(record, now))
            .collect())
    }

    fn room_activity(&self, record: &RoomRecord, now: u64) -> RoomActivity {
        let room = &record.room.id;
        let present = || self.occupants(room);
        let assigned = |who: &&flagship_protocol::model::Participant| who.assigned_room_id.as_ref() == Some(room);
        let waiting = self
            .help
            .values()
            .filter(|request| request.state == HelpState::Waiting)
            .filter(|request| present().any(|occupant| occupant.id == request.participant_id));
        RoomActivity {
            room_id: room.clone(),
            present: present().count(),
            assigned: self.participants().filter(assigned).count(),
            messages: record.activity.messages,
            recent_messages: record.activity.recent(now),
            last_message_at: record.activity.last_message_at,
            longest_help_wait_ms: waiting.map(|request| now.saturating_sub(request.asked_at)).max(),
        }
    }
}
