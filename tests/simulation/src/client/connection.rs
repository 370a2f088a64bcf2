//! A client's way to the server: a socket, or long polls until there is one. Follows `client/core/src/connection.ts`.

use flagship_protocol::close::{AfterClose, CloseCode};
use flagship_protocol::error::ErrorCode;
use flagship_protocol::frames::{ClientFrame, Hello, Nack, ServerFrame};
use flagship_protocol::ids::CommandId;

use super::{Client, Deed, Desk};
use crate::mutation::Mutation;
use crate::server::{Answer, Frame, LinkId, Request};

/// Time for the handshake and the welcome. Milliseconds.
const WELCOME_WITHIN_MS: u64 = 15_000;

/// Time for the answer to a long poll. Milliseconds.
const PAGE_WITHIN_MS: u64 = 40_000;

/// Where a client is with its socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nobody has started it.
    Off,
    /// Waiting for the next try.
    Waiting,
    /// Opening a socket.
    Connecting,
    /// Waiting for the welcome.
    Greeting,
    /// Welcomed.
    Open,
    /// Over, because trying again would not help.
    Stopped(String),
}

/// What a client wanted to be woken for.
#[derive(Debug, Clone)]
pub(crate) enum Alarm {
    /// The pause between two tries is over, if this is still the generation.
    Reconnect(u64),
    /// No welcome came, if this is still the generation.
    NoWelcome(u64),
    /// No answer came to this attempt of a command.
    NoAnswer(CommandId, u32),
    /// The pause before a command's next attempt is over.
    Resend(CommandId),
    /// The pause between two polls is over, if this is still the last request.
    Poll(u64),
    /// No answer came to this request.
    NoPage(u64),
}

impl Client {
    /// Connects and stays connected.
    pub(crate) fn start(&mut self, desk: &mut Desk<'_>) {
        if matches!(self.phase, Phase::Off | Phase::Stopped(_)) {
            self.attempt = 0;
            self.connect(desk);
        }
    }

    /// The page is closed: memory is gone, the queue stays. `stale`: its last change had not been saved.
    pub(crate) fn close_page(&mut self, desk: &mut Desk<'_>, stale: bool) {
        self.let_go(desk);
        self.fallback = None;
        self.former_requests = self.requests;
        self.enter_phase(Phase::Off);
        self.outbox.reload(stale);
        self.void();
    }

    /// Whether it follows the session one way or the other.
    pub(crate) fn is_up(&self) -> bool {
        self.phase == Phase::Open || self.fallback.is_some()
    }

    /// Whether it is over for this client.
    pub(crate) fn is_stopped(&self) -> bool {
        matches!(self.phase, Phase::Stopped(_))
    }

    fn connect(&mut self, desk: &mut Desk<'_>) {
        self.enter_phase(Phase::Connecting);
        desk.deeds.push(Deed::Connect);
        desk.deeds
            .push(Deed::Wait(WELCOME_WITHIN_MS, Alarm::NoWelcome(self.generation)));
    }

    /// The handshake has succeeded.
    pub(crate) fn opened(&mut self, desk: &mut Desk<'_>, link: LinkId) {
        if self.link != Some(link) || self.phase != Phase::Connecting {
            return;
        }
        // The time for the welcome goes on.
        self.phase = Phase::Greeting;
        let resume = self.streams.resume();
        self.greeted_from = resume.as_ref().map(|resume| resume.streams.clone());
        desk.deeds.push(Deed::Send(link, ClientFrame::Hello(Hello { resume })));
    }

    /// Frames came over a socket, as one message.
    pub(crate) fn frames(&mut self, desk: &mut Desk<'_>, link: LinkId, frames: &[Frame]) {
        for frame in frames {
            if self.link != Some(link) {
                return;
            }
            match &**frame {
                ServerFrame::Nack(Nack { id: Some(id), error }) => self.on_nack(desk, id, error),
                frame => {
                    if !self.on_frame(frame) {
                        self.recycle(desk);
                        return;
                    }
                }
            }
            if matches!(&**frame, ServerFrame::Welcome(_)) {
                self.departed = false;
                self.attempt = 0;
                self.fallback = None;
                self.enter_phase(Phase::Open);
                self.outbox.land();
            }
        }
        self.pump(desk);
    }

    /// A socket is closed, or broken if there is no code.
    pub(crate) fn closed(&mut self, desk: &mut Desk<'_>, link: LinkId, code: Option<CloseCode>) {
        if self.link != Some(link) {
            return;
        }
        self.link = None;
        match code.map(CloseCode::after) {
            // Dead sockets that the server has not noticed count; they will not for long.
            Some(AfterClose::Stop) if code != Some(CloseCode::TooManyConnections) => {
                self.stop(code.map_or("closed", CloseCode::reason));
            }
            _ => self.retry(desk),
        }
    }

    /// Gives up the socket in use and connects again.
    pub(crate) fn recycle(&mut self, desk: &mut Desk<'_>) {
        self.let_go(desk);
        self.retry(desk);
    }

