//! The corpus, and whatever once failed, with each `cargo test`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use flagship_fuzz::target;

/// Gives every input of a target, by its file, to the target; gives how many there were.
fn replay(name: &str) -> usize {
    let run = target(name).unwrap();
    let mut count = 0;
    for folder in ["corpus", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
        let Ok(files) = fs::read_dir(&folder) else {
            continue;
        };
        for file in files {
            let path = file.unwrap().path();
            let data = fs::read(&path).unwrap();
            if std::panic::catch_unwind(|| run(&data)).is_err() {
                panic!("{} fails", path.display());
            }
            count += 1;
        }
    }
    count
}

#[test]
fn frames() {
    assert!(replay("frames") > 10);
}

#[test]
fn session() {
    assert!(replay("session") > 10);
}

#[test]
fn bodies() {
    assert!(replay("bodies") > 10);
}
