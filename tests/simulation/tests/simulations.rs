//! Whole sessions under faults: the seeds that once found something, then a fixed range, so that the same tree
//! always says the same.
//!
//! `FLAGSHIP_SIMULATIONS` sets how many, for a quick look or a long one; `cargo run -q -p flagship-simulation -- FIRST COUNT` explores others.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{self, Write};
use std::thread;
use std::time::Instant;

use flagship_simulation::{Stats, run};

/// How many seeds, from 1, when nothing else is said: some forty seconds of two cores.
const SIMULATIONS: u64 = 20_000;

/// In so many, each fault is met often.
const TELLING: u64 = 1_000;

/// A seed that fails, with what does not hold.
type Failure = (u64, Vec<String>);

/// Plays seeds on every core, and gives what happened, or the first failure.
fn play(seeds: &[u64]) -> Result<Stats, Failure> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let play_some = |offset: usize| {
        let mut stats = Stats::default();
        for seed in seeds.iter().skip(offset).step_by(threads) {
            let outcome = run(*seed, None, false);
            stats += outcome.stats;
            if !outcome.failures.is_empty() {
                return Err((*seed, outcome.failures));
            }
        }
        Ok(stats)
    };
    let results: Vec<_> = thread::scope(|scope| {
        let players: Vec<_> = (0..threads)
            .map(|offset| scope.spawn(move || play_some(offset)))
            .collect();
        players.into_iter().map(|player| player.join().unwrap()).collect()
    });
    let mut stats = Stats::default();
    let mut failed = Vec::new();
    for result in results {
        match result {
            Ok(some) => stats += some,
            Err(failure) => failed.push(failure),
        }
    }
    failed.into_iter().min_by_key(|(seed, _)| *seed).map_or(Ok(stats), Err)
}

fn play_all(seeds: &[u64]) -> Stats {
    play(seeds).unwrap_or_else(|(seed, failures)| {
        panic!(
            "seed {seed}: {}\n\nreplay it: cargo run -q -p flagship-simulation -- {seed}\n\
             keep it:   add it to tests/simulation/seeds.txt",
            failures.join("\n")
        )
    })
}

/// The kept seeds.
fn kept() -> Vec<u64> {
    let lines = include_str!("../seeds.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_whitespace().next())
        .map(|seed| seed.parse().unwrap())
        .collect()
}

#[test]
fn sessions_survive_faults() {
    play_all(&kept());
    let count = match std::env::var("FLAGSHIP_SIMULATIONS") {
        Ok(count) => count.parse().unwrap(),
        Err(_) => SIMULATIONS,
    };
    let began = Instant::now();
    let stats = play_all(&(1..=count).collect::<Vec<_>>());
    // Not by `println!`, which is kept back when all is well.
    let seconds = began.elapsed().as_secs_f64();
    writeln!(io::stderr(), "simulated in {seconds:.0} s: {stats}").unwrap();
    // A simulator that met nothing proves nothing.
    if count >= TELLING {
        for (name, times) in stats.all() {
            assert!(times >= count / 10, "only {times} {name} in {count} runs");
        }
    }
    assert_eq!(stats.delivered, stats.expected);
}

#[test]
fn a_seed_plays_the_same_again() {
    for seed in 1..=10 {
        assert_eq!(run(seed, None, false), run(seed, None, false), "seed {seed}");
    }
}
