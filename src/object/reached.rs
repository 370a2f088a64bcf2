//! How far one person has got with what is said: positions that only grow.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::frames::Positions;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use flagship_protocol::limits;
use serde::{Deserialize, Serialize};

/// How far somebody has got, by room, and by whom they talk with alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reached {
    /// What they have received.
    pub(super) received: BTreeMap<RoomId, u64>,
    /// What they have read.
    pub(super) read: BTreeMap<RoomId, u64>,
    /// What they have received directly: the number in the id of the last message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) direct_received: BTreeMap<ParticipantId, u64>,
    /// What they have read of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) direct_read: BTreeMap<ParticipantId, u64>,
    /// The last broadcast of each room that a client showed to them. It covers broadcasts only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) announced: BTreeMap<RoomId, u64>,
}

/// What is further than before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Advance {
    /// In these rooms.
    pub(super) rooms: BTreeSet<RoomId>,
    /// With these people.
    pub(super) people: BTreeSet<ParticipantId>,
    /// Whether something was read.
    pub(super) has_read: bool,
}

impl Reached {
    /// Takes over positions that are further. Gives where that was so.
    pub(super) fn advance(&mut self, other: &Self) -> Advance {
        let received = further(&mut self.received, &other.received);
        let read = further(&mut self.read, &other.read);
        let direct_received = further(&mut self.direct_received, &other.direct_received);
        let direct_read = further(&mut self.direct_read, &other.direct_read);
        let announced = further(&mut self.announced, &other.announced);
        Advance {
            has_read: !read.is_empty() || !direct_read.is_empty(),
            rooms: received.into_iter().chain(read).chain(announced).collect(),
            people: direct_received.into_iter().chain(direct_read).collect(),
        }
    }

    /// Whether something has been read here that another does not know of.
    pub(super) fn has_read_beyond(&self, other: &Self) -> bool {
        is_beyond(&self.read, &other.read) || is_beyond(&self.direct_read, &other.direct_read)
    }

    /// Forgets rooms that are not to be kept: nobody's positions may grow with all the rooms that they have ever been in.
    pub(super) fn keep(&mut self, is_kept: impl Fn(&RoomId) -> bool) {
        self.received.retain(|room, _| is_kept(room));
        self.read.retain(|room, _| is_kept(room));
        self.announced.retain(|room, _| is_kept(room));
    }

    /// Forgets the oldest talks if there are more than a socket can keep. Says whether there were.
    pub(super) fn shorten(&mut self) -> bool {
        let most = limits::DIRECT_POSITIONS_PER_SOCKET;
        if self.fits(most, limits::DIRECT_POSITIONS_BYTES) {
            return false;
        }
        // Half of them, so that the next ones find room for a while; fewer where ids are long.
        let mut kept = most / 2;
        while kept > 0 {
            self.keep_newest_talks(kept);
            if self.fits(most, limits::DIRECT_POSITIONS_BYTES / 2) {
                break;
            }
            kept /= 2;
        }
        true
    }

    fn fits(&self, talks: usize, bytes: usize) -> bool {
        let maps = [&self.direct_received, &self.direct_read];
        let ids = maps.into_iter().flat_map(BTreeMap::keys);
        maps.iter().all(|positions| positions.len() <= talks) && ids.map(position_bytes).sum::<usize>() <= bytes
    }

    fn keep_newest_talks(&mut self, kept: usize) {
        for positions in [&mut self.direct_received, &mut self.direct_read] {
            let mut newest: Vec<u64> = positions.values().copied().collect();
            newest.sort_unstable_by(|one, other| other.cmp(one));
            if let Some(last) = newest.get(kept) {
                positions.retain(|_, position| *position > *last);
            }
        }
    }

    /// The position up to which they have seen the broadcasts of a room: shown apart, or read with all messages before.
    pub(super) fn broadcast_seen(&self, room: &RoomId) -> Option<u64> {
        self.announced.get(room).copied().max(self.read.get(room).copied())
    }

    /// What was read, as it travels.
    pub(super) fn read_positions(&self) -> Positions {
        let rooms = self.read.iter().map(|(room, seq)| (StreamId::Room(room.clone()), *seq));
        let direct = self.direct_read.iter();
        let direct = direct.map(|(who, position)| (StreamId::Participant(who.clone()), *position));
        rooms.chain(direct).collect()
    }

    /// A number that is another one whenever something more was read.
    pub(super) fn read_mark(&self) -> u64 {
        self.read.values().chain(self.direct_read.values()).sum()
    }
}

/// How much one position takes of what a socket keeps: as JSON, with two bytes a character, which the platform uses for
/// the whole text as soon as one of its characters is outside of Latin-1.
fn position_bytes(who: &ParticipantId) -> usize {
    let escaped = |c: char| if matches!(c, '"' | '\\') { 2 } else { c.len_utf16() };
    let id: usize = who.as_str().chars().map(escaped).sum();
    // Two quotes, a colon, a comma, and a number of sixteen digits at most: JavaScript has no larger ones.
    2 * (id + 20)
}

/// Takes over what is further. Gives where that was so.
fn further<K: Ord + Clone>(own: &mut BTreeMap<K, u64>, others: &BTreeMap<K, u64>) -> Vec<K> {
    let mut changed = Vec::new();
    for (key, position) in others {
        let known = own.get(key).copied().unwrap_or(0);
        if *position > known {
            own.insert(key.clone(), *position);
            changed.push(key.clone());
        }
    }
    changed
}

