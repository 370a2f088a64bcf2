//! Random hosts, moderators and participants against a [`Reference`]: after each step, both say the same.
//!
//! `MODEL_SEED=<first> MODEL_RUNS=<how many>` explores other runs than the committed ones; see `tests/README.md`.

mod allowed;
mod assigning;
mod chance;
mod muting;
mod reference;
mod rules;
mod speech;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::Instant;

use flagship_protocol::commands::{Command, EndSession};
use flagship_protocol::error::ErrorCode;
use flagship_protocol::frames::CommandResult;
use flagship_protocol::ids::{MessageId, ParticipantId, RoomId, StreamId};
use flagship_protocol::model::RoomState;
use flagship_protocol::text::MessageContent;
use flagship_session::{Actor, Readable, Said, Session};

use self::chance::{Chance, PEOPLE};
use self::reference::{Reference, keeps_order};
use crate::support::{Answer, Stage, actor, id};

/// Steps of one run: enough for a few rounds.
const STEPS: u64 = 300;

/// Runs that every test run makes, from seed 0.
const RUNS: u64 = 120;

/// A session beside the account of it.
struct Run {
    stage: Stage,
    reference: Reference,
    chance: Chance,
    last: Option<(Actor, String, Command, Answer)>,
    keys: u64,
}

impl Run {
    fn new(seed: u64) -> Self {
        let stage = Stage::new();
        let reference = Reference::of(&stage);
        let (chance, last, keys) = (Chance(seed), None, 0);
        Self {
            stage,
            reference,
            chance,
            last,
            keys,
        }
    }

    fn step(&mut self) {
        match self.chance.below(100) {
            0..3 => self.evict(),
            3..5 => self.stage.take_snapshot(),
            5..8 => self.clock_jumps(),
            8..18 => self.wait(),
            18..22 => self.appear(),
            22..25 => self.repeat(),
            _ => self.command(),
        }
        self.compare();
    }

    fn command(&mut self) {
        let who = self.somebody();
        let command = self.chance.command(&self.reference, who.id.as_str());
        self.carry_out(who, command);
    }

    fn carry_out(&mut self, who: Actor, command: Command) {
        self.keys += 1;
        let key = format!("k{}", self.keys);
        let before = (self.stage.session.state().rev, self.stage.journal.len());
        let answer = self.stage.send_as(&who, &key, command.clone());
        let rev = answer.as_ref().map_or(0, |answer| answer.rev);
        let mut after = self.reference.clone();
        after.clock = after.clock.max(self.stage.now);
        let expected = after.arrive(&who).and_then(|_| after.carry_out(&who.id, &command, rev));
        let happened = answer.as_ref().map(|_| ()).map_err(|rejection| rejection.code());
        assert_eq!(happened, expected, "{} asked {command:?}", who.id);
        match answer {
            Ok(answer) => {
                after.addressed.insert(who.id.clone());
                let before = std::mem::replace(&mut self.reference, after);
                self.check_capacity(&before, &command);
                self.last = Some((who, key, command, answer));
            }
            Err(_) => {
                let now = (self.stage.session.state().rev, self.stage.journal.len());
                assert_eq!(now, before, "a refusal changes nothing");
            }
        }
    }

    /// The answer was lost: somebody asks the same again.
    fn repeat(&mut self) {
        if let Some((who, key, command, first)) = &self.last {
            let again = self.stage.send_as(who, key, command.clone());
            if self.reference.banned.contains(&who.id) {
                assert_eq!(again.unwrap_err().code(), ErrorCode::Banned);
                return;
            }
            let again = again.unwrap();
            assert!(again.duplicate);
            assert_eq!(
                (again.rev, &again.result),
                (first.rev, &self.shown_again(&who.id, &first.result))
            );
        }
    }

    /// An answer as somebody may see it by now.
    fn shown_again(&self, who: &ParticipantId, first: &CommandResult) -> CommandResult {
        let mut result = first.clone();
        let may_read = |id: &MessageId| self.reference.may_read(who, &self.reference.said[&id.rev().unwrap()]);
        if let Some(message) = result.message.as_mut().filter(|message| !may_read(&message.id)) {
            message.content = MessageContent::nothing();
            (message.mentions, message.reactions) = Default::default();
        }
        if let Some(message) = result.direct_message.as_mut().filter(|message| !may_read(&message.id)) {
            message.content = MessageContent::nothing();
            message.reactions = Vec::new();
        }
        let person = self.reference.person(who);
        if let Some(request) = &mut result.help_request {
            let is_theirs = request.participant_id == *who || keeps_order(person.role);
            if person.sent_out || !is_theirs {
                (request.text, request.about_participant_id) = Default::default();
            }
        }
        result
    }

