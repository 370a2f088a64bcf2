//! Between the clients and the server: what travels, and what of it arrives.

use flagship_protocol::frames::ServerFrame;

use super::{Call, Event, World};
use crate::client::Deed;
use crate::network::{Cut, Down, Link, Up, Way};
use crate::server::{Answer, CallId, LinkId, Request};

impl World {
    /// Does what a client wants done.
    pub(super) fn deed(&mut self, index: usize, deed: Deed) {
        match deed {
            Deed::Connect => self.connect(index),
            Deed::Abandon(link) => self.cut(link, Cut::Closed),
            Deed::Send(link, frame) => {
                self.say(|world| format!("{} sends {frame:?}", world.clients[index].name));
                self.send_up(link, Up::Frame(frame));
            }
            Deed::Ask(asked, request) => {
                self.say(|world| format!("{} asks {asked}: {request:?}", world.clients[index].name));
                self.stats.requests += 1;
                let is_doubled = self.chance.permille(self.faults.doubled);
                if is_doubled {
                    self.stats.doubled += 1;
                    self.clients[index].doubled(&request);
                }
                for _ in 0..1 + u64::from(is_doubled) {
                    if self.chance.permille(self.faults.lost) {
                        self.stats.lost += 1;
                    } else {
                        let delay = self.chance.between(1, 80);
                        self.agenda.after(delay, Event::Call(index, asked, request.clone()));
                    }
                }
            }
            Deed::Wait(delay, alarm) => self.agenda.after(delay, Event::Wake(index, alarm)),
        }
    }

    fn connect(&mut self, index: usize) {
        let link = self.id();
        self.clients[index].link = Some(link);
        self.stats.connections += 1;
        let mut latency = || {
            let most = match self.chance.between(0, 9) {
                0..4 => 2,
                4..9 => 60,
                _ => 3_000,
            };
            (1, self.chance.between(1, most))
        };
        let latency = [latency(), latency()];
        self.links.insert(link, Link::new(index, latency));
        if self.blocked.get(&index).is_some_and(|until| *until > self.agenda.now()) {
            self.agenda.after(100, Event::Down(link, Down::Closed(None)));
        } else {
            self.send_up(link, Up::Handshake);
        }
    }

    fn send_up(&mut self, link: LinkId, up: Up) {
        let Some(wire) = self.links.get_mut(&link) else { return };
        if let Some(time) = wire.arrival(Way::Up, self.agenda.now(), &mut self.chance) {
            self.agenda.at(time, Event::Up(link, up));
        }
    }

    pub(super) fn send_down(&mut self, link: LinkId, down: Down) {
        let Some(wire) = self.links.get_mut(&link) else { return };
        if let Some(time) = wire.arrival(Way::Down, self.agenda.now(), &mut self.chance) {
            self.agenda.at(time, Event::Down(link, down));
        }
    }

    /// Ends a connection.
    pub(super) fn cut(&mut self, link: LinkId, cut: Cut) {
        let Some(wire) = self.links.get_mut(&link) else { return };
        let now = self.agenda.now();
        let chance = &mut self.chance;
        let server = match cut {
            Cut::Closed => wire.last(Way::Up).max(now) + chance.between(1, 2_000),
            Cut::Reset | Cut::Silent => {
                for until in &mut wire.until {
                    until.get_or_insert(now + chance.between(0, 300));
                }
                now + chance.between(0, 15_000)
            }
        };
        self.agenda.at(server, Event::Up(link, Up::Closed));
        let client = match cut {
            Cut::Closed => return,
            Cut::Reset => chance.between(0, 500),
            Cut::Silent => chance.between(10_000, 35_000),
        };
        self.agenda.after(client, Event::Down(link, Down::Closed(None)));
    }

    pub(super) fn arrive_up(&mut self, link: LinkId, up: Up) {
        let Some(wire) = self.links.get(&link) else { return };
        let (client, passes) = (wire.client, wire.passes(Way::Up, self.agenda.now()));
        match up {
            Up::Handshake if passes => {
                let actor = self.clients[client].actor.clone();
                self.serve(|object, now| object.accept(now, link, &actor));
            }
            Up::Frame(frame) if passes && self.object.has_socket(link) => {
                self.serve(|object, now| object.frame(now, link, &frame));
            }
            Up::Closed if self.object.has_socket(link) => self.serve(|object, now| object.closed(now, link)),
            _ => {}
        }
    }

    pub(super) fn arrive_down(&mut self, link: LinkId, down: Down) {
        let Some(wire) = self.links.get(&link) else { return };
        let (client, passes) = (wire.client, wire.passes(Way::Down, self.agenda.now()));
        match down {
            Down::Opened if passes => self.client(client, |client, desk| client.opened(desk, link)),
            Down::Frames(frames) if passes => {
                for frame in &frames {
                    self.say(|world| format!("{} gets {}", world.clients[client].name, frame.to_json()));
                    if self.clients[client].link == Some(link) {
                        self.observe(client, link, frame);
                    }
                }
                self.client(client, |client, desk| client.frames(desk, link, &frames));
            }
            Down::Closed(code) => {
                self.say(|world| format!("{} is cut off: {code:?}", world.clients[client].name));
                self.client(client, |client, desk| client.closed(desk, link, code));
            }
            _ => {}
        }
    }

    fn observe(&mut self, client: usize, link: LinkId, frame: &ServerFrame) {
        self.stats.see(frame);
        if let Err(fault) = self.wires.entry(link).or_default().observe(frame) {
            self.failures
                .push(format!("{} was sent {fault}", self.clients[client].name));
        }
    }

    pub(super) fn arrive_call(&mut self, client: usize, asked: u64, request: Request) {
        let call = self.id();
        let actor = self.clients[client].actor.clone();
        let known = Call {
            client,
            asked,
            request: request.clone(),
        };
        self.calls.insert(call, known);
        self.serve(|object, now| object.request(now, call, &actor, request));
    }

    /// The server answers a request, or lets go of it.
    pub(super) fn respond(&mut self, call: CallId, answer: Option<Answer>) {
        let Some(Call { client, asked, request }) = self.calls.remove(&call) else {
            return;
        };
        if self.chance.permille(self.faults.lost) {
            self.stats.lost += 1;
            return;
        }
        let delay = self.chance.between(1, 80);
        self.agenda.after(delay, Event::Reply(client, asked, request, answer));
    }

    pub(super) fn reply(&mut self, client: usize, asked: u64, request: &Request, answer: Option<&Answer>) {
        // Of a request that arrived twice, one answer comes back.
        if self.answered.insert((client, asked)) {
            self.say(|world| format!("{} is answered {asked}: {answer:?}", world.clients[client].name));
            self.client(client, |client, desk| client.answered(desk, asked, request, answer));
        }
    }
}
