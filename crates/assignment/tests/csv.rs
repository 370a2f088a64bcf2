//! Lists in and out.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use flagship_assignment::csv::{Column, Directory, Entry, Found, Import, PersonKey, Problem, Row, Style, read, write};
use flagship_assignment::limits;
use proptest::prelude::*;
use support::cases;

fn names(import: &Import) -> Vec<&str> {
    import
        .rows
        .iter()
        .map(|row| row.alias.as_deref().unwrap_or("-"))
        .collect()
}

/// Line, column and problem.
fn problems(import: &Import) -> Vec<(u64, Option<Column>, &Problem)> {
    import
        .problems
        .iter()
        .map(|found| (found.line, found.column, &found.problem))
        .collect()
}

fn lines(import: &Import) -> Vec<u64> {
    import.rows.iter().map(|row| row.line).collect()
}

fn tags<const N: usize>(tags: [&str; N]) -> BTreeSet<String> {
    tags.map(str::to_owned).into()
}

#[test]
fn a_list_has_people_rooms_and_tags() {
    let import = read(b"email,name,room,tags\r\nAda@Example.org , Ada,Blue,red; green\r\n");
    let row = Row {
        line: 2,
        key: PersonKey::new("ada@example.org"),
        alias: Some("Ada".into()),
        room: Some("Blue".into()),
        tags: tags(["red", "green"]),
    };
    assert_eq!(import.rows, [row]);
    assert_eq!(import.problem_count, 0);
}

#[test]
fn columns_come_in_any_order_and_case_and_others_are_passed_over() {
    let import = read(b"Shoe size, ROOM ,Alias\n42,Blue,Ada\n");
    assert_eq!(import.columns, [Column::Alias, Column::Room].into());
    assert_eq!(import.rows[0].alias.as_deref(), Some("Ada"));
    assert_eq!(import.rows[0].room.as_deref(), Some("Blue"));
}

#[test]
fn spreadsheets_may_write_a_byte_order_mark_quotes_and_semicolons() {
    let import = read("\u{feff}\"Name\";\"tags\"\r\n\"Müller; Zoë\";\"a;b\"\r\n\"the \"\"boss\"\"\";\r\n".as_bytes());
    assert_eq!(names(&import), ["Müller; Zoë", "the \"boss\""]);
    assert_eq!(import.rows[0].tags, tags(["a", "b"]));
    assert_eq!(names(&read(b"name\troom\nAda\tBlue\n")), ["Ada"]);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["name,note", "Ada,\"two", "lines\"", "", "", "Bob,x", "Cleo,y"].join(end);
        assert_eq!(lines(&read(text.as_bytes())), [2, 6, 7], "{end:?}");
        assert_eq!(
            lines(&read((end.to_owned() + &text + end).as_bytes())),
            [3, 7, 8],
            "{end:?} around"
        );
    }
}

#[test]
fn empty_rows_are_no_people_and_short_rows_are_complete() {
    let import = read(b"name,room,tags\n,,\nAda\n , ,\n");
    assert_eq!(names(&import), ["Ada"]);
    assert_eq!(import.problem_count, 0);
}

#[test]
fn what_cannot_be_read_is_reported_line_by_line_and_the_rest_is_read() {
    let long = "x".repeat(65);
    let tag = "t".repeat(limits::TAG_CHARS + 1);
    let text = format!(
        "id,name,room,tags\n1,Ada,Blue,\n1,Bob,Blue,\n,,Blue,\n2,{long},,\n3,Cleo,Blue,a,b\n4,Dan,,{tag}\n5,Eve,,\n"
    );
    let import = read(text.as_bytes());
    assert_eq!(names(&import), ["Ada", "Eve"]);
    let found = problems(&import);
    assert_eq!(found[0], (3, Some(Column::Key), &Problem::SamePersonAs { line: 2 }));
    assert_eq!(found[1], (4, None, &Problem::NoPerson));
    assert!(matches!(found[2], (5, Some(Column::Alias), Problem::Invalid { .. })));
    assert_eq!(found[3], (6, None, &Problem::TooManyCells));
    assert!(matches!(found[4], (7, Some(Column::Tags), Problem::Invalid { .. })));
    assert_eq!(
        import.problems[0].to_string(),
        "line 3: key: the same person stands in line 2"
    );
}

