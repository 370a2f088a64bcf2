//! What one client has seen of one stream.

use std::collections::BTreeSet;

use crate::breach::Breach;
use crate::record::Source;

/// A client's view of a stream, since it began afresh.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// Everything that is there, whichever way it came.
    seen: BTreeSet<u64>,
    /// While it is followed: where that began, and how far it has come.
    following: Option<Following>,
}

#[derive(Debug)]
struct Following {
    after: u64,
    position: u64,
    /// What came as an event.
    came: BTreeSet<u64>,
}

impl View {
    /// The client follows the stream from here. What an earlier following left out is a gap.
    pub(crate) fn follow(&mut self, client: &str, stream: &str, after: u64, breaches: &mut Vec<Breach>) {
        self.unfollow(client, stream, breaches);
        self.following = Some(Following::from(after));
    }

    /// The client follows the stream no more.
    pub(crate) fn unfollow(&mut self, client: &str, stream: &str, breaches: &mut Vec<Breach>) {
        let Some(Following { after, position, came }) = self.following.take() else {
            return;
        };
        let missing = (after + 1..position).filter(|seq| !came.contains(seq));
        breaches.extend(missing.map(|seq| Breach::Gap {
            client: client.into(),
            stream: stream.into(),
            seq,
        }));
    }

    /// Something came into view.
    pub(crate) fn see(&mut self, client: &str, stream: &str, seq: u64, by: Source, breaches: &mut Vec<Breach>) {
        let known = !self.seen.insert(seq);
        if by == Source::Page {
            return;
        }
        // Who does not say where they began, began here.
        let before = seq.saturating_sub(1);
        let following = self.following.get_or_insert_with(|| Following::from(before));
        let again = !following.came.insert(seq);
        let (client, stream) = (client.to_owned(), stream.to_owned());
        if again || (known && seq <= following.position) {
            breaches.push(Breach::Doubled { client, stream, seq });
        } else if seq <= following.position {
            let after = following.position;
            breaches.push(Breach::Reordered {
                client,
                stream,
                seq,
                after,
            });
        }
        following.position = following.position.max(seq);
    }

    /// Whether something is in view.
    pub(crate) fn has(&self, seq: u64) -> bool {
        self.seen.contains(&seq)
    }
}

impl Following {
    fn from(after: u64) -> Self {
        Self {
            after,
            position: after,
            came: BTreeSet::new(),
        }
    }
}
