//! The Durable Object: one session.
//!
//! A thin shell. It wakes, restores the session from its journal when it is not in memory, hands what came to
//! [`live::Live`], and sets the alarm. What is true is decided in `crates/session`.
//!
//! | file | what it does |
//! |---|---|
//! | `schema`, `journal` | the durable record, in the object's SQLite |
//! | `live` | the session in memory: commit, broadcast, snapshot |
//! | `keys` | which commands were carried out |
//! | `moves`, `sending` | who follows other streams now, and sending what waits to each as is due |
//! | `catch_up`, `roster` | what a client that connects or polls has missed, and what of it is the same for all |
//! | `history` | what was said before: pages, single messages, searching |
//! | `receiving`, `frames`, `commands`, `calls` | what comes in: over sockets, and what it says; over both ways; from the Worker |
//! | `reached`, `cursors`, `receipts`, `typing` | how far one and all have got with what is said, and telling it; who is writing |
//! | `pace`, `costs` | how fast one participant may go, and what each frame and call costs them |
//! | `turns` | that no socket keeps the others from being read |
//! | `credit` | what connections were sent and have not confirmed |
//! | `sockets`, `sockets.js`, `attachment`, `audience`, `tickets` | who is connected, who hears the same, who may connect |
//! | `polling`, `polls`, `listeners` | who follows over HTTP: answering, waiting, counting as connected |
//! | `presence` | who is connected, whichever way, and telling it |
//! | `gathering`, `allowance` | when what happens is gathered, and when it goes out at once |
//! | `inbox`, `greeting`, `outbox` | what came while the session was busy, who said `hello`, what is about to go out |
//! | `archiving`, `debrief` | draining the journal to D1, telling what happened |
//! | `erasing`, `forgetting` | deleting all that the object holds: what was kept for long enough, and what nobody used |
//! | `memory`, `failure` | what is done with the session is kept whole or given up whole |
//! | `wake` | from the journal into memory, and the alarm |

mod allowance;
mod archiving;
mod attachment;
mod audience;
mod calls;
mod catch_up;
mod commands;
mod costs;
mod credit;
mod cursors;
mod debrief;
mod erasing;
mod failure;
mod forgetting;
mod frames;
mod gathering;
mod greeting;
mod history;
mod inbox;
mod journal;
mod keys;
mod listeners;
mod live;
mod memory;
mod moves;
mod outbox;
mod pace;
mod polling;
mod polls;
mod presence;
mod pseudonyms;
mod reached;
mod receipts;
mod receiving;
mod roster;
mod schema;
mod sending;
mod silence;
mod sockets;
mod tickets;
mod turns;
mod typing;
mod wake;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::{PING, PONG, limits};
use serde_json::json;
use wasm_bindgen::JsValue;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocketRequestResponsePair, durable_object,
};

use self::failure::Failure;
use self::inbox::Inbox;
use self::live::Timer;
use self::memory::{Memory, Retry};
use self::turns::Turns;
use crate::auth::AuthSettings;
use crate::body;
use crate::call::{CREDENTIAL, Call, REQUEST_ID};
use crate::config::Config;
use crate::log::{self, Level};

/// One session's object. A copy is the same object: what goes on after a turn holds one.
#[derive(Clone)]
#[durable_object(alarm)]
pub struct SessionObject {
    state: Rc<State>,
    /// The state as JavaScript has it: for what `state` does not offer.
    state_handle: JsValue,
    /// The storage as JavaScript has it: for what `state` does not offer.
    storage_handle: JsValue,
    env: Env,
    config: Rc<Config>,
    auth: Rc<AuthSettings>,
    /// The session.
    memory: Rc<Memory>,
    /// When the alarm may ring after a failure.
    retry: Rc<Cell<Retry>>,
    /// What came over sockets and waits for the gathering to end.
    inbox: Rc<RefCell<Inbox>>,
    /// When messages of all sockets are to come in turn.
    turns: Rc<Turns>,
    /// Whether what happens now waits for a gathering to end.
    gathering: Rc<Cell<bool>>,
    /// What the platform's alarm is set to.
    alarm: Rc<Cell<Option<u64>>>,
    /// Whether it is known that no alarm is set, and none is to be.
    is_silenced: Rc<Cell<bool>>,
}

