//! A model of the SDK: connection, send queue, streams, view, and the fallback to HTTP.
//!
//! While a client polls it goes on trying for a socket, and polls until that is welcomed: so what one way brings may
//! have come the other way already, and is dropped by its position.

mod commands;
mod connection;
mod notes;
mod outbox;
mod streams;
mod view;

use flagship_delivery::{Record, Source};
use flagship_protocol::events::Event;
use flagship_protocol::frames::{ClientFrame, Events, Notice, Positions, ServerFrame, Welcome};
use flagship_protocol::ids::StreamId;
use flagship_protocol::model::Message;
use flagship_session::Actor;

pub(crate) use self::connection::{Alarm, Phase};
pub(crate) use self::notes::{seen, stream_of, whispered, whispers};
use self::outbox::{Entry, Outbox};
use self::streams::{Accepted, Streams};
use self::view::View;
use crate::chance::Chance;
use crate::mutation::Mutation;
use crate::server::{LinkId, Request};

/// What a client does.
#[derive(Debug)]
pub(crate) enum Deed {
    /// Opens a socket.
    Connect,
    /// Gives a socket up.
    Abandon(LinkId),
    /// Sends a frame.
    Send(LinkId, ClientFrame),
    /// Makes a request, by its number.
    Ask(u64, Request),
    /// Wants to be woken after so many milliseconds.
    Wait(u64, Alarm),
}

/// What a client has at hand.
pub(crate) struct Desk<'a> {
    pub(crate) chance: &'a mut Chance,
    pub(crate) deeds: Vec<Deed>,
}

/// One tab or device of somebody.
#[derive(Debug)]
pub(crate) struct Client {
    /// Such as `ada-1`.
    pub(crate) name: String,
    pub(crate) actor: Actor,
    /// Most commands on their way at once.
    window: usize,
    mutation: Option<Mutation>,
    pub(crate) phase: Phase,
    pub(crate) link: Option<LinkId>,
    /// Raised by every change of phase, so that what was begun before it has no effect after.
    generation: u64,
    attempt: u32,
    /// The poll that is under way, while this client falls back to HTTP.
    fallback: Option<Option<u64>>,
    requests: u64,
    /// Requests up to this one were made by a page that is closed.
    former_requests: u64,
    /// Whether it polled its own departure: the next poll would bring it in again.
    departed: bool,
    keys: u64,
    streams: Streams,
    /// What the last `hello` named.
    greeted_from: Option<Positions>,
    pub(crate) view: View,
    outbox: Outbox,
    /// For the delivery checker.
    pub(crate) records: Vec<Record>,
    /// What the server did that it must not.
    pub(crate) faults: Vec<String>,
}

impl Client {
    /// A client that is not connected yet.
    pub(crate) fn new(name: String, actor: Actor, window: usize, mutation: Option<Mutation>) -> Self {
        let introduced = Record::Client {
            client: name.clone(),
            participant: actor.id.to_string(),
        };
        Self {
            name,
            actor,
            window,
            mutation,
            phase: Phase::Off,
            link: None,
            generation: 0,
            attempt: 0,
            fallback: None,
            requests: 0,
            former_requests: 0,
            departed: false,
            keys: 0,
            streams: Streams::default(),
            greeted_from: None,
            view: View::default(),
            outbox: Outbox::default(),
            records: vec![introduced],
            faults: Vec::new(),
        }
    }

    /// How far it has got.
    pub(crate) fn positions(&self) -> &Positions {
        &self.streams.positions
    }

    /// Takes a frame. False: it left a gap, and nothing after it can be used.
    fn on_frame(&mut self, frame: &ServerFrame) -> bool {
        match frame {
            ServerFrame::Welcome(welcome) => self.on_welcome(welcome),
            ServerFrame::Events(events) => return self.on_events(events),
            ServerFrame::Ack(ack) => self.on_ack(ack),
            ServerFrame::Presence(presence) => self.view.presence(presence),
            ServerFrame::Notice(Notice::StreamsChanged { streams, messages, .. }) => self.follow(streams, messages),
            _ => {}
        }
        true
    }

    fn on_welcome(&mut self, welcome: &Welcome) {
        let Some(snapshot) = &welcome.snapshot else {
            if !welcome.resumed {
                self.faults
                    .push("a welcome with neither a resume nor a snapshot".into());
            }
            self.begin_anew(&welcome.streams);
            self.follow(&welcome.streams, &welcome.messages);
            return;
        };
        self.void();
        self.streams.restart(&welcome.epoch, &welcome.streams);
        self.view.restart(snapshot);
        for (stream, after) in &welcome.streams {
            self.begin(stream, *after);
        }
        for message in &snapshot.messages {
            self.add(message);
        }
        let direct = snapshot.own.direct_messages.iter();
        self.records
            .extend(direct.map(|message| whispered(&self.name, &self.actor.id, message)));
    }

