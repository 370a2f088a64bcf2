//! What counts as one emoji: the grammar of Unicode's UTS #51 (1.4.9, possible emoji), so that new ones pass without a
//! table of all there are.

use unicode_properties::UnicodeEmoji;

const JOINER: char = '\u{200d}';
const AS_PICTURE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

/// Whether a text is exactly one emoji.
pub(crate) fn is_emoji(text: &str) -> bool {
    let flag: Vec<char> = text.chars().take(3).collect();
    if flag.iter().any(|c| is_regional(*c)) {
        return flag.len() == 2 && flag.into_iter().all(is_regional);
    }
    text.split(JOINER).all(is_element)
}

/// One picture, with what changes its look.
fn is_element(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|c| c.is_emoji_char()) else {
        return false;
    };
    let rest: Vec<char> = chars.collect();
    let is_changed = match rest.as_slice() {
        [] => false,
        [AS_PICTURE] | [AS_PICTURE, KEYCAP] => true,
        [tone] if is_tone(*tone) => true,
        [tags @ .., end] => *end == '\u{e007f}' && !tags.is_empty() && tags.iter().all(is_tag),
    };
    // Digits, `#` and `*` are emoji only as keycaps.
    match first.is_ascii() {
        true => rest == [AS_PICTURE, KEYCAP],
        false => rest.is_empty() || is_changed,
    }
}

fn is_regional(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

fn is_tone(c: char) -> bool {
    ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

fn is_tag(c: &char) -> bool {
    ('\u{e0020}'..='\u{e007e}').contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_of_any_kind_is_one() {
        for emoji in [
            "👍",
            "❤️",
            "❤",
            "👍🏽",
            "🇫🇷",
            "👩‍👩‍👧‍👦",
            "👩🏽‍❤️‍💋‍👨🏿",
            "1️⃣",
            "#️⃣",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "🏳️‍🌈",
            "©️",
            "🙂‍↔️",
        ] {
            assert!(is_emoji(emoji), "{emoji}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            "",
            "a",
            "+1",
            "1",
            "#",
            "👍👍",
            "👍 ",
            " 👍",
            "é",
            "漢",
            "🇫",
            "🇫🇷🇩",
            "👍a",
            "\u{200d}",
            "👍\u{200d}",
            "\u{fe0f}",
            "👍\u{301}",
            "<b>",
        ] {
            assert!(!is_emoji(text), "{text:?}");
        }
    }
}
