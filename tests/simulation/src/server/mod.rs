//! A model of the Durable Object: the shell of `src/object` around the real session core.
//!
//! The platform's part is modelled too. What a turn writes becomes durable as one; what the object sends after a
//! write waits until then; memory may be gone between any two effects, and with it whatever had not left.

pub(crate) mod archive;
mod catch_up;
mod commands;
mod greeting;
pub(crate) mod journal;
mod keys;
mod live;
mod moves;
mod outbox;
mod platform;
mod requests;
mod sending;
pub(crate) mod storage;
mod turn;

use std::collections::{BTreeSet, VecDeque};

use flagship_protocol::close::CloseCode;
use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::frames::ClientFrame;
use flagship_protocol::limits;
use flagship_session::{Actor, NewSession, Session};

use self::archive::Batch;
use self::live::{Live, Timer};
pub(crate) use self::requests::Request;
use self::storage::{Storage, Write};
pub(crate) use self::turn::{Answer, CallId, Effect, Frame, LinkId};
use self::turn::{Attachment, Sockets, Turn, sizes};
use crate::mutation::Mutation;

/// What the world has to do after a turn.
#[derive(Debug, Default)]
pub(crate) struct After {
    /// A gathering begins: call [`Object::end_gathering`] when it is over.
    pub(crate) gathers: bool,
    /// Long polls to go on with.
    pub(crate) woken: Vec<CallId>,
    /// Long polls that begin to wait.
    pub(crate) waits: Vec<CallId>,
    /// How late what had its time was done, in milliseconds.
    pub(crate) late: u64,
}

/// One session's object.
#[derive(Debug)]
pub(crate) struct Object {
    mutation: Option<Mutation>,
    storage: Storage,
    sockets: Sockets,
    live: Option<Live>,
    /// What the running instance believes the alarm to be set to.
    alarm: Option<u64>,
    /// The alarm that is being handled, with the timers that are not done yet.
    ringing: Option<(u64, VecDeque<Timer>)>,
    effects: VecDeque<Effect>,
    /// What came over sockets and waits for the gathering to end.
    inbox: Vec<(LinkId, ClientFrame)>,
    /// Whether what happens now waits for a gathering to end.
    gathering: bool,
    /// Tells the instances of one object apart: what is for a former one comes to nobody.
    pub(crate) instance: u64,
}

impl Object {
    /// The object of a session that was just created.
    pub(crate) fn create(host: &Actor, now: u64, mutation: Option<Mutation>) -> Self {
        let plan = NewSession {
            id: "s1".parse().unwrap(),
            title: "Workshop".parse().unwrap(),
            anonymous: false,
        };
        let (_, entries) = Session::create(plan, "epoch-1".into(), host, None, now);
        let mut storage = Storage::default();
        for entry in &entries {
            journal::append(&mut storage, entry);
        }
        let written = storage.end_turn();
        storage.flush(&written);
        Self {
            mutation,
            storage,
            sockets: Sockets::default(),
            live: None,
            alarm: None,
            ringing: None,
            effects: VecDeque::new(),
            inbox: Vec::new(),
            gathering: false,
            instance: 0,
        }
    }

