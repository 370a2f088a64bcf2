//! Whether a text has some words, however they are written.

use flagship_protocol::limits;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Words to look for. A text has them if each is somewhere in it, also within a longer word: so it works for scripts
/// that do not part their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(Vec<String>);

impl Words {
    /// Takes apart what somebody wrote.
    ///
    /// # Errors
    /// A sentence that says the rule, if it is empty, or longer than [`limits::SEARCH_CHARS`] characters.
    pub fn new(text: &str) -> Result<Self, String> {
        let words: Vec<String> = folded(text).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() || text.chars().count() > limits::SEARCH_CHARS {
            return Err(format!(
                "must be 1 to {} characters that say something",
                limits::SEARCH_CHARS
            ));
        }
        Ok(Self(words))
    }

    /// Whether a text has all of them.
    pub fn are_in(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

/// A text without what people leave out when they search: capitals, accents, the marks for vowels in Arabic and
/// Hebrew, and differences of width.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.nfkd().filter(|c| !is_left_out(*c));
    // A sigma at the end of a word is another sign, and the same letter.
    let small = letters.flat_map(char::to_lowercase);
    small.map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// Marks of letters that stand for them without it. Those of Indian scripts and of kana are letters of their own.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(words: &str, text: &str) -> bool {
        Words::new(words).unwrap().are_in(text)
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        for (words, text) in [
            ("hello", "Well, HELLO there"),
            ("there hello", "Well, HELLO there"),
            ("cafe", "Au Café"),
            ("CAFÉ", "au cafe\u{301}"),
            ("privet", "Privet"),
            ("ПРИВЕТ", "привет, мир"),
            ("σοφος", "ΣΟΦΌΣ"),
            ("東京", "明日は東京です"),
            ("ガ", "ガラス"),
            ("ｆｕｌｌ", "full width"),
            ("한국", "한국어"),
            ("سلام", "السَّلَامُ عليكم"),
            ("שלום", "שָׁלוֹם"),
            ("हिन्दी", "यह हिन्दी है"),
            ("istanbul", "İSTANBUL"),
            ("👍", "good 👍"),
            ("100%_", "it is 100%_ sure"),
        ] {
            assert!(finds(words, text), "{words:?} in {text:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for (words, text) in [
            ("hello you", "hello there"),
            ("が", "か"),
            ("की", "का"),
            ("%", "hello"),
            ("hello", ""),
        ] {
            assert!(!finds(words, text), "{words:?} in {text:?}");
        }
    }

    #[test]
    fn there_has_to_be_something_to_look_for() {
        for text in ["", " \t", "\u{301}", &"x".repeat(limits::SEARCH_CHARS + 1)] {
            assert!(Words::new(text).is_err(), "{text:?}");
        }
        assert!(Words::new(&"é".repeat(limits::SEARCH_CHARS)).is_ok());
    }
}
