//! The object's storage, as the platform keeps it: what a turn writes becomes durable together, or not at all.

use std::collections::BTreeMap;
use std::rc::Rc;

use flagship_protocol::events::Event;
use flagship_protocol::frames::Positions;
use flagship_session::{Entry, KeyRun, Said};

/// A row of the journal: an entry as it is read back from what `src/object/journal` writes.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) entry: Entry,
    /// The row that holds the message, if the events of this one only show it again.
    pub(crate) of: Option<u64>,
}

/// One write.
#[derive(Debug, Clone)]
pub(crate) enum Write {
    /// A row is added to the journal.
    Row(Rc<Row>),
    /// What a message says is replaced, in the row that holds it.
    Rewrite(Box<Said>),
    /// A snapshot replaces the one before, and a checkpoint is added.
    Snapshot { json: Rc<str>, rev: u64, heads: Positions },
    /// A run of keys, in place of one that ends where it does.
    KeyRun(Rc<KeyRun>),
    /// The runs that end after the one position, and not after the other, are removed.
    RemoveKeyRuns { after: u64, upto: u64 },
    /// The archive has everything up to here.
    Archived(u64),
    /// The platform's alarm, in milliseconds since the epoch by the server's clock.
    Alarm(Option<u64>),
}

/// All tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tables {
    pub(crate) rows: Vec<Rc<Row>>,
    pub(crate) snapshot: Option<Rc<str>>,
    pub(crate) checkpoints: BTreeMap<u64, Positions>,
    /// By where they end.
    pub(crate) key_runs: BTreeMap<u64, Rc<KeyRun>>,
    pub(crate) archived: u64,
    pub(crate) alarm: Option<u64>,
}

impl Tables {
    /// Where a row is.
    fn place(&self, rev: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&rev, |row| row.entry.rev).ok()
    }

    /// The row of an entry.
    pub(crate) fn row(&self, rev: u64) -> Option<&Row> {
        self.place(rev).map(|at| &*self.rows[at])
    }

    fn apply(&mut self, write: &Write) {
        match write {
            Write::Row(row) => self.rows.push(Rc::clone(row)),
            Write::Rewrite(said) => {
                let at = self.place(said.id().rev().unwrap()).unwrap();
                let mut row = Row::clone(&self.rows[at]);
                put(&mut row.entry.events[0].event, said);
                self.rows[at] = Rc::new(row);
            }
            Write::Snapshot { json, rev, heads } => {
                self.snapshot = Some(Rc::clone(json));
                self.checkpoints.insert(*rev, heads.clone());
            }
            Write::KeyRun(run) => {
                self.key_runs.insert(run.span.upto, Rc::clone(run));
            }
            Write::RemoveKeyRuns { after, upto } => self.key_runs.retain(|end, _| end <= after || end > upto),
            Write::Archived(rev) => self.archived = *rev,
            Write::Alarm(at) => self.alarm = *at,
        }
    }
}

/// Puts a message as it is now into an event that shows it.
pub(crate) fn put(event: &mut Event, said: &Said) {
    match (event, said) {
        (Event::MessageCreated { message } | Event::MessageEdited { message }, Said::Room(said)) => {
            message.clone_from(said);
        }
        (Event::DirectMessageCreated { message } | Event::DirectMessageEdited { message }, Said::Direct(said)) => {
            message.clone_from(said)
        }
        (event, said) => unreachable!("{event:?} does not show {said:?}"),
    }
}

/// What is durable, and what the running instance sees: the same, and what it wrote since.
#[derive(Debug, Default)]
pub(crate) struct Storage {
    durable: Tables,
    seen: Tables,
    /// What the turn that runs has written.
    turn: Vec<Write>,
}

impl Storage {
    /// The tables as the running instance sees them.
    pub(crate) fn tables(&self) -> &Tables {
        &self.seen
    }

    /// The tables as a new instance would find them.
    pub(crate) fn durable(&self) -> &Tables {
        &self.durable
    }

    /// Writes. It is durable after [`Self::flush`].
    pub(crate) fn write(&mut self, write: Write) {
        self.seen.apply(&write);
        self.turn.push(write);
    }

    /// Takes out what the turn has written.
    pub(crate) fn end_turn(&mut self) -> Vec<Write> {
        std::mem::take(&mut self.turn)
    }

    /// Makes the writes of a turn durable.
    pub(crate) fn flush(&mut self, writes: &[Write]) {
        for write in writes {
            self.durable.apply(write);
        }
    }

    /// The instance is gone, and with it all that was not durable.
    pub(crate) fn crash(&mut self) {
        self.seen = self.durable.clone();
        self.turn.clear();
    }
}