    fn on_events(&mut self, frame: &Events) -> bool {
        let dedup = self.mutation != Some(Mutation::ClientSkipsDedup);
        let events = match self.streams.accept(frame, dedup) {
            Accepted::Fresh(events) => events,
            Accepted::Gap(position) => {
                let stream = &frame.stream;
                self.faults.push(format!(
                    "events of {stream} from {}, and {position} was reached",
                    frame.from
                ));
                return false;
            }
        };
        for event in events {
            let message = match &event.event {
                Event::MessageCreated { message } => Some(message),
                _ => None,
            };
            self.records.push(Record::Saw {
                client: self.name.clone(),
                stream: frame.stream.to_string(),
                seq: event.seq,
                by: Source::Event,
                message: message.map(seen),
            });
            if let Event::DirectMessageCreated { message } = &event.event {
                self.records.push(whispered(&self.name, &self.actor.id, message));
            }
            match message {
                Some(message) => {
                    self.hold(message);
                    self.settle_seen(message);
                }
                None => {
                    self.view.apply(&event);
                    self.departed |= is_departure(&event.event, &self.actor);
                }
            }
        }
        true
    }

    /// Replaces the followed streams. Rooms that are new begin with these messages.
    fn follow(&mut self, streams: &Positions, messages: &[Message]) {
        let trusted = self.mutation == Some(Mutation::ClientTrustsPositions);
        let (ended, begun) = self.streams.follow(streams, trusted);
        for stream in ended {
            self.end(&stream);
        }
        for stream in begun {
            let after = self.streams.positions.get(&stream).copied().unwrap_or(0);
            self.begin(&stream, after);
        }
        for message in messages {
            self.add(message);
        }
    }

    /// Lets go of streams that the `hello` did not name, because a poll brought them meanwhile, and that are behind
    /// what the welcome says: it brings their newest messages, not the events between.
    fn begin_anew(&mut self, told: &Positions) {
        let named = self.greeted_from.take().unwrap_or_default();
        let behind = |stream: &StreamId, held: u64| told.get(stream).is_some_and(|told| held < *told);
        let held = self.streams.positions.iter();
        let anew = held.filter(|(stream, held)| !named.contains_key(*stream) && behind(stream, **held));
        for stream in anew.map(|(stream, _)| stream.clone()).collect::<Vec<_>>() {
            self.streams.positions.remove(&stream);
            self.end(&stream);
        }
    }

    fn end(&mut self, stream: &StreamId) {
        self.view.messages.remove(stream);
        let (client, stream) = (self.name.clone(), stream.to_string());
        self.records.push(Record::Unfollowed { client, stream });
    }

    fn begin(&mut self, stream: &StreamId, after: u64) {
        self.view.messages.insert(stream.clone(), Default::default());
        self.records.push(Record::Followed {
            client: self.name.clone(),
            stream: stream.to_string(),
            after,
        });
    }

    /// Takes a message that came beside the stream, if its room is held.
    fn add(&mut self, message: &Message) {
        if self.hold(message) {
            self.records.push(Record::Saw {
                client: self.name.clone(),
                stream: stream_of(message).to_string(),
                seq: message.seq,
                by: Source::Page,
                message: Some(seen(message)),
            });
        }
        self.settle_seen(message);
    }

    /// Whether it is new.
    fn hold(&mut self, message: &Message) -> bool {
        let Some(room) = self.view.messages.get_mut(&stream_of(message)) else {
            return false;
        };
        let known = room.get(&message.seq).cloned();
        if let Some(known) = &known
            && known.version == message.version
            && known != message
        {
            self.faults
                .push(format!("two versions of a message: {known:?} and {message:?}"));
        }
        if known.as_ref().is_none_or(|known| known.version < message.version) {
            room.insert(message.seq, message.clone());
        }
        known.is_none()
    }

    /// All that was held is void.
    fn void(&mut self) {
        self.streams.forget();
        self.view = View::default();
        let client = self.name.clone();
        self.records.push(Record::Restarted { client });
    }
}

/// Whether this is somebody's own departure.
fn is_departure(event: &Event, actor: &Actor) -> bool {
    match event {
        Event::ParticipantLeft { participant_id } | Event::ParticipantBanned { participant_id } => {
            *participant_id == actor.id
        }
        _ => false,
    }
}
