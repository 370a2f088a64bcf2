//! What clients record.

use std::fmt;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

/// Something that a client did or that happened to it. Ids are whatever the recorded system uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Record {
    /// There is a client: one view, such as a tab, of one participant. Comes before its other records.
    Client {
        /// The client.
        client: String,
        /// Whose it is. Command ids belong to a participant.
        participant: String,
    },
    /// The client must have seen every acknowledged message of a stream with `after < seq <= until` by the end of
    /// the recording, and may see the others. A stream without such a record is not for it. Its place in the
    /// recording does not matter.
    Entitled {
        /// The client.
        client: String,
        /// The stream.
        stream: String,
        /// The first position that it need not have.
        #[serde(default)]
        after: u64,
        /// The last position that it must have; absent for all there are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<u64>,
    },
    /// Of a stream that is for it, the client may see what lies within such spans: `after < seq <= until`. Without any, it
    /// may see all of it. Its place in the recording does not matter.
    Readable {
        /// The client.
        client: String,
        /// The stream.
        stream: String,
        /// The last position before the span.
        after: u64,
        /// The last position of the span; absent for one without end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<u64>,
    },
    /// The client sent a command. One record for each attempt, with the same id; where a proxy may double a request,
    /// each copy is an attempt.
    Sent {
        /// The client.
        client: String,
        /// The idempotency key.
        command_id: String,
        /// What it says; absent for a command that says nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
        /// Where it says it: one message in each of these streams. Empty for a command that says nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        streams: Vec<String>,
    },
    /// An attempt was acknowledged.
    Acked {
        /// The client.
        client: String,
        /// The idempotency key.
        command_id: String,
        /// The command's position in the record of everything.
        rev: u64,
        /// Whether an earlier attempt had been carried out.
        duplicate: bool,
        /// The message, or the first of several; absent for a command that says nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Placed>,
    },
    /// An attempt was refused.
    Refused {
        /// The client.
        client: String,
        /// The idempotency key.
        command_id: String,
        /// Why.
        code: String,
    },
    /// The client gave the command up and told its person why.
    Failed {
        /// The client.
        client: String,
        /// The idempotency key.
        command_id: String,
        /// Why.
        reason: String,
    },
    /// The client follows a stream: its next event is the one after `after`.
    Followed {
        /// The client.
        client: String,
        /// The stream.
        stream: String,
        /// The position that it has.
        after: u64,
    },
    /// The client follows a stream no more. It keeps what it saw.
    Unfollowed {
        /// The client.
        client: String,
        /// The stream.
        stream: String,
    },
    /// The client began afresh, by a reload or with a snapshot: all it saw is void.
    Restarted {
        /// The client.
        client: String,
    },
    /// Something came into the client's view. What a client throws away as known is not recorded.
    Saw {
        /// The client.
        client: String,
        /// The stream.
        stream: String,
        /// Its position there.
        seq: u64,
        /// Which way it came.
        by: Source,
        /// The message; absent for an event that is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Message>,
    },
}

/// Which way something came into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// As an event of a followed stream: in order, each once.
    Event,
    /// As part of a whole: a snapshot, a page of history, the answer to a command. May be there already.
    Page,
}

/// A message as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id.
    pub id: String,
    /// The participant who sent it.
    pub sender_id: String,
    /// The idempotency key of the command that sent it.
    pub command_id: String,
    /// What it says.
    pub content: String,
    /// Whether it was edited or deleted since: then it need not say what was sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
}

/// A message as it was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Its id.
    pub id: String,
    /// Where it was said.
    pub stream: String,
    /// Its position there.
    pub seq: u64,
    /// What it says.
    pub content: String,
    /// Whether it was edited or deleted since: then it need not say what was sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
}

/// A recording that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: io::Error,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.error)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a recording, one record a line. Empty lines are skipped.
///
/// # Errors
/// [`Unreadable`], with the line, for what is no record or cannot be read at all.
pub fn read(lines: impl BufRead) -> Result<Vec<Record>, Unreadable> {
    let mut records = Vec::new();
    for (index, text) in lines.lines().enumerate() {
        let at = |error| Unreadable { line: index + 1, error };
        let text = text.map_err(at)?;
        if !text.trim().is_empty() {
            records.push(serde_json::from_str(&text).map_err(|error| at(error.into()))?);
        }
    }
    Ok(records)
}

/// Writes a recording, one record a line.
///
/// # Errors
/// If it cannot be written.
pub fn write(records: &[Record], mut out: impl Write) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut out, record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
