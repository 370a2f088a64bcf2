//! Answers what the Worker asks.

use flagship_protocol::close::CloseCode;
use flagship_protocol::commands::{Command, CreateRooms};
use flagship_protocol::error::ErrorCode;
use flagship_protocol::http::{ActivityBody, RoomListing, RoomsBody};
use flagship_protocol::ids::{CommandId, ParticipantId, SessionId};
use flagship_protocol::text::SessionTitle;
use flagship_protocol::{SUBPROTOCOL, limits};
use flagship_session::{Actor, NewSession, Rejection, Session, assignment_table};
use serde::Serialize;
use serde_json::json;
use worker::{Response, Result, WebSocketPair};

use super::attachment::Attachment;
use super::costs;
use super::failure::Failure;
use super::journal::Journal;
use super::live::Live;
use super::pace::{Pace, too_fast};
use super::sockets::{LARGEST_ID, log_name};
use super::tickets::NewTicket;
use super::{SessionObject, now, pseudonyms, random_id, schema, tickets};
use crate::call::{Call, Created, Credential, ListAnswer, Texts};
use crate::database;
use crate::log::{self, Level};
use crate::socket;

type Answer = std::result::Result<String, Failure>;

impl SessionObject {
    /// The answer to a call, as JSON.
    pub(super) async fn answer(&self, call: Call, request_id: &str) -> Answer {
        let now = now();
        let mut call = call;
        if let Some(actor) = call.actor_mut() {
            self.disguise(actor)?;
        }
        let who = call.actor().map(|actor| actor.id.clone());
        let is_creation = matches!(call, Call::Create { .. });
        if let Some(who) = who.as_ref().filter(|_| !is_creation) {
            self.with_live(|live| {
                live.admit_call(who, &call, now)?;
                live.visit(now);
                Ok(())
            })?;
        }
        let answer = self.carry_out(call, request_id, now).await;
        if let (Some(who), Ok(answer)) = (&who, &answer) {
            self.in_memory(|live| live.pace.charge(who, costs::of_bytes_out(answer.len()), now));
        }
        answer
    }

    async fn carry_out(&self, call: Call, request_id: &str, now: u64) -> Answer {
        match call {
            Call::Create {
                id,
                actor,
                title,
                anonymous,
                key,
                only_replay,
            } => {
                if only_replay {
                    self.with_live(|_| Ok(()))?;
                }
                self.create(id, actor, title, anonymous, key, request_id)
            }
            Call::Snapshot { actor } => self.with_live(|live| {
                live.session.state().check_reader(&actor.id)?;
                let snapshot = body(&live.snapshot(&actor.id)?)?;
                Ok(live.complete(&snapshot, &actor.id)?)
            }),
            Call::Command { actor, id, command } => {
                let command =
                    Command::decode(command.get()).map_err(|error| Failure::Refused(error.within("command").into()))?;
                self.with_live(|live| {
                    let ack = live.execute(&actor, &id, &command, None, now)?.ack;
                    if live.listeners.contains(&actor.id) {
                        live.polls.commanded(&actor.id, ack.rev);
                    }
                    body(&ack)
                })
            }
            Call::ApplyTemplate {
                actor,
                id,
                template_id,
                rooms,
            } => {
                let template_id = Some(template_id);
                let command = CreateRooms { rooms, template_id }.into();
                self.with_live(|live| body(&live.execute(&actor, &id, &command, None, now)?.ack))
            }
            Call::Events {
                actor,
                cursor,
                wait_ms,
                enter,
            } => self.poll(actor, cursor.as_deref(), wait_ms, enter).await,
            Call::Messages {
                actor,
                room,
                side,
                limit,
                source,
            } => self.with_live(|live| body(&live.messages_page(&actor, room, side, limit, source)?)),
            Call::Message { actor, id } => self.with_live(|live| body(&live.message(&actor, &id)?)),
            Call::DirectMessages {
                actor,
                with,
                side,
                limit,
            } => self.with_live(|live| body(&live.direct_messages_page(&actor, with.as_ref(), side, limit)?)),
            Call::Search {
                actor,
                words,
                room,
                before,
                limit,
            } => self.with_live(|live| body(&live.search(&actor, &words, room.as_ref(), before, limit)?)),
            Call::Ticket {
                actor,
                hash,
                expires_at,
                token_expires_at,
            } => {
                let ticket = NewTicket {
                    hash,
                    expires_at,
                    token_expires_at,
                };
                tickets::keep(&self.state.storage().sql(), &actor, &ticket, now)?;
                Ok("null".into())
            }
            Call::Receipts { actor, room, with } => self.with_live(|live| match with {
                Some(other) => body(&live.direct_receipts(&actor, &other)?),
                None => body(&live.receipts(&actor, &room)?),
            }),
            Call::Typing { actor, typing } => self.with_live(|live| {
                live.say_typing(&actor, &typing, now)?;
                Ok("null".into())
            }),
            Call::MoveCursor { actor, cursor } => self.with_live(|live| {
                live.move_cursor(&actor, &cursor)?;
                Ok("null".into())
            }),
            Call::Activity { actor } => self.with_live(|live| body(&live.activity(&actor, now)?)),
            Call::Rooms { actor } => self.with_live(|live| body(&live.rooms(&actor)?)),
            Call::ReadList { actor, text } => self.with_live(|live| body(&live.session.read_list(&actor, &text)?)),
            Call::List { actor } => self.with_live(|live| body(&live.list(&actor)?)),
            Call::Template { actor } => self.with_live(|live| body(&live.session.state().template(&actor)?)),
            Call::Texts { actor, request } => self.with_live(|live| {
                let (texts, rooms) = live.session.state().texts(&actor, &request)?;
                body(&Texts { texts, rooms })
            }),
            Call::Propose { actor, request } => self.with_live(|live| body(&live.propose(&actor, &request)?)),
            Call::Debrief { actor } => self.with_live(|live| body(&live.debrief(&actor)?)),
            Call::DebugPermissions { actor } => self.with_live(|live| body(&live.session.debug_permissions(&actor))),
            Call::TryRoomCreation { actor, trial } => {
                let key =
                    CommandId::new(random_id()?).map_err(|error| Failure::Broken(worker::Error::RustError(error)))?;
                self.with_live(|live| body(&live.session.try_room_creation(&actor, &key, trial, now)))
            }
            Call::Erase => body(&self.erase().await?),
            Call::Ping => {
                self.state.storage().sql().exec("SELECT 1", None)?;
                Ok("null".into())
            }
        }
    }

