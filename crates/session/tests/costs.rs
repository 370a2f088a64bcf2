//! What a message and an arrival cost, counted in allocations: the same on every machine, so that a limit can be close.
//!
//! Nothing else in the session's own work grows without being seen here: a copy of the state, a tree of values on the way
//! to JSON, a search through everybody.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use flagship_protocol::frames::{Ack, ClientFrame, ServerFrame, decode_message};
use flagship_protocol::http::TestRoomCreation;
use flagship_session::{Actor, Handled, NewSession, Session};

/// Allocations for a message, from the frame that brings it to the texts that go out.
const MESSAGE: u64 = 44;

/// Allocations for somebody who comes in.
const ARRIVAL: u64 = 18;

/// Allocations for somebody who comes in by a command that is refused: they come in, and it is taken back.
const REFUSED_ARRIVAL: u64 = 21;

fn actor(number: usize) -> Actor {
    let name = format!("person-{number:04}");
    Actor::new(name.parse().unwrap(), name.parse().unwrap())
}

fn session_of(people: usize) -> Session {
    let plan = NewSession {
        id: "s1".parse().unwrap(),
        title: "Workshop".parse().unwrap(),
        anonymous: false,
    };
    let (mut session, _) = Session::create(plan, "epoch".into(), &actor(0), None, 1_000);
    for number in 1..people {
        session.enter(&actor(number), 1_000).unwrap();
    }
    session
}

/// All that is done for a message but the storage: read, decided, applied, written as JSON for the journal and for
/// those who hear it, and answered.
fn say(session: &mut Session, number: usize) -> usize {
    let content = "x".repeat(64);
    let text = format!(
        r#"{{"type":"command","id":"key-{number:08}","command":{{"type":"send_message","roomId":"main","content":"{content}"}}}}"#
    );
    let mut frames = decode_message(&text).unwrap();
    let Ok(ClientFrame::Command(frame)) = frames.pop().unwrap() else {
        panic!("not a command");
    };
    let Handled::Done(done) = session.handle(&actor(1), &frame.id, &frame.command, 2_000).unwrap() else {
        panic!("done before");
    };
    let events: usize = done
        .entries
        .iter()
        .map(|entry| serde_json::to_string(&entry.events).unwrap().len())
        .sum();
    let ack = ServerFrame::Ack(Ack {
        id: frame.id,
        rev: done.rev,
        duplicate: false,
        result: done.result,
        streams: None,
        messages: vec![],
        moderation: None,
    });
    events + ack.to_json().len()
}

/// Allocations for one message, without those that make room for many to come.
fn cost_of_a_message(session: &mut Session, from: usize) -> u64 {
    let counts = (from..from + 20).map(|number| {
        allocation_counter::measure(|| {
            std::hint::black_box(say(session, number));
        })
        .count_total
    });
    counts.min().unwrap()
}

#[test]
fn a_message_costs_little_and_the_same_however_many_are_there() {
    let few = cost_of_a_message(&mut session_of(10), 0);
    let many = cost_of_a_message(&mut session_of(1_000), 0);
    println!("a message: {few} allocations with 10 people, {many} with 1,000");
    assert!(many <= few + 2, "{many} with 1,000 people, {few} with 10");
    assert!(many <= MESSAGE, "{many} allocations");
}

#[test]
fn a_message_costs_the_same_after_many_others() {
    let mut session = session_of(50);
    let first = cost_of_a_message(&mut session, 0);
    for number in 100..60_000 {
        say(&mut session, number);
    }
    let last = cost_of_a_message(&mut session, 60_000);
    println!("a message: {first} allocations at first, {last} after 60,000");
    assert!(last <= first + 2, "{last} after 60,000, {first} at first");
}

#[test]
fn a_dry_run_copies_nothing_of_the_session() {
    let cost = |people: usize| {
        let mut session = session_of(people);
        let trial = || TestRoomCreation {
            name: "Trial".parse().unwrap(),
            capacity: None,
        };
        let key = "dry".parse().unwrap();
        // The host, somebody whose role does not allow it, and somebody who would come in by it.
        [actor(0), actor(1), actor(people)].map(|who| {
            allocation_counter::measure(|| {
                std::hint::black_box(session.try_room_creation(&who, &key, trial(), 2_000));
            })
            .count_total
        })
    };
    let (few, many) = (cost(10), cost(900));
    println!("a dry run: {few:?} allocations with 10 people, {many:?} with 900");
    for (few, many) in few.into_iter().zip(many) {
        assert!(many <= few + 2, "{many} with 900 people, {few} with 10");
    }
}

#[test]
fn the_thousandth_comes_in_like_the_tenth() {
    let cost = |people: usize| {
        let mut session = session_of(people);
        let counts = (0..10).map(|number| {
            let who = actor(people + number);
            allocation_counter::measure(|| {
                std::hint::black_box(session.enter(&who, 2_000).unwrap());
            })
            .count_total
        });
        counts.min().unwrap()
    };
    let (tenth, thousandth) = (cost(10), cost(900));
    println!("an arrival: {tenth} allocations with 10 people, {thousandth} with 900");
    assert!(thousandth <= tenth + 2, "{thousandth} with 900 people, {tenth} with 10");
    assert!(thousandth <= ARRIVAL, "{thousandth} allocations");
}

#[test]
fn a_first_command_that_is_refused_costs_the_same_however_many_are_there() {
    let text = r#"{"type":"command","id":"key","command":{"type":"end_session"}}"#;
    let Ok(ClientFrame::Command(frame)) = decode_message(text).unwrap().remove(0) else {
        panic!("not a command");
    };
    let cost = |people: usize| {
        let mut session = session_of(people);
        let counts = (0..10).map(|number| {
            let who = actor(people + number);
            allocation_counter::measure(|| {
                let refused = session.handle(&who, &frame.id, &frame.command, 2_000);
                assert!(refused.is_err(), "nobody but a host ends a session");
            })
            .count_total
        });
        counts.min().unwrap()
    };
    let (few, many) = (cost(10), cost(900));
    println!("a refused arrival: {few} allocations with 10 people, {many} with 900");
    assert!(many <= few + 2, "{many} with 900 people, {few} with 10");
    assert!(many <= REFUSED_ARRIVAL, "{many} allocations");
}