impl DurableObject for SessionObject {
    fn new(state: State, env: Env) -> Self {
        // Answered by the platform, without waking the object.
        if let Ok(pair) = WebSocketRequestResponsePair::new(PING, PONG) {
            state.set_websocket_auto_response(&pair);
        }
        let config = Config::from_env(&env);
        let auth = AuthSettings::from_env(&env);
        let inner = state._inner();
        let state_handle = AsRef::<JsValue>::as_ref(&inner).clone();
        let storage_handle = inner.storage().map_or(JsValue::UNDEFINED, JsValue::from);
        Self {
            state: Rc::new(State::from(inner)),
            state_handle,
            storage_handle,
            env,
            config: Rc::new(config),
            auth: Rc::new(auth),
            memory: Rc::default(),
            retry: Rc::default(),
            inbox: Rc::default(),
            turns: Rc::default(),
            gathering: Rc::default(),
            alarm: Rc::default(),
            is_silenced: Rc::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let request_id = request.headers().get(REQUEST_ID)?.unwrap_or_default();
        if let Some(credential) = request.headers().get(CREDENTIAL)? {
            let select_protocol = request.headers().has("sec-websocket-protocol")?;
            let response = self.accept_socket(&credential, select_protocol, &request_id);
            self.end_turn().await?;
            return response;
        }
        // What the Worker sends is bounded there already; nothing else is relied on.
        let body = match body::read_within(&mut request, limits::CALL_BYTES).await {
            Ok(body) => body,
            Err(error) => return Err(Error::RustError(format!("the call was not read: {error:?}"))),
        };
        self.take_in();
        let answer = match serde_json::from_slice::<Call>(&body) {
            Ok(call) => {
                let name = call.name();
                let answer = self.answer(call, &request_id).await;
                self.log_call(name, &request_id, &answer);
                answer
            }
            Err(error) => Err(Failure::Broken(error.into())),
        };
        let response = match answer {
            Ok(json) => Response::ok(json),
            Err(Failure::Refused(error)) => {
                Ok(Response::ok(serde_json::to_string(&error)?)?.with_status(error.code.status()))
            }
            Err(Failure::Broken(error)) => {
                let fields = json!({ "requestId": request_id, "error": error.to_string() });
                log::write(Level::Error, "the session failed to handle a request", fields);
                let body = ErrorBody::new(
                    ErrorCode::Internal,
                    "the session failed to handle this request; try again",
                );
                Ok(Response::ok(serde_json::to_string(&body)?)?.with_status(body.code.status()))
            }
        };
        self.end_turn().await?;
        response
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarm.set(None);
        self.take_in();
        let now = now();
        let before = self.retry.get();
        // Without a session, nothing is due. What fails is given up by itself, and does not stop the rest.
        let due = self.with_live(|live| Ok(live.timers.take_due(now)));
        for timer in due.unwrap_or_default() {
            let _ = self.ring(timer, now).await;
        }
        let _ = self.storage(|live| {
            live.schedule(now);
            Ok(())
        });
        if self.retry.get() == before {
            self.retry.set(Retry::default());
        }
        self.end_turn().await?;
        Response::empty()
    }
}

impl SessionObject {
    /// Does what a timer stands for.
    async fn ring(&self, timer: Timer, now: u64) -> std::result::Result<(), Failure> {
        match timer {
            Timer::Expiry => self.storage(|live| live.on_expiry(now)),
            Timer::Hello => self.storage(|live| {
                live.close_silent_newcomers(now);
                Ok(())
            }),
            Timer::Lease => self.storage(|live| live.on_lease_end(now)),
            Timer::Silence => self.storage(|live| {
                live.close_silent(|socket| sockets::pinged_at(&self.state_handle, socket), now);
                Ok(())
            }),
            Timer::Archive => self.drain().await,
            Timer::Session => self.storage(|live| live.on_timeout(now)),
            Timer::Unused => self.forget_unused().await.map(|_| ()),
        }
    }

    fn log_call(&self, call: &str, request_id: &str, answer: &std::result::Result<String, Failure>) {
        let outcome = match answer {
            Ok(_) => "done",
            Err(Failure::Refused(error)) => error.code.tag(),
            Err(Failure::Broken(_)) => "failed",
        };
        let session = self.in_memory(|live| live.session.state().info.id.to_string());
        let fields = json!({ "requestId": request_id, "sessionId": session, "call": call, "outcome": outcome });
        log::write(Level::Info, "call", fields);
    }
}

/// The time, milliseconds since the epoch. The platform lets it advance only with I/O.
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// 128 unpredictable bits in hexadecimal.
pub(crate) fn random_id() -> Result<String> {
    Ok(random_bytes()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// 128 unpredictable bits.
pub(crate) fn random_bytes() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::getrandom(&mut bytes).map_err(|error| Error::RustError(error.to_string()))?;
    Ok(bytes)
}