    /// Opens a socket that hibernates.
    pub(super) fn accept_socket(&self, credential: &str, select_protocol: bool, request_id: &str) -> Result<Response> {
        let refuse = |failure: Failure| match failure {
            // To a page a failed handshake: it backs off and tries again. A socket that is opened to be refused would cost
            // more than that.
            Failure::Refused(error) if error.retry_after_ms.is_some() => {
                Ok(Response::ok(serde_json::to_string(&error)?)?.with_status(error.code.status()))
            }
            Failure::Refused(error) => {
                let code = match error.code {
                    ErrorCode::SessionNotFound => CloseCode::SessionNotFound,
                    ErrorCode::TicketInvalid => CloseCode::Unauthorized,
                    ErrorCode::RateLimited => CloseCode::TooManyConnections,
                    _ => CloseCode::Forbidden,
                };
                socket::refuse(error, code, select_protocol)
            }
            Failure::Broken(error) => Err(error),
        };
        match self.try_accept(credential, select_protocol, request_id) {
            Ok(response) => Ok(response),
            Err(failure) => refuse(failure),
        }
    }

    fn try_accept(
        &self,
        credential: &str,
        select_protocol: bool,
        request_id: &str,
    ) -> std::result::Result<Response, Failure> {
        let now = now();
        // Before the session is asked: an object without one has no tables for tickets.
        self.with_live(|_| Ok(()))?;
        let credential = socket::decode(credential).unwrap_or_default();
        let (actor, expires_at) = match serde_json::from_str(&credential)? {
            Credential::Ticket(ticket) => tickets::redeem(&self.state.storage().sql(), &ticket, now)?,
            Credential::Token { mut actor, expires_at } => {
                self.disguise(&mut actor)?;
                (actor, expires_at)
            }
        };
        self.with_live(|live| {
            // Before they take a place.
            live.session.state().may_enter(&actor.id)?;
            live.admit_handshake(&actor.id, now)?;
            live.visit(now);
            let many = live.sockets.of(&actor.id).count() >= limits::SOCKETS_PER_PARTICIPANT
                || live.sockets.ready_len() >= limits::SOCKETS_PER_SESSION;
            if many {
                let message = "too many connections are open; close one and try again";
                return Err(Failure::refused(ErrorCode::RateLimited, message));
            }
            live.make_room_for_newcomer(now);
            let pair = WebSocketPair::new()?;
            let mut id = [0; 8];
            getrandom::getrandom(&mut id).map_err(|error| Failure::Broken(worker::Error::RustError(error.to_string())))?;
            let id = u64::from_be_bytes(id) & LARGEST_ID;
            let fields = json!({ "requestId": request_id, "connection": log_name(id), "sessionId": live.session.state().info.id });
            self.state.accept_web_socket(&pair.server);
            live.sockets.insert(pair.server, Attachment::new(id, actor, expires_at, now))?;
            live.schedule(now);
            log::write(Level::Info, "socket opened", fields);
            let response = Response::from_websocket(pair.client)?;
            if select_protocol {
                response.headers().set("sec-websocket-protocol", SUBPROTOCOL)?;
            }
            Ok(response)
        })
    }

