//! Writing a list.

use std::collections::BTreeSet;

use super::guard::guarded;

/// One person for a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The id, e-mail address or other key.
    pub key: String,
    /// The alias.
    pub alias: String,
    /// The name of the room; empty for nobody's.
    pub room: String,
    /// The tags.
    pub tags: BTreeSet<String>,
}

/// For whom a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For spreadsheets: with a byte order mark, without which some take UTF-8 for something else.
    Spreadsheet,
    /// For programs: without one.
    Plain,
}

/// Writes a list with the columns `id`, `name`, `room` and `tags`, as RFC 4180 says, with CRLF line ends. A cell that
/// a spreadsheet could run as a formula gets an apostrophe in front.
pub fn write<'a>(entries: impl IntoIterator<Item = &'a Entry>, style: Style) -> String {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(["id", "name", "room", "tags"]);
    for entry in entries {
        let tags: Vec<String> = entry
            .tags
            .iter()
            .map(|tag| tag.replace('\\', "\\\\").replace(';', "\\;"))
            .collect();
        let cells = [&entry.key, &entry.alias, &entry.room, &tags.join(";")].map(|cell| guarded(cell));
        let _ = writer.write_record(cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let mark = if style == Style::Spreadsheet { "\u{feff}" } else { "" };
    mark.to_owned() + &String::from_utf8(bytes).unwrap_or_default()
}
