//! Records of a CSV text, each with the line that it begins in.

use ::csv::{ByteRecord, ReaderBuilder};

use crate::limits;

/// One record as it is in the text.
pub(super) struct Record {
    /// The line that it begins in, counted from 1 as editors do.
    pub(super) line: u64,
    pub(super) cells: Vec<Vec<u8>>,
    /// Whether a quote was opened in it that nothing closed, so that it reaches to the end of the text.
    pub(super) unclosed: bool,
    /// Where in the text it begins.
    begin: usize,
}

/// Reads records one by one.
pub(super) struct Records<'a> {
    text: &'a [u8],
    separator: u8,
    line: u64,
    reader: ::csv::Reader<&'a [u8]>,
    /// Where in the text the reader began.
    start: usize,
    /// Where in the text the next record begins, or the line ends before it.
    position: usize,
}

impl<'a> Records<'a> {
    /// Reads a text. Its separator is a comma; or a semicolon or a tab where the first line has no comma, as
    /// spreadsheets write in countries with a decimal comma.
    pub(super) fn new(text: &'a [u8]) -> Self {
        let first_line = text.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or(text);
        let separators = [b',', b';', b'\t'];
        let separator = separators
            .into_iter()
            .find(|separator| first_line.contains(separator))
            .unwrap_or(b',');
        Self {
            text,
            separator,
            line: 1,
            reader: reader(text, separator),
            start: 0,
            position: 0,
        }
    }

    /// Begins again at the line after the one in which a record began.
    pub(super) fn restart_after(&mut self, record: &Record) {
        self.line = record.line;
        self.position = record.begin;
        let rest = self.text.get(self.position..).unwrap_or(&[]);
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b'\r' | b'\n'))
            .unwrap_or(rest.len());
        self.position += length;
        self.start = self.position;
        self.reader = reader(self.text.get(self.start..).unwrap_or(&[]), self.separator);
    }

    /// The end of the line ends from a position on, and how many lines they end.
    fn skip_line_ends(&self, from: usize) -> (usize, u64) {
        let rest = self.text.get(from..).unwrap_or(&[]);
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        (from + ends, lines_ended(rest.get(..ends).unwrap_or(&[])))
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        // Empty lines belong to no record.
        let (begin, lines) = self.skip_line_ends(self.position);
        self.line += lines;
        let mut record = ByteRecord::new();
        // Reading from memory cannot fail, and records of any number of cells are allowed.
        if !self.reader.read_byte_record(&mut record).unwrap_or(false) {
            return None;
        }
        let reached = self.start + usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let end = reached.min(self.text.len());
        let raw = self.text.get(begin..end).unwrap_or(&[]);
        let line = self.line;
        self.line += lines_ended(raw);
        // The reader stops between the two characters of a line end.
        if raw.ends_with(b"\r") && self.text.get(end) == Some(&b'\n') {
            self.line -= 1;
            self.position = end - 1;
        } else {
            self.position = end;
        }
        let quotes = raw.iter().filter(|&&byte| byte == b'"').count();
        Some(Record {
            line,
            // One more than may be, so that a line that has more does not pass for whole.
            cells: record.iter().take(limits::CSV_CELLS + 1).map(<[u8]>::to_vec).collect(),
            unclosed: end == self.text.len() && !quotes.is_multiple_of(2) && self.line > line,
            begin,
        })
    }
}

fn reader(text: &[u8], separator: u8) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text)
}

/// How many lines end in a part of a text: a carriage return with a line feed ends one.
fn lines_ended(part: &[u8]) -> u64 {
    let pairs = part.windows(2).filter(|pair| *pair == b"\r\n").count();
    let ends = part.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
    (ends - pairs) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_cells_are_held_than_a_list_may_have() {
        let commas = ",".repeat(flagship_protocol::limits::IMPORT_BYTES);
        let records: Vec<Record> = Records::new(commas.as_bytes()).collect();
        assert_eq!(records[0].cells.len(), limits::CSV_CELLS + 1);
    }
}
