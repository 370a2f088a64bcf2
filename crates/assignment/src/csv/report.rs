//! What could not be read, line by line.

use std::fmt;

use crate::limits;

/// A column that means something here. Others are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// `email`, `key` or `id`.
    Key,
    /// `name` or `alias`.
    Alias,
    /// `room`.
    Room,
    /// `tags`, separated by semicolons; `\;` is a semicolon within a tag, and `\\` a backslash.
    Tags,
}

/// What could not be read. The row of that line is not in [`Import::rows`](super::Import::rows).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The line that it begins in, counted from 1.
    pub line: u64,
    /// The column, where one cell is to blame.
    pub column: Option<Column>,
    /// Why.
    pub problem: Problem,
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing in the list.
    Empty,
    /// The text is not UTF-8. Spreadsheets offer "CSV UTF-8" when they save.
    NotUtf8,
    /// No column has a key or an alias; the first line must name the columns.
    NoPersonColumn,
    /// Two columns have names of the same meaning.
    ColumnTwice,
    /// The row has more cells than there are columns, so that cells may stand in the wrong ones.
    TooManyCells,
    /// The row has neither a key nor an alias.
    NoPerson,
    /// The same person stands in an earlier line.
    SamePersonAs {
        /// That line.
        line: u64,
    },
    /// The cell breaks the rule for its column.
    Invalid {
        /// The rule.
        rule: String,
    },
    /// A quote was opened and never closed. The lines after it are read as if it were not there.
    UnclosedQuote,
    /// The list is longer than [`limits::CSV_LINES`]; this line and those after it are not read.
    TooManyLines,
}

impl fmt::Display for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Key => "key",
            Self::Alias => "name",
            Self::Room => "room",
            Self::Tags => "tags",
        })
    }
}

impl fmt::Display for LineProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: ", self.line)?;
        if let Some(column) = self.column {
            write!(formatter, "{column}: ")?;
        }
        match &self.problem {
            Problem::Empty => formatter.write_str("there is nothing in the list"),
            Problem::NotUtf8 => formatter.write_str("is not UTF-8 text; save the list as CSV UTF-8"),
            Problem::NoPersonColumn => formatter.write_str("no column is called email, key, id, name or alias"),
            Problem::ColumnTwice => formatter.write_str("two columns have this meaning"),
            Problem::TooManyCells => formatter.write_str("has more cells than there are columns"),
            Problem::NoPerson => formatter.write_str("names nobody"),
            Problem::SamePersonAs { line } => write!(formatter, "the same person stands in line {line}"),
            Problem::Invalid { rule } => formatter.write_str(rule),
            Problem::UnclosedQuote => formatter.write_str("a quote is opened and never closed"),
            Problem::TooManyLines => write!(formatter, "only {} people are read", limits::CSV_LINES),
        }
    }
}