#[test]
fn the_same_alias_twice_is_two_people_where_keys_tell_them_apart() {
    assert_eq!(read(b"id,name\n1,Anna\n2,Anna\n").rows.len(), 2);
    let import = read(b"id,name\n,Anna\n, ANNA \n");
    assert_eq!(
        problems(&import),
        [(3, Some(Column::Alias), &Problem::SamePersonAs { line: 2 })]
    );
}

#[test]
fn a_list_must_say_who() {
    assert_eq!(
        problems(&read(b"room,tags\nBlue,\n")),
        [(1, None, &Problem::NoPersonColumn)]
    );
    assert_eq!(
        problems(&read(b"name,alias\nAda,Ada\n")),
        [(1, Some(Column::Alias), &Problem::ColumnTwice)]
    );
    assert_eq!(problems(&read(b"")), [(1, None, &Problem::Empty)]);
    assert_eq!(problems(&read(b"\xef\xbb\xbf\r\n")), [(1, None, &Problem::Empty)]);
}

#[test]
fn text_that_is_not_utf8_is_reported_where_it_stands() {
    let import = read(b"name,room\nAda,Blue\nJ\xf6rg,Blue\nBob,Blue\n");
    assert_eq!(names(&import), ["Ada", "Bob"]);
    assert_eq!(problems(&import), [(3, Some(Column::Alias), &Problem::NotUtf8)]);
    let utf16: Vec<u8> = "\u{feff}name,room\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(problems(&read(&utf16)), [(1, None, &Problem::NotUtf8)]);
}

#[test]
fn a_quote_that_nothing_closes_costs_its_own_line_only() {
    let import = read(b"name,room\nAda,Blue\n\"Bob,Blue\nCleo,Red\nDan,Red");
    assert_eq!(names(&import), ["Ada", "Cleo", "Dan"]);
    assert_eq!(lines(&import), [2, 4, 5]);
    assert_eq!(problems(&import), [(3, None, &Problem::UnclosedQuote)]);
}

#[test]
fn ten_thousand_lines_are_read_and_not_one_more() {
    let mut text = "name,room\n".to_owned();
    for person in 0..limits::CSV_LINES + 5 {
        text += &format!("Person {person},Room {}\n", person % 100);
    }
    let import = read(text.as_bytes());
    assert_eq!(import.rows.len(), limits::CSV_LINES);
    assert_eq!(
        problems(&import),
        [(limits::CSV_LINES as u64 + 2, None, &Problem::TooManyLines)]
    );
}

#[test]
fn a_report_has_an_end_and_says_how_much_more_there_is() {
    let import = read(("name,room\n".to_owned() + &",Blue\n".repeat(5000)).as_bytes());
    assert_eq!(import.problems.len(), limits::CSV_PROBLEMS);
    assert_eq!(import.problem_count, 5000);
}

#[test]
fn lists_for_spreadsheets_cannot_run_formulas() {
    let entry = Entry {
        key: "=1+1".into(),
        alias: "@Ada".into(),
        room: "-Blue".into(),
        tags: tags(["+a", "b;c"]),
    };
    let text = write([&entry], Style::Spreadsheet);
    assert_eq!(text, "\u{feff}id,name,room,tags\r\n'=1+1,'@Ada,'-Blue,'+a;b\\;c\r\n");
    let row = &read(text.as_bytes()).rows[0];
    assert_eq!(row.alias.as_deref(), Some("@Ada"));
    assert_eq!(row.tags, entry.tags);
    assert_eq!(read(b"name\n'tis me\n").rows[0].alias.as_deref(), Some("'tis me"));
}

