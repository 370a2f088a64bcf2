//! Reading a list.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::text::{Alias, RoomName, clean_line};

use super::guard::unguarded;
use super::key::PersonKey;
use super::lines::{Record, Records};
use super::report::{Column, LineProblem, Problem};
use crate::limits;

/// One person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line that it begins in, counted from 1.
    pub line: u64,
    /// The key. Each row has a key, an alias, or both.
    pub key: Option<PersonKey>,
    /// The alias, as it is written.
    pub alias: Option<String>,
    /// The name of the room; `None` where the cell is empty.
    pub room: Option<String>,
    /// The tags.
    pub tags: BTreeSet<String>,
}

/// What a list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The people, in the order of the list.
    pub rows: Vec<Row>,
    /// Which columns there are.
    pub columns: BTreeSet<Column>,
    /// What could not be read, by line; at most [`limits::CSV_PROBLEMS`].
    pub problems: Vec<LineProblem>,
    /// How many problems there are, those not listed included.
    pub problem_count: usize,
}

/// Reads a list. The first line names the columns, in any order and in capital or small letters.
///
/// Reads UTF-8 with or without a byte order mark, with any line ends, quoted as RFC 4180 says; separated by commas,
/// or by semicolons or tabs where the first line has no comma. An apostrophe that [`write`](super::write()) put in
/// front of a cell is taken away. What cannot be read is reported, and the other lines are read all the same.
pub fn read(text: &[u8]) -> Import {
    let mut reading = Reading::default();
    reading.read(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
    reading.import
}

#[derive(Default)]
struct Reading {
    import: Import,
    /// By position: what the column means.
    header: Vec<Option<Column>>,
    /// The line of each person who was read: by key, or by alias where there is no key.
    seen: BTreeMap<(Column, PersonKey), u64>,
}

impl Reading {
    fn read(&mut self, text: &[u8]) {
        let mut records = Records::new(text);
        match records.next() {
            Some(header) if self.read_header(&header) => {}
            Some(_) => return,
            None => return self.report(1, None, Problem::Empty),
        }
        let (mut lines, mut restarts) = (0, 0);
        while let Some(record) = records.next() {
            lines += 1;
            if lines > limits::CSV_LINES {
                return self.report(record.line, None, Problem::TooManyLines);
            }
            if record.unclosed {
                self.report(record.line, None, Problem::UnclosedQuote);
                restarts += 1;
                if restarts > limits::CSV_UNCLOSED_QUOTES {
                    return;
                }
                records.restart_after(&record);
                continue;
            }
            match self.row(&record) {
                Ok(Some(row)) => self.import.rows.push(row),
                Ok(None) => {}
                Err((column, problem)) => self.report(record.line, column, problem),
            }
        }
    }

    /// False when the list cannot be read at all.
    fn read_header(&mut self, record: &Record) -> bool {
        for cell in &record.cells {
            let Ok(name) = std::str::from_utf8(cell) else {
                self.report(record.line, None, Problem::NotUtf8);
                return false;
            };
            let column = match unguarded(name).trim().to_lowercase().as_str() {
                "email" | "e-mail" | "key" | "id" => Some(Column::Key),
                "name" | "alias" => Some(Column::Alias),
                "room" => Some(Column::Room),
                "tags" => Some(Column::Tags),
                _ => None,
            };
            if let Some(column) = column
                && !self.import.columns.insert(column)
            {
                self.report(record.line, Some(column), Problem::ColumnTwice);
                return false;
            }
            self.header.push(column);
        }
        let names_people = [Column::Key, Column::Alias]
            .iter()
            .any(|column| self.import.columns.contains(column));
        if !names_people {
            self.report(record.line, None, Problem::NoPersonColumn);
        }
        names_people
    }

    /// The row of a record; `Ok(None)` for one without any text, as spreadsheets leave at the end.
    fn row(&mut self, record: &Record) -> Result<Option<Row>, (Option<Column>, Problem)> {
        let blank = |cell: &Vec<u8>| cell.iter().all(u8::is_ascii_whitespace);
        if record.cells.iter().all(blank) {
            return Ok(None);
        }
        if !record.cells.iter().skip(self.header.len()).all(blank) {
            return Err((None, Problem::TooManyCells));
        }
        let (mut key, mut alias, mut room, mut tags) = (None, None, None, BTreeSet::new());
        for (cell, column) in record.cells.iter().zip(&self.header) {
            let Some(column) = *column else { continue };
            let text = std::str::from_utf8(cell).map_err(|_| (Some(column), Problem::NotUtf8))?;
            // A list is pasted from elsewhere: what nobody typed here is left out, and what is left has to be right.
            let clean: String;
            let text = match unguarded(text).trim() {
                text if text.chars().any(char::is_control) => text,
                text => {
                    clean = clean_line(text, usize::MAX);
                    &clean
                }
            };
            if text.is_empty() {
                continue;
            }
            let invalid = |rule: String| (Some(column), Problem::Invalid { rule });
            match column {
                Column::Key => {
                    let rule = || {
                        format!(
                            "must be 1 to {} bytes without control characters",
                            limits::PERSON_KEY_BYTES
                        )
                    };
                    key = Some(PersonKey::new(text).ok_or_else(|| invalid(rule()))?);
                }
                Column::Alias => alias = Some(Alias::new(text).map_err(invalid)?.to_string()),
                Column::Room => room = Some(RoomName::new(text).map_err(invalid)?.to_string()),
                Column::Tags => tags = read_tags(text).map_err(invalid)?,
            }
        }
        let by_alias = || {
            alias
                .as_deref()
                .and_then(PersonKey::new)
                .map(|alias| (Column::Alias, alias))
        };
        let Some(person) = key.clone().map(|key| (Column::Key, key)).or_else(by_alias) else {
            return Err((None, Problem::NoPerson));
        };
        let column = person.0;
        if let Some(&line) = self.seen.get(&person) {
            return Err((Some(column), Problem::SamePersonAs { line }));
        }
        self.seen.insert(person, record.line);
        Ok(Some(Row {
            line: record.line,
            key,
            alias,
            room,
            tags,
        }))
    }

    fn report(&mut self, line: u64, column: Option<Column>, problem: Problem) {
        self.import.problem_count += 1;
        if self.import.problems.len() < limits::CSV_PROBLEMS {
            self.import.problems.push(LineProblem { line, column, problem });
        }
    }
}

/// The tags of a cell. No more of them are held than a person may have.
fn read_tags(text: &str) -> Result<BTreeSet<String>, String> {
    let (mut tags, mut tag) = (BTreeSet::new(), String::new());
    let mut rest = text.chars().peekable();
    loop {
        let character = rest.next();
        if let Some(character) = character.filter(|character| *character != ';') {
            let escaped = rest.next_if(|&next| character == '\\' && matches!(next, ';' | '\\'));
            tag.push(escaped.unwrap_or(character));
            continue;
        }
        let is_long = tag.trim().chars().nth(limits::TAG_CHARS).is_some();
        if is_long || tag.chars().any(char::is_control) {
            return Err(format!(
                "each tag must be 1 to {} characters on one line",
                limits::TAG_CHARS
            ));
        }
        if !tag.trim().is_empty() {
            tags.insert(tag.trim().to_owned());
        }
        if tags.len() > limits::TAGS_PER_PERSON {
            return Err(format!(
                "must be at most {} tags, and these are more",
                limits::TAGS_PER_PERSON
            ));
        }
        if character.is_none() {
            return Ok(tags);
        }
        tag.clear();
    }
}
