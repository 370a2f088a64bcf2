//! The protocols of the servers, as far as a client that only talks and listens needs them.

mod flagship;
mod plain;
mod socket_io;
mod tagged;

use crate::content::MessageId;
use crate::plan::{Member, ProtocolName};

/// What a frame brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Delivered(MessageId),
    /// The answer that a message of this client is taken, and kept if the server keeps anything.
    Settled(MessageId),
    /// A message of this client was refused.
    Refused,
}

/// What a client does on its way in, after a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Waits for the next.
    Wait,
    /// Says this.
    Say(String),
    /// Is there.
    Joined,
    /// Was turned away.
    Failed,
}

/// One client's side of a protocol. Texts are payloads of text frames.
pub trait Protocol {
    /// What a client says first, if it does not wait for the server.
    fn greeting(&self) -> Option<&'static str>;

    /// Whether a client is there as soon as the socket is open.
    fn joins_at_once(&self) -> bool;

    /// The next step of a client that is not there yet.
    fn join(&self, member: &Member, frame: &[u8]) -> Step;

    /// Whether messages are answered; if not, one is settled when its sender has it back.
    fn acknowledges(&self) -> bool;

    /// Appends a message with a content of `size` bytes.
    fn write(&self, text: &mut Vec<u8>, member: &Member, id: MessageId, size: usize);

    /// Passes on what a frame brought. Says what to answer at once, if anything: a heartbeat.
    fn read(&self, frame: &[u8], member: &Member, heard: &mut dyn FnMut(Heard)) -> Option<&'static str>;
}

/// The protocol of this name.
pub fn protocol(name: ProtocolName) -> Box<dyn Protocol> {
    match name {
        ProtocolName::Flagship => Box::new(flagship::Flagship::new()),
        ProtocolName::Plain => Box::new(plain::Plain::new(false)),
        ProtocolName::PlainAcked => Box::new(plain::Plain::new(true)),
        ProtocolName::SocketIo => Box::new(socket_io::SocketIo { acknowledged: false }),
        ProtocolName::SocketIoAcked => Box::new(socket_io::SocketIo { acknowledged: true }),
    }
}

/// Appends a string.
fn push(text: &mut Vec<u8>, part: &str) {
    text.extend_from_slice(part.as_bytes());
}
