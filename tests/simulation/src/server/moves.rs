//! Who follows other streams than when what waits began to wait. Follows `src/object/moves.rs`, where the rule is.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::close::CloseCode;
use flagship_protocol::ids::StreamId;

use super::turn::LinkId;

/// How many of the events that wait in streams which a connection follows no more it gets still.
pub(crate) type Owed = BTreeMap<StreamId, usize>;

/// The connections that follow other streams than they were told.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    by_link: BTreeMap<LinkId, Owed>,
}

impl Moves {
    /// A connection that was `told` what it follows follows something else `now`. `reads_all`: whether its person may
    /// read all of what waits in a stream.
    pub(crate) fn note(
        &mut self,
        link: LinkId,
        told: &BTreeSet<StreamId>,
        now: &BTreeSet<StreamId>,
        waiting: impl Fn(&StreamId) -> usize,
        reads_all: impl Fn(&StreamId) -> bool,
    ) {
        let owed = self.by_link.entry(link).or_default();
        for stream in told {
            let until = waiting(stream);
            if !now.contains(stream) {
                owed.entry(stream.clone()).or_insert(until);
            } else if owed.get(stream) == Some(&until) || reads_all(stream) {
                owed.remove(stream);
            }
        }
    }

    /// Whether a connection is one of them.
    pub(crate) fn contains(&self, link: LinkId) -> bool {
        self.by_link.contains_key(&link)
    }

    /// What a connection is owed so far.
    pub(crate) fn owed(&self, link: LinkId) -> Owed {
        self.by_link.get(&link).cloned().unwrap_or_default()
    }

    /// Takes out a connection: it is gone. Gives what it was owed.
    pub(crate) fn remove(&mut self, link: LinkId) -> Owed {
        self.by_link.remove(&link).unwrap_or_default()
    }

    /// Takes out all of them.
    pub(crate) fn take(&mut self) -> BTreeMap<LinkId, Owed> {
        std::mem::take(&mut self.by_link)
    }
}

/// A connection that is to be closed when it has got what it is owed.
#[derive(Debug)]
pub(crate) struct Parting {
    pub(crate) link: LinkId,
    pub(crate) owed: Owed,
    pub(crate) code: CloseCode,
}
