//! Long polls that wait for something to happen.

use std::collections::BTreeMap;

use flagship_protocol::ids::ParticipantId;
use futures::channel::oneshot;

/// The waiting polls of a session. In memory only: while one waits, the object does not sleep.
#[derive(Default)]
pub(super) struct Polls {
    waiting: Vec<(ParticipantId, oneshot::Sender<()>)>,
    /// The position of the last command of each listener that came as an HTTP request.
    commanded: BTreeMap<ParticipantId, u64>,
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

    /// Records the position of a listener's command that came as an HTTP request, and wakes the listener's polls: the next
    /// page is answered at once, and tells the client that it has all events of the command.
    pub(super) fn commanded(&mut self, who: &ParticipantId, rev: u64) {
        let last = self.commanded.entry(who.clone()).or_default();
        // A repeated command has the position of its first execution.
        *last = rev.max(*last);
        self.wake(|waiting| waiting == who);
    }

    /// Whether a listener's last command is beyond the position `told` that its pages have reached.
    pub(super) fn is_owed(&self, who: &ParticipantId, told: u64) -> bool {
        self.commanded.get(who).is_some_and(|rev| *rev > told)
    }

    /// Forgets the commands of a participant whose lease has ended.
    pub(super) fn forget(&mut self, who: &ParticipantId) {
        self.commanded.remove(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_owed_to_who_commanded_until_it_was_told_that_far() {
        let (ada, grace): (ParticipantId, ParticipantId) = ("ada".parse().unwrap(), "grace".parse().unwrap());
        let mut polls = Polls::default();
        let (mut hers, mut others) = (polls.wait(ada.clone()), polls.wait(grace.clone()));
        polls.commanded(&ada, 7);
        assert_eq!(hers.try_recv(), Ok(Some(())));
        assert_eq!(others.try_recv(), Ok(None));
        assert!(polls.is_owed(&ada, 6));
        assert!(!polls.is_owed(&ada, 7) && !polls.is_owed(&grace, 0));
        polls.forget(&ada);
        assert!(!polls.is_owed(&ada, 6));
    }
}
