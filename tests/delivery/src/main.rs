//! Checks recordings: `flagship-delivery [--json] FILE…`, `-` for the standard input.

use std::fs::File;
use std::io::{self, BufReader};
use std::process::ExitCode;

use flagship_delivery::{Unreadable, Verdict, check, read};

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let json = options == ["--json"];
    if files.is_empty() || !(json || options.is_empty()) {
        eprintln!(
            "usage: flagship-delivery [--json] FILE…   (recordings, one JSON object a line; - is the standard input; \
             --json for counts that a program can read)"
        );
        return ExitCode::from(2);
    }
    let mut holds = true;
    for file in &files {
        match judge(file) {
            Ok(verdict) => {
                if json {
                    let counts = serde_json::json!({"counts": verdict.counts, "breaches": verdict.kinds()});
                    println!("{counts}");
                } else {
                    print!("{file} {verdict}");
                }
                holds &= verdict.holds();
            }
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn judge(file: &str) -> Result<Verdict, Unreadable> {
    let records = if file == "-" {
        read(io::stdin().lock())?
    } else {
        let opened = File::open(file).map_err(|error| Unreadable { line: 0, error })?;
        read(BufReader::new(opened))?
    };
    Ok(check(&records))
}
