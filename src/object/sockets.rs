//! The sockets of a session: who is behind each, and sending to many.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::ids::{ParticipantId, RoomId, StreamId};
use wasm_bindgen::JsValue;
use worker::{State, WebSocket};

use super::attachment::{self, Attachment};
use super::audience::{self, Audiences};
use super::credit::{Credit, Stepped};
use super::moves::{Followed, Owed};
use super::outbox::Frames;

/// Names a connection, also across hibernation. At most [`LARGEST_ID`].
pub(super) type ConnectionId = u64;

/// JavaScript finds a socket's connection by the id as a number, which holds 53 bits.
pub(super) const LARGEST_ID: ConnectionId = (1 << 53) - 1;

/// An open socket.
pub(super) struct Connection {
    /// The socket.
    socket: WebSocket,
    /// What is known of it.
    attachment: Attachment,
    /// What it follows, as it was told last.
    followed: Followed,
    /// When a frame of it came last, milliseconds since the epoch; 0 if none has since the wake.
    heard_at: u64,
    /// Whether a token of it is being verified.
    is_verifying: bool,
    /// What it is owed.
    credit: Rc<Credit>,
}

impl Connection {
    fn new(socket: WebSocket, attachment: Attachment, stepped: Stepped) -> Self {
        audience::name_socket(socket.as_ref(), attachment.id as f64);
        Self {
            is_verifying: false,
            credit: Rc::new(Credit::new(attachment.id, attachment.account.clone(), stepped)),
            socket,
            attachment,
            followed: Followed {
                room: RoomId::main(),
                keeps_order: false,
            },
            heard_at: 0,
        }
    }

    /// The socket itself.
    pub(super) fn socket(&self) -> &WebSocket {
        &self.socket
    }

    /// Which it is.
    fn id(&self) -> ConnectionId {
        self.attachment.id
    }

    /// What is known of the connection.
    pub(super) fn attachment(&self) -> &Attachment {
        &self.attachment
    }

    /// When a frame of it came last, milliseconds since the epoch; 0 if none has since the wake.
    pub(super) fn heard_at(&self) -> u64 {
        self.heard_at
    }

    /// What it is owed.
    pub(super) fn credit(&self) -> &Rc<Credit> {
        &self.credit
    }

    /// What it follows, as it was told last; of no meaning before its welcome.
    pub(super) fn followed(&self) -> &Followed {
        &self.followed
    }

    /// Sends a frame. A socket that is gone is noticed by its close event, not here.
    pub(super) fn send(&self, frame: &str) {
        self.credit.sent(frame.len());
        let _ = self.socket.send_with_str(frame);
    }

    /// Sends frames as one message.
    pub(super) fn send_all(&self, frames: &[String]) {
        match frames {
            [] => {}
            [frame] => self.send(frame),
            frames => self.send(&format!("[{}]", frames.join(","))),
        }
    }

    /// Closes the socket for a reason.
    pub(super) fn close(&self, code: CloseCode) {
        let attachment = Attachment {
            account: self.credit.account(),
            ..self.attachment.clone()
        };
        attachment::close(&self.socket, &attachment, code);
    }
}

/// Every open socket of a session.
#[derive(Default)]
pub(super) struct Sockets {
    connections: BTreeMap<ConnectionId, Connection>,
    /// The connections of each participant.
    by_participant: BTreeMap<ParticipantId, BTreeSet<ConnectionId>>,
    /// When each connection's token needs attention, the next first.
    expiries: BTreeSet<(u64, ConnectionId)>,
    /// Connections that have not said `hello`, by when that is too late, the oldest first.
    silent: BTreeSet<(u64, ConnectionId)>,
    /// Connections that were closed from here and have not ended: whose they were, and what they are owed.
    closed: BTreeMap<ConnectionId, (ParticipantId, u64)>,
    /// Connections that got much since they were looked at.
    stepped: Stepped,
    /// Those who said `hello`, by the room they are in; `None` until it is needed again.
    audiences: Option<Audiences>,
}

impl Sockets {
    /// The sockets that the platform holds, after a wake.
    pub(super) fn restore(state: &State) -> Self {
        let mut sockets = Self::default();
        for socket in state.get_websockets() {
            match attachment::read(&socket) {
                Some(attachment) if attachment.closed => {
                    let owed = Credit::new(attachment.id, attachment.account, Stepped::default()).unconfirmed();
                    sockets.closed.insert(attachment.id, (attachment.actor.id, owed));
                }
                Some(attachment) => sockets.put(Connection::new(socket, attachment, Rc::clone(&sockets.stepped))),
                None => {}
            }
        }
        sockets
    }

    /// Adds a socket that was accepted.
    pub(super) fn insert(&mut self, socket: WebSocket, attachment: Attachment) -> worker::Result<()> {
        attachment::keep(&socket, &attachment)?;
        self.put(Connection::new(socket, attachment, Rc::clone(&self.stepped)));
        Ok(())
    }

