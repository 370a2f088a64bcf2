//! What the tests share: short ways to make a request, and a check of the rules that owes nothing to the library.
#![allow(dead_code, missing_docs, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use flagship_assignment::{Assignment, Request};
use proptest::test_runner::{Config, RngSeed};

pub(crate) type Small = Request<u32, u32>;

/// `cases` random cases: the same ones every time, so that a run on the same tree always says the same. Others with
/// `PROPTEST_RNG_SEED=<number>`.
pub(crate) fn cases(cases: u32) -> Config {
    let config = Config::default();
    let rng_seed = match config.rng_seed {
        RngSeed::Random => RngSeed::Fixed(0),
        chosen => chosen,
    };
    Config {
        cases,
        rng_seed,
        // The seed repeats a failure; what it found becomes a test of its own.
        failure_persistence: None,
        ..config
    }
}

/// People 0.., rooms 100.. without a limit.
pub(crate) fn request(people: u32, rooms: u32) -> Small {
    Request {
        people: (0..people).map(|person| (person, BTreeSet::new())).collect(),
        rooms: (100..100 + rooms).map(|room| (room, None)).collect(),
        seed: 1,
        ..Request::default()
    }
}

pub(crate) fn set<const N: usize>(people: [u32; N]) -> BTreeSet<u32> {
    people.into()
}

/// Whether an assignment keeps every rule and places everybody.
pub(crate) fn keeps_all(request: &Small, assignment: &Assignment<u32, u32>) -> bool {
    request.people.keys().eq(assignment.keys()) && keeps(request, assignment)
}

/// Whether an assignment keeps every rule for those who are placed.
pub(crate) fn keeps(request: &Small, assignment: &Assignment<u32, u32>) -> bool {
    let known = |person: &&u32| request.people.contains_key(person);
    let rooms = |group: &BTreeSet<u32>| -> Vec<Option<u32>> {
        group
            .iter()
            .filter(known)
            .map(|person| assignment.get(person).copied())
            .collect()
    };
    let together = request
        .together
        .iter()
        .all(|group| rooms(group).windows(2).all(|pair| pair[0] == pair[1]));
    let apart = request.apart.iter().all(|group| {
        let placed: Vec<u32> = rooms(group).into_iter().flatten().collect();
        placed.len() == placed.iter().collect::<BTreeSet<_>>().len()
    });
    let fixed = request.fixed.iter().filter(|(person, _)| known(person));
    let fixed = fixed
        .into_iter()
        .all(|(person, room)| assignment.get(person) == Some(room));
    let sizes = sizes(request, assignment);
    let space = sizes
        .iter()
        .all(|(room, size)| request.rooms[room].is_none_or(|capacity| *size <= capacity));
    together && apart && fixed && space
}

pub(crate) fn sizes(request: &Small, assignment: &Assignment<u32, u32>) -> BTreeMap<u32, u32> {
    let mut sizes: BTreeMap<u32, u32> = request.rooms.keys().map(|room| (*room, 0)).collect();
    for room in assignment.values() {
        *sizes.get_mut(room).expect("a room of the request") += 1;
    }
    sizes
}

/// What the pairs in one room weigh together.
pub(crate) fn pairs(assignment: &Assignment<u32, u32>, weight: impl Fn(u32, u32) -> u32) -> u32 {
    let mut count = 0;
    for (one, room) in assignment {
        for (other, _) in assignment.range(..one).filter(|(_, other)| *other == room) {
            count += weight(*other, *one);
        }
    }
    count
}

/// Every assignment of everybody.
pub(crate) fn all_assignments(request: &Small) -> Vec<Assignment<u32, u32>> {
    let mut all = vec![Assignment::new()];
    for person in request.people.keys() {
        let with = |assignment: &Assignment<u32, u32>, room: u32| {
            let mut assignment = assignment.clone();
            assignment.insert(*person, room);
            assignment
        };
        all = all
            .iter()
            .flat_map(|assignment| request.rooms.keys().map(|room| with(assignment, *room)))
            .collect();
    }
    all
}