    /// Somebody reloads, or opens a second tab.
    fn appear(&mut self) {
        let who = self.somebody();
        let entries = self.stage.session.enter(&who, self.stage.now);
        let mut after = self.reference.clone();
        // After the end, who was there may look without coming in, unless they were sent out.
        let looks_on = after.ended && after.people.contains_key(&who.id) && !after.banned.contains(&who.id);
        if looks_on && after.person(&who.id).sent_out {
            assert_eq!(entries.unwrap_err().code(), ErrorCode::Removed);
            return;
        }
        let arrives = if looks_on { Ok(false) } else { after.connect(&who) };
        match arrives {
            Ok(changes) => {
                let entries = entries.unwrap();
                assert_eq!(!entries.is_empty(), changes, "{} appears", who.id);
                self.stage.journal.extend(entries);
                if !looks_on {
                    self.reference.addressed.insert(who.id.clone());
                }
                if changes {
                    after.addressed.insert(who.id.clone());
                    after.clock = after.clock.max(self.stage.now);
                    self.reference = after;
                }
            }
            Err(code) => assert_eq!(entries.unwrap_err().code(), code),
        }
    }

    fn evict(&mut self) {
        let before = self.stage.session.state().clone();
        self.stage.restart();
        assert_eq!(self.stage.session.state(), &before, "an eviction forgets nothing");
        // Whoever has a socket is known again at once, as the other half of the evictions have it.
        let everybody = PEOPLE.map(addressed);
        let connected: Vec<Actor> = match self.keys % 2 {
            0 => everybody.into(),
            _ => Vec::new(),
        };
        self.reference.addressed.clear();
        for who in connected
            .iter()
            .filter(|who| self.reference.people.contains_key(&who.id))
        {
            self.stage.session.know_address(who);
            self.reference.addressed.insert(who.id.clone());
        }
    }

    /// The clock is set forward or back, and the alarm rings late, early or for nothing.
    fn clock_jumps(&mut self) {
        let by = self.chance.below(1_200_000);
        self.stage.now = if self.chance.one_in(2) {
            self.stage.now + by
        } else {
            self.stage.now.saturating_sub(by)
        };
        self.ring();
    }

    /// Time passes, and the alarm rings whenever it is due.
    fn wait(&mut self) {
        let until = self.stage.now + self.chance.below(200_000);
        while let Some(due) = self.stage.session.poll_timeout().filter(|due| *due <= until) {
            self.stage.now = self.stage.now.max(due);
            self.ring();
            assert_ne!(
                self.stage.session.poll_timeout(),
                Some(due),
                "the alarm does not ring twice for the same"
            );
        }
        self.stage.now = until;
    }

    fn ring(&mut self) {
        let entries = self.stage.session.handle_timeout(self.stage.now);
        let rev = entries.first().map_or(0, |entry| entry.rev);
        self.reference.time_passes(self.stage.now, rev);
        if !entries.is_empty() {
            self.reference.clock = self.reference.clock.max(self.stage.now);
        }
        self.stage.journal.extend(entries);
        self.compare();
    }

    /// Mostly somebody who may run the session, so that there is something to take part in.
    fn somebody(&mut self) -> Actor {
        let keepers = self
            .reference
            .people
            .iter()
            .filter(|(_, person)| person.joined && keeps_order(person.role));
        let keepers: Vec<&str> = keepers.map(|(id, _)| id.as_str()).collect();
        let name = match keepers.is_empty() || self.chance.one_in(2) {
            true => self.chance.of(&PEOPLE),
            false => self.chance.of(&keepers),
        };
        addressed(name)
    }

    fn compare(&self) {
        let state = self.stage.session.state();
        let is_so = Reference {
            addressed: self.reference.addressed.clone(),
            ..Reference::of(&self.stage)
        };
        assert_eq!(is_so, self.reference);
        let next = state.next_timeout();
        let end = self.reference.next_end();
        assert!(
            next <= end && next.is_some() == end.is_some(),
            "the alarm is set for {end:?}: {next:?}"
        );
        for who in PEOPLE.map(id) {
            self.check_ears(&who);
        }
        self.check_places();
        self.check_reading();
    }

    /// Whichever way somebody reads, they read what was said while they were there, and no more.
    fn check_reading(&self) {
        let state = self.stage.session.state();
        let said = self.stage.journal.iter().flat_map(|entry| &entry.events);
        let said: Vec<Said> = said.filter_map(|sequenced| Said::of(&sequenced.event)).collect();
        for who in self.reference.people.keys() {
            let may_read = |said: &Said| {
                self.reference
                    .may_read(who, &self.reference.said[&said.id().rev().unwrap()])
            };
            for said in &said {
                assert_eq!(state.may_read_said(who, said), may_read(said), "{who} reads {said:?}");
            }
            for room in self.reference.rooms.keys().chain([&RoomId::main()]) {
                let Ok(readable) = state.readable(who, room) else {
                    continue;
                };
                let in_room = said.iter().filter_map(|said| match said {
                    Said::Room(message) if message.room_id == *room => Some((message.seq, may_read(said))),
                    _ => None,
                });
                self.check_pages(&readable, room, &in_room.collect());
            }
        }
    }

