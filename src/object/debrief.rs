//! Tells what happened, from the journal, and works out with it what comes next.

use flagship_protocol::http::{AssignmentProposal, Debrief, ProposalRequest};
use flagship_session::{Actor, DebriefBuilder, Rejection, history};

use super::failure::Failure;
use super::live::Live;

/// Entries read at once: a journal can be longer than memory would hold.
const ENTRIES_AT_ONCE: u64 = 5_000;

impl Live {
    /// What happened in the session so far, for those who keep order in it.
    pub(super) fn debrief(&self, actor: &Actor) -> Result<Debrief, Failure> {
        self.session.state().check_moderation(&actor.id)?;
        self.tell()
    }

    /// Who could go where, with who met in the rounds so far.
    pub(super) fn propose(&self, actor: &Actor, request: &ProposalRequest) -> Result<AssignmentProposal, Failure> {
        let state = self.session.state();
        state.may_propose(actor)?;
        let history = if request.avoid_repeats {
            history(&self.tell()?)
        } else {
            Vec::new()
        };
        Ok(state.propose(actor, request, history)?)
    }

    fn tell(&self) -> Result<Debrief, Failure> {
        let mut builder = DebriefBuilder::default();
        let rev = self.session.state().rev;
        let mut after = 0;
        while after < rev {
            let until = after + ENTRIES_AT_ONCE;
            // Few entries are something else than one message, and are read whole.
            let mut others = self.journal.other_entries(after, until)?.into_iter().peekable();
            for told in self.journal.told(after, until)? {
                while let Some(entry) = others.next_if(|entry| entry.rev < told.rev) {
                    builder.add(&entry);
                }
                builder.add_message(&told.room, &told.sender, told.at);
            }
            others.for_each(|entry| builder.add(&entry));
            after = until;
        }
        Ok(builder.finish().ok_or(Rejection::Inconsistent)?)
    }
}
