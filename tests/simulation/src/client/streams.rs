//! How far a client has got in each stream that it follows. Follows `client/core/src/streams.ts`.

use flagship_protocol::events::SequencedEvent;
use flagship_protocol::frames::{Events, Positions, Resume};
use flagship_protocol::ids::StreamId;

/// The followed streams.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    epoch: Option<String>,
    pub(crate) positions: Positions,
}

/// What became of an `events` frame.
#[derive(Debug)]
pub(crate) enum Accepted {
    /// These are new.
    Fresh(Vec<SequencedEvent>),
    /// Some are missing after this position.
    Gap(u64),
}

impl Streams {
    /// Starts afresh from a snapshot.
    pub(crate) fn restart(&mut self, epoch: &str, positions: &Positions) {
        self.epoch = Some(epoch.to_owned());
        self.positions = positions.clone();
    }

    /// Replaces the set of followed streams; one that is followed already keeps its position, unless the server is
    /// to be `trusted` about it. A room's stream that is further there began anew: what came between is not for this
    /// client. Gives those that ended and those that began.
    pub(crate) fn follow(&mut self, positions: &Positions, trusted: bool) -> (Vec<StreamId>, Vec<StreamId>) {
        let held = std::mem::take(&mut self.positions);
        let is_anew = |stream: &StreamId| {
            let is_behind = held.get(stream) < positions.get(stream);
            matches!(stream, StreamId::Room(room) if !room.is_main()) && is_behind
        };
        let ended = held
            .keys()
            .filter(|stream| !positions.contains_key(stream) || is_anew(stream))
            .cloned()
            .collect();
        let begun = positions
            .keys()
            .filter(|stream| !held.contains_key(stream) || is_anew(stream))
            .cloned()
            .collect();
        for (stream, seq) in positions {
            let kept = held.get(stream).filter(|_| !trusted && !is_anew(stream));
            let position = kept.unwrap_or(seq);
            self.positions.insert(stream.clone(), *position);
        }
        (ended, begun)
    }

    /// Takes the events that are new, or all of them if known ones are not to be `dropped`, and moves on.
    pub(crate) fn accept(&mut self, frame: &Events, dropped: bool) -> Accepted {
        let Some(position) = self.positions.get_mut(&frame.stream) else {
            return Accepted::Fresh(Vec::new());
        };
        if frame.from > *position {
            return Accepted::Gap(*position);
        }
        let mut fresh = Vec::new();
        let mut reached = *position;
        for event in &frame.events {
            if event.seq > reached + 1 {
                return Accepted::Gap(reached);
            }
            if event.seq > reached || !dropped {
                fresh.push(event.clone());
            }
            reached = reached.max(event.seq);
        }
        *position = reached;
        Accepted::Fresh(fresh)
    }

    /// What goes into the next `hello`.
    pub(crate) fn resume(&self) -> Option<Resume> {
        let epoch = self.epoch.clone()?;
        let streams = self.positions.clone();
        Some(Resume { epoch, streams })
    }

    /// Forgets everything.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}
