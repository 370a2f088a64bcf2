//! The checker finds what is planted: a sound recording with one thing changed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use flagship_delivery::{Breach, Message, Placed, Record, Source, Verdict, check, read, write};

const MAIN: &str = "room:main";

fn sent(client: &str, key: &str) -> Record {
    Record::Sent {
        client: client.into(),
        command_id: key.into(),
        content: Some(format!("says {key}")),
        streams: vec![MAIN.into()],
    }
}

fn placed(key: &str, seq: u64) -> Placed {
    Placed {
        id: format!("m{seq}"),
        stream: MAIN.into(),
        seq,
        content: format!("says {key}"),
        changed: false,
    }
}

fn acked(client: &str, key: &str, seq: u64) -> Record {
    Record::Acked {
        client: client.into(),
        command_id: key.into(),
        rev: 10 + seq,
        duplicate: false,
        message: Some(placed(key, seq)),
    }
}

fn saw(client: &str, sender: &str, key: &str, seq: u64) -> Record {
    Record::Saw {
        client: client.into(),
        stream: MAIN.into(),
        seq,
        by: Source::Event,
        message: Some(Message {
            id: format!("m{seq}"),
            sender_id: sender.into(),
            command_id: key.into(),
            content: format!("says {key}"),
            changed: false,
        }),
    }
}

fn page(record: Record) -> Record {
    match record {
        Record::Saw {
            client,
            stream,
            seq,
            message,
            ..
        } => Record::Saw {
            client,
            stream,
            seq,
            by: Source::Page,
            message,
        },
        other => other,
    }
}

fn refused(client: &str, key: &str) -> [Record; 2] {
    let (client, command_id) = (client.to_owned(), key.to_owned());
    [
        Record::Refused {
            client: client.clone(),
            command_id: command_id.clone(),
            code: "room_closed".into(),
        },
        Record::Failed {
            client,
            command_id,
            reason: "room_closed".into(),
        },
    ]
}

/// Ada says k1, k2 and k3, of which k3 is refused; Bo says b1. Both see 1 to 3.
fn sound() -> Vec<Record> {
    let mut records = Vec::new();
    for (client, participant) in [("ada-1", "ada"), ("bo-1", "bo")] {
        records.push(Record::Client {
            client: client.into(),
            participant: participant.into(),
        });
        records.push(Record::Entitled {
            client: client.into(),
            stream: MAIN.into(),
            after: 0,
            until: None,
        });
        records.push(Record::Followed {
            client: client.into(),
            stream: MAIN.into(),
            after: 0,
        });
    }
    let said = [("ada-1", "ada", "k1"), ("bo-1", "bo", "b1"), ("ada-1", "ada", "k2")];
    for (seq, (client, sender, key)) in (1..).zip(said) {
        records.push(sent(client, key));
        records.push(acked(client, key, seq));
        records.push(saw("ada-1", sender, key, seq));
        records.push(saw("bo-1", sender, key, seq));
    }
    records.push(sent("ada-1", "k3"));
    records.extend(refused("ada-1", "k3"));
    records
}

/// The position of the first record that is the same.
fn position(records: &[Record], record: &Record) -> usize {
    records.iter().position(|other| other == record).unwrap()
}

/// Checks the sound recording after a change, and that only this was found.
fn finds(change: impl FnOnce(&mut Vec<Record>), is_it: impl Fn(&Breach) -> bool) -> Verdict {
    let mut records = sound();
    change(&mut records);
    let verdict = check(&records);
    assert!(!verdict.holds(), "nothing was found");
    assert!(verdict.breaches.iter().any(is_it), "{verdict}");
    verdict
}

#[test]
fn a_sound_recording_holds() {
    let verdict = check(&sound());
    assert!(verdict.holds(), "{verdict}");
    let counts = verdict.counts;
    assert_eq!((counts.clients, counts.commands, counts.acked), (2, 4, 3));
    assert_eq!((counts.expected, counts.delivered), (6, 6));
    assert_eq!((counts.refused, counts.failed), (1, 1));
}

#[test]
fn a_loss() {
    let lost = |records: &mut Vec<Record>| {
        let at = position(records, &saw("bo-1", "ada", "k2", 3));
        records.remove(at);
    };
    let verdict = finds(
        lost,
        |breach| matches!(breach, Breach::Lost { client, seq: Some(3), .. } if client == "bo-1"),
    );
    assert_eq!((verdict.counts.delivered, verdict.breaches.len()), (5, 1));
}

