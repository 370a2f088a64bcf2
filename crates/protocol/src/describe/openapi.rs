//! The HTTP interface as an OpenAPI 3.1 document, from the table of routes and the types themselves.

mod parameters;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use self::parameters::parameters;
use crate::commands::{CreateRoom, SendMessage};
use crate::error::{ErrorCode, Problem};
use crate::frames::{Ack, ClientFrame, Cursor, Receipts, Typing};
use crate::http::{self, Method, ROUTES, Route, RouteName};
use crate::limits;
use crate::model::Snapshot;

/// The OpenAPI document.
pub fn openapi() -> Value {
    let mut schemas = Schemas {
        requests: SchemaSettings::draft2020_12()
            .for_deserialize()
            .with(definitions)
            .into_generator(),
        answers: SchemaSettings::draft2020_12()
            .for_serialize()
            .with(definitions)
            .into_generator(),
    };
    let mut paths = Map::new();
    for route in ROUTES {
        let operation = operation(route, &mut schemas);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(route.method.as_str().to_lowercase(), operation);
        }
    }
    // The frames of the socket are described too, although no HTTP route takes them all.
    schemas.requests.subschema_for::<ClientFrame>();
    let problem = schemas.answers.subschema_for::<Problem>();
    let mut definitions = schemas.requests.take_definitions(true);
    // Where a type is both read and written, the written form is the stricter one.
    definitions.extend(schemas.answers.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Flagship",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Breakout rooms for live sessions. Every command and every event of the WebSocket is reachable here too.",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": {
                "Problem": {
                    "description": format!("Problem details (RFC 9457). Codes: {}.", ErrorCode::ALL.iter().map(|code| code.tag()).collect::<Vec<_>>().join(", ")),
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "x-auth-token": { "type": "apiKey", "in": "header", "name": "x-auth-token" },
                "auth-token": { "type": "apiKey", "in": "header", "name": "auth-token" },
            },
        },
        "security": [{ "bearer": [] }, { "x-auth-token": [] }, { "auth-token": [] }],
    })
}

struct Schemas {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Schemas {
    fn request<T: JsonSchema>(&mut self) -> Option<Schema> {
        Some(self.requests.subschema_for::<T>())
    }