    /// What is read page by page, and what is told to be missing, is the whole.
    fn check_pages(&self, readable: &Readable, room: &RoomId, said: &BTreeMap<u64, bool>) {
        let head = self.stage.session.state().head(&StreamId::Room(room.clone()));
        let within = readable.within(0, head);
        let read = said
            .keys()
            .filter(|seq| within.iter().any(|(from, to)| from < *seq && *seq <= to));
        let expected = said.iter().filter(|(_, may_read)| **may_read).map(|(seq, _)| seq);
        assert!(read.eq(expected), "{room}: {within:?}, and {said:?}");
        let gaps = readable.gaps(0, head + 1, head);
        // Who has left for good misses nothing.
        let last = within.last().map(|(_, to)| *to);
        for (seq, may_read) in said.iter().filter(|(seq, _)| last.is_none_or(|last| **seq < last)) {
            let is_told = gaps.iter().any(|gap| gap.after < *seq && *seq < gap.before);
            assert_eq!(is_told, !may_read, "{room} {seq}: {gaps:?}");
        }
    }

    /// Everybody hears what they should, and no more.
    fn check_ears(&self, who: &ParticipantId) {
        let state = self.stage.session.state();
        let hears = self.reference.hears(who);
        assert_eq!(state.followed(who).into_iter().collect::<BTreeSet<_>>(), hears);
        let is_keeper = hears.contains(&flagship_protocol::ids::StreamId::Moderators);
        assert_eq!(
            state.moderation(who).is_some(),
            is_keeper,
            "{who} knows what moderators know"
        );
        assert!(state.own(who).help.iter().all(|request| request.participant_id == *who));
    }

    /// Nobody is stranded, nobody banned is in, and who walks in does not overfill a room.
    fn check_places(&self) {
        for (who, person) in &self.reference.people {
            assert!(
                !person.joined || !self.reference.banned.contains(who),
                "{who} is banned and in"
            );
            let room = self.reference.rooms.get(&person.place);
            assert!(
                person.place.is_main() || person.joined,
                "{who} is in a room and not in the session"
            );
            let is_stranded = room.is_none_or(|room| matches!(room.state, RoomState::Preparing | RoomState::Closed));
            assert!(person.place.is_main() || !is_stranded, "{who} is stranded");
        }
    }

    /// A room holds more than it may only through those whom nothing keeps out, or by how it was before.
    fn check_capacity(&self, before: &Reference, command: &Command) {
        for (id, room) in &self.reference.rooms {
            let (was, is) = (before.present(id), self.reference.present(id));
            let Some(capacity) = room.capacity.filter(|capacity| is as u64 > *capacity && is > was) else {
                continue;
            };
            let is_free = |who: &ParticipantId| {
                let person = self.reference.person(who);
                keeps_order(person.role) || room.facilitators.contains(who)
            };
            let came = self.reference.people.iter().filter(|(who, person)| {
                person.place == *id && before.people.get(*who).is_none_or(|then| then.place != *id)
            });
            let came: Vec<_> = came.map(|(who, _)| who).collect();
            assert!(
                came.iter().all(|who| is_free(who)),
                "{command:?} brought {came:?} into a room for {capacity}"
            );
        }
    }
}

/// Somebody with an e-mail address.
fn addressed(name: &str) -> Actor {
    Actor {
        email: Some(format!("{name}@x.org").parse().unwrap()),
        ..actor(name)
    }
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for _ in 0..STEPS {
        run.step();
    }
    run.stage.check();
    let whole = Session::restore(None, run.stage.journal.iter().cloned()).unwrap();
    assert_eq!(
        whole.state(),
        run.stage.session.state(),
        "the journal alone tells it all"
    );
    if let Some((host, _)) = run
        .reference
        .people
        .iter()
        .find(|(_, who)| who.joined && who.role == flagship_protocol::model::Role::Host)
    {
        let host = actor(host.as_str());
        run.carry_out(host, EndSession {}.into());
        for _ in 0..20 {
            run.step();
        }
        run.stage.check();
    }
}

/// The seeds that failed once.
fn kept() -> Vec<u64> {
    let lines = include_str!("model/seeds.txt").lines();
    let seeds = lines.filter_map(|line| line.split('#').next()?.split_whitespace().next());
    seeds.map(|seed| seed.parse().unwrap()).collect()
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Says which seed it was when a run fails.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {0} fails: MODEL_SEED={0} MODEL_RUNS=1 repeats it", self.0);
        }
    }
}

#[test]
fn a_session_is_what_a_simple_account_of_it_says() {
    let first = number("MODEL_SEED").unwrap_or(0);
    let seeds = first..first + number("MODEL_RUNS").unwrap_or(RUNS);
    for seed in kept().into_iter().chain(seeds) {
        let seed = Seed(seed);
        run(seed.0);
    }
}

/// `cargo test --test session -- --ignored --nocapture steps_per_second`
#[test]
#[ignore = "measures, asserts nothing"]
fn steps_per_second() {
    let started = Instant::now();
    let runs = number("MODEL_RUNS").unwrap_or(RUNS);
    (0..runs).for_each(run);
    let seconds = started.elapsed().as_secs_f64();
    println!("{:.0} steps a second", (runs * STEPS) as f64 / seconds);
}
