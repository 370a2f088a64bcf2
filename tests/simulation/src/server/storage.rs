//! The object's storage, as the platform keeps it: what a turn writes becomes durable together, or not at all.

use std::collections::BTreeMap;
use std::rc::Rc;

use flagship_protocol::frames::Positions;

/// A row of the journal, column by column as `src/object/schema.rs` has them.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) rev: u64,
    pub(crate) at: u64,
    pub(crate) actor: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) fingerprint: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) stream: String,
    pub(crate) from: u64,
    pub(crate) to: u64,
    pub(crate) events: String,
}

/// One write.
#[derive(Debug, Clone)]
pub(crate) enum Write {
    /// A row is added to the journal.
    Row(Rc<Row>),
    /// The events of a row are replaced.
    Rewrite { rev: u64, events: Rc<str> },
    /// A snapshot replaces the one before, and a checkpoint is added.
    Snapshot { json: Rc<str>, rev: u64, heads: Positions },
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
    pub(crate) archived: u64,
    pub(crate) alarm: Option<u64>,
}

impl Tables {
    fn apply(&mut self, write: &Write) {
        match write {
            Write::Row(row) => self.rows.push(Rc::clone(row)),
            Write::Rewrite { rev, events } => {
                for row in self.rows.iter_mut().filter(|row| row.rev == *rev) {
                    *row = Rc::new(Row {
                        events: events.to_string(),
                        ..Row::clone(row)
                    });
                }
            }
            Write::Snapshot { json, rev, heads } => {
                self.snapshot = Some(Rc::clone(json));
                self.checkpoints.insert(*rev, heads.clone());
            }
            Write::Archived(rev) => self.archived = *rev,
            Write::Alarm(at) => self.alarm = *at,
        }
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
