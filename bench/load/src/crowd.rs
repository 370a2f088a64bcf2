//! Everybody who is connected: brings them in, sends for them, and passes on what they hear.

use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::time::Duration;

use crate::clock::Clock;
use crate::content::MessageId;
use crate::frame::{self, Kind};
use crate::plan::{Member, Plan};
use crate::poller::{Poller, Ready};
use crate::protocol::{Heard, Protocol, Step, protocol};
use crate::socket::Socket;

/// The end of the head of an HTTP answer.
const HEAD_END: &[u8] = b"\r\n\r\n";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Waits for the answer to its handshake.
    Opening,
    /// Is on its way in.
    Joining,
    /// Is there.
    Joined,
    /// Is not there any more, or never was.
    Gone,
}

#[derive(Debug)]
struct Connection {
    socket: Socket,
    stage: Stage,
}

/// What came in, in all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Received {
    /// Bytes of frames, headers included.
    pub bytes: u64,
    /// Frames.
    pub frames: u64,
}

/// All connections of one run.
pub struct Crowd<'a> {
    plan: &'a Plan,
    clock: Clock,
    protocol: Box<dyn Protocol>,
    poller: Poller,
    ready: Vec<Ready>,
    scratch: Vec<u8>,
    connections: Vec<Connection>,
    /// What all have received.
    pub received: Received,
    /// When something came last, by the clock.
    pub last_received: u64,
    /// How many are there.
    pub joined: usize,
    /// How many were turned away or cut off.
    pub lost: usize,
}

impl<'a> Crowd<'a> {
    /// Nobody yet.
    pub fn new(plan: &'a Plan, clock: Clock) -> io::Result<Self> {
        Ok(Self {
            plan,
            clock,
            protocol: protocol(plan.protocol),
            poller: Poller::new()?,
            ready: Vec::new(),
            scratch: Vec::new(),
            connections: Vec::with_capacity(plan.connections.len()),
            received: Received::default(),
            last_received: 0,
            joined: 0,
            lost: 0,
        })
    }

    /// Whether messages are answered.
    pub fn acknowledges(&self) -> bool {
        self.protocol.acknowledges()
    }

    /// Begins handshakes, as many at once as the plan allows. Says whether everybody has begun.
    pub fn invite(&mut self) -> io::Result<bool> {
        while let Some(member) = self.plan.connections.get(self.connections.len()) {
            let under_way = self.connections.len() - self.joined - self.lost;
            if under_way >= self.plan.joining {
                return Ok(false);
            }
            let key = self.connections.len();
            let mut socket = Socket::new(TcpStream::connect(self.plan.address)?, key, &self.poller)?;
            socket.out().extend_from_slice(self.handshake(member).as_bytes());
            socket.flush(&self.poller)?;
            self.connections.push(Connection {
                socket,
                stage: Stage::Opening,
            });
        }
        Ok(true)
    }

    fn handshake(&self, Member { path, subprotocols, .. }: &Member) -> String {
        let address = self.plan.address;
        let subprotocols = subprotocols
            .as_ref()
            .map(|list| format!("Sec-WebSocket-Protocol: {list}\r\n"));
        format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
            subprotocols.unwrap_or_default()
        )
    }

    /// Sends a message from a connection. One that is gone sends nothing.
    pub fn send(&mut self, sender: usize, id: MessageId) {
        let connection = &mut self.connections[sender];
        if connection.stage != Stage::Joined {
            return;
        }
        let member = &self.plan.connections[sender];
        frame::write_masked(connection.socket.out(), |text| {
            self.protocol.write(text, member, id, self.plan.size);
        });
        self.flush(sender);
    }

    /// Waits until something comes, or for so long, and passes it on: which connection, when, what.
    pub fn turn(&mut self, timeout: Duration, mut heard: impl FnMut(usize, u64, Heard)) -> io::Result<()> {
        let mut ready = std::mem::take(&mut self.ready);
        self.poller.wait(timeout, &mut ready)?;
        for Ready {
            key,
            readable,
            writable,
        } in &ready
        {
            if *readable {
                self.receive(*key, &mut heard);
            }
            if *writable {
                self.flush(*key);
            }
        }
        self.ready = ready;
        Ok(())
    }

    fn receive(&mut self, key: usize, heard: &mut dyn FnMut(usize, u64, Heard)) {
        let Connection { socket, stage } = &mut self.connections[key];
        if *stage == Stage::Gone {
            return;
        }
        let before = *stage;
        let member = &self.plan.connections[key];
        let (protocol, clock, received) = (&self.protocol, self.clock, &mut self.received);
        let result = socket.read(&mut self.scratch, |bytes, out| {
            let now = clock.now();
            let mut at = 0;
            if *stage == Stage::Opening {
                let Some(end) = memchr::memmem::find(bytes, HEAD_END) else {
                    return 0;
                };
                *stage = opened(&bytes[..end], protocol.as_ref(), out);
                at = end + HEAD_END.len();
            }
            while let Some(frame) = frame::read(&bytes[at..]) {
                let payload = &bytes[at + frame.start..at + frame.end];
                received.frames += 1;
                received.bytes += frame.end as u64;
                at += frame.end;
                match (frame.kind, *stage) {
                    (Kind::Text, Stage::Joined) => {
                        if let Some(answer) = protocol.read(payload, member, &mut |what| heard(key, now, what)) {
                            frame::write_masked(out, |text| text.extend_from_slice(answer.as_bytes()));
                        }
                    }
                    (Kind::Text, Stage::Joining) => match protocol.join(member, payload) {
                        Step::Wait => {}
                        Step::Say(answer) => {
                            frame::write_masked(out, |text| text.extend_from_slice(answer.as_bytes()));
                        }
                        Step::Joined => *stage = Stage::Joined,
                        Step::Failed => *stage = Stage::Gone,
                    },
                    (Kind::Ping, _) => frame::write_pong(out),
                    (Kind::Close, _) => *stage = Stage::Gone,
                    (Kind::Other, _) | (Kind::Text, _) => {}
                }
            }
            at
        });
        match result {
            Ok(0) => *stage = Stage::Gone,
            Err(error) if error.kind() != ErrorKind::WouldBlock => *stage = Stage::Gone,
            _ => self.last_received = self.clock.now(),
        }
        let after = *stage;
        self.moved(key, before, after);
        self.flush(key);
    }

    fn moved(&mut self, key: usize, before: Stage, after: Stage) {
        if before == after {
            return;
        }
        self.joined += usize::from(after == Stage::Joined);
        if after == Stage::Gone {
            self.joined -= usize::from(before == Stage::Joined);
            self.lost += 1;
            self.connections[key].socket.close(&self.poller);
        }
    }

    fn flush(&mut self, key: usize) {
        let Connection { socket, stage } = &mut self.connections[key];
        if *stage != Stage::Gone && socket.flush(&self.poller).is_err() {
            let before = std::mem::replace(stage, Stage::Gone);
            self.moved(key, before, Stage::Gone);
        }
    }
}

/// The stage after the answer to a handshake; what the client says first goes out.
fn opened(head: &[u8], protocol: &dyn Protocol, out: &mut Vec<u8>) -> Stage {
    if !head.starts_with(b"HTTP/1.1 101") {
        return Stage::Gone;
    }
    if let Some(greeting) = protocol.greeting() {
        frame::write_masked(out, |text| text.extend_from_slice(greeting.as_bytes()));
    }
    if protocol.joins_at_once() {
        Stage::Joined
    } else {
        Stage::Joining
    }
}
