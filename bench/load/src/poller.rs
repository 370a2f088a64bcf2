//! Waits until sockets can be read or written.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::event::epoll::{self, Event, EventData, EventFlags};
use rustix::time::Timespec;

/// Sockets and what is waited for, level-triggered.
pub struct Poller {
    epoll: OwnedFd,
    events: Vec<MaybeUninit<Event>>,
}

/// What a socket is ready for.
#[derive(Clone, Copy, Debug)]
pub struct Ready {
    /// What the socket was added as.
    pub key: usize,
    /// There is something to read, or it is over.
    pub readable: bool,
    /// There is space to write.
    pub writable: bool,
}

impl Poller {
    /// Waits for nothing yet.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(epoll::CreateFlags::CLOEXEC)?,
            events: vec![MaybeUninit::uninit(); 1_024],
        })
    }

    /// From now on waits for something to read.
    pub fn add(&self, socket: impl AsFd, key: usize) -> io::Result<()> {
        Ok(epoll::add(
            &self.epoll,
            socket,
            EventData::new_u64(key as u64),
            EventFlags::IN,
        )?)
    }

    /// From now on waits for something to read, and for space to write or no longer.
    pub fn change(&self, socket: impl AsFd, key: usize, write: bool) -> io::Result<()> {
        let flags = if write {
            EventFlags::IN | EventFlags::OUT
        } else {
            EventFlags::IN
        };
        Ok(epoll::modify(
            &self.epoll,
            socket,
            EventData::new_u64(key as u64),
            flags,
        )?)
    }

    /// No longer waits for a socket.
    pub fn remove(&self, socket: impl AsFd) -> io::Result<()> {
        Ok(epoll::delete(&self.epoll, socket)?)
    }

    /// Waits until something is ready, or for so long: to the microsecond, where `poll` would round up to the
    /// millisecond.
    pub fn wait(&mut self, timeout: Duration, ready: &mut Vec<Ready>) -> io::Result<()> {
        ready.clear();
        let timeout = Timespec {
            tv_sec: timeout.as_secs() as i64,
            tv_nsec: i64::from(timeout.subsec_nanos()),
        };
        let (events, _) = match epoll::wait(&self.epoll, &mut self.events[..], Some(&timeout)) {
            Err(rustix::io::Errno::INTR) => return Ok(()),
            other => other?,
        };
        ready.extend(events.iter().map(|event| {
            let flags = event.flags;
            Ready {
                key: event.data.u64() as usize,
                readable: flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR),
                writable: flags.contains(EventFlags::OUT),
            }
        }));
        Ok(())
    }
}
