//! Commands until they are settled. Follows `client/core/src/outbox.ts`, with one or several on their way at once.

use flagship_protocol::commands::Command;
use flagship_protocol::ids::CommandId;

/// A command that is not settled.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The idempotency key.
    pub(crate) id: CommandId,
    pub(crate) command: Command,
    /// What it says, and in which streams.
    pub(crate) content: Option<String>,
    pub(crate) streams: Vec<String>,
    /// How often it was sent.
    pub(crate) attempts: u32,
    /// How often it was refused for now.
    pub(crate) refusals: u32,
    /// Whether it waits for an answer.
    pub(crate) flying: bool,
    /// Whether it pauses before the next attempt.
    pub(crate) paused: bool,
}

/// The queue, which survives a reload.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: Vec<Entry>,
    /// What was settled last: a page that closes may not have saved that.
    settled: Option<Entry>,
}

impl Outbox {
    /// Queues a command.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.queue.push(entry);
    }

    /// Whether everything is settled.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// The next command to send, if fewer than `window` are on their way.
    pub(crate) fn next(&mut self, window: usize) -> Option<&mut Entry> {
        let flying = self.queue.iter().filter(|entry| entry.flying).count();
        let next = self.queue.iter_mut().find(|entry| !entry.flying)?;
        // What pauses is not overtaken.
        (flying < window && !next.paused).then_some(next)
    }

    /// One command.
    pub(crate) fn get_mut(&mut self, id: &CommandId) -> Option<&mut Entry> {
        self.queue.iter_mut().find(|entry| entry.id == *id)
    }

    /// Takes a command out.
    pub(crate) fn settle(&mut self, id: &CommandId) -> Option<Entry> {
        let at = self.queue.iter().position(|entry| entry.id == *id)?;
        let entry = self.queue.remove(at);
        self.settled = Some(entry.clone());
        Some(entry)
    }

    /// The connection is gone: what was on its way will be sent again.
    pub(crate) fn land(&mut self) {
        for entry in &mut self.queue {
            entry.flying = false;
        }
    }

    /// Forgets what is on its way.
    pub(crate) fn lose(&mut self) {
        self.queue.retain(|entry| !entry.flying);
    }

    /// Takes everything out.
    pub(crate) fn drain(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.queue)
    }

    /// The page was reloaded. `stale`: the last change had not been saved.
    pub(crate) fn reload(&mut self, stale: bool) {
        self.land();
        for entry in &mut self.queue {
            entry.paused = false;
        }
        if let Some(entry) = self.settled.take().filter(|_| stale) {
            let entry = Entry {
                flying: false,
                paused: false,
                ..entry
            };
            self.queue.insert(0, entry);
        }
    }
}
