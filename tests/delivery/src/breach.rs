//! What can be wrong.

use std::fmt;

/// One thing that must not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// An acknowledged message is not in the view of a client that is entitled to it.
    Lost {
        /// The client.
        client: String,
        /// Where it should be.
        stream: String,
        /// Its position, if anybody knows.
        seq: Option<u64>,
        /// Who sent it, and under which key.
        command: (String, String),
    },
    /// A client saw something twice.
    Doubled {
        /// The client.
        client: String,
        /// Where.
        stream: String,
        /// At which position.
        seq: u64,
    },
    /// One command stands at two places of a stream.
    SaidTwice {
        /// Who sent it, and under which key.
        command: (String, String),
        /// Where.
        stream: String,
        /// At which positions.
        seqs: (u64, u64),
    },
    /// A client saw an event after a later one.
    Reordered {
        /// The client.
        client: String,
        /// Where.
        stream: String,
        /// The event.
        seq: u64,
        /// The one before it.
        after: u64,
    },
    /// A client saw later events, and never this one.
    Gap {
        /// The client.
        client: String,
        /// Where.
        stream: String,
        /// What is missing.
        seq: u64,
    },
    /// Two messages are said to be at one place.
    Split {
        /// Where.
        stream: String,
        /// At which position.
        seq: u64,
        /// What was there first: id, and sender and key where they are known, and content.
        one: String,
        /// What was there for somebody else.
        other: String,
        /// Who saw, or was told, the other.
        client: String,
    },
    /// Acknowledgements put messages of a stream in another order than their positions do.
    OutOfOrder {
        /// Where.
        stream: String,
        /// The positions and revs that contradict each other.
        places: [(u64, u64); 2],
    },
    /// A client saw a message that nobody sent there.
    Phantom {
        /// The client.
        client: String,
        /// Where.
        stream: String,
        /// At which position.
        seq: u64,
        /// Who is said to have sent it, and under which key.
        command: (String, String),
    },
    /// A message has another content than was sent.
    Changed {
        /// The client.
        client: String,
        /// Who sent it, and under which key.
        command: (String, String),
        /// What it is said to say.
        content: String,
    },
    /// A client saw something of a stream that is not for it.
    Leaked {
        /// The client.
        client: String,
        /// Where.
        stream: String,
        /// At which position.
        seq: u64,
    },
    /// Every attempt was refused, and yet the message is there.
    RefusedYetSeen {
        /// Who sent it, and under which key.
        command: (String, String),
        /// Where it is.
        stream: String,
        /// At which position.
        seq: u64,
    },
    /// More answers came than attempts were made, or one that nobody asked for.
    AnsweredTwice {
        /// Who sent it, and under which key.
        command: (String, String),
        /// How often it was sent.
        attempts: usize,
        /// How often it was acknowledged or refused.
        answers: usize,
    },
    /// Two acknowledgements of one command name different results, or both say that it was carried out by them.
    AcksDiffer {
        /// Who sent it, and under which key.
        command: (String, String),
        /// What the first one said.
        one: String,
        /// What the other said.
        other: String,
    },
    /// A command has no outcome: neither acknowledged, nor given up, nor seen by who sent it.
    Unsettled {
        /// Who sent it, and under which key.
        command: (String, String),
    },
    /// Messages were acknowledged, and the recording does not say that anybody is entitled to any.
    NobodyEntitled,
    /// A client is named that no `client` record has introduced.
    UnknownClient {
        /// The client.
        client: String,
    },
}

impl Breach {
    /// One word for what it is, as the recordings have it; what its text begins with.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Lost { .. } => "lost",
            Self::Doubled { .. } | Self::SaidTwice { .. } => "doubled",
            Self::Reordered { .. } => "reordered",
            Self::Gap { .. } => "gap",
            Self::Split { .. } => "split",
            Self::OutOfOrder { .. } => "out of order",
            Self::Phantom { .. } => "phantom",
            Self::Changed { .. } => "changed",
            Self::Leaked { .. } => "leaked",
            Self::RefusedYetSeen { .. } => "refused, yet seen",
            Self::AnsweredTwice { .. } => "answered twice",
            Self::AcksDiffer { .. } => "acknowledgements differ",
            Self::Unsettled { .. } => "unsettled",
            Self::NobodyEntitled => "nobody is entitled",
            Self::UnknownClient { .. } => "unknown client",
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = |(who, key): &(String, String)| format!("{who}'s command {key}");
        match self {
            Self::Lost {
                client,
                stream,
                seq,
                command,
            } => {
                let seq = seq.map_or_else(|| "?".to_owned(), |seq| seq.to_string());
                write!(
                    f,
                    "lost: {client} never saw {stream} {seq}, {}, acknowledged",
                    key(command)
                )
            }
            Self::Doubled { client, stream, seq } => write!(f, "doubled: {client} saw {stream} {seq} twice"),
            Self::SaidTwice { command, stream, seqs } => {
                let (one, other) = seqs;
                write!(f, "doubled: {} is {stream} {one} and {other}", key(command))
            }
            Self::Reordered {
                client,
                stream,
                seq,
                after,
            } => write!(f, "reordered: {client} saw {stream} {seq} after {after}"),
            Self::Gap { client, stream, seq } => write!(f, "gap: {client} saw what follows {stream} {seq}, but not it"),
            Self::Split {
                stream,
                seq,
                one,
                other,
                client,
            } => write!(f, "split: {stream} {seq} is {one}, but {other} for {client}"),
            Self::OutOfOrder { stream, places } => write!(
                f,
                "out of order: in {stream} the acknowledgements (seq, rev) {:?} and {:?}",
                places[0], places[1]
            ),
            Self::Phantom {
                client,
                stream,
                seq,
                command,
            } => write!(
                f,
                "phantom: {client} saw {stream} {seq}, {}, which nobody sent there",
                key(command)
            ),
            Self::Changed {
                client,
                command,
                content,
            } => write!(f, "changed: for {client}, {} says {content:?}", key(command)),
            Self::Leaked { client, stream, seq } => {
                write!(f, "leaked: {client} saw {stream} {seq}, which is not for it")
            }
            Self::RefusedYetSeen { command, stream, seq } => {
                write!(f, "refused, yet seen: {} at {stream} {seq}", key(command))
            }
            Self::AnsweredTwice {
                command,
                attempts,
                answers,
            } => write!(
                f,
                "answered twice: {}, {attempts} attempts and {answers} answers",
                key(command)
            ),
            Self::AcksDiffer { command, one, other } => {
                write!(f, "acknowledgements differ: {}, {one} and {other}", key(command))
            }
            Self::Unsettled { command } => write!(f, "unsettled: {}", key(command)),
            Self::NobodyEntitled => f.write_str("nobody is entitled to anything: the recording proves nothing"),
            Self::UnknownClient { client } => write!(f, "unknown client: {client}"),
        }
    }
}
