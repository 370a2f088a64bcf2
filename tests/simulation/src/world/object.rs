//! Around the object: what leaves it, when it is durable, and when its alarm rings.

use flagship_protocol::limits;

use super::{Event, World};
use crate::network::Down;
use crate::server::archive::Batch;
use crate::server::{After, Effect, Object};

/// Longest time under way of a batch to an archive that hangs, in milliseconds.
const HANGING_MS: u64 = 30_000;

/// How late a timer of the session may be, in milliseconds: the alarm comes soon, but as long as it waits for the
/// archive it does not ring again.
const TIMELY_MS: u64 = HANGING_MS + 1_000;

impl World {
    /// The object does something.
    pub(super) fn serve(&mut self, act: impl FnOnce(&mut Object, u64) -> After) {
        let now = self.server_now();
        let after = act(&mut self.object, now);
        let instance = self.object.instance;
        // A clock that was set forward makes everything late.
        if after.late > TIMELY_MS && self.stats.clock_steps == 0 {
            self.failures.push(format!("a timer was {} ms late", after.late));
        }
        if after.gathers {
            self.agenda.after(self.faults.gather, Event::Gathered(instance));
        }
        for call in after.woken {
            self.agenda.after(0, Event::Poll(instance, call, false));
        }
        for call in after.waits {
            self.agenda
                .after(limits::LONG_POLL_MS, Event::Poll(instance, call, true));
        }
        self.let_out();
    }

    /// [`Self::serve`], if the instance that asked for it is still there.
    pub(super) fn at(&mut self, instance: u64, act: impl FnOnce(&mut Object, u64) -> After) {
        if self.object.instance == instance {
            self.serve(act);
        }
    }

    /// Lets out what may leave: everything up to the next write. The process may be killed before any of it.
    pub(super) fn let_out(&mut self) {
        while let Some(effect) = self.object.next_effect() {
            if self.writing {
                return;
            }
            if self.chance.permille(self.faults.kill) {
                self.kill();
                return;
            }
            if matches!(effect, Effect::Write(_)) {
                self.writing = true;
                let delay = self.chance.between(0, self.faults.write);
                self.agenda.after(delay, Event::Durable(self.object.instance));
                return;
            }
            match self.object.take_effect() {
                Some(Effect::Send(link, frames)) if frames.is_empty() => {
                    self.links.entry(link).and_modify(|link| link.open = true);
                    self.send_down(link, Down::Opened);
                }
                Some(Effect::Send(link, frames)) => self.send_down(link, Down::Frames(frames)),
                Some(Effect::Close(link, code)) => {
                    self.links.entry(link).and_modify(|link| link.open = false);
                    self.send_down(link, Down::Closed(Some(code)));
                }
                Some(Effect::Respond(call, answer)) => self.respond(call, Some(answer)),
                Some(Effect::Archive(batch)) => self.send_batch(*batch),
                Some(Effect::Write(_)) | None => {}
            }
        }
    }

    /// Puts the alarm on the agenda, when it is another one.
    pub(super) fn arm(&mut self) {
        let at = self.object.alarm();
        if at == self.armed.1 {
            return;
        }
        self.armed = (self.armed.0 + 1, at);
        if let Some(at) = at {
            let delay = at.saturating_sub(self.server_now()) + self.chance.between(0, 20);
            self.agenda.after(delay, Event::Alarm(self.armed.0));
        }
    }

    pub(super) fn ring(&mut self, number: u64) {
        if number != self.armed.0 {
            return;
        }
        self.armed.1 = None;
        // A clock that was set back rings later.
        if self.object.alarm().is_some_and(|at| at <= self.server_now()) {
            self.stats.alarms += 1;
            self.say(|_| "the alarm rings".into());
            self.serve(Object::ring);
        }
    }

    fn send_batch(&mut self, batch: Batch) {
        self.say(|_| format!("a batch up to {} goes to the archive", batch.last_rev));
        self.stats.batches += 1;
        let down = self.faults.archive_down || self.chance.permille(self.faults.archive);
        let deaf = self.chance.permille(self.faults.archive);
        self.stats.archive_failures_before += u64::from(down);
        self.stats.archive_failures_after += u64::from(deaf && !down);
        let hangs = self.chance.permille(self.faults.hanging);
        let delay = self.chance.between(1, if hangs { HANGING_MS } else { 200 });
        let event = Event::Batch(self.object.instance, batch, [!down, !down && !deaf]);
        self.agenda.after(delay, event);
    }

    /// A batch arrives, also if who sent it is gone meanwhile.
    pub(super) fn arrive_batch(&mut self, instance: u64, batch: Batch, [written, answered]: [bool; 2]) {
        if written {
            self.archive.write(&batch, self.mutation);
        }
        let answer = if answered { Ok(batch.last_rev) } else { Err(()) };
        let delay = self.chance.between(1, 200);
        self.agenda.after(delay, Event::Archived(instance, answer));
    }
}
