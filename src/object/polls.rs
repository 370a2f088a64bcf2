//! Long polls that wait for something to happen.

use flagship_protocol::ids::ParticipantId;
use futures::channel::oneshot;

/// The waiting polls of a session. In memory only: while one waits, the object does not sleep.
#[derive(Default)]
pub(super) struct Polls {
    waiting: Vec<(ParticipantId, oneshot::Sender<()>)>,
}

impl Polls {
    /// Waits for the next event of somebody. The receiver resolves when there may be one.
    pub(super) fn wait(&mut self, who: ParticipantId) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.push((who, sender));
        receiver
    }

    /// How many polls of somebody wait.
    pub(super) fn count(&mut self, who: &ParticipantId) -> usize {
        self.waiting.retain(|(_, sender)| !sender.is_canceled());
        self.waiting.iter().filter(|(waiting, _)| waiting == who).count()
    }

    /// Wakes the polls of those for whom `concerned` says so. Gives how many these are.
    pub(super) fn wake(&mut self, concerned: impl Fn(&ParticipantId) -> bool) -> usize {
        let mut woken = 0;
        for (who, sender) in std::mem::take(&mut self.waiting) {
            if concerned(&who) {
                woken += usize::from(sender.send(()).is_ok());
            } else if !sender.is_canceled() {
                self.waiting.push((who, sender));
            }
        }
        woken
    }
}
