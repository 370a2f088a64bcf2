//! What was sent, and who has heard it: every message once, in its sender's order.

use crate::content::MessageId;
use crate::plan::Plan;
use crate::protocol::Heard;
use crate::tally::{Tally, record};

#[derive(Debug)]
struct Sent {
    /// When it was due, by the clock.
    at: u64,
    /// Who sent it, as an index into the members of the room.
    sender: usize,
}

#[derive(Debug, Default)]
struct Room {
    /// Its connections.
    members: Vec<usize>,
    sent: Vec<Sent>,
}

/// What one connection has heard in its room.
#[derive(Debug, Default)]
struct Memory {
    /// A bit for each message.
    heard: Vec<u64>,
    /// For each member of the room, one more than the number of their newest message; 0 before the first.
    newest: Vec<u32>,
}

impl Memory {
    /// Remembers a message; `false` if it was heard before.
    fn mark(&mut self, number: u32) -> bool {
        let (word, bit) = (number as usize / 64, 1 << (number % 64));
        if self.heard.len() <= word {
            self.heard.resize(word + 64, 0);
        }
        let is_new = self.heard[word] & bit == 0;
        self.heard[word] |= bit;
        is_new
    }
}

/// Everything sent in one run.
pub struct Ledger {
    rooms: Vec<Room>,
    memories: Vec<Memory>,
    /// The index of each connection among the members of its room.
    places: Vec<usize>,
    acknowledges: bool,
    /// What is counted now.
    pub tally: Tally,
    /// Deliveries that are still to come.
    pub outstanding: u64,
    /// Deliveries so far.
    pub deliveries: u64,
    /// Messages settled so far.
    pub settlements: u64,
}

impl Ledger {
    /// Nothing sent yet. Without acknowledgements, a message is settled when its sender has it back.
    pub fn new(plan: &Plan, acknowledges: bool) -> Self {
        let mut rooms: Vec<Room> = vec![];
        let mut places = vec![];
        for (key, member) in plan.connections.iter().enumerate() {
            let room = usize::from(member.room);
            rooms.resize_with(rooms.len().max(room + 1), Room::default);
            places.push(rooms[room].members.len());
            rooms[room].members.push(key);
        }
        let memories = plan.connections.iter().map(|member| Memory {
            heard: vec![],
            newest: vec![0; rooms[usize::from(member.room)].members.len()],
        });
        Self {
            memories: memories.collect(),
            rooms,
            places,
            acknowledges,
            tally: Tally::new(0..0),
            outstanding: 0,
            deliveries: 0,
            settlements: 0,
        }
    }

    /// How many rooms there are.
    pub fn rooms(&self) -> usize {
        self.rooms.len()
    }

    /// The connections in a room.
    pub fn members(&self, room: usize) -> &[usize] {
        &self.rooms[room].members
    }

    /// Notes a message that is due at this time.
    pub fn send(&mut self, room: usize, sender: usize, at: u64) -> MessageId {
        let number = self.rooms[room].sent.len();
        self.rooms[room].sent.push(Sent {
            at,
            sender: self.places[sender],
        });
        let audience = self.rooms[room].members.len() as u64;
        self.outstanding += audience;
        if self.tally.time.contains(&at) {
            self.tally.messages += 1;
            self.tally.expected += audience;
        }
        MessageId {
            room: room as u16,
            number: number as u32,
        }
    }

    /// Notes what a connection heard. Gives the connection whose message is settled by it, if one is.
    pub fn hear(&mut self, connection: usize, now: u64, heard: Heard) -> Option<usize> {
        let id = match heard {
            Heard::Refused => {
                self.tally.refused += 1;
                return Some(connection);
            }
            Heard::Delivered(id) | Heard::Settled(id) => id,
        };
        let room = self.rooms.get(usize::from(id.room))?;
        let Sent { at, sender } = room.sent.get(id.number as usize)?;
        let (at, latency) = (*at, now.saturating_sub(*at));
        let sender_key = room.members[*sender];
        if let Heard::Delivered(_) = heard {
            let memory = &mut self.memories[connection];
            if !memory.mark(id.number) {
                self.tally.doubled += 1;
                return None;
            }
            self.outstanding = self.outstanding.saturating_sub(1);
            let newest = &mut memory.newest[*sender];
            self.tally.reordered += u64::from(id.number < *newest);
            *newest = (*newest).max(id.number + 1);
            self.deliveries += 1;
            if self.tally.time.contains(&at) {
                self.tally.delivered += 1;
                record(&mut self.tally.latencies, latency);
            }
            if self.acknowledges || sender_key != connection {
                return None;
            }
        }
        self.settlements += 1;
        if self.tally.time.contains(&at) {
            record(&mut self.tally.settlements, latency);
        }
        Some(sender_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_people() -> Ledger {
        let plan = serde_json::from_str(
            r#"{"address":"127.0.0.1:1","server":1,"protocol":"plain","joining":1,"size":64,"seed":1,"phases":[],
                "connections":[{"path":"/","room":0},{"path":"/","room":0}]}"#,
        );
        let mut ledger = Ledger::new(&plan.unwrap(), false);
        ledger.tally = Tally::new(0..1_000_000);
        ledger
    }

    #[test]
    fn a_message_is_settled_when_its_sender_has_it_back() {
        let mut ledger = two_people();
        let id = ledger.send(0, 1, 5_000);
        assert_eq!(ledger.hear(0, 9_000, Heard::Delivered(id)), None);
        assert_eq!(ledger.hear(1, 9_000, Heard::Delivered(id)), Some(1));
        assert_eq!(
            (ledger.tally.expected, ledger.tally.delivered, ledger.outstanding),
            (2, 2, 0)
        );
        assert_eq!(ledger.tally.latencies.max(), 4);
    }

    #[test]
    fn doubles_and_reorderings_are_told() {
        let mut ledger = two_people();
        let [first, second] = [ledger.send(0, 1, 1), ledger.send(0, 1, 2)];
        for id in [second, first, first] {
            ledger.hear(0, 3, Heard::Delivered(id));
        }
        assert_eq!(
            (ledger.tally.doubled, ledger.tally.reordered, ledger.tally.delivered),
            (1, 1, 2)
        );
    }

    #[test]
    fn what_was_never_sent_is_not_counted() {
        let mut ledger = two_people();
        ledger.hear(0, 3, Heard::Delivered(MessageId { room: 9, number: 0 }));
        ledger.hear(0, 3, Heard::Delivered(MessageId { room: 0, number: 0 }));
        assert_eq!(ledger.tally.delivered, 0);
    }
}
