//! Reads a plan from the standard input, carries it out, and writes the report to the standard output.

use std::error::Error;
use std::io::{read_to_string, stdin, stdout};

use flagship_load::content::SMALLEST;
use flagship_load::plan::Plan;
use flagship_load::run::run;

fn main() -> Result<(), Box<dyn Error>> {
    let plan: Plan = serde_json::from_str(&read_to_string(stdin())?)?;
    if plan.connections.is_empty() || plan.joining == 0 {
        return Err("nobody to connect".into());
    }
    if plan.size < SMALLEST {
        return Err(format!("messages have {SMALLEST} bytes at least").into());
    }
    serde_json::to_writer_pretty(stdout(), &run(&plan)?)?;
    println!();
    Ok(())
}
