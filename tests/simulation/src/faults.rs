//! What goes wrong in a run, and how often: drawn from the seed, so that some runs have many faults of one kind.

use crate::chance::Chance;

/// Something that goes wrong at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The process is killed.
    Kill,
    /// The object is put to sleep.
    Hibernate,
    /// A connection is closed by its client.
    Close,
    /// A connection breaks.
    Reset,
    /// A connection goes silent.
    Silence,
    /// A connection becomes slow.
    Slow,
    /// Somebody gets no socket for a while.
    Block,
    /// The server's clock jumps.
    Clock,
    /// The archive goes down, or comes back.
    Archive,
    /// A page is reloaded.
    Reload,
    /// A page is closed, to be opened again later.
    Leave,
}

impl Trouble {
    const ALL: [Self; 11] = [
        Self::Kill,
        Self::Hibernate,
        Self::Close,
        Self::Reset,
        Self::Silence,
        Self::Slow,
        Self::Block,
        Self::Clock,
        Self::Archive,
        Self::Reload,
        Self::Leave,
    ];
}

/// The rates of a run. Those in a thousand are for each occasion.
#[derive(Debug)]
pub(crate) struct Faults {
    /// What may happen by itself; the more often it is listed, the more often it does.
    troubles: Vec<Trouble>,
    /// Longest time between two troubles, in milliseconds.
    pub(crate) pause: u64,
    /// In a thousand: the process is killed before an effect.
    pub(crate) kill: u64,
    /// In a thousand: a request is lost, and likewise an answer.
    pub(crate) lost: u64,
    /// In a thousand: a request arrives twice.
    pub(crate) doubled: u64,
    /// In a thousand: the archive fails before it has written, and likewise after.
    pub(crate) archive: u64,
    /// In a thousand: the archive takes its time.
    pub(crate) hanging: u64,
    /// Longest time until a write is durable, in milliseconds.
    pub(crate) write: u64,
    /// How long events gather while a session is busy, in milliseconds.
    pub(crate) gather: u64,
    /// Whether the archive is down.
    pub(crate) archive_down: bool,
}

impl Faults {
    /// Draws the rates of a run.
    pub(crate) fn draw(chance: &mut Chance) -> Self {
        let mut troubles = Vec::new();
        for trouble in Trouble::ALL {
            let times = if chance.permille(600) { chance.between(1, 4) } else { 0 };
            troubles.extend((0..times).map(|_| trouble));
        }
        let mut rate = |most: u64| {
            if chance.permille(600) {
                chance.between(1, most)
            } else {
                0
            }
        };
        Self {
            troubles,
            kill: rate(8),
            lost: rate(80),
            doubled: rate(80),
            archive: rate(250),
            pause: 1_000 + rate(8_000),
            hanging: rate(200),
            write: rate(40),
            gather: 4 + rate(200),
            archive_down: false,
        }
    }

    /// Nothing goes wrong any more.
    pub(crate) fn end(&mut self) {
        *self = Self {
            troubles: Vec::new(),
            pause: 1_000,
            kill: 0,
            lost: 0,
            doubled: 0,
            archive: 0,
            hanging: 0,
            write: 5,
            gather: 4,
            archive_down: false,
        };
    }

    /// What goes wrong next.
    pub(crate) fn next(&self, chance: &mut Chance) -> Option<Trouble> {
        chance.pick(&self.troubles).copied()
    }
}