#[test]
fn a_loss_that_a_page_made_good_is_none() {
    let mut records = sound();
    let at = position(&records, &saw("bo-1", "ada", "k2", 3));
    records[at] = page(records[at].clone());
    assert!(check(&records).holds());
}

#[test]
fn a_loss_after_a_fresh_start() {
    finds(
        |records| records.push(Record::Restarted { client: "bo-1".into() }),
        |breach| matches!(breach, Breach::Lost { seq: Some(1), .. }),
    );
}

#[test]
fn a_loss_of_one_message_of_a_broadcast() {
    let broadcast = |records: &mut Vec<Record>| {
        records.push(Record::Entitled {
            client: "bo-1".into(),
            stream: "room:r3".into(),
            after: 0,
            until: None,
        });
        records.push(Record::Sent {
            client: "ada-1".into(),
            command_id: "k4".into(),
            content: Some("says k4".into()),
            streams: vec![MAIN.into(), "room:r3".into()],
        });
        records.push(acked("ada-1", "k4", 4));
        records.push(saw("ada-1", "ada", "k4", 4));
        records.push(saw("bo-1", "ada", "k4", 4));
    };
    let verdict = finds(
        broadcast,
        |breach| matches!(breach, Breach::Lost { stream, seq: None, .. } if stream == "room:r3"),
    );
    assert_eq!(verdict.breaches.len(), 1);
}

#[test]
fn a_double_event() {
    finds(
        |records| records.push(saw("bo-1", "ada", "k2", 3)),
        |breach| matches!(breach, Breach::Doubled { client, seq: 3, .. } if client == "bo-1"),
    );
}

#[test]
fn a_double_at_another_place() {
    let double = |records: &mut Vec<Record>| {
        for client in ["ada-1", "bo-1"] {
            records.push(saw(client, "ada", "k2", 4));
        }
    };
    finds(double, |breach| {
        matches!(breach, Breach::SaidTwice { seqs: (3, 4), .. })
    });
}

#[test]
fn a_reorder() {
    let swap = |records: &mut Vec<Record>| {
        let one = position(records, &saw("bo-1", "bo", "b1", 2));
        let other = position(records, &saw("bo-1", "ada", "k2", 3));
        records.swap(one, other);
    };
    let verdict = finds(swap, |breach| {
        matches!(breach, Breach::Reordered { seq: 2, after: 3, .. })
    });
    assert_eq!(verdict.breaches.len(), 1);
}

#[test]
fn a_different_order_for_each() {
    let swap = |records: &mut Vec<Record>| {
        let one = position(records, &saw("bo-1", "bo", "b1", 2));
        let other = position(records, &saw("bo-1", "ada", "k2", 3));
        records[one] = saw("bo-1", "ada", "k2", 2);
        records[other] = saw("bo-1", "bo", "b1", 3);
    };
    finds(
        swap,
        |breach| matches!(breach, Breach::Split { seq: 2, client, .. } if client == "bo-1"),
    );
}

#[test]
fn acknowledgements_in_another_order_than_the_stream() {
    let swap = |records: &mut Vec<Record>| {
        let at = position(records, &acked("ada-1", "k2", 3));
        if let Record::Acked { rev, .. } = &mut records[at] {
            *rev = 5;
        }
    };
    finds(swap, |breach| matches!(breach, Breach::OutOfOrder { .. }));
}

#[test]
fn a_gap() {
    let gap = |records: &mut Vec<Record>| {
        let at = position(records, &saw("bo-1", "bo", "b1", 2));
        records.remove(at);
    };
    finds(
        gap,
        |breach| matches!(breach, Breach::Gap { client, seq: 2, .. } if client == "bo-1"),
    );
}

#[test]
fn a_gap_of_something_that_nobody_acknowledged() {
    let gap = |records: &mut Vec<Record>| {
        for client in ["ada-1", "bo-1"] {
            records.push(Record::Saw {
                client: client.into(),
                stream: MAIN.into(),
                seq: 5,
                by: Source::Event,
                message: None,
            });
        }
    };
    finds(gap, |breach| matches!(breach, Breach::Gap { seq: 4, .. }));
}