    /// A handshake. What is refused gets a reason and a close.
    pub(crate) fn accept(&mut self, now: u64, link: LinkId, actor: &Actor) -> After {
        let attachment = Attachment {
            actor: actor.clone(),
            ready: false,
            followed: BTreeSet::new(),
        };
        self.quiet_turn(now, |live, turn| {
            let refuse = |turn: &mut Turn<'_>, error: ErrorBody, code: CloseCode| {
                turn.send(link, Vec::new());
                turn.send(link, vec![commands::refusal(error)]);
                turn.effects.push(Effect::Close(link, code));
            };
            if let Err(rejection) = live.session.state().may_enter(&actor.id) {
                refuse(turn, rejection.into(), CloseCode::Forbidden);
                return;
            }
            let own = turn
                .sockets
                .0
                .values()
                .filter(|other| other.actor.id == actor.id)
                .count();
            if own < limits::SOCKETS_PER_PARTICIPANT {
                turn.sockets.0.insert(link, attachment);
                live.schedule(now);
                // No frames: the handshake's answer.
                turn.send(link, Vec::new());
                return;
            }
            let message = "too many connections are open; close one and try again";
            refuse(
                turn,
                ErrorBody::new(ErrorCode::RateLimited, message),
                CloseCode::TooManyConnections,
            );
        })
    }

    /// A frame came over a socket.
    pub(crate) fn frame(&mut self, now: u64, link: LinkId, frame: &ClientFrame) -> After {
        self.inbox.push((link, frame.clone()));
        if self.gathering && self.inbox.len() < sizes::INBOX {
            return After::default();
        }
        self.turn(now, |_, _| {})
    }

    /// A socket is gone.
    pub(crate) fn closed(&mut self, now: u64, link: LinkId) -> After {
        let mut after = After::default();
        if self.inbox.iter().any(|(from, _)| *from == link) {
            after.add(self.turn(now, |_, _| {}));
        }
        after.add(self.quiet_turn(now, |live, turn| live.on_close(turn, link)));
        after
    }

    /// A request came.
    pub(crate) fn request(&mut self, now: u64, call: CallId, actor: &Actor, request: Request) -> After {
        self.call(now, call, |live, turn| live.on_request(turn, call, actor, request))
    }

    /// A waiting poll has something to see, or its time is over.
    pub(crate) fn poll(&mut self, now: u64, call: CallId, over: bool) -> After {
        self.call(now, call, |live, turn| live.on_poll(turn, call, over))
    }

    fn call(
        &mut self,
        now: u64,
        call: CallId,
        action: impl FnOnce(&mut Live, &mut Turn<'_>) -> Option<Answer>,
    ) -> After {
        let mut answer = None;
        let mut after = self.turn(now, |live, turn| answer = action(live, turn));
        match answer {
            // The response leaves after the turn has ended.
            Some(answer) => self.effects.push_back(Effect::Respond(call, answer)),
            None if self.live.as_ref().is_some_and(|live| live.polls.contains_key(&call)) => after.waits.push(call),
            None => {}
        }
        after
    }

    /// The time of a gathering is over.
    pub(crate) fn end_gathering(&mut self, now: u64) -> After {
        self.gathering = false;
        self.turn(now, |_, _| {})
    }

    /// When the alarm rings, by the server's clock. While one is handled, the next one waits.
    pub(crate) fn alarm(&self) -> Option<u64> {
        self.storage.durable().alarm.filter(|_| self.ringing.is_none())
    }

    /// The alarm rings.
    pub(crate) fn ring(&mut self, now: u64) -> After {
        if self.mutation != Some(Mutation::RungAlarmCounts) {
            self.alarm = None;
        }
        let Some(at) = self.storage.durable().alarm else {
            return After::default();
        };
        let mut due = Vec::new();
        let mut after = self.turn(now, |live, turn| {
            turn.writes().write(Write::Alarm(None));
            due = live.timers.take_due(now);
        });
        self.ringing = Some((at, due.into()));
        self.go_on(now, &mut after);
        after
    }

    /// The archive has answered: the batch up to here is written, or it failed.
    pub(crate) fn archived(&mut self, now: u64, answer: Result<u64, ()>) -> After {
        let mut after = self.turn(now, |live, turn| {
            let trusting = turn.has(Mutation::ArchiveTrustsErrors);
            let head = live.session.state().rev;
            let due = match answer {
                Err(()) if trusting => live.archive.succeeded(live.archive.archived() + 1, head, now),
                Ok(last) => {
                    turn.writes().write(Write::Archived(last));
                    live.archive.succeeded(last, head, now)
                }
                Err(()) => Some(live.archive.failed(now)),
            };
            match due {
                Some(due) => live.timers.set(Timer::Archive, due),
                None => live.timers.cancel(Timer::Archive),
            }
        });
        self.go_on(now, &mut after);
        after
    }

    /// Goes on with the timers of the alarm that rings. The archive ends the turn, and is waited for.
    fn go_on(&mut self, now: u64, after: &mut After) {
        while let Some((_, timers)) = &mut self.ringing {
            match timers.pop_front() {
                Some(Timer::Session) => after.add(self.turn(now, Live::on_timeout)),
                Some(Timer::Archive) => {
                    let Some(live) = &self.live else { continue };
                    let tables = self.storage.tables();
                    let entries = tables.entries_after(live.archive.archived());
                    let entries: Vec<_> = entries.take(live.archive.batch() as usize).collect();
                    if !entries.is_empty() {
                        self.effects
                            .push_back(Effect::Archive(Box::new(Batch::new(&entries, |id| tables.said(id)))));
                        return;
                    }
                }
                None => {
                    self.ringing = None;
                    after.add(self.turn(now, |live, _| live.schedule(now)));
                }
            }
        }
    }

    /// One turn, that begins with what came over sockets.
    fn turn(&mut self, now: u64, action: impl FnOnce(&mut Live, &mut Turn<'_>)) -> After {
        let inbox = std::mem::take(&mut self.inbox);
        self.quiet_turn(now, |live, turn| {
            for (link, frame) in &inbox {
                live.on_frame(turn, *link, frame);
            }
            live.greet(turn);
            action(live, turn);
        })
    }

    /// One turn, restoring the session first if it is not in memory.
    fn quiet_turn(&mut self, now: u64, action: impl FnOnce(&mut Live, &mut Turn<'_>)) -> After {
        let mut turn = Turn {
            now,
            storage: &mut self.storage,
            sockets: &mut self.sockets,
            mutation: self.mutation,
            effects: Vec::new(),
            woken: Vec::new(),
            late: 0,
        };
        let live = self.live.get_or_insert_with(|| Live::restore(&mut turn));
        action(live, &mut turn);
        let gathers = !self.gathering && live.send(&mut turn);
        self.gathering |= gathers;
        if let Some(next) = live.timers.next()
            && self.alarm.is_none_or(|set| set > next)
        {
            self.alarm = Some(next);
            turn.writes().write(Write::Alarm(Some(next)));
        }
        let late = turn.late;
        let (effects, woken) = turn.end();
        self.effects.extend(effects);
        After {
            gathers,
            woken,
            waits: Vec::new(),
            late,
        }
    }
}

impl After {
    fn add(&mut self, other: Self) {
        self.gathers |= other.gathers;
        self.woken.extend(other.woken);
        self.waits.extend(other.waits);
        self.late = self.late.max(other.late);
    }
}
