//! Stays of participants in breakout rooms, as positions of the rooms' streams.

use flagship_protocol::ids::RoomId;
use flagship_protocol::limits;
use serde::{Deserialize, Serialize};

use crate::readable::Span;

/// A stay of a participant in a breakout room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The room.
    pub room: RoomId,
    /// The positions of the room's stream during the stay.
    #[serde(flatten)]
    pub span: Span,
}

/// The stays of a participant, ordered by when they began. Stays in the same room neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stays(Vec<Stay>);

impl Stays {
    /// Returns whether there are no stays.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Begins a stay at the position `first`. Earlier stays in the room that overlap or touch it become part of it.
    pub(crate) fn begin(&mut self, room: &RoomId, mut first: u64) {
        self.0.retain(|stay| {
            let touches = stay.span.last.is_none_or(|last| last.saturating_add(1) >= first);
            let is_part = stay.room == *room && touches;
            if is_part {
                first = first.min(stay.span.first);
            }
            !is_part
        });
        let span = Span { first, last: None };
        self.0.push(Stay {
            room: room.clone(),
            span,
        });
        let surplus = self.0.len().saturating_sub(limits::STAYS_PER_PARTICIPANT);
        self.0.drain(..surplus);
    }

    /// Ends the stay in a room whose stream is at `head`. Drops the stay if the stream did not move during it.
    pub(crate) fn end(&mut self, room: &RoomId, head: u64) {
        let open = |stay: &Stay| stay.room == *room && stay.span.last.is_none();
        self.0.retain(|stay| !open(stay) || stay.span.first <= head);
        for stay in self.0.iter_mut().filter(|stay| open(stay)) {
            stay.span.last = Some(head);
        }
    }

    /// Drops the stays in a deleted room.
    pub(crate) fn forget(&mut self, room: &RoomId) {
        self.0.retain(|stay| stay.room != *room);
    }

    /// Returns the stays in a room, oldest first.
    pub fn in_room(&self, room: &RoomId) -> Vec<Span> {
        let stays = self.0.iter().filter(|stay| stay.room == *room);
        stays.map(|stay| stay.span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(id: &str) -> RoomId {
        id.parse().unwrap()
    }

    fn spans(stays: &Stays, id: &str) -> Vec<(u64, Option<u64>)> {
        let spans = stays.in_room(&room(id)).into_iter();
        spans.map(|span| (span.first, span.last)).collect()
    }

    #[test]
    fn a_stay_has_what_came_during_it() {
        let mut stays = Stays::default();
        stays.begin(&room("r1"), 5);
        assert_eq!(spans(&stays, "r1"), [(5, None)]);
        assert_eq!(spans(&stays, "r2"), []);
        stays.end(&room("r1"), 9);
        stays.begin(&room("r1"), 21);
        assert_eq!(spans(&stays, "r1"), [(5, Some(9)), (21, None)]);
    }

    #[test]
    fn hopping_costs_nothing() {
        let mut stays = Stays::default();
        for _ in 0..1_000 {
            stays.begin(&room("r1"), 5);
            stays.end(&room("r1"), 4);
        }
        assert!(stays.is_empty(), "nothing came");
        stays.begin(&room("r1"), 5);
        stays.end(&room("r1"), 9);
        for _ in 0..1_000 {
            stays.begin(&room("r1"), 10);
            stays.end(&room("r1"), 9);
        }
        assert_eq!(spans(&stays, "r1"), [(5, Some(9))]);
    }

    #[test]
    fn a_stay_that_reaches_back_takes_in_those_it_meets() {
        let mut stays = Stays::default();
        for (first, last) in [(2, 3), (11, 13), (17, 18)] {
            stays.begin(&room("r1"), first);
            stays.end(&room("r1"), last);
        }
        stays.begin(&room("r2"), 1);
        stays.end(&room("r2"), 4);
        stays.begin(&room("r1"), 12);
        assert_eq!(spans(&stays, "r1"), [(2, Some(3)), (11, None)]);
        assert_eq!(spans(&stays, "r2"), [(1, Some(4))]);
    }

    #[test]
    fn of_too_many_the_oldest_are_forgotten_and_never_the_one_that_goes_on() {
        let mut stays = Stays::default();
        for number in 0..limits::STAYS_PER_PARTICIPANT as u64 + 5 {
            stays.begin(&room("r1"), 10 * number + 1);
            stays.end(&room("r1"), 10 * number + 2);
        }
        stays.begin(&room("r2"), 1);
        assert_eq!(stays.0.len(), limits::STAYS_PER_PARTICIPANT);
        assert_eq!(spans(&stays, "r1")[0].0, 61);
        assert_eq!(spans(&stays, "r2"), [(1, None)]);
        stays.forget(&room("r1"));
        assert_eq!(stays.0.len(), 1);
    }

    #[test]
    fn a_stay_is_kept_in_few_words() {
        let mut stays = Stays::default();
        stays.begin(&room("r1"), 5);
        stays.end(&room("r1"), 9);
        stays.begin(&room("r2"), 1);
        let json = r#"[{"room":"r1","first":5,"last":9},{"room":"r2","first":1}]"#;
        assert_eq!(serde_json::to_string(&stays).unwrap(), json);
        assert_eq!(serde_json::from_str::<Stays>(json).unwrap(), stays);
    }
}
