//! Answers those who follow the session over HTTP: a long poll, or one step of a stream.

use std::time::Duration;

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::{ReadPositions, Resume, ServerFrame};
use flagship_protocol::limits;
use flagship_session::Actor;
use futures::future::{Either, select};
use serde::{Deserialize, Serialize};
use worker::Delay;

use super::failure::Failure;
use super::live::Live;
use super::{SessionObject, now};
use crate::socket;

/// Where somebody who polls has got to. Travels as an opaque text.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    #[serde(flatten)]
    resume: Resume,
    /// The last change of presence that they were told.
    #[serde(default)]
    presence: u64,
    /// The last word of writing that they were told.
    #[serde(default)]
    typing: u64,
    /// How far they had read, as they were told.
    #[serde(default)]
    read: u64,
    /// The position in the journal that the page before reached.
    #[serde(default)]
    rev: u64,
}

/// What a poll comes to.
enum Outcome {
    /// An `EventsPage`, as JSON.
    Page(String),
    /// Nothing yet; resolves when there may be something.
    Wait(futures::channel::oneshot::Receiver<()>),
}

impl SessionObject {
    /// Waits until a participant has something to see, or for `wait_ms` milliseconds. Gives an `EventsPage`, as JSON.
    /// Without `enter`, a participant who is not in the session is refused instead of brought in.
    pub(super) async fn poll(
        &self,
        actor: Actor,
        cursor: Option<&str>,
        wait_ms: u64,
        enter: bool,
    ) -> Result<String, Failure> {
        let seen = cursor.map(read_cursor).transpose()?;
        let started = now();
        let mut entered = false;
        let mut waited = false;
        loop {
            let outcome = self.with_live(|live| {
                // Listening is being there, as a socket's hello is; but whoever leaves while it waits, has left.
                if !enter {
                    live.session.state().check_reader(&actor.id)?;
                    live.session.state().check_acting(&actor.id)?;
                } else if !entered {
                    let entries = live.session.enter(&actor, started)?;
                    live.commit(&entries, None, started)?;
                }
                live.look(&actor, seen.as_ref(), started + wait_ms, waited)
            })?;
            let woken = match outcome {
                Outcome::Page(page) => return Ok(page),
                Outcome::Wait(woken) => woken,
            };
            entered = true;
            self.end_turn().await?;
            let timeout = Delay::from(Duration::from_millis(wait_ms));
            waited = matches!(select(woken, timeout).await, Either::Right(_));
        }
    }
}

impl Live {
    /// What somebody has not seen. `until`: how long they wait for it; `waited`: whether that is over.
    fn look(&mut self, actor: &Actor, seen: Option<&Cursor>, until: u64, waited: bool) -> Result<Outcome, Failure> {
        let now = now();
        let who = &actor.id;
        self.session.state().may_enter(who)?;
        // Before the page, so that a snapshot in it counts them in. Whoever has left is not there by asking.
        let is_in = self.session.state().participant(who).is_some();
        if is_in && !self.listeners.contains(who) {
            self.listen(who, now, now)?;
        }
        let (mut frames, reached) = self.page(who, seen.map(|seen| &seen.resume), now)?;
        let presence = seen.and_then(|seen| self.presence_since(seen.presence));
        frames.extend(presence.map(|presence| ServerFrame::Presence(presence).to_json()));
        if let Some(seen) = seen {
            frames.extend(self.typing_since(who, seen.typing, now));
            if self.cursors.read_mark(who) != seen.read {
                let read = self.cursors.read(who);
                frames.push(ServerFrame::Read(ReadPositions { read }).to_json());
            }
        }
        let others_wait = self.polls.count(who);
        let rev = self.session.state().rev;
        // A command without events in followed streams would leave its client waiting for a page.
        let is_owed = seen.is_some_and(|seen| self.polls.is_owed(who, seen.rev));
        if !frames.is_empty() || waited || is_owed {
            if is_in && others_wait == 0 {
                self.listen(who, now, now)?;
            }
            let reached = Cursor {
                resume: reached,
                presence: self.presence_log.version(),
                typing: self.typing_log.version(),
                read: self.cursors.read_mark(who),
                rev,
            };
            return Ok(Outcome::Page(events_page(&frames, &reached)?));
        }
        if others_wait >= limits::POLLS_PER_PARTICIPANT {
            let message = "too many requests are waiting for events; let one finish first";
            let mut error = ErrorBody::new(ErrorCode::RateLimited, message);
            error.retry_after_ms = Some(limits::STREAM_RETRY_MS);
            return Err(error.into());
        }
        if is_in {
            self.listen(who, until, now)?;
        }
        Ok(Outcome::Wait(self.polls.wait(who.clone())))
    }
}

/// An `EventsPage` around frames that are JSON already.
fn events_page(frames: &[String], reached: &Cursor) -> Result<String, Failure> {
    let cursor = socket::encode(&serde_json::to_string(reached)?);
    let rev = reached.rev;
    Ok(format!(
        r#"{{"frames":[{}],"cursor":"{cursor}","rev":{rev}}}"#,
        frames.join(",")
    ))
}

fn read_cursor(cursor: &str) -> Result<Cursor, Failure> {
    socket::decode(cursor)
        .and_then(|json| serde_json::from_str(&json).ok())
        .ok_or_else(|| {
            let mut error = ErrorBody::new(
                ErrorCode::Invalid,
                "cursor: give the cursor of an earlier answer as it was, or none to start with a snapshot",
            );
            error.field = Some("cursor".into());
            error.into()
        })
}
