//! Plays seeds: `flagship-simulation SEED` replays one with a trace, `flagship-simulation FIRST COUNT` explores.

use std::fs::File;
use std::io::{self, BufWriter};
use std::process::ExitCode;

use flagship_simulation::{Stats, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok());
    match (number(0), number(1), arguments.len()) {
        (Some(seed), _, 1) => replay(seed, None),
        (Some(first), Some(count), 2) => explore(first, count),
        (Some(seed), None, 2) => replay(seed, arguments.get(1)),
        _ => {
            eprintln!("usage: flagship-simulation SEED          replays a seed, with a trace");
            eprintln!("       flagship-simulation SEED FILE     and writes what its clients recorded, for the checker");
            eprintln!("       flagship-simulation FIRST COUNT   plays so many seeds, up to the first that fails");
            ExitCode::from(2)
        }
    }
}

fn replay(seed: u64, recording: Option<&String>) -> ExitCode {
    let outcome = run(seed, None, true);
    println!("seed {seed}: {}", outcome.stats);
    for failure in &outcome.failures {
        println!("FAILED: {failure}");
    }
    if let Some(file) = recording {
        let written = File::create(file).and_then(|file| write(&outcome.records, file));
        if let Err(error) = written {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    }
    if outcome.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn write(records: &[flagship_delivery::Record], file: File) -> io::Result<()> {
    flagship_delivery::write(records, BufWriter::new(file))
}

fn explore(first: u64, count: u64) -> ExitCode {
    let mut stats = Stats::default();
    for seed in first..first.saturating_add(count) {
        let outcome = run(seed, None, false);
        stats += outcome.stats;
        if !outcome.failures.is_empty() {
            println!("seed {seed} FAILED: {}", outcome.failures.join("\n"));
            println!("replay it: cargo run -q -p flagship-simulation -- {seed}");
            println!("keep it:   add it to tests/simulation/seeds.txt");
            return ExitCode::FAILURE;
        }
    }
    println!("{stats}");
    ExitCode::SUCCESS
}