fn row(key: &str, alias: &str) -> Row {
    read(format!("key,name\n{key},{alias}\n").as_bytes()).rows.remove(0)
}

#[test]
fn people_are_found_when_they_arrive() {
    let mut people = Directory::new();
    people.add(&1, ["u1", "Ada@example.org"], "Ada");
    assert_eq!(people.find(&row("ADA@EXAMPLE.ORG", "")), Found::One(1));
    assert_eq!(people.find(&row("", " ada ")), Found::One(1));
    assert_eq!(
        people.find(&row("ada", "")),
        Found::One(1),
        "an alias in the place of a key"
    );
    assert_eq!(people.find(&row("bob@example.org", "Bob")), Found::Nobody);
    people.add(&2, ["u2"], "Bob");
    assert_eq!(
        people.find(&row("bob@example.org", "Bob")),
        Found::One(2),
        "a key that nobody has"
    );
    people.add(&3, ["u3"], "BOB");
    assert_eq!(people.find(&row("", "Bob")), Found::Ambiguous(vec![2, 3]));
    assert_eq!(
        people.find(&row("u3", "Bob")),
        Found::One(3),
        "the key tells them apart"
    );
}

/// A text as a cell may have it: one line, trimmed, not empty.
fn line(longest: usize) -> impl Strategy<Value = String> {
    let text = prop::string::string_regex(&format!("[-=+@'\"\\\\,; aÄß😀]{{1,{longest}}}")).unwrap();
    text.prop_map(|text| text.trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_was_written_is_read_again(
        people in prop::collection::vec((line(12), line(12), prop::collection::btree_set(line(8), 0..4)), 0..20),
        spreadsheet: bool,
    ) {
        let entry = |(number, (alias, room, tags)): (usize, (String, String, BTreeSet<String>))| Entry {
            key: format!("={number}"),
            alias,
            room,
            tags,
        };
        let entries: Vec<Entry> = people.into_iter().enumerate().map(entry).collect();
        let style = if spreadsheet { Style::Spreadsheet } else { Style::Plain };
        let text = write(&entries, style);
        let import = read(text.as_bytes());
        prop_assert_eq!(&import.problems, &[]);
        prop_assert_eq!(import.rows.len(), entries.len());
        for (row, entry) in import.rows.iter().zip(&entries) {
            prop_assert_eq!(row.key.as_ref().unwrap().as_str(), &entry.key);
            prop_assert_eq!(row.alias.as_ref(), Some(&entry.alias));
            prop_assert_eq!(row.room.as_ref(), Some(&entry.room));
            prop_assert_eq!(&row.tags, &entry.tags);
        }
    }

    #[test]
    fn any_bytes_can_be_read(bytes: Vec<u8>, text in "[name,room\"\r\n;'=ä]{0,200}") {
        for bytes in [bytes, text.into_bytes()] {
            let with_header = [b"name,room\n", bytes.as_slice()].concat();
            for import in [read(&bytes), read(&with_header)] {
                let lines = lines(&import);
                prop_assert!(lines.is_sorted());
                prop_assert!(lines.iter().all(|line| *line <= 2 + bytes.len() as u64));
            }
        }
    }

    #[test]
    fn lines_are_right_whatever_stands_in_other_cells(
        notes in prop::collection::vec("[a\"\n,]{0,6}", 1..12),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let mut text = format!("name,note{end}");
        let (mut line, mut expected) = (2, Vec::new());
        for (person, note) in notes.iter().enumerate() {
            expected.push(line);
            text += &format!("P{person},\"{}\"{end}", note.replace('"', "\"\""));
            line += 1 + note.matches('\n').count() as u64;
        }
        prop_assert_eq!(lines(&read(text.as_bytes())), expected);
    }
}
