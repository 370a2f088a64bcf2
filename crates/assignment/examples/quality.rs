//! Prints how many meetings are repeated for sizes whose optimum is known, and what the largest session costs.
//!
//! `cargo run --release -p flagship-assignment --example quality`
//!
//! The known numbers of rounds without a repetition are those of Harvey's and Triska's tables for the social golfer
//! problem, and of the "Handbook of Combinatorial Designs" (2nd edition) for systems of triples and quadruples.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;
use std::time::Instant;

use flagship_assignment::{Meetings, Request, Strategy, assign, meetings, plan};

/// Rooms, people in each, rounds, and the fewest repeated meetings known.
const SIZES: &[(u32, u32, usize, u32)] = &[
    (3, 2, 5, 0),
    (5, 2, 9, 0),
    (10, 2, 19, 0),
    (3, 3, 4, 0),
    (4, 3, 4, 0),
    (5, 3, 7, 0),
    (6, 3, 8, 0),
    (7, 3, 10, 0),
    (8, 3, 11, 0),
    (9, 3, 13, 0),
    (10, 3, 14, 0),
    (4, 4, 5, 0),
    (5, 4, 5, 0),
    (6, 4, 7, 0),
    (7, 4, 9, 0),
    (8, 4, 7, 0),
    (8, 4, 8, 0),
    (8, 4, 9, 0),
    (8, 4, 10, 0),
    (9, 4, 11, 0),
    (10, 4, 13, 0),
    (5, 5, 6, 0),
    (6, 5, 5, 0),
    (6, 5, 6, 0),
    (7, 5, 7, 0),
    (8, 5, 8, 0),
    (6, 6, 3, 0),
    (7, 7, 8, 0),
    (8, 8, 9, 0),
    (10, 10, 3, 0),
];

fn request(people: u32, rooms: u32, seed: u64) -> Request<u32, u32> {
    Request {
        people: (0..people).map(|person| (person, BTreeSet::new())).collect(),
        rooms: (0..rooms).map(|room| (room, None)).collect(),
        seed,
        ..Request::default()
    }
}

/// The repetitions when rounds are asked for one by one.
fn one_by_one(mut request: Request<u32, u32>, rounds: usize) -> u32 {
    let mut repeated = 0;
    for _ in 0..rounds {
        let proposal = assign(&request, &Strategy::Balanced).unwrap();
        repeated += proposal.score.repeated_meetings;
        request.history.push(meetings(&proposal.assignment));
    }
    repeated
}

fn main() {
    println!("people  rooms  size  rounds  known  planned  gap  one by one  ms planned");
    for &(rooms, size, rounds, known) in SIZES {
        let request = request(rooms * size, rooms, 1);
        let begin = Instant::now();
        let proposals = plan(&request, rounds).unwrap();
        let time = begin.elapsed().as_secs_f64() * 1000.0;
        let planned: u32 = proposals.iter().map(|proposal| proposal.score.repeated_meetings).sum();
        let stepwise = one_by_one(request, rounds);
        println!(
            "{:6}  {rooms:5}  {size:4}  {rounds:6}  {known:5}  {planned:7}  {:3}  {stepwise:10}  {time:10.1}",
            rooms * size,
            planned - known
        );
    }
    println!();
    largest();
    hardest();
}

/// 1,000 people in 100 rooms with every kind of rule.
fn largest() {
    let (people, rooms) = (1000, 100);
    let mut request = request(people, rooms, 1);
    let plain = request.clone();
    request.rooms = (0..rooms)
        .map(|room| (room, (room % 3 > 0).then_some(10 + room % 3)))
        .collect();
    request.together = (0..60)
        .map(|group| (group * 3..group * 3 + 2 + group % 2).collect())
        .collect();
    request.apart = (0..60)
        .map(|group| (200 + group * 4..200 + group * 4 + 2 + group % 3).collect())
        .collect();
    request.fixed = (0..50).map(|person| (900 + person, person * 2)).collect();
    for (person, tags) in &mut request.people {
        tags.insert(format!("team {}", person % 12));
        tags.insert(format!("city {}", person % 7));
    }
    let strategies = [Strategy::Random, Strategy::Balanced, Strategy::Alike, Strategy::Mixed];
    println!("1,000 people in 100 rooms          ms  score");
    for round in [0, 3, 8] {
        request.history = history(people, rooms, round);
        for strategy in &strategies {
            measure(
                &format!("{strategy:?}, every rule, {round} rounds before"),
                &request,
                strategy,
            );
        }
        let plain = Request {
            history: request.history.clone(),
            ..plain.clone()
        };
        measure(
            &format!("Balanced, no rule, {round} rounds before"),
            &plain,
            &Strategy::Balanced,
        );
    }
}

/// Requests that are hard to place, or impossible without a short proof.
fn hardest() {
    println!();
    println!("hard to place                          ms");
    let mut request = request(1000, 100, 1);
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(10));
    // Everybody is apart from those of their team but one: 100 teams, and no place to spare.
    request.apart = (0..100)
        .map(|team| (0..10).map(|member| team + 100 * member).collect())
        .collect();
    measure("teams of ten apart, no place to spare", &request, &Strategy::Balanced);
    request.apart = (0..10)
        .map(|team| (0..100).map(|member| team * 100 + member).collect())
        .collect();
    measure("teams of a hundred apart, in 100 rooms", &request, &Strategy::Balanced);
    // Pairs of whom most cannot be: each person is apart from 90 of the 100 before them.
    request.apart = (1..1000_u32)
        .flat_map(|one| {
            (1..=90)
                .filter(move |back| *back <= one)
                .map(move |back| BTreeSet::from([one, one - back]))
        })
        .take(flagship_assignment::limits::RULES)
        .collect();
    measure("a thousand pairs apart", &request, &Strategy::Balanced);
    // Five in a circle, neighbours apart, and 98 apart from them and each other: 101 rooms, and no 101 pairwise apart.
    request.apart = (0..5)
        .map(|one| (5..103).chain([one, (one + 1) % 5]).collect())
        .collect();
    measure("impossible without a short proof", &request, &Strategy::Balanced);
    request.apart.clear();
    request.together = (0..333).map(|group| (group * 3..group * 3 + 3).collect()).collect();
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(11));
    measure("333 groups of three, rooms of eleven", &request, &Strategy::Balanced);
    request.rooms.values_mut().for_each(|capacity| *capacity = Some(10));
    measure("333 groups of three, rooms of ten", &request, &Strategy::Balanced);
}

fn measure(name: &str, request: &Request<u32, u32>, strategy: &Strategy<u32, u32>) {
    let begin = Instant::now();
    let proposal = assign(request, strategy);
    let time = begin.elapsed().as_secs_f64() * 1000.0;
    match proposal {
        Ok(proposal) => println!("{name:40} {time:6.1}  {:?}", proposal.score),
        Err(refusal) => println!("{name:40} {time:6.1}  {:.60}", refusal.to_string()),
    }
}

/// Rounds that came about without any thought: everybody walks on, each at a pace of their own.
fn history(people: u32, rooms: u32, rounds: u32) -> Vec<Meetings<u32>> {
    let room = |person: u32, round: u32| (person + round * (person * person / rooms + 7 * person)) % rooms;
    let round = |round| (0..people).map(|person| (person, room(person, round))).collect();
    (0..rounds).map(|number| meetings(&round(number))).collect()
}