    fn let_go(&mut self, desk: &mut Desk<'_>) {
        if let Some(link) = self.link.take() {
            desk.deeds.push(Deed::Abandon(link));
        }
    }

    fn retry(&mut self, desk: &mut Desk<'_>) {
        self.enter_phase(Phase::Waiting);
        if self.mutation == Some(Mutation::ClientForgetsUnanswered) {
            self.outbox.lose();
        }
        self.outbox.land();
        self.attempt += 1;
        let longest = (500 << self.attempt.min(5)).min(20_000);
        let delay = desk.chance.between(0, longest);
        desk.deeds.push(Deed::Wait(delay, Alarm::Reconnect(self.generation)));
        if self.fallback.is_none() && desk.chance.permille(100 * u64::from(self.attempt)) {
            self.fallback = Some(None);
            self.poll(desk);
        }
        self.pump(desk);
    }

    fn poll(&mut self, desk: &mut Desk<'_>) {
        self.requests += 1;
        self.fallback = Some(Some(self.requests));
        let resume = self.streams.resume();
        desk.deeds.push(Deed::Ask(self.requests, Request::Events(resume)));
        desk.deeds
            .push(Deed::Wait(PAGE_WITHIN_MS, Alarm::NoPage(self.requests)));
    }

    /// A request was answered; `None` if the connection broke.
    pub(crate) fn answered(&mut self, desk: &mut Desk<'_>, asked: u64, request: &Request, answer: Option<&Answer>) {
        if asked <= self.former_requests {
            return;
        }
        match (request, answer) {
            (Request::Command(_), Some(Answer::Ack(ack))) => {
                self.on_frame(&ServerFrame::Ack((**ack).clone()));
            }
            (Request::Command(frame), Some(Answer::Refused(error))) => self.on_nack(desk, &frame.id, error),
            (Request::Command(frame), _) => self.hurry(desk, &frame.id),
            // A page that comes after the welcome of a socket, or after another page was asked for.
            (Request::Events(_), _) if self.fallback != Some(Some(asked)) => {}
            (Request::Events(_), Some(Answer::Page(frames))) => {
                let sound = frames.iter().all(|frame| self.on_frame(frame));
                if !sound {
                    self.streams.forget();
                }
                if std::mem::take(&mut self.departed) {
                    self.let_go(desk);
                    self.stop("left");
                    return;
                }
                self.poll(desk);
            }
            (Request::Events(_), Some(Answer::Refused(error))) if error.code != ErrorCode::RateLimited => {
                self.let_go(desk);
                self.stop(error.code.tag());
            }
            (Request::Events(_), _) => self.poll_later(desk, asked),
        }
        self.pump(desk);
    }

    /// The answer to a command is lost: it is sent again soon.
    fn hurry(&mut self, desk: &mut Desk<'_>, id: &CommandId) {
        if let Some(entry) = self.outbox.get_mut(id).filter(|entry| entry.flying) {
            entry.flying = false;
            entry.paused = true;
            let pause = desk.chance.between(100, 2_000);
            desk.deeds.push(Deed::Wait(pause, Alarm::Resend(id.clone())));
        }
    }

    fn poll_later(&mut self, desk: &mut Desk<'_>, asked: u64) {
        let pause = desk.chance.between(200, 3_000);
        desk.deeds.push(Deed::Wait(pause, Alarm::Poll(asked)));
    }

    /// It is woken for something.
    pub(crate) fn wake(&mut self, desk: &mut Desk<'_>, alarm: &Alarm) {
        match alarm {
            Alarm::Reconnect(generation) if *generation == self.generation => self.connect(desk),
            Alarm::NoWelcome(generation) if *generation == self.generation => self.recycle(desk),
            Alarm::NoAnswer(id, attempt) => {
                let waits = |entry: &&mut super::Entry| entry.flying && entry.attempts == *attempt;
                if self.outbox.get_mut(id).filter(waits).is_none() {
                    return;
                }
                if self.phase == Phase::Open {
                    self.recycle(desk);
                } else {
                    self.hurry(desk, id);
                }
            }
            Alarm::Resend(id) => {
                if let Some(entry) = self.outbox.get_mut(id) {
                    entry.paused = false;
                }
                self.pump(desk);
            }
            Alarm::Poll(asked) if self.fallback == Some(Some(*asked)) => self.poll(desk),
            Alarm::NoPage(asked) if self.fallback == Some(Some(*asked)) => self.poll(desk),
            _ => {}
        }
    }

    /// Trying again would not help: everything that waits has failed.
    fn stop(&mut self, reason: &str) {
        self.fallback = None;
        self.link = None;
        self.enter_phase(Phase::Stopped(reason.to_owned()));
        for entry in self.outbox.drain() {
            self.fail(&entry.id, reason);
        }
        self.void();
    }

    fn enter_phase(&mut self, phase: Phase) {
        self.generation += 1;
        self.phase = phase;
    }
}