    fn answer<T: JsonSchema>(&mut self) -> Schema {
        self.answers.subschema_for::<T>()
    }
}

fn definitions(settings: &mut SchemaSettings) {
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
}

/// The body that a route takes, the status of its success, and the body of that.
fn bodies(name: RouteName, schemas: &mut Schemas) -> (Option<Schema>, u16, &'static str, Option<Schema>) {
    const JSON: &str = "application/json";
    match name {
        RouteName::CreateSession => (
            schemas.request::<http::CreateSession>(),
            201,
            JSON,
            Some(schemas.answer::<http::SessionBody>()),
        ),
        RouteName::GetSession => (None, 200, JSON, Some(schemas.answer::<Snapshot>())),
        RouteName::PostCommand => (
            schemas.request::<http::CommandBody>(),
            200,
            JSON,
            Some(schemas.answer::<Ack>()),
        ),
        RouteName::GetEvents => (None, 200, JSON, Some(schemas.answer::<http::EventsPage>())),
        RouteName::GetActivity => (None, 200, JSON, Some(schemas.answer::<http::ActivityBody>())),
        RouteName::ListRooms => (None, 200, JSON, Some(schemas.answer::<http::RoomsBody>())),
        RouteName::CreateRoom => (
            schemas.request::<CreateRoom>(),
            201,
            JSON,
            Some(schemas.answer::<http::RoomBody>()),
        ),
        RouteName::UpdateRoom => (
            schemas.request::<http::UpdateRoomBody>(),
            200,
            JSON,
            Some(schemas.answer::<http::RoomBody>()),
        ),
        RouteName::DeleteRoom => (None, 204, JSON, None),
        RouteName::JoinRoom | RouteName::CloseRoom => (None, 200, JSON, Some(schemas.answer::<http::RoomBody>())),
        RouteName::LeaveRoom => (None, 204, JSON, None),
        RouteName::ListMessages => (None, 200, JSON, Some(schemas.answer::<http::MessagesPage>())),
        RouteName::GetMessage => (None, 200, JSON, Some(schemas.answer::<http::MessageBody>())),
        RouteName::ListDirectMessages => (None, 200, JSON, Some(schemas.answer::<http::DirectMessagesPage>())),
        RouteName::Search => (None, 200, JSON, Some(schemas.answer::<http::SearchPage>())),
        RouteName::GetReceipts => (None, 200, JSON, Some(schemas.answer::<Receipts>())),
        RouteName::MoveCursor => (schemas.request::<Cursor>(), 204, JSON, None),
        RouteName::SayTyping => (schemas.request::<Typing>(), 204, JSON, None),
        RouteName::SendMessage => (
            schemas.request::<SendMessage>(),
            201,
            JSON,
            Some(schemas.answer::<http::MessageBody>()),
        ),
        RouteName::ProposeAssignment => (
            schemas.request::<http::ProposalRequest>(),
            200,
            JSON,
            Some(schemas.answer::<http::AssignmentProposal>()),
        ),
        RouteName::ReadAssignments => (None, 200, JSON, Some(schemas.answer::<http::AssignmentImport>())),
        RouteName::ListAssignments => (None, 200, JSON, Some(schemas.answer::<http::AssignmentList>())),
        RouteName::ApplyTemplate => (
            schemas.request::<http::ApplyTemplate>(),
            201,
            JSON,
            Some(schemas.answer::<http::CreatedRooms>()),
        ),
        RouteName::ListTemplates => (None, 200, JSON, Some(schemas.answer::<http::TemplatesBody>())),
        RouteName::SaveTemplate => (
            schemas.request::<http::SaveTemplate>(),
            201,
            JSON,
            Some(schemas.answer::<http::TemplateBody>()),
        ),
        RouteName::DeleteTemplate => (None, 204, JSON, None),
        RouteName::GetDebrief => (None, 200, JSON, Some(schemas.answer::<http::Debrief>())),
        RouteName::CreateTicket => (None, 201, JSON, Some(schemas.answer::<http::Ticket>())),
        RouteName::OpenSocket => (None, 101, JSON, None),
        RouteName::DebugPermissions => (None, 200, JSON, Some(schemas.answer::<http::DebugPermissions>())),
        RouteName::TestRoomCreation => (
            schemas.request::<http::TestRoomCreation>(),
            200,
            JSON,
            Some(schemas.answer::<http::DryRun>()),
        ),
        RouteName::Health => (None, 200, JSON, Some(schemas.answer::<http::Health>())),
        RouteName::Metrics => (None, 200, "text/plain", Some(schemas.answer::<String>())),
        RouteName::OpenApi => (None, 200, JSON, Some(schemas.answer::<Map<String, Value>>())),
        RouteName::DevelopmentToken => (
            schemas.request::<http::DevelopmentTokenRequest>(),
            200,
            JSON,
            Some(schemas.answer::<http::DevelopmentToken>()),
        ),
    }
}

fn operation(route: &Route, schemas: &mut Schemas) -> Value {
    let (body, status, media_type, answer) = bodies(route.name, schemas);
    let content = answer.map_or_else(
        || json!({}),
        |schema| json!({ "content": { media_type: { "schema": schema } } }),
    );
    let mut success = json!({ "description": "Done." });
    merge(&mut success, content);
    let other = match route.name {
        RouteName::GetEvents => event_stream(),
        RouteName::GetDebrief | RouteName::ListAssignments => {
            json!({ "text/csv": { "schema": { "type": "string", "description": "A table." } } })
        }
        _ => json!({}),
    };
    if let Some(content) = success.get_mut("content") {
        merge(content, other);
    }
    let mut operation = json!({
        "operationId": operation_id(route.name),
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": { status.to_string(): success, "default": { "$ref": "#/components/responses/Problem" } },
    });
    if let Some(schema) = body {
        let required = !matches!(route.name, RouteName::TestRoomCreation);
        merge(
            &mut operation,
            json!({ "requestBody": { "required": required, "content": { "application/json": { "schema": schema } } } }),
        );
    }
    if route.name == RouteName::ReadAssignments {
        merge(
            &mut operation,
            // Any text is a list, if only one in which nothing can be read; none is an empty one.
            json!({ "requestBody": { "required": false, "content": { "text/csv": {} } } }),
        );
    }
    if public(route.name) {
        merge(&mut operation, json!({ "security": [] }));
    }
    operation
}

/// The other form of the events: what a client gets that accepts it.
fn event_stream() -> Value {
    json!({ "text/event-stream": { "schema": {
        "type": "string",
        "description": "Server-sent events. The data of each is an array of frames, and its id the cursor after them.",
    } } })
}

/// Routes that ask for no token in a header.
fn public(name: RouteName) -> bool {
    matches!(
        name,
        RouteName::Health
            | RouteName::Metrics
            | RouteName::OpenApi
            | RouteName::DevelopmentToken
            | RouteName::OpenSocket
    )
}

fn operation_id(name: RouteName) -> String {
    let name = format!("{name:?}");
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

fn merge(target: &mut Value, more: Value) {
    if let (Value::Object(target), Value::Object(more)) = (target, more) {
        target.extend(more);
    }
}
