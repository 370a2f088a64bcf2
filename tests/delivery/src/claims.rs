//! What was sent, and what is said to be where.

use std::collections::{BTreeMap, BTreeSet};

use crate::breach::Breach;
use crate::record::{Message, Placed};

/// Who sent a command, and under which key.
pub(crate) type CommandKey = (String, String);

/// What is known of a command from who sent it.
#[derive(Debug, Default)]
pub(crate) struct Command {
    /// What it says, in every wording that was sent under its key.
    pub(crate) contents: BTreeSet<String>,
    /// Where it says it.
    pub(crate) streams: BTreeSet<String>,
    /// How often it was sent.
    pub(crate) attempts: usize,
    /// How often it was refused.
    pub(crate) refused: usize,
    /// How often it was acknowledged, and how often of that as carried out just now.
    pub(crate) acked: usize,
    /// The first acknowledgement.
    pub(crate) ack: Option<Ack>,
    /// Whether the client gave it up.
    pub(crate) failed: bool,
    /// Whether who sent it saw it.
    pub(crate) seen_by_sender: bool,
}

/// What an acknowledgement said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ack {
    /// The command's position.
    pub(crate) rev: u64,
    /// The message.
    pub(crate) message: Option<Placed>,
    /// Whether an acknowledgement said that the command was carried out just now.
    pub(crate) fresh: bool,
}

impl Command {
    /// Takes an acknowledgement.
    pub(crate) fn acknowledge(&mut self, key: &CommandKey, ack: Ack, breaches: &mut Vec<Breach>) {
        self.acked += 1;
        let Some(first) = &mut self.ack else {
            self.ack = Some(ack);
            return;
        };
        let differs = first.rev != ack.rev || !are_one(first.message.as_ref(), ack.message.as_ref());
        if differs || (first.fresh && ack.fresh) {
            breaches.push(Breach::AcksDiffer {
                command: key.clone(),
                one: format!("{first:?}"),
                other: format!("{ack:?}"),
            });
        }
        first.fresh |= ack.fresh;
    }
}

/// Whether two acknowledgements show the same message; what it says is compared unless it was changed.
fn are_one(one: Option<&Placed>, other: Option<&Placed>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_none() && other.is_none();
    };
    let place = |message: &Placed| (message.id.clone(), message.stream.clone(), message.seq);
    let is_changed = one.changed || other.changed;
    place(one) == place(other) && (is_changed || one.content == other.content)
}

/// What is at each place of each stream, as whoever spoke of it first said.
#[derive(Debug, Default)]
pub(crate) struct Places {
    by_place: BTreeMap<(String, u64), Claim>,
    by_command: BTreeMap<(CommandKey, String), u64>,
}

#[derive(Debug)]
struct Claim {
    id: String,
    command: CommandKey,
    /// `None` once it was changed.
    content: Option<String>,
}

impl Claim {
    /// Whether both can be said of one message.
    fn agrees(&self, other: &Self) -> bool {
        let contents = self.content.as_ref().zip(other.content.as_ref());
        (&self.id, &self.command) == (&other.id, &other.command) && contents.is_none_or(|(one, other)| one == other)
    }
}

impl Places {
    /// Somebody saw a message.
    pub(crate) fn saw(&mut self, client: &str, stream: &str, seq: u64, message: &Message, breaches: &mut Vec<Breach>) {
        let claim = Claim {
            id: message.id.clone(),
            command: (message.sender_id.clone(), message.command_id.clone()),
            content: (!message.changed).then(|| message.content.clone()),
        };
        self.put(client, stream, seq, claim, breaches);
    }

    /// Somebody was told of their message.
    pub(crate) fn told(&mut self, client: &str, key: &CommandKey, message: &Placed, breaches: &mut Vec<Breach>) {
        let claim = Claim {
            id: message.id.clone(),
            command: key.clone(),
            content: (!message.changed).then(|| message.content.clone()),
        };
        self.put(client, &message.stream, message.seq, claim, breaches);
    }

    /// Where a command's message is in a stream, if anybody said.
    pub(crate) fn find(&self, command: &CommandKey, stream: &str) -> Option<u64> {
        self.by_command.get(&(command.clone(), stream.to_owned())).copied()
    }

    fn put(&mut self, client: &str, stream: &str, seq: u64, claim: Claim, breaches: &mut Vec<Breach>) {
        let place = (stream.to_owned(), seq);
        if let Some(known) = self.by_place.get(&place) {
            if !known.agrees(&claim) {
                breaches.push(Breach::Split {
                    stream: stream.into(),
                    seq,
                    one: format!("{known:?}"),
                    other: format!("{claim:?}"),
                    client: client.into(),
                });
            }
            return;
        }
        let said = (claim.command.clone(), stream.to_owned());
        if let Some(other) = self.by_command.insert(said, seq) {
            breaches.push(Breach::SaidTwice {
                command: claim.command.clone(),
                stream: stream.into(),
                seqs: (other.min(seq), other.max(seq)),
            });
        }
        self.by_place.insert(place, claim);
    }
}
