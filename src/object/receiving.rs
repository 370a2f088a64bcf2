//! What comes over sockets: messages, and that they are closed.

use flagship_protocol::error::ErrorCode;
use flagship_protocol::frames::{BadFrame, ClientFrame, decode_message, too_large};
use flagship_protocol::limits;
use js_sys::JsString;
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use worker::{Error, WebSocket};

use super::failure::Failure;
use super::inbox::Incoming;
use super::sockets::{self, ConnectionId};
use super::{SessionObject, attachment, now};
use crate::auth;
use crate::log::{self, Level};

/// What the platform calls when something comes over a socket. Plain functions, where the macro would make promises of
/// them: nothing here is waited for, and a promise costs more than a message.
#[wasm_bindgen]
impl SessionObject {
    #[wasm_bindgen(js_name = webSocketMessage)]
    pub fn web_socket_message(&self, socket: web_sys::WebSocket, message: JsValue) {
        let socket = WebSocket::from(socket);
        let known = sockets::name(&socket);
        let Some(id) = known.or_else(|| Some(attachment::read(&socket)?.id)) else {
            return;
        };
        let message = match message.dyn_ref::<JsString>().map(JsString::length) {
            // It would be copied to be refused, into memory that is never given back.
            Some(units) if units as usize > limits::FRAME_BYTES => Incoming::TooLong(units as usize),
            _ => message.as_string().map_or(Incoming::Binary, Incoming::Text),
        };
        if self.is_closed(id) {
            self.turns.discarded();
        } else {
            self.turns.came(id);
            let is_much = self.inbox.borrow_mut().push(id, message, now);
            if is_much || !self.gathering.get() {
                self.take_in();
                self.finish_turn();
            }
        }
        if self.turns.are_due() {
            sockets::take_turns(&self.state_handle);
        }
    }

    #[wasm_bindgen(js_name = webSocketClose)]
    pub fn web_socket_close(&self, socket: web_sys::WebSocket, code: u32, _reason: JsValue, _was_clean: JsValue) {
        // The platform wants every close answered, and with a code that may be sent: 1005 and 1006 may not.
        let _ = socket.close_with_code_and_reason(1_000, "closed");
        self.forget(&WebSocket::from(socket), json!({ "code": code }));
    }

    #[wasm_bindgen(js_name = webSocketError)]
    pub fn web_socket_error(&self, socket: web_sys::WebSocket, error: JsValue) {
        let error = Error::from(error).to_string();
        self.forget(&WebSocket::from(socket), json!({ "error": error }));
    }
}

impl SessionObject {
    /// Whether a connection is known to have been closed. Its client may still have something on the way.
    fn is_closed(&self, id: ConnectionId) -> bool {
        self.in_memory(|live| live.sockets.get(id).is_none()) == Some(true)
    }

    /// Handles what came over sockets, and then welcomes those who said `hello`.
    pub(super) fn take_in(&self) {
        let messages = self.inbox.borrow_mut().take();
        if messages.is_empty() {
            return;
        }
        for (id, message) in messages {
            let is_read = self.turn(Some(id), |live| Ok(live.admit(id, message.bytes(), now())));
            if !matches!(is_read, Ok(true)) {
                continue;
            }
            let frames = match message {
                Incoming::Text(text) => {
                    decode_message(&text).unwrap_or_else(|error| vec![Err(BadFrame { id: None, error })])
                }
                Incoming::TooLong(units) => vec![Err(too_large(units).into())],
                Incoming::Binary => vec![Err(binary_frame())],
            };
            for frame in frames {
                if self.on_frame(id, frame).is_err() {
                    // The client connects anew and resumes: whatever was not answered, it asks again.
                    break;
                }
            }
        }
        // Connections that are not welcomed because of a failure are closed, and come again.
        let _ = self.storage(|live| live.greet(now()));
        let refused = self.in_memory(|live| live.pace.take_refused());
        self.turns.refused(refused.unwrap_or_default());
    }

    fn on_frame(&self, id: ConnectionId, frame: Result<ClientFrame, BadFrame>) -> Result<(), Failure> {
        match frame {
            Ok(frame @ ClientFrame::Auth(_)) => {
                let verifies = self.turn(Some(id), |live| Ok(live.begin_auth(id, &frame, now())))?;
                if let ClientFrame::Auth(auth) = frame
                    && verifies
                {
                    let object = self.clone();
                    spawn_local(async move {
                        // A connection that this fails for is closed.
                        let _ = object.on_auth(id, &auth.token).await;
                        object.finish_turn();
                    });
                }
                Ok(())
            }
            Ok(frame) => self.turn(Some(id), |live| Ok(live.on_frame(id, &frame, now())?)),
            Err(bad) => self.turn(Some(id), |live| {
                live.on_bad_frame(id, bad, now());
                Ok(())
            }),
        }
    }

    async fn on_auth(&self, id: ConnectionId, token: &str) -> Result<(), Failure> {
        let now = now();
        let verified = auth::authenticate(&self.auth, token, now).await;
        let verified = verified.map_err(|error| crate::api::refusal(&error, &sockets::log_name(id)));
        self.turn(Some(id), |live| {
            match verified {
                Ok(identity) => {
                    let mut actor = identity.actor();
                    live.disguise(&mut actor)?;
                    live.on_auth(id, &actor.id, identity.expires_at, now)?;
                }
                Err(error) => live.refuse_auth(id, error),
            }
            Ok(())
        })
    }

    fn forget(&self, socket: &WebSocket, mut fields: serde_json::Value) {
        let Some(attachment) = attachment::read(socket) else {
            return;
        };
        if self.inbox.borrow().has(attachment.id) {
            self.take_in();
        }
        if let serde_json::Value::Object(fields) = &mut fields {
            fields.insert("connection".into(), sockets::log_name(attachment.id).into());
        }
        log::write(Level::Info, "socket closed", fields);
        // A socket of an object without a session has nobody to tell; after a failure the wake finds it gone.
        let _ = self.storage(|live| {
            live.on_close(attachment.id, now());
            Ok(())
        });
        self.finish_turn();
    }
}

fn binary_frame() -> BadFrame {
    BadFrame {
        id: None,
        error: flagship_protocol::decode::DecodeError {
            code: ErrorCode::Malformed,
            field: None,
            message: "send text frames with JSON, not binary ones".into(),
        },
    }
}
