//! The Worker: the only place that knows Cloudflare.
//!
//! | module | what it does |
//! |---|---|
//! | [`api`] | takes HTTP requests: routes, authentication, CORS, problem details |
//! | [`auth`] | turns a token into an identity |
//! | [`object`] | the Durable Object: one session's state, journal, sockets and archive |
//! | [`database`] | D1, the archive |
//! | [`retention`] | deletes what has been kept for long enough |
//! | [`body`] | reads the body of a request, within a limit |
//! | [`call`] | what the Worker asks of an object |
//! | [`keyring`] | the secrets of the deployment, and the keys that are derived from them |

#![allow(
    missing_docs,
    reason = "nobody links to the Worker, and the platform's macros make undocumented methods"
)]

mod api;
mod auth;
mod body;
mod call;
mod config;
mod database;
mod keyring;
mod log;
mod object;
mod retention;
mod socket;

use worker::{Context, Env, Request, Response, ScheduleContext, ScheduledEvent, event};

pub use object::SessionObject;

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    api::handle(request, &env).await
}

#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    retention::run(&env).await;
}
