//! What comes over sockets: messages, and that they are closed.

use flagship_protocol::error::ErrorCode;
use flagship_protocol::frames::{BadFrame, ClientFrame, decode_message};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use worker::{Error, Result, WebSocket};

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
        let message = message.as_string().map_or(Incoming::Binary, Incoming::Text);
        let is_much = self.inbox.borrow_mut().push(id, message, now);
        if is_much || !self.gathering.get() {
            self.take_in();
            self.finish_turn();
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
    /// Handles what came over sockets, and then welcomes those who said `hello`.
    pub(super) fn take_in(&self) {
        let messages = self.inbox.borrow_mut().take();
        if messages.is_empty() {
            return;
        }
        for (id, message) in messages {
            let frames = match message {
                Incoming::Text(text) => {
                    decode_message(&text).unwrap_or_else(|error| vec![Err(BadFrame { id: None, error })])
                }
                Incoming::Binary => vec![Err(binary_frame())],
            };
            for frame in frames {
                if let Err(error) = self.on_frame(id, frame) {
                    // The client connects anew and resumes: whatever was not answered, it asks again.
                    self.give_up(&sockets::log_name(id), &error, Some(id));
                    break;
                }
            }
        }
        if let Err(error) = self.storage(|live| live.greet(now())) {
            self.give_up("hello", &error, None);
        }
    }

    fn on_frame(&self, id: ConnectionId, frame: std::result::Result<ClientFrame, BadFrame>) -> Result<()> {
        match frame {
            Ok(ClientFrame::Auth(auth)) => {
                let object = self.clone();
                spawn_local(async move {
                    if let Err(error) = object.on_auth(id, &auth.token).await {
                        object.give_up(&sockets::log_name(id), &error, Some(id));
                    }
                    object.finish_turn();
                });
                Ok(())
            }
            Ok(frame) => self.storage(|live| {
                let now = now();
                live.sockets.heard(id, now);
                live.on_frame(id, &frame, now)
            }),
            Err(bad) => self.storage(|live| {
                live.on_bad_frame(id, bad);
                Ok(())
            }),
        }
    }

    async fn on_auth(&self, id: ConnectionId, token: &str) -> Result<()> {
        let now = now();
        match auth::authenticate(&self.auth, token, now).await {
            Ok(identity) => {
                let mut actor = identity.actor();
                self.disguise(&mut actor).map_err(Failure::into_error)?;
                self.storage(|live| live.on_auth(id, &actor.id, identity.expires_at, now))
            }
            Err(error) => {
                let error = crate::api::refusal(&error, &sockets::log_name(id));
                self.storage(|live| {
                    live.refuse_auth(id, error);
                    Ok(())
                })
            }
        }
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
        let forgotten = self.storage(|live| {
            live.on_close(attachment.id, now());
            Ok(())
        });
        if let Err(error) = forgotten {
            self.give_up(&sockets::log_name(attachment.id), &error, None);
        }
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
