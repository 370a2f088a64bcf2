//! What connections are owed: bytes that were sent to them and that their clients have not confirmed.
//!
//! What a client does not read piles up on the way to it, and the platform does not tell how much that is. So the bytes
//! are counted here. A client that has got much is asked to confirm it with a mark that it cannot know before it has read
//! so far: what it says by itself, a cursor among it, may be made up. A client that confirms nothing is closed with 4408
//! after [`limits::UNCONFIRMED_BYTES`], and resumes. It is an old one, or one that is written without this, and then
//! nothing is lost; or it does not read.
//!
//! What was sent before a close is held until the other end has taken it in, so connections that were closed count for
//! their participant as long as the platform has not said that they have ended.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use flagship_protocol::close::CloseCode;
use flagship_protocol::frames::{Notice, ServerFrame};
use flagship_protocol::ids::ParticipantId;
use flagship_protocol::limits;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::live::Live;
use super::pace::too_fast;
use super::sockets::ConnectionId;

/// How long a participant waits whose former connections have not taken in what was sent to them, in milliseconds.
const DRAIN_WAIT_MS: u64 = 5_000;

/// Connections with a step behind them, to be looked at when everything is sent.
pub(super) type Stepped = Rc<RefCell<Vec<ConnectionId>>>;

/// A mark that was sent, and what had been sent when it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    mark: String,
    at: u64,
}

/// What is kept beside the socket, in bytes since the handshake. What is sent between two steps is not: an eviction
/// forgets it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    sent: u64,
    confirmed: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
}

/// The account of one connection.
#[derive(Debug)]
pub(super) struct Credit {
    id: ConnectionId,
    sent: Cell<u64>,
    confirmed: Cell<u64>,
    /// What is sent when it is looked at next.
    next: Cell<u64>,
    mark: RefCell<Option<Mark>>,
    stepped: Stepped,
}

impl Credit {
    /// Goes on with an account.
    pub(super) fn new(id: ConnectionId, account: Account, stepped: Stepped) -> Self {
        let Account { sent, confirmed, mark } = account;
        Self {
            id,
            sent: Cell::new(sent),
            confirmed: Cell::new(confirmed),
            next: Cell::new(sent + limits::CONFIRM_EVERY_BYTES),
            mark: RefCell::new(mark),
            stepped,
        }
    }

    /// So many bytes were sent.
    pub(super) fn sent(&self, bytes: usize) {
        let sent = self.sent.get() + bytes as u64;
        self.sent.set(sent);
        if sent >= self.next.get() {
            self.step();
        }
    }

    /// The client has confirmed a mark. Says whether it was one.
    fn confirm(&self, mark: &str) -> bool {
        let Some(Mark { at, .. }) = self.mark.borrow_mut().take_if(|out| out.mark == mark) else {
            return false;
        };
        self.confirmed.set(self.confirmed.get().max(at));
        if self.unconfirmed() >= limits::CONFIRM_EVERY_BYTES {
            self.step();
        }
        true
    }

    /// What the client has not confirmed, in bytes.
    pub(super) fn unconfirmed(&self) -> u64 {
        self.sent.get().saturating_sub(self.confirmed.get())
    }

    /// The account as it is now.
    pub(super) fn account(&self) -> Account {
        Account {
            sent: self.sent.get(),
            confirmed: self.confirmed.get(),
            mark: self.mark.borrow().clone(),
        }
    }

    fn step(&self) {
        self.next.set(self.sent.get() + limits::CONFIRM_EVERY_BYTES);
        self.stepped.borrow_mut().push(self.id);
    }

    /// A new mark, unless one is out already.
    fn begin_mark(&self, random: impl FnOnce() -> worker::Result<String>) -> worker::Result<Option<String>> {
        let mut out = self.mark.borrow_mut();
        if out.is_some() {
            return Ok(None);
        }
        let mark = random()?;
        *out = Some(Mark {
            mark: mark.clone(),
            at: self.sent.get(),
        });
        Ok(Some(mark))
    }
}

impl Live {
    /// A client says that it has taken in everything up to a mark.
    pub(super) fn on_mark(&mut self, id: ConnectionId, mark: &str) -> worker::Result<()> {
        let Some(connection) = self.sockets.get(id) else {
            return Ok(());
        };
        if connection.credit().confirm(mark) {
            self.sockets.keep_account(id)?;
        }
        Ok(())
    }