#[test]
fn a_gap_at_the_beginning() {
    let gap = |records: &mut Vec<Record>| {
        let at = position(records, &saw("bo-1", "ada", "k1", 1));
        records.remove(at);
    };
    finds(gap, |breach| matches!(breach, Breach::Gap { seq: 1, .. }));
}

#[test]
fn a_phantom() {
    finds(
        |records| records.push(saw("bo-1", "ada", "never", 4)),
        |breach| matches!(breach, Breach::Phantom { command, .. } if command.1 == "never"),
    );
    // Under a key of somebody else, too.
    finds(
        |records| records.push(saw("bo-1", "bo", "k1", 4)),
        |breach| matches!(breach, Breach::Phantom { command, .. } if command.0 == "bo"),
    );
}

#[test]
fn a_message_in_a_room_that_it_was_not_sent_to() {
    let astray = |records: &mut Vec<Record>| {
        records.push(Record::Sent {
            client: "ada-1".into(),
            command_id: "k4".into(),
            content: Some("says k4".into()),
            streams: vec!["room:r3".into()],
        });
        records.push(saw("bo-1", "ada", "k4", 4));
        records.push(saw("ada-1", "ada", "k4", 4));
    };
    finds(astray, |breach| matches!(breach, Breach::Phantom { seq: 4, .. }));
}

#[test]
fn changed_content() {
    let change = |records: &mut Vec<Record>| {
        let at = position(records, &saw("bo-1", "ada", "k2", 3));
        if let Record::Saw {
            message: Some(message), ..
        } = &mut records[at]
        {
            message.content = "says something else".into();
        }
    };
    finds(
        change,
        |breach| matches!(breach, Breach::Changed { client, .. } if client == "bo-1"),
    );
}

#[test]
fn what_was_edited_says_something_else() {
    let mut records = sound();
    let at = position(&records, &saw("bo-1", "ada", "k2", 3));
    if let Record::Saw {
        message: Some(message), ..
    } = &mut records[at]
    {
        message.content = "says something else".into();
        message.changed = true;
    }
    assert!(check(&records).holds());
    if let Record::Saw {
        message: Some(message), ..
    } = &mut records[at]
    {
        message.id = "m99".into();
    }
    assert!(!check(&records).holds(), "it is still the same message");
}

#[test]
fn changed_content_in_an_acknowledgement() {
    let change = |records: &mut Vec<Record>| {
        let at = position(records, &acked("ada-1", "k2", 3));
        if let Record::Acked {
            message: Some(message), ..
        } = &mut records[at]
        {
            message.content = "says something else".into();
        }
    };
    finds(
        change,
        |breach| matches!(breach, Breach::Changed { client, .. } if client == "ada-1"),
    );
}

#[test]
fn a_refused_command_that_is_there() {
    let there = |records: &mut Vec<Record>| {
        records.push(saw("ada-1", "ada", "k3", 4));
        records.push(saw("bo-1", "ada", "k3", 4));
    };
    let verdict = finds(there, |breach| matches!(breach, Breach::RefusedYetSeen { seq: 4, .. }));
    assert_eq!(verdict.breaches.len(), 1);
}

#[test]
fn a_refused_command_of_which_another_attempt_was_carried_out_is_none() {
    let mut records = sound();
    records.push(sent("ada-1", "k3"));
    records.push(saw("ada-1", "ada", "k3", 4));
    records.push(saw("bo-1", "ada", "k3", 4));
    assert!(check(&records).holds());
}

#[test]
fn an_acknowledgement_of_what_was_refused() {
    // Answered both ways, and, since nothing was carried out, never seen.
    let verdict = finds(
        |records| records.push(acked("ada-1", "k3", 4)),
        |breach| {
            matches!(
                breach,
                Breach::AnsweredTwice {
                    attempts: 1,
                    answers: 2,
                    ..
                }
            )
        },
    );
    assert!(
        verdict
            .breaches
            .iter()
            .any(|breach| matches!(breach, Breach::Lost { seq: Some(4), .. }))
    );
}

#[test]
fn a_refusal_turned_into_an_acknowledgement() {
    let turn = |records: &mut Vec<Record>| {
        records.truncate(records.len() - 2);
        records.push(acked("ada-1", "k3", 4));
    };
    let verdict = finds(turn, |breach| matches!(breach, Breach::Lost { seq: Some(4), .. }));
    assert_eq!(verdict.breaches.len(), 2, "for both clients");
}

