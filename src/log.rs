//! Structured logs: one JSON object a line.
//!
//! A request carries one id from the Worker into the object, so that its lines can be found together. Tokens and
//! what people say are never logged.

use serde_json::{Map, Value};

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Something that happened.
    Info,
    /// Something that the service coped with.
    Warn,
    /// Something that somebody should look at.
    Error,
}

/// Writes a line. `fields` must be a JSON object.
pub(crate) fn write(level: Level, message: &str, fields: Value) {
    let mut line = Map::new();
    let name = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    line.insert("level".into(), name.into());
    line.insert("message".into(), message.into());
    if let Value::Object(fields) = fields {
        line.extend(fields);
    }
    let line = Value::Object(line).to_string();
    match level {
        Level::Info => worker::console_log!("{line}"),
        Level::Warn => worker::console_warn!("{line}"),
        Level::Error => worker::console_error!("{line}"),
    }
}
