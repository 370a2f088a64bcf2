//! The least that a server can do: it knows of rooms and nothing else, and passes on what it gets.
//!
//! Everything read in one turn goes to each listener in one write, so it is faster than any server that is
//! measured: what the generator reaches against it is the generator's own limit. Prints `{"port":…}` when it
//! listens, and ends with its standard input.

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read, stdin};
use std::net::TcpListener;
use std::process::exit;
use std::thread;
use std::time::Duration;

use flagship_load::frame::{self, Kind};
use flagship_load::poller::{Poller, Ready};
use flagship_load::socket::Socket;

/// Nobody checks `Sec-WebSocket-Accept` here: the generator is the only client.
const ANSWER: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

/// The listener's key; connections have those below.
const LISTENER: usize = usize::MAX;

struct Listener {
    socket: Option<Socket>,
    /// The path of its handshake; `None` before it.
    room: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    thread::spawn(|| {
        let _ = stdin().read_to_end(&mut vec![]);
        exit(0);
    });
    let server = TcpListener::bind("127.0.0.1:0")?;
    server.set_nonblocking(true)?;
    println!(r#"{{"port":{}}}"#, server.local_addr()?.port());
    let mut poller = Poller::new()?;
    poller.add(&server, LISTENER)?;
    let (mut ready, mut scratch) = (vec![], vec![]);
    let mut people: Vec<Listener> = vec![];
    let mut rooms: HashMap<String, Vec<usize>> = HashMap::new();
    loop {
        poller.wait(Duration::from_secs(3_600), &mut ready)?;
        let mut said: HashMap<String, Vec<u8>> = HashMap::new();
        for Ready {
            key,
            readable,
            writable,
        } in &ready
        {
            if *key == LISTENER {
                while let Ok((stream, _)) = server.accept() {
                    let socket = Some(Socket::new(stream, people.len(), &poller)?);
                    people.push(Listener { socket, room: None });
                }
                continue;
            }
            if *readable && !receive(&mut people[*key], *key, &mut scratch, &mut rooms, &mut said) {
                leave(&mut people[*key], *key, &poller, &mut rooms);
            }
            if (*readable || *writable) && !flush(&mut people[*key], &poller) {
                leave(&mut people[*key], *key, &poller, &mut rooms);
            }
        }
        for (room, frames) in &said {
            for key in rooms.get(room).cloned().unwrap_or_default() {
                if let Some(socket) = &mut people[key].socket {
                    socket.out().extend_from_slice(frames);
                }
                if !flush(&mut people[key], &poller) {
                    leave(&mut people[key], key, &poller, &mut rooms);
                }
            }
        }
    }
}

/// Reads what somebody sent. `false` when they are gone.
fn receive(
    person: &mut Listener,
    key: usize,
    scratch: &mut Vec<u8>,
    rooms: &mut HashMap<String, Vec<usize>>,
    said: &mut HashMap<String, Vec<u8>>,
) -> bool {
    let Listener {
        socket: Some(socket),
        room,
    } = person
    else {
        return true;
    };
    let mut is_over = false;
    let result = socket.read(scratch, |bytes, out| {
        let Some(room) = room else {
            let Some(end) = memchr::memmem::find(bytes, b"\r\n\r\n") else {
                return 0;
            };
            let head = String::from_utf8_lossy(&bytes[..end]);
            let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
            rooms.entry(path.clone()).or_default().push(key);
            *room = Some(path);
            out.extend_from_slice(ANSWER);
            return end + 4;
        };
        let mut at = 0;
        while let Some(frame) = frame::read(&bytes[at..]) {
            is_over |= frame.kind == Kind::Close;
            let text = &mut bytes[at + frame.start..at + frame.end];
            if let Some(mask) = frame.mask {
                text.iter_mut()
                    .zip(mask.iter().cycle())
                    .for_each(|(byte, mask)| *byte ^= mask);
            }
            frame::write_plain(said.entry(room.clone()).or_default(), text);
            at += frame.end;
        }
        at
    });
    matches!(result, Ok(1..)) && !is_over
}

fn flush(person: &mut Listener, poller: &Poller) -> bool {
    person.socket.as_mut().is_none_or(|socket| socket.flush(poller).is_ok())
}

fn leave(person: &mut Listener, key: usize, poller: &Poller, rooms: &mut HashMap<String, Vec<usize>>) {
    if let Some(socket) = person.socket.take() {
        socket.close(poller);
    }
    if let Some(members) = person.room.as_ref().and_then(|room| rooms.get_mut(room)) {
        members.retain(|member| *member != key);
    }
}
