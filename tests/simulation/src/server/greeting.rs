//! Those who said `hello`, until they are answered. Follows `src/object/greeting.rs`.

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::Hello;
use flagship_session::Actor;

use super::live::Live;
use super::turn::{LinkId, Turn};
use crate::mutation::Mutation;

impl Live {
    /// Somebody said `hello`: they come in, and are welcomed by [`Self::greet`].
    pub(crate) fn on_hello(&mut self, turn: &mut Turn<'_>, link: LinkId, actor: &Actor, hello: &Hello) {
        match self.session.enter(actor, turn.now) {
            Ok(entries) => drop(self.commit(turn, &entries, Some(link))),
            Err(rejection) => {
                self.nack(link, None, rejection.into());
                self.hang_up(turn, link, CloseCode::Forbidden);
                return;
            }
        }
        self.greetings.push((link, hello.resume.clone()));
    }

    /// Welcomes those who wait for it.
    pub(crate) fn greet(&mut self, turn: &mut Turn<'_>) {
        if self.greetings.is_empty() {
            return;
        }
        let live_first = turn.has(Mutation::LiveBeforeMissed);
        if !live_first {
            self.flush(turn);
        }
        let waiting = std::mem::take(&mut self.greetings);
        let mut welcomed = Vec::new();
        for (link, resume) in waiting {
            let Some(attachment) = turn.sockets.0.get_mut(&link) else {
                continue;
            };
            let who = attachment.actor.id.clone();
            attachment.followed = self.session.state().followed(&who).into_iter().collect();
            let comes_online = !turn.sockets.is_connected(&who);
            turn.sockets
                .0
                .entry(link)
                .and_modify(|attachment| attachment.ready = true);
            if comes_online {
                self.outbox.presence(&who, true);
            }
            welcomed.push((link, who, resume));
        }
        for (link, who, resume) in welcomed {
            let frames = self.welcome(turn, &who, resume.as_ref());
            if live_first {
                self.flush(turn);
            }
            for frame in frames {
                turn.send(link, vec![frame]);
            }
        }
    }
}