    fn put(&mut self, connection: Connection) {
        let attachment = &connection.attachment;
        let id = attachment.id;
        self.by_participant
            .entry(attachment.actor.id.clone())
            .or_default()
            .insert(id);
        self.expiries.insert((attachment.next_expiry(), id));
        if !attachment.ready {
            self.silent.insert((attachment.hello_by(), id));
        }
        self.connections.insert(id, connection);
    }

    /// Takes a socket out.
    pub(super) fn remove(&mut self, id: ConnectionId) -> Option<Connection> {
        let connection = self.connections.remove(&id)?;
        self.audiences = None;
        let attachment = &connection.attachment;
        self.expiries.remove(&(attachment.next_expiry(), id));
        self.silent.remove(&(attachment.hello_by(), id));
        if let Some(own) = self.by_participant.get_mut(&attachment.actor.id) {
            own.remove(&id);
            if own.is_empty() {
                self.by_participant.remove(&attachment.actor.id);
            }
        }
        Some(connection)
    }

    /// Changes what is known of a connection, also for after hibernation. Not whose it is.
    pub(super) fn change(&mut self, id: ConnectionId, change: impl FnOnce(&mut Attachment)) -> worker::Result<()> {
        let Some(connection) = self.connections.get_mut(&id) else {
            return Ok(());
        };
        let before = connection.attachment.next_expiry();
        change(&mut connection.attachment);
        let after = connection.attachment.next_expiry();
        if before != after {
            self.expiries.remove(&(before, id));
            self.expiries.insert((after, id));
        }
        if connection.attachment.ready {
            self.silent.remove(&(connection.attachment.hello_by(), id));
        }
        attachment::keep(&connection.socket, &connection.attachment)
    }

    /// Keeps with a socket what its connection is owed.
    pub(super) fn keep_account(&mut self, id: ConnectionId) -> worker::Result<()> {
        let account = self.connections.get(&id).map(|connection| connection.credit.account());
        match account {
            Some(account) => self.change(id, |attachment| attachment.account = account),
            None => Ok(()),
        }
    }

    /// A message of a connection came. Gives the connection; `None` if it was closed.
    pub(super) fn heard(&mut self, id: ConnectionId, now: u64) -> Option<&Connection> {
        let connection = self.connections.get_mut(&id)?;
        connection.heard_at = now;
        Some(connection)
    }

    /// Notes whether a token of a connection is being verified. Gives whether one was; `None` if the connection is gone.
    pub(super) fn set_verifying(&mut self, id: ConnectionId, is_verifying: bool) -> Option<bool> {
        let connection = self.connections.get_mut(&id)?;
        Some(std::mem::replace(&mut connection.is_verifying, is_verifying))
    }

    /// A connection was closed from here: what it is owed counts until it has ended.
    pub(super) fn note_closed(&mut self, connection: &Connection) {
        let owed = connection.credit.unconfirmed();
        let who = connection.attachment.actor.id.clone();
        self.closed.insert(connection.id(), (who, owed));
    }

    /// The platform says that a connection has ended.
    pub(super) fn note_ended(&mut self, id: ConnectionId) {
        self.closed.remove(&id);
    }

    /// What all connections of a participant are owed, those that were closed included, in bytes.
    pub(super) fn unconfirmed_of(&self, who: &ParticipantId) -> u64 {
        let open = self.of(who).map(|connection| connection.credit.unconfirmed());
        let closed = self.closed.values().filter(|(owner, _)| owner == who);
        open.chain(closed.map(|(_, owed)| *owed)).sum()
    }

    /// Takes out the connections that got much since they were looked at.
    pub(super) fn take_stepped(&self) -> Vec<ConnectionId> {
        self.stepped.take()
    }

    /// One connection.
    pub(super) fn get(&self, id: ConnectionId) -> Option<&Connection> {
        self.connections.get(&id)
    }

