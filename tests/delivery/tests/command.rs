//! The command: exit codes and what it prints.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn check(recording: &str) -> Output {
    check_with(&[], recording)
}

fn check_with(options: &[&str], recording: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flagship-delivery"))
        .args(options)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that was refused reads nothing, and may have ended before it is written to.
    let _ = command.stdin.take().unwrap().write_all(recording.as_bytes());
    command.wait_with_output().unwrap()
}

const RECORDING: &str = r#"
{"type":"client","client":"ada-1","participant":"ada"}
{"type":"entitled","client":"ada-1","stream":"room:main"}
{"type":"sent","client":"ada-1","commandId":"k-1","content":"hello","streams":["room:main"],"at":1700000000000}
{"type":"acked","client":"ada-1","commandId":"k-1","rev":3,"duplicate":false,"message":{"id":"m3","stream":"room:main","seq":1,"content":"hello"}}
"#;

const SEEN: &str = r#"{"type":"saw","client":"ada-1","stream":"room:main","seq":1,"by":"event","message":{"id":"m3","senderId":"ada","commandId":"k-1","content":"hello"}}"#;

#[test]
fn a_recording_that_holds_gives_0() {
    let output = check(&format!("{RECORDING}{SEEN}\n"));
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("holds: 1 of 1 deliveries"), "{said}");
}

#[test]
fn a_breach_gives_1_and_is_named() {
    let output = check(RECORDING);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("BROKEN: 0 of 1 deliveries"), "{said}");
    assert!(
        said.contains("lost: ada-1 never saw room:main 1, ada's command k-1"),
        "{said}"
    );
}

#[test]
fn what_is_no_recording_gives_2_with_the_line() {
    let output = check("{}\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("line 1"));
}

#[test]
fn a_program_is_told_counts_and_kinds() {
    let output = check_with(&["--json"], RECORDING);
    assert_eq!(output.status.code(), Some(1));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["counts"]["expected"], 1);
    assert_eq!(said["counts"]["delivered"], 0);
    assert_eq!(said["breaches"], serde_json::json!({"lost": 1}));
}

#[test]
fn an_option_that_does_not_exist_gives_2() {
    assert_eq!(check_with(&["--jsno"], RECORDING).status.code(), Some(2));
}
