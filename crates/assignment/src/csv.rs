//! Lists of people with rooms and tags, as spreadsheets write and read them (RFC 4180).
//!
//! People are named in a list before they have arrived: by an e-mail address or another key, or by the alias that
//! they will use. [`read()`] gives the rows and, line by line, what could not be read; a [`Directory`] finds out whom a
//! row means once people are there; [`write()`] gives a list that [`read()`] understands, and spreadsheets too.

mod directory;
mod guard;
mod key;
mod lines;
mod read;
mod report;
mod write;

pub use directory::{Directory, Found};
pub use key::PersonKey;
pub use read::{Import, Row, read};
pub use report::{Column, LineProblem, Problem};
pub use write::{Entry, Style, write};
