//! The simulator finds bugs: each that can be planted, within so many seeds.

use flagship_simulation::{Mutation, run};

/// Seeds within which a planted bug must be found.
const WITHIN: u64 = 800;

/// The first seed that finds a bug, with the beginning of what it says.
fn find(mutation: Mutation) -> Option<(u64, String)> {
    (1..=WITHIN).find_map(|seed| {
        let failures = run(seed, Some(mutation), false).failures;
        let said = failures.join(" ").chars().take(160).collect();
        (!failures.is_empty()).then_some((seed, said))
    })
}

#[test]
fn every_planted_bug_is_found() {
    let mut missed = Vec::new();
    for mutation in Mutation::ALL {
        match find(mutation) {
            Some((seed, said)) => println!("{mutation:?} by seed {seed}: {said}"),
            None => missed.push(mutation),
        }
    }
    assert_eq!(missed, [], "not found within {WITHIN} seeds");
}
