//! What a route takes beside its body: parts of its path, its query, and headers.

use serde_json::{Value, json};

use crate::http::{self, Method, Route, RouteName};
use crate::limits;

/// The parameters of a route.
pub(super) fn parameters(route: &Route) -> Value {
    let id = |name: &str, max: usize| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "pattern": format!("^[A-Za-z0-9_-]{{1,{max}}}$") } });
    let query = |name: &str, required: bool, description: &str, schema: Value| json!({ "name": name, "in": "query", "required": required, "description": description, "schema": schema });
    let mut list = Vec::new();
    if route.path.contains("{session}") {
        list.push(id("session", limits::SESSION_ID_CHARS));
    }
    let room = json!({ "type": "string", "pattern": format!("^[A-Za-z0-9_-]{{1,{}}}$", limits::ROOM_ID_CHARS) });
    if route.path.contains("{room}") {
        list.push(id("room", limits::ROOM_ID_CHARS));
    }
    if route.path.contains("{template}") {
        list.push(id("template", limits::SESSION_ID_CHARS));
    }
    if route.path.contains("{message}") {
        list.push(id("message", limits::ROOM_ID_CHARS));
    }
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": limits::MESSAGES_PAGE, "default": limits::MESSAGES_PAGE_DEFAULT });
    match route.name {
        RouteName::ListMessages | RouteName::ListDirectMessages => {
            list.push(match route.name {
                RouteName::ListMessages => query("room", false, "The room; `main` if absent.", room),
                _ => query(
                    "with",
                    false,
                    "Only the conversation with this participant.",
                    json!({ "type": "string" }),
                ),
            });
            for (name, what) in [("before", "older"), ("after", "newer")] {
                let what = format!("The page of {what} messages: the `{name}` of another page. Not both.");
                list.push(query(name, false, &what, json!({ "type": "integer", "minimum": 0 })));
            }
            list.push(query("limit", false, "Messages in the page.", limit));
        }
        RouteName::Search => {
            let words = json!({ "type": "string", "minLength": 1, "maxLength": limits::SEARCH_CHARS });
            list.push(query(
                "q",
                true,
                "Words, all of which are to be there. Capitals and accents do not matter.",
                words,
            ));
            list.push(query("room", false, "Only this room.", room));
            let before = json!({ "type": "integer", "minimum": 1 });
            list.push(query(
                "before",
                false,
                "Further back: the `before` of another page.",
                before,
            ));
            list.push(query("limit", false, "Messages in the page.", limit));
        }
        RouteName::GetReceipts => {
            list.push(query("room", false, "The room; `main` if absent.", room));
            let person = json!({ "type": "string" });
            list.push(query(
                "with",
                false,
                "In place of a room: what one wrote to this person alone.",
                person,
            ));
        }
        RouteName::GetDebrief | RouteName::ListAssignments => list.push(query(
            "format",
            false,
            "`csv` for a table.",
            json!({ "type": "string", "enum": ["json", "csv"], "default": "json" }),
        )),
        RouteName::GetEvents => {
            list.push(query(
                "cursor",
                false,
                "From the answer before; absent for a snapshot.",
                json!({ "type": "string" }),
            ));
            list.push(query(
                "resume",
                false,
                "Instead of a cursor, for whoever comes from a socket: the `resume` of a `hello`, as JSON.",
                json!({ "type": "string" }),
            ));
            list.push(json!({
                "name": "Last-Event-ID", "in": "header", "required": false,
                "description": "With a stream: the last id that was received. Goes before `cursor`.",
                "schema": { "type": "string" },
            }));
        }
        RouteName::OpenSocket => list.push(query(
            "ticket",
            false,
            "Instead of a token.",
            json!({ "type": "string" }),
        )),
        _ => {}
    }
    if takes_key(route) {
        list.push(json!({
            "name": http::IDEMPOTENCY_KEY_HEADER, "in": "header", "required": false,
            "description": "Makes a retry safe: a repeated key answers as the first time, with `Idempotency-Replayed: true`.",
            "schema": { "type": "string", "pattern": format!("^[!-~]{{1,{}}}$", limits::COMMAND_ID_CHARS) },
        }));
    }
    Value::Array(list)
}

/// Whether a retry needs a key. Not where nothing changes, or where doing it twice is doing it once; and a ticket is
/// a secret that is nowhere kept, so that a retry gets another.
fn takes_key(route: &Route) -> bool {
    route.method != Method::Get
        && !matches!(
            route.name,
            RouteName::DevelopmentToken
                | RouteName::CreateTicket
                | RouteName::MoveCursor
                | RouteName::SayTyping
                | RouteName::ProposeAssignment
                | RouteName::ReadAssignments
                | RouteName::TestRoomCreation
                | RouteName::DeleteTemplate
        )
}
