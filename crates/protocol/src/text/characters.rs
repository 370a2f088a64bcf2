//! Characters that cannot be seen, and characters that change the direction of what follows them.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

/// Whether a character shows nothing by itself: white space, a control character, what Unicode lets a renderer ignore
/// (`Default_Ignorable_Code_Point`), and the few signs that have a blank glyph without being any of these.
pub fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c.is_ascii_control();
    }
    c.is_whitespace()
        || c.is_control()
        || is_ignorable(c)
        // Blank Braille, the anchors of interlinear notes, the Khitan filler, a note without a head.
        || matches!(c, '\u{2800}' | '\u{fff9}'..='\u{fffb}' | '\u{16fe4}' | '\u{1d159}')
}

/// Whether a character only changes how its neighbours look or join: a renderer that does not know it shows nothing.
pub fn is_ignorable(c: char) -> bool {
    c >= '\u{ad}' && CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a text has anything that can be seen.
pub(super) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !is_invisible(c))
}

/// Whether a character opens, closes or overrides a direction of writing. The marks U+200E, U+200F and U+061C are none:
/// they reach no further than their neighbours.
fn is_directing(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text leaves the direction of what is shown after it as it was: it overrides no direction, and each
/// embedding and isolate that it opens is closed within its line. The end of a line closes them all for a renderer, but
/// a name is shown within a line of others.
pub(super) fn keeps_direction(text: &str) -> bool {
    !text.contains(is_directing) || text.split(is_line_end).all(closes_what_it_opens)
}

/// Whether a line closes each embedding and isolate that it opens, the last first, and overrides nothing.
fn closes_what_it_opens(line: &str) -> bool {
    let mut open = Vec::new();
    let mut directing = line.chars().filter(|c| is_directing(*c));
    let is_in_order = directing.all(|c| match c {
        '\u{202d}' | '\u{202e}' => false,
        '\u{202c}' => open.pop() == Some(Opened::Embedding),
        '\u{2069}' => open.pop() == Some(Opened::Isolate),
        '\u{202a}' | '\u{202b}' => {
            open.push(Opened::Embedding);
            true
        }
        _ => {
            open.push(Opened::Isolate);
            true
        }
    });
    is_in_order && open.is_empty()
}

/// What a directing character opens.
#[derive(PartialEq)]
enum Opened {
    Embedding,
    Isolate,
}

/// Whether a character ends a line.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// One line out of a text that its person did not type here, such as a name in a token or a cell of a list: without
/// control characters, line ends and directions, trimmed, and cut to `max` characters. Empty if nothing of it can be
/// seen.
///
/// It keeps the rule of every text of one line. What a person types is refused instead, so that they learn of it.
pub fn clean_line(text: &str, max: usize) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_control() && !is_line_end(*c) && !is_directing(*c));
    let kept: String = kept.skip_while(|c| c.is_whitespace()).take(max).collect();
    let kept = kept.trim_end();
    if is_visible(kept) {
        kept.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_invisible_alone_and_together() {
        let alone = [
            '\u{20}',
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{17b5}',
            '\u{180b}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{202e}',
            '\u{2060}',
            '\u{2064}',
            '\u{2066}',
            '\u{206a}',
            '\u{2800}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fffa}',
            '\u{16fe4}',
            '\u{1d159}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
        ];
        for c in alone {
            assert!(is_invisible(c), "{c:?}");
            assert!(!is_visible(&String::from_iter([c, c])), "{c:?}");
        }
        assert!(!is_visible(&String::from_iter(alone)));
    }

    #[test]
    fn what_shows_itself_is_visible_whatever_is_around_it() {
        for text in [
            "a",
            ".",
            "é",
            "漢",
            "می\u{200c}خواهم",
            "👩\u{200d}👧",
            "❤\u{fe0f}",
            "\u{200e}x",
            "a\u{ad}b",
            "\u{301}",
            "ㅤx",
            "𝅗",
            "⠁",
        ] {
            assert!(is_visible(text), "{text:?}");
        }
    }

    #[test]
    fn directions_are_closed_where_they_are_opened() {
        for text in [
            "plain",
            "שלום",
            "\u{200e}a\u{200f}b\u{61c}",
            "\u{2068}Ada\u{2069} and \u{2067}עדה\u{2069}",
            "\u{202a}a\u{202b}b\u{202c}\u{202c}",
            "\u{2066}a\u{202b}b\u{202c}\u{2069}",
        ] {
            assert!(keeps_direction(text), "{text:?}");
        }
        for text in [
            "\u{202e}gpj.exe",
            "\u{202e}a\u{202c}",
            "\u{202d}a\u{202c}",
            "\u{202a}a",
            "a\u{202c}",
            "\u{2067}a",
            "a\u{2069}",
            "\u{2066}a\u{202b}b\u{2069}\u{202c}",
            "\u{2066}a\nb\u{2069}",
        ] {
            assert!(!keeps_direction(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_cleaned_keeps_what_can_be_seen() {
        for (given, clean) in [
            ("  Ada\u{202e}  ", "Ada"),
            ("A\u{0}d\na\u{2028}", "Ada"),
            ("\u{2067}עדה\u{2069}", "עדה"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}👧", "👩\u{200d}👧"),
            ("\u{2060}\u{3164}", ""),
            ("", ""),
        ] {
            assert_eq!(clean_line(given, 64), clean, "{given:?}");
        }
        assert_eq!(clean_line("\u{202e} abc", 2), "ab");
    }
}
