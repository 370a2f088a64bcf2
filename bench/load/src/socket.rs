//! A TCP connection that never blocks, with what is half read and half written.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;

use crate::poller::Poller;

/// Bytes that one reading takes at most, unless a frame is longer.
pub const SCRATCH: usize = 256 * 1024;

/// A connection.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    key: usize,
    /// The beginning of something whose end has not come.
    partial: Vec<u8>,
    out: Vec<u8>,
    is_waiting_to_write: bool,
}

impl Socket {
    /// Takes over a stream, and has the poller wait for it under `key`.
    pub fn new(stream: TcpStream, key: usize, poller: &Poller) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        poller.add(&stream, key)?;
        Ok(Self {
            stream,
            key,
            partial: Vec::new(),
            out: Vec::new(),
            is_waiting_to_write: false,
        })
    }

    /// Reads what has come, once, and hands it to `take`, which says how many bytes it is done with; the others
    /// come again with the next. Gives how many were read: 0 is the end. `scratch` is where, shared by all sockets.
    pub fn read(
        &mut self,
        scratch: &mut Vec<u8>,
        take: impl FnOnce(&mut [u8], &mut Vec<u8>) -> usize,
    ) -> io::Result<usize> {
        let held = self.partial.len();
        if scratch.len() < held + SCRATCH {
            scratch.resize(held + SCRATCH, 0);
        }
        scratch[..held].copy_from_slice(&self.partial);
        let read = self.stream.read(&mut scratch[held..])?;
        let whole = &mut scratch[..held + read];
        let used = take(whole, &mut self.out);
        self.partial.clear();
        self.partial.extend_from_slice(&whole[used..]);
        Ok(read)
    }

    /// What waits to be written; [`Socket::flush`] sends what is appended.
    pub fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// Writes what can be written; the rest when the poller says that there is space.
    pub fn flush(&mut self, poller: &Poller) -> io::Result<()> {
        let mut written = 0;
        while written < self.out.len() {
            match self.stream.write(&self.out[written..]) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.out.drain(..written);
        let is_waiting = !self.out.is_empty();
        if is_waiting != self.is_waiting_to_write {
            self.is_waiting_to_write = is_waiting;
            poller.change(&self.stream, self.key, is_waiting)?;
        }
        Ok(())
    }

    /// Ends the connection without a word.
    pub fn close(&self, poller: &Poller) {
        // It may be over already.
        let _ = poller.remove(&self.stream);
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