    /// A connection was told what its participant follows now.
    pub(super) fn follow(&mut self, id: ConnectionId, state: &flagship_session::State) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.followed = Followed::now(state, &connection.attachment.actor.id);
            self.audiences = None;
        }
    }

    /// Every connection was told what its participant follows now.
    pub(super) fn follow_all(&mut self, state: &flagship_session::State) {
        for connection in self.connections.values_mut() {
            connection.followed = Followed::now(state, &connection.attachment.actor.id);
        }
        self.audiences = None;
    }

    /// Sends the frames of streams to all who follow them, who writes there, who came and went to everybody, and to some
    /// of them what is their own: as few frames, and as few crossings into JavaScript, as there are rooms. `moved`: those
    /// who get of the streams only what everybody gets, and what is for them alone. Gives how many messages went out.
    pub(super) fn deliver(
        &mut self,
        frames: &Frames,
        typing: &BTreeMap<StreamId, Vec<String>>,
        presence: Option<&str>,
        mut own: BTreeMap<ConnectionId, Vec<String>>,
        moved: &BTreeMap<ConnectionId, Owed>,
    ) -> usize {
        for stream in frames.streams() {
            let hear: Vec<ConnectionId> = match stream {
                StreamId::Participant(who) => self.ready_of(who).map(Connection::id).collect(),
                StreamId::Moderators => self
                    .ready()
                    .filter(|all| all.followed.keeps_order)
                    .map(Connection::id)
                    .collect(),
                StreamId::Session | StreamId::Room(_) => continue,
            };
            for id in hear.into_iter().filter(|id| !moved.contains_key(id)) {
                own.entry(id).or_default().extend(frames.get(stream).map(str::to_owned));
            }
        }
        for (stream, typing) in typing {
            if let StreamId::Participant(who) = stream {
                for id in self.ready_of(who).map(Connection::id).collect::<Vec<_>>() {
                    own.entry(id).or_default().extend(typing.iter().cloned());
                }
            }
        }
        if !moved.is_empty() {
            self.audiences = None;
        }
        let connections = &self.connections;
        let audiences = self
            .audiences
            .get_or_insert_with(|| Audiences::group(connections, moved));
        let everybodys = [StreamId::Session, StreamId::Room(RoomId::main())];
        let frames_of = |stream: &StreamId| {
            let typing = typing.get(stream).into_iter().flatten();
            frames.get(stream).into_iter().chain(typing.map(String::as_str))
        };
        let everybodys: Vec<&str> = everybodys.iter().flat_map(frames_of).collect();
        let mut sent = 0;
        for (room, audience) in audiences.iter() {
            let room = room.map(|room| StreamId::Room(room.clone()));
            let room = room.iter().flat_map(frames_of);
            let texts: Vec<&str> = everybodys.iter().copied().chain(room).chain(presence).collect();
            if !texts.is_empty() {
                let own = audience.take_own(connections, &mut own);
                let text = texts.join(",");
                audience.count(text.len());
                audience::send_all(audience.sockets(), &text, texts.len() > 1, &own);
                sent += audience.len();
            }
        }
        for (id, own) in own {
            if let Some(connection) = connections.get(&id) {
                connection.send_all(&own);
                sent += 1;
            }
        }
        sent
    }

    /// Every connection.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Connection> {
        self.connections.values()
    }

    /// Connections that said `hello`.
    pub(super) fn ready(&self) -> impl Iterator<Item = &Connection> {
        self.connections
            .values()
            .filter(|connection| connection.attachment.ready)
    }

    /// Connections of one participant, ready or not.
    pub(super) fn of<'a>(&'a self, who: &ParticipantId) -> impl Iterator<Item = &'a Connection> + use<'a> {
        let own = self.by_participant.get(who).into_iter().flatten();
        own.filter_map(|id| self.connections.get(id))
    }

    /// Connections of one participant that said `hello`.
    pub(super) fn ready_of<'a>(&'a self, who: &ParticipantId) -> impl Iterator<Item = &'a Connection> + use<'a> {
        self.of(who).filter(|connection| connection.attachment.ready)
    }

    /// Everyone with a connection that said `hello`.
    pub(super) fn connected(&self) -> BTreeSet<&ParticipantId> {
        self.ready().map(|connection| &connection.attachment.actor.id).collect()
    }

    /// Whether somebody has a connection that said `hello`.
    pub(super) fn is_connected(&self, who: &ParticipantId) -> bool {
        self.of(who).any(|connection| connection.attachment.ready)
    }

    /// How many sockets are open.
    pub(super) fn len(&self) -> usize {
        self.connections.len()
    }

    /// How many of them have said `hello`.
    pub(super) fn ready_len(&self) -> usize {
        self.connections.len() - self.silent.len()
    }

    /// How many of them have not.
    pub(super) fn silent_len(&self) -> usize {
        self.silent.len()
    }

    /// Of those that have not, the oldest, and when it is to be closed: milliseconds since the epoch.
    pub(super) fn first_silent(&self) -> Option<(u64, ConnectionId)> {
        self.silent.first().copied()
    }

    /// When the next token of a connection needs attention, and so the alarm: milliseconds since the epoch.
    pub(super) fn next_expiry(&self) -> Option<u64> {
        self.expiries.first().map(|(at, _)| *at)
    }

    /// Connections whose tokens need attention by now.
    pub(super) fn expired(&self, now: u64) -> Vec<ConnectionId> {
        let due = self.expiries.iter().take_while(|(at, _)| *at <= now);
        due.map(|(_, id)| *id).collect()
    }
}

/// Which connection a socket is, if that is known in memory.
pub(super) fn name(socket: &WebSocket) -> Option<ConnectionId> {
    audience::socket_name(socket.as_ref()).map(|name| name as ConnectionId)
}

/// When a socket pinged last, by the platform, milliseconds since the epoch; `None` if it never did.
pub(super) fn pinged_at(state: &JsValue, socket: &WebSocket) -> Option<u64> {
    audience::pinged_at(state, socket.as_ref()).map(|at| at as u64)
}

/// Takes no further message for a moment, so that those of all sockets come in turn.
pub(super) fn take_turns(state: &JsValue) {
    audience::take_turns(state);
}

/// How a connection is called in the logs.
pub(super) fn log_name(id: ConnectionId) -> String {
    format!("{id:016x}")
}
