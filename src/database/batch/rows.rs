//! Rows as texts: D1 binds at most 100 values, so that many rows travel as one JSON array, which SQLite takes apart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use worker::Result;

/// Bytes of messages in one statement: half of what a bound value may have.
const MESSAGE_BYTES: usize = 1_000_000;

/// A JSON array of rows, each with the `rev` that it reflects.
pub(super) fn rows<'a, T: Serialize + 'a>(rows: impl Iterator<Item = &'a (u64, T)>) -> Result<String> {
    let mut values = Vec::new();
    for (rev, row) in rows {
        // Written into the text, where going by way of a tree of values would cost more than all the rest.
        let row = serde_json::to_string(row)?;
        let columns = row.strip_prefix('{').unwrap_or_default();
        values.push(format!(r#"{{"rev":{rev},{columns}"#));
    }
    Ok(format!("[{}]", values.join(",")))
}

/// The row of an entry that said a message and nothing else, if nothing is to be said of the message but that. Its parts
/// go on as the texts that they are.
pub(super) fn plain_row(rev: u64, events: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Created<'a> {
        #[serde(rename = "type")]
        kind: &'a str,
        #[serde(borrow)]
        message: Plain<'a>,
        #[serde(rename = "seq")]
        _seq: u64,
        #[serde(rename = "rev")]
        _rev: u64,
        #[serde(rename = "at")]
        _at: u64,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Plain<'a> {
        #[serde(borrow)]
        id: &'a RawValue,
        #[serde(borrow)]
        room_id: &'a RawValue,
        seq: u64,
        #[serde(borrow)]
        sender_id: &'a RawValue,
        #[serde(borrow)]
        sender_alias: &'a RawValue,
        #[serde(borrow)]
        content: &'a RawValue,
        created_at: u64,
        #[serde(borrow)]
        command_id: &'a RawValue,
    }
    if !events.starts_with(r#"[{"type":"message_created","#) {
        return None;
    }
    let [Created { kind, message, .. }] = serde_json::from_str::<[Created<'_>; 1]>(events).ok()?;
    let Plain {
        id,
        room_id,
        seq,
        sender_id,
        sender_alias,
        content,
        created_at,
        command_id,
    } = message;
    // The order is that of the statement that writes it.
    (kind == "message_created")
        .then(|| format!("[{rev},{seq},{created_at},{room_id},{id},{sender_id},{sender_alias},{command_id},{content}]"))
}

/// JSON arrays of messages, none of them larger than a value may be.
pub(super) fn values<T: Serialize>(messages: &BTreeMap<u64, T>) -> Result<Vec<String>> {
    let mut values = Vec::new();
    for (rev, message) in messages {
        let row = rows(std::iter::once(&(*rev, message)))?;
        put(&mut values, row.trim_start_matches('[').trim_end_matches(']'));
    }
    Ok(values.into_iter().map(|rows| format!("[{rows}]")).collect())
}

/// Adds a row to the last of some texts, or begins another one where that would be larger than a value may be.
pub(super) fn put(texts: &mut Vec<String>, row: &str) {
    match texts.last_mut() {
        Some(last) if last.len() + row.len() <= MESSAGE_BYTES => {
            last.push(',');
            last.push_str(row);
        }
        _ => texts.push(row.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_larger_than_a_value_may_be() {
        let mut texts = Vec::new();
        let row = "x".repeat(MESSAGE_BYTES / 2 - 1);
        for _ in 0..3 {
            put(&mut texts, &row);
        }
        put(&mut texts, "y");
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().all(|text| text.len() <= MESSAGE_BYTES));
        assert!(texts[1].ends_with(",y"));
    }
}
