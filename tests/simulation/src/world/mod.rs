//! One run: the object, its archive, the clients and the network between, driven by an agenda.

mod acts;
mod clients;
mod object;
mod rest;
mod troubles;

use std::collections::{BTreeMap, BTreeSet};

use flagship_session::Actor;

use crate::agenda::Agenda;
use crate::chance::Chance;
use crate::client::{Alarm, Client, Desk};
use crate::faults::Faults;
use crate::mutation::Mutation;
use crate::network::{Down, Link, Up};
use crate::server::archive::{Archive, Batch};
use crate::server::{Answer, CallId, LinkId, Object, Request};
use crate::stats::Stats;
use crate::wire::Wire;

/// The server's clock when a run begins, milliseconds since the epoch.
const BEGIN: u64 = 1_700_000_000_000;

const NAMES: [&str; 7] = ["ada", "grace", "linus", "barbara", "ken", "radia", "edsger"];

/// What happens.
#[derive(Debug)]
enum Event {
    /// Somebody does something.
    Act(usize),
    /// A client is woken.
    Wake(usize, Alarm),
    /// A client's page is opened.
    Open(usize),
    /// Something arrives at the server.
    Up(LinkId, Up),
    /// Something arrives at a client.
    Down(LinkId, Down),
    /// A request arrives at the server.
    Call(usize, u64, Request),
    /// The answer to a request arrives at a client; none if the connection broke.
    Reply(usize, u64, Request, Option<Answer>),
    /// A write is durable, of this instance.
    Durable(u64),
    /// The alarm rings, if this is still the last that was set.
    Alarm(u64),
    /// A gathering is over.
    Gathered(u64),
    /// A poll is to go on, or its time is over.
    Poll(u64, CallId, bool),
    /// A batch arrives at the archive, which writes it or not, and answers whether it did or not.
    Batch(u64, Batch, [bool; 2]),
    /// The archive's answer arrives.
    Archived(u64, Result<u64, ()>),
    /// Something goes wrong.
    Trouble,
    /// Nothing goes wrong any more.
    Heal,
    /// Is everything at rest?
    Rest,
}

/// A request that the server has.
struct Call {
    client: usize,
    asked: u64,
    request: Request,
}

/// A run.
pub(crate) struct World {
    pub(crate) chance: Chance,
    mutation: Option<Mutation>,
    agenda: Agenda<Event>,
    /// How far the server's clock is from where it would be.
    clock_offset: i64,
    pub(crate) object: Object,
    pub(crate) archive: Archive,
    pub(crate) clients: Vec<Client>,
    people: Vec<Actor>,
    words: u64,
    links: BTreeMap<LinkId, Link>,
    pub(crate) wires: BTreeMap<LinkId, Wire>,
    calls: BTreeMap<CallId, Call>,
    answered: BTreeSet<(usize, u64)>,
    /// Until when a client gets no socket.
    blocked: BTreeMap<usize, u64>,
    ids: u64,
    /// Whether a write is on its way to the disk.
    writing: bool,
    /// The alarm that is on the agenda: its number, and the time by the server's clock.
    armed: (u64, Option<u64>),
    faults: Faults,
    /// Whether nothing goes wrong any more, and since when.
    healed: Option<u64>,
    over: bool,
    pub(crate) failures: Vec<String>,
    /// What the clients recorded; there at the end.
    pub(crate) records: Vec<flagship_delivery::Record>,
    pub(crate) stats: Stats,
    trace: bool,
}

impl World {
    /// The run of a seed, up to its beginning. `trace` prints what happens.
    pub(crate) fn new(seed: u64, mutation: Option<Mutation>, trace: bool) -> Self {
        let mut chance = Chance::new(seed);
        let faults = Faults::draw(&mut chance);
        let count = chance.between(2, NAMES.len() as u64) as usize;
        let actor = |name: &&str| Actor::new(name.parse().unwrap(), name.parse().unwrap());
        let people: Vec<Actor> = NAMES.iter().take(count).map(actor).collect();
        let object = Object::create(&people[0], BEGIN, mutation);
        let mut world = Self {
            chance,
            mutation,
            agenda: Agenda::new(),
            clock_offset: 0,
            object,
            archive: Archive::default(),
            clients: Vec::new(),
            people,
            words: 0,
            links: BTreeMap::new(),
            wires: BTreeMap::new(),
            calls: BTreeMap::new(),
            answered: BTreeSet::new(),
            blocked: BTreeMap::new(),
            ids: 0,
            writing: false,
            armed: (0, None),
            faults,
            healed: None,
            over: false,
            failures: Vec::new(),
            records: Vec::new(),
            stats: Stats::default(),
            trace,
        };
        world.say(|world| format!("{:?}", world.faults));
        world.populate();
        world
    }

    /// Runs to the end: everything at rest, or the time for it over.
    pub(crate) fn run(&mut self) {
        while !self.over
            && self.failures.is_empty()
            && let Some(event) = self.agenda.next()
        {
            self.happen(event);
            self.arm();
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Act(person) => self.act(person),
            Event::Wake(client, alarm) => self.client(client, |client, desk| client.wake(desk, &alarm)),
            Event::Open(client) => {
                self.say(|world| format!("{} opens the page", world.clients[client].name));
                self.client(client, Client::start);
            }
            Event::Up(link, up) => self.arrive_up(link, up),
            Event::Down(link, down) => self.arrive_down(link, down),
            Event::Call(client, asked, request) => self.arrive_call(client, asked, request),
            Event::Reply(client, asked, request, answer) => self.reply(client, asked, &request, answer.as_ref()),
            Event::Durable(instance) => {
                if self.object.instance == instance {
                    self.writing = false;
                    self.stats.writes += 1;
                    self.object.take_effect();
                    self.say(|world| format!("durable up to {}", world.object.storage().durable().rows.len()));
                    self.let_out();
                }
            }
            Event::Alarm(number) => self.ring(number),
            Event::Gathered(instance) => self.at(instance, |object, now| object.end_gathering(now)),
            Event::Poll(instance, call, over) => self.at(instance, |object, now| object.poll(now, call, over)),
            Event::Batch(instance, batch, fate) => self.arrive_batch(instance, batch, fate),
            Event::Archived(instance, answer) => {
                self.say(|_| format!("the archive answers {answer:?}"));
                self.at(instance, |object, now| object.archived(now, answer));
            }
            Event::Trouble => self.trouble(),
            Event::Heal => self.heal(),
            Event::Rest => self.rest(),
        }
    }

    /// The server's clock.
    pub(crate) fn server_now(&self) -> u64 {
        (BEGIN + self.agenda.now()).saturating_add_signed(self.clock_offset)
    }

    /// A client acts, and what it does is done.
    fn client(&mut self, index: usize, act: impl FnOnce(&mut Client, &mut Desk<'_>)) {
        let mut desk = Desk {
            chance: &mut self.chance,
            deeds: Vec::new(),
        };
        act(&mut self.clients[index], &mut desk);
        let deeds = desk.deeds;
        let faults = std::mem::take(&mut self.clients[index].faults);
        let name = &self.clients[index].name;
        self.failures
            .extend(faults.iter().map(|fault| format!("{name}: {fault}")));
        for deed in deeds {
            self.deed(index, deed);
        }
    }

    fn id(&mut self) -> u64 {
        self.ids += 1;
        self.ids
    }

    /// Prints a line, if anybody looks.
    fn say(&self, line: impl FnOnce(&Self) -> String) {
        if self.trace {
            println!("{:>7} {}", self.agenda.now(), line(self));
        }
    }
}