#[test]
fn an_answer_that_nobody_asked_for() {
    finds(
        |records| records.push(acked("bo-1", "never", 4)),
        |breach| matches!(breach, Breach::AnsweredTwice { attempts: 0, .. }),
    );
}

#[test]
fn a_repeat_that_names_another_result() {
    let repeat = |seq: u64, duplicate: bool| {
        move |records: &mut Vec<Record>| {
            records.push(sent("ada-1", "k2"));
            let mut again = acked("ada-1", "k2", seq);
            if let Record::Acked { duplicate: said, .. } = &mut again {
                *said = duplicate;
            }
            records.push(again);
        }
    };
    let differ = |breach: &Breach| matches!(breach, Breach::AcksDiffer { .. });
    finds(repeat(4, true), differ);
    // The same result, but carried out anew.
    finds(repeat(3, false), differ);
    let mut records = sound();
    repeat(3, true)(&mut records);
    let verdict = check(&records);
    assert!(verdict.holds(), "{verdict}");
    assert_eq!(verdict.counts.duplicates, 1);
}

#[test]
fn a_send_without_an_outcome() {
    finds(
        |records| records.push(sent("bo-1", "b2")),
        |breach| matches!(breach, Breach::Unsettled { command } if command.1 == "b2"),
    );
    // Seen by who sent it, it is settled without an acknowledgement.
    let mut records = sound();
    records.push(sent("bo-1", "b2"));
    records.push(saw("bo-1", "bo", "b2", 4));
    assert!(check(&records).holds());
}

#[test]
fn something_that_is_not_for_everybody() {
    let leak = |records: &mut Vec<Record>| {
        records.push(Record::Saw {
            client: "bo-1".into(),
            stream: "moderators".into(),
            seq: 1,
            by: Source::Event,
            message: None,
        });
    };
    finds(
        leak,
        |breach| matches!(breach, Breach::Leaked { client, .. } if client == "bo-1"),
    );
}

#[test]
fn something_of_a_stretch_that_is_not_for_them() {
    let readable = |after, until| Record::Readable {
        client: "bo-1".into(),
        stream: MAIN.into(),
        after,
        until,
    };
    let mut whole = sound();
    whole.extend([readable(0, Some(1)), readable(1, None)]);
    assert!(check(&whole).holds());
    finds(
        |records| records.extend([readable(0, Some(1)), readable(2, None)]),
        |breach| matches!(breach, Breach::Leaked { client, seq: 2, .. } if client == "bo-1"),
    );
}

#[test]
fn only_the_span_that_somebody_is_entitled_to_is_asked_of_them() {
    let mut records = sound();
    records.push(Record::Client {
        client: "cy-1".into(),
        participant: "cy".into(),
    });
    records.push(Record::Entitled {
        client: "cy-1".into(),
        stream: MAIN.into(),
        after: 1,
        until: Some(2),
    });
    assert_eq!(
        check(&records).breaches,
        [Breach::Lost {
            client: "cy-1".into(),
            stream: MAIN.into(),
            seq: Some(2),
            command: ("bo".into(), "b1".into()),
        }]
    );
}

#[test]
fn a_recording_that_proves_nothing_does_not_hold() {
    let mut records = sound();
    records.retain(|record| !matches!(record, Record::Entitled { .. } | Record::Saw { .. }));
    assert_eq!(check(&records).breaches, [Breach::NobodyEntitled]);
    finds(
        |records| records.push(acked("dee-1", "k9", 4)),
        |breach| matches!(breach, Breach::UnknownClient { client } if client == "dee-1"),
    );
}

#[test]
fn a_recording_survives_being_written_and_read() {
    let mut text = Vec::new();
    write(&sound(), &mut text).unwrap();
    assert_eq!(read(text.as_slice()).unwrap(), sound());
    let line = r#"{"type":"acked","client":"a","commandId":"k","rev":3,"duplicate":true,"at":12}"#;
    let [Record::Acked { message: None, .. }] = read(line.as_bytes()).unwrap()[..] else {
        panic!("a command that says nothing, with a note of its time");
    };
    let unreadable = read("\n{\"type\":\"sang\"}".as_bytes()).unwrap_err();
    assert_eq!(unreadable.line, 2);
}