fn is_beyond<K: Ord>(own: &BTreeMap<K, u64>, others: &BTreeMap<K, u64>) -> bool {
    own.iter()
        .any(|(key, position)| *position > others.get(key).copied().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(received: u64, read: u64) -> Reached {
        Reached {
            received: [(RoomId::main(), received)].into(),
            read: [(RoomId::main(), read)].into(),
            ..Reached::default()
        }
    }

    fn direct(who: &str, received: u64, read: u64) -> Reached {
        let who: ParticipantId = who.parse().unwrap();
        Reached {
            direct_received: [(who.clone(), received)].into(),
            direct_read: [(who, read)].into(),
            ..Reached::default()
        }
    }

    #[test]
    fn positions_only_grow() {
        let mut reached = at(5, 3);
        assert_eq!(reached.advance(&at(4, 2)), Advance::default());
        assert_eq!(reached, at(5, 3));
        let advance = reached.advance(&at(6, 3));
        assert_eq!((advance.rooms.len(), advance.has_read), (1, false));
        assert!(reached.advance(&at(5, 4)).has_read);
        assert_eq!(reached, at(6, 4));
        let advance = reached.advance(&direct("grace", 9, 7));
        assert_eq!(advance.people, ["grace".parse().unwrap()].into());
        assert!(advance.rooms.is_empty() && advance.has_read);
        assert_eq!(reached.advance(&direct("grace", 8, 7)), Advance::default());
    }

    #[test]
    fn a_broadcast_is_seen_without_what_was_said_before_it() {
        let announced = |seq: u64| Reached {
            announced: [(RoomId::main(), seq)].into(),
            ..Reached::default()
        };
        let mut reached = at(9, 3);
        let advance = reached.advance(&announced(8));
        assert_eq!((advance.rooms.len(), advance.has_read), (1, false));
        assert_eq!(reached.advance(&announced(7)), Advance::default());
        assert_eq!(reached.read.get(&RoomId::main()), Some(&3));
        assert_eq!(reached.broadcast_seen(&RoomId::main()), Some(8));
        assert_eq!(reached.read_positions().values().copied().collect::<Vec<_>>(), [3]);
        assert_eq!(at(9, 3).broadcast_seen(&RoomId::main()), Some(3));
        reached.keep(|_| false);
        assert_eq!(reached, Reached::default());
    }

    #[test]
    fn one_of_two_knows_what_the_other_does_not() {
        assert!(at(0, 4).has_read_beyond(&at(9, 3)));
        assert!(!at(9, 3).has_read_beyond(&at(0, 3)));
        assert!(direct("grace", 0, 1).has_read_beyond(&at(9, 3)));
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_rooms_that_one_has_been_in() {
        let mut reached = Reached::default();
        for number in 1..2_000_u64 {
            let here: RoomId = format!("r{number}").parse().unwrap();
            reached.advance(&Reached {
                received: [(here.clone(), 1)].into(),
                read: [(here.clone(), 1)].into(),
                ..Reached::default()
            });
            reached.keep(|room| *room == here);
            assert_eq!((reached.received.len(), reached.read.len()), (1, 1));
        }
    }

    #[test]
    fn a_socket_keeps_the_newest_talks_within_its_16_kb() {
        let characters: [(&str, usize); 4] = [("x", 1), ("\"", 1), ("é", 2), ("名", 3)];
        for (character, bytes) in characters {
            for length in [36, 128, limits::PARTICIPANT_ID_BYTES] {
                let mut reached = at(9_000_000_000_000_000, 9_000_000_000_000_000);
                let long = character.repeat((length - 4) / bytes);
                for number in 1..=200_u64 {
                    let who = format!("{long}{number:04}");
                    let position = 9_000_000_000_000_000 + number;
                    reached.advance(&direct(&who, position, position));
                    reached.shorten();
                    assert!(reached.direct_read.contains_key(who.as_str()), "the newest stays");
                    let json = serde_json::to_string(&reached).unwrap();
                    let kept = 2 * json.encode_utf16().count();
                    assert!(kept < 11_000, "{kept} bytes with {length} of {character}");
                }
                assert!(reached.direct_read.len() >= 4, "{length} of {character}");
            }
        }
    }

    #[test]
    fn with_ids_of_usual_length_it_keeps_two_dozen_talks() {
        let mut reached = Reached::default();
        for number in 1..=24_u64 {
            reached.advance(&direct(&format!("{number:036}"), number, number));
            assert!(!reached.shorten());
        }
        reached.advance(&direct("one-more", 25, 25));
        assert!(reached.shorten());
        assert_eq!(reached.direct_read.len(), 12);
        assert!(reached.direct_read.contains_key("one-more"));
    }

    #[test]
    fn what_was_written_before_there_were_direct_positions_is_read() {
        let reached: Reached = serde_json::from_str(r#"{"received":{"main":5},"read":{"main":3}}"#).unwrap();
        assert_eq!(reached, at(5, 3));
        assert_eq!(reached.read_mark(), 3);
        let positions = direct("auth0|ada", 9, 7).read_positions();
        assert_eq!(
            serde_json::to_string(&positions).unwrap(),
            r#"{"participant:auth0%7Cada":7}"#
        );
    }
}