    /// Creates the session, unless the same request did so before: its creator is disguised already then.
    fn create(
        &self,
        id: SessionId,
        mut actor: Actor,
        title: SessionTitle,
        anonymous: bool,
        key: CommandId,
        request_id: &str,
    ) -> Answer {
        let existing = self.with_live(|live| {
            let first = live.journal.entry(1)?.ok_or(Rejection::Inconsistent)?;
            live.session.settle_creation(&first, &actor, &title, anonymous)?;
            live.session.state().may_enter(&actor.id)?;
            let session = first.command_result().session.ok_or(Rejection::Inconsistent)?;
            body(&Created {
                replayed: true,
                session,
            })
        });
        match existing {
            Err(Failure::Refused(error)) if error.code == ErrorCode::SessionNotFound => {}
            settled => return settled,
        }
        // All of it or nothing: a session of which only a part was written could neither be used nor created again.
        let journal = Journal::new(self.state.storage().sql(), self.storage_handle.clone());
        let live = journal.together(|journal| {
            let plan = NewSession { id, title, anonymous };
            self.begin(journal, plan, &mut actor, key)
        })?;
        let info = live.session.state().info.clone();
        self.keep(live);
        let fields = json!({ "requestId": request_id, "sessionId": info.id });
        log::write(Level::Info, "session created", fields);
        body(&Created {
            replayed: false,
            session: info,
        })
    }

    /// Writes a new session, and gives it.
    fn begin(&self, journal: &Journal, plan: NewSession, creator: &mut Actor, key: CommandId) -> Result<Live> {
        let now = now();
        let sql = journal.sql();
        schema::begin(sql)?;
        if plan.anonymous {
            let salt = random_id()?;
            pseudonyms::keep_salt(sql, &salt)?;
            pseudonyms::disguise(&salt, creator)?;
        }
        let shard = database::place(plan.id.as_str(), database::count(&self.env));
        journal.begin_archive(shard, &self.config.archive_run)?;
        let (session, entries) = Session::create(plan, random_id()?, creator, Some(key), now);
        let journal = Journal::new(self.state.storage().sql(), self.storage_handle.clone());
        let (interval, seed) = (self.config.archive_interval_ms, self.seed());
        let mut live = Live::begin(session, journal, interval, self.config.socket_lease_ms, seed, now)?;
        live.pace = Pace::new(self.config.counts_commands);
        live.commit(&entries, None, now)?;
        Ok(live)
    }
}

impl Live {
    /// Whether a call may be carried out, and what it costs.
    ///
    /// # Errors
    /// Why they may not enter, or that they ask too fast: nothing was looked at.
    fn admit_call(&mut self, who: &ParticipantId, call: &Call, now: u64) -> std::result::Result<(), Failure> {
        let state = self.session.state();
        // These are asked to find out whether somebody may enter.
        if !matches!(call, Call::DebugPermissions { .. } | Call::TryRoomCreation { .. }) {
            state.may_enter(who)?;
        }
        let cost = costs::of_call(call, state.rev);
        self.pace.pay(who, cost, now)
    }

    /// Whether somebody who may enter may open one more socket just now.
    ///
    /// # Errors
    /// A refusal with the time to wait.
    fn admit_handshake(&mut self, who: &ParticipantId, now: u64) -> std::result::Result<(), Failure> {
        if let Some(wait) = self.pace.excess(who, now) {
            return Err(too_fast(wait).into());
        }
        self.check_drained(who)?;
        self.pace.pay(who, costs::HANDSHAKE, now)
    }

    /// Closes the oldest of the sockets that have not said `hello` if there are as many as there may be.
    fn make_room_for_newcomer(&mut self, now: u64) {
        if self.sockets.silent_len() >= limits::SOCKETS_WITHOUT_HELLO
            && let Some((_, oldest)) = self.sockets.first_silent()
        {
            self.hang_up(oldest, CloseCode::TooSlow, now);
        }
    }

    fn rooms(&self, actor: &Actor) -> std::result::Result<RoomsBody, Failure> {
        let state = self.session.state();
        state.check_reader(&actor.id)?;
        let rooms = state.rooms_by_age().into_iter().map(|room| RoomListing {
            room: room.clone(),
            participant_ids: state.occupants(&room.id).map(|occupant| occupant.id.clone()).collect(),
        });
        Ok(RoomsBody { rooms: rooms.collect() })
    }

    fn list(&self, actor: &Actor) -> std::result::Result<ListAnswer, Failure> {
        let state = self.session.state();
        let list = state.list(actor)?;
        let rooms = state.rooms_by_age().into_iter();
        let names = rooms.map(|room| (room.id.clone(), room.name.clone())).collect();
        Ok(ListAnswer {
            table: assignment_table(&list, &names),
            list,
        })
    }

    fn activity(&self, actor: &Actor, now: u64) -> std::result::Result<ActivityBody, Failure> {
        Ok(ActivityBody {
            server_time: now,
            minutes: limits::ACTIVITY_MINUTES,
            rooms: self.session.state().activity(actor, now)?,
        })
    }
}

fn body<T: Serialize>(value: &T) -> Answer {
    Ok(serde_json::to_string(value)?)
}
