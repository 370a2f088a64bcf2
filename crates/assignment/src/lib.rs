//! Who goes into which breakout room.
//!
//! A pure library: seeds come in as arguments, nothing here reads a clock or real randomness, and the same request
//! gives the same answer on every machine. Work is bounded by counting it ([`limits`]).
//!
//! A [`Request`] has people, rooms and rules; a [`Strategy`] says how people are put into rooms; [`assign()`] gives a
//! [`Proposal`] that keeps all rules, or a [`Refusal`] that names those that cannot be kept. What is only wished for
//! (new meetings, even sizes, tags) is counted in the proposal's [`Score`].
//!
//! ```
//! use flagship_assignment::{Request, Strategy, assign, meetings};
//!
//! let people = ["Ada", "Bob", "Cleo", "Dan"];
//! let mut request = Request {
//!     people: people.map(|person| (person, Default::default())).into(),
//!     rooms: [("blue", Some(2)), ("red", None)].into(),
//!     together: vec![["Ada", "Dan"].into()],
//!     seed: 7,
//!     ..Request::default()
//! };
//! let proposal = assign(&request, &Strategy::Balanced)?;
//! assert_eq!(proposal.assignment["Ada"], proposal.assignment["Dan"]);
//!
//! // The next round, with new meetings.
//! request.together.clear();
//! request.history.push(meetings(&proposal.assignment));
//! let next = assign(&request, &Strategy::Balanced)?;
//! assert_eq!(next.score.repeated_meetings, 0);
//! # Ok::<(), flagship_assignment::Refusal<&str, &str>>(())
//! ```
//!
//! | file | what it holds |
//! |---|---|
//! | `request` | what is asked and answered: [`Request`], [`Strategy`], [`Proposal`], [`Score`] |
//! | `refusal`, `wording` | why there is no answer: [`Refusal`], [`Rule`]; the same in words |
//! | `assign`, `plan` | one round; several rounds at once |
//! | `change` | [`swap`], [`move_one`], and judging an assignment made by hand |
//! | `csv` | lists of people, rooms and tags, in and out ([`csv`]) |
//! | `topics` | tags out of what people wrote about themselves ([`topics`]) |
//! | `limits` | every limit, with the reason for its number |
//! | `index` | names to numbers and back |
//! | `rules`, `problem` | what binds, by index; proofs that it cannot be kept |
//! | `shortage` | who stays without a place |
//! | `placing` | a round while it is worked on |
//! | `first`, `exact`, `contradiction` | a first placement; all placements; which rules contradict each other |
//! | `goals`, `tags`, `even`, `search`, `small` | what is wished for; what people share; even sizes; bettering by moving and swapping; the best of a small group |
//! | `constructions`, `series` | rounds without a repetition; who stands where in them |
//! | `chance`, `work`, `table` | numbers from a seed; counted work; access without panics |

mod assign;
mod chance;
mod change;
mod constructions;
mod contradiction;
pub mod csv;
mod even;
mod exact;
mod first;
mod goals;
mod index;
pub mod limits;
mod placing;
mod plan;
mod problem;
mod refusal;
mod request;
mod rules;
mod search;
mod series;
mod shortage;
mod small;
mod table;
mod tags;
pub mod topics;
mod wording;
mod work;

pub use assign::assign;
pub use change::{broken_rules, move_one, score, swap};
pub use plan::plan;
pub use refusal::{Countable, Refusal, Rule};
pub use request::{Assignment, Meetings, Name, Proposal, Request, Score, Shortage, Strategy, meetings};