    /// Looks at the connections that got much since they were looked at last: asks their clients to confirm it, and closes
    /// those that are owed too much. Says whether one was closed.
    ///
    /// # Errors
    /// Only if the platform has no random numbers, or does not keep what is known of a socket.
    pub(super) fn review_credits(&mut self, now: u64) -> worker::Result<bool> {
        let mut has_closed = false;
        for id in self.sockets.take_stepped() {
            let Some(connection) = self.sockets.get(id) else {
                continue;
            };
            if !self.pace.counts() {
                continue;
            }
            let (who, own) = (
                connection.attachment().actor.id.clone(),
                connection.credit().unconfirmed(),
            );
            let all = self.sockets.unconfirmed_of(&who);
            if own > limits::UNCONFIRMED_BYTES {
                self.hang_up(id, CloseCode::TooSlow, now);
                has_closed = true;
            } else if all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT {
                let most = self.sockets.of(&who).max_by_key(|other| other.credit().unconfirmed());
                let most = most.map_or(id, |other| other.attachment().id);
                self.hang_up(most, CloseCode::TooSlow, now);
                has_closed = true;
            } else if let Some(mark) = connection.credit().begin_mark(super::random_id)? {
                connection.send(&ServerFrame::Notice(Notice::Confirm { mark }).to_json());
            }
            self.sockets.keep_account(id)?;
        }
        Ok(has_closed)
    }

    /// Whether a participant may open one more connection by what their former ones are owed.
    ///
    /// # Errors
    /// A refusal with the time to wait.
    pub(super) fn check_drained(&self, who: &ParticipantId) -> Result<(), Failure> {
        let all = self.sockets.unconfirmed_of(who);
        if self.pace.counts() && all > limits::UNCONFIRMED_BYTES_PER_PARTICIPANT {
            let mut error = too_fast(DRAIN_WAIT_MS);
            error.message = "your other connections have not read what was sent to them; read it, or close them".into();
            return Err(error.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: u64 = limits::CONFIRM_EVERY_BYTES;

    fn credit(account: Account) -> (Credit, Stepped) {
        let stepped = Stepped::default();
        (Credit::new(7, account, Rc::clone(&stepped)), stepped)
    }

    fn begin(credit: &Credit, mark: &str) -> Option<String> {
        credit.begin_mark(|| Ok(mark.into())).unwrap()
    }

    #[test]
    fn steps_are_noticed_once() {
        let (credit, stepped) = credit(Account::default());
        credit.sent(STEP as usize - 1);
        assert!(stepped.take().is_empty());
        credit.sent(1);
        assert_eq!(stepped.take(), [7]);
        credit.sent(STEP as usize - 1);
        assert!(stepped.take().is_empty());
        credit.sent(5 * STEP as usize);
        assert_eq!(stepped.take(), [7]);
    }

    #[test]
    fn only_what_came_before_a_mark_is_confirmed_by_it() {
        let (credit, _) = credit(Account::default());
        credit.sent(1_000);
        assert_eq!(begin(&credit, "m1").as_deref(), Some("m1"));
        credit.sent(500);
        assert_eq!(begin(&credit, "m2"), None, "one at a time");
        assert!(!credit.confirm("m2") && !credit.confirm(""), "made up");
        assert_eq!(credit.unconfirmed(), 1_500);
        assert!(credit.confirm("m1"));
        assert_eq!(credit.unconfirmed(), 500);
        assert!(!credit.confirm("m1"), "once");
    }

    #[test]
    fn a_mark_that_confirms_little_is_followed_by_another() {
        let (credit, stepped) = credit(Account::default());
        begin(&credit, "m1");
        credit.sent(3 * STEP as usize);
        stepped.take();
        assert!(credit.confirm("m1"));
        assert_eq!(stepped.take(), [7]);
    }

    #[test]
    fn an_account_is_gone_on_with() {
        let (before, _) = credit(Account::default());
        before.sent(5_000);
        begin(&before, "m1");
        let kept = serde_json::to_string(&before.account()).unwrap();
        let (after, _) = credit(serde_json::from_str(&kept).unwrap());
        assert_eq!(after.unconfirmed(), 5_000);
        assert!(after.confirm("m1"));
        assert_eq!(after.unconfirmed(), 0);
    }
}
