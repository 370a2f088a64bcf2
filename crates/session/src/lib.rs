//! What is true in a Flagship session: a state machine without I/O, clock or randomness.
//!
//! Time and ids that must be unpredictable come in as arguments; entries for the journal come out. The same
//! entries applied to the same state give the same state, so that snapshot + tail restores a session exactly.
//!
//! A command goes one way: [`Session::handle`] checks who asks ([`permissions`]), decides what happens
//! (`decide`), and applies the resulting [`Entry`] to the [`State`] (`evolve`). The caller writes the entry to
//! the journal before anybody hears of it.
//!
//! ```
//! use flagship_protocol::commands::CreateRoom;
//! use flagship_session::{Actor, Handled, NewSession, Session};
//!
//! let ada = Actor::new("ada".parse()?, "Ada".parse()?);
//! let plan = NewSession { id: "s1".parse()?, title: "Workshop".parse()?, anonymous: false };
//! let (mut session, _created) = Session::create(plan, "epoch".into(), &ada, None, 1_000);
//! let command = CreateRoom { name: "Blue".parse()?, capacity: None, preparing: false }.into();
//! let handled = session.handle(&ada, &"key-1".parse()?, &command, 2_000);
//! assert!(matches!(handled, Ok(Handled::Done(_))));
//! # Ok::<(), String>(())
//! ```

mod activity;
mod addresses;
mod archive;
mod arrival;
mod debrief;
mod debug;
mod decide;
mod departures;
mod entry;
mod evolve;
mod follow;
mod idempotency;
mod lifecycle;
mod lists;
pub mod permissions;
mod proposal;
mod readable;
mod reading;
#[cfg(feature = "describe")]
pub mod reference;
mod rejection;
mod said;
mod search;
mod session;
mod standing;
mod state;
mod stays;
mod timeout;
mod timers;
mod unused;

pub use activity::Activity;
pub use archive::{ArchiveSchedule, Circuit};
pub use debrief::DebriefBuilder;
pub use entry::Entry;
pub use idempotency::{
    KeyFilter, KeyRun, KeyRuns, KnownKey, RunHead, RunSizes, RunSpan, RunStore, fingerprint, key_hash,
};
pub use lists::assignment_table;
pub use proposal::history;
pub use readable::{Readable, Span};
pub use reading::ArchivedReader;
pub use rejection::Rejection;
pub use said::Said;
pub use search::{Finder, Words};
pub use session::{Done, Handled, NewSession, Session};
pub use state::{Actor, Member, RoomRecord, State};
pub use stays::{Stay, Stays};
pub use timers::TimerTable;

pub use flagship_assignment::topics::{keywords_of, topics_of};
