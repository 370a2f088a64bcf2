//! Whether a text has some words, however they are written, and what finding that out costs.

use flagship_protocol::limits;
use flagship_protocol::text::is_ignorable;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Bytes that are copied or compared in the time that it takes to decompose one character.
const BYTES_PER_STEP: u64 = 16;

/// Bytes of a row that the storage reads and takes apart in that time.
const ROW_BYTES_PER_STEP: u64 = 64;

/// Words to look for. A text has them if each is somewhere in it, also within a longer word: so it works for scripts
/// that do not part their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(Vec<String>);

impl Words {
    /// Takes apart what a person looks for.
    ///
    /// # Errors
    /// A sentence that says the rule, if it is empty, longer than [`limits::SEARCH_CHARS`] characters, or stands for
    /// more than [`limits::SEARCH_FOLDED_CHARS`] letters.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.chars().nth(limits::SEARCH_CHARS).is_some() {
            return Err(rule());
        }
        let mut folded = Folded::default();
        if folded.fold(text, limits::SEARCH_FOLDED_CHARS + 1) > limits::SEARCH_FOLDED_CHARS as u64 {
            return Err(format!(
                "must stand for at most {} letters; look for fewer of these signs",
                limits::SEARCH_FOLDED_CHARS
            ));
        }
        let mut words: Vec<String> = folded.text.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return Err(rule());
        }
        Ok(Self(words))
    }
}

fn rule() -> String {
    format!("must be 1 to {} characters that say something", limits::SEARCH_CHARS)
}

/// One page of a search: looks into text after text until what that costs is spent.
///
/// What a text costs follows from what is done with it and not from its length: there are characters that stand for
/// eighteen. It is counted in steps of decomposing one character, and not in time: the platform's clock stands still
/// while the session is busy, and the same search gives the same page everywhere.
#[derive(Debug)]
pub struct Finder<'a> {
    words: &'a Words,
    left: u64,
    folded: Folded,
}

impl<'a> Finder<'a> {
    /// A page that may cost [`limits::SEARCH_STEPS`].
    pub fn new(words: &'a Words) -> Self {
        Self {
            words,
            left: limits::SEARCH_STEPS,
            folded: Folded::default(),
        }
    }

    /// Whether a text has all of the words. Of one that stands for more than [`limits::SEARCH_MESSAGE_CHARS`] letters,
    /// only these are looked at.
    pub fn finds(&mut self, text: &str) -> bool {
        let folding = self.folded.fold(text, limits::SEARCH_MESSAGE_CHARS);
        self.spend(folding);
        let comparing = bytes(self.folded.text.len(), BYTES_PER_STEP);
        for word in &self.words.0 {
            self.left = self.left.saturating_sub(comparing);
            if !self.folded.text.contains(word.as_str()) {
                return false;
            }
        }
        true
    }

    /// Counts a row of so many bytes that was read, whatever is in it.
    pub fn count_row(&mut self, size: u64) {
        self.spend(1 + size / ROW_BYTES_PER_STEP);
    }

    /// Whether the page is to end here.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// What the page may still cost, in steps.
    pub fn left(&self) -> u64 {
        self.left
    }

    fn spend(&mut self, steps: u64) {
        self.left = self.left.saturating_sub(steps);
    }
}

/// A text without what people leave out when they search: capitals, accents, the marks for vowels in Arabic and
/// Hebrew, differences of width, and what only joins or parts letters. Its memory is used again for the next text.
#[derive(Debug, Default)]
struct Folded {
    text: String,
}

impl Folded {
    /// Folds a text, up to `most` characters into which it decomposes. Gives how many steps that took.
    fn fold(&mut self, text: &str, most: usize) -> u64 {
        self.text.clear();
        if text.is_ascii() {
            self.text.push_str(text.get(..most).unwrap_or(text));
            self.text.make_ascii_lowercase();
            return bytes(self.text.len(), BYTES_PER_STEP);
        }
        let mut steps = 0;
        for letter in text.nfkd().take(most) {
            steps += 1;
            if !is_left_out(letter) {
                // A sigma at the end of a word is another sign, and the same letter.
                let small = letter.to_lowercase();
                self.text.extend(small.map(|c| if c == 'ς' { 'σ' } else { c }));
            }
        }
        steps
    }
}

/// How many steps so many bytes take, at least one.
fn bytes(count: usize, per_step: u64) -> u64 {
    1 + count as u64 / per_step
}

/// Marks of letters that stand for them without it. Those of Indian scripts and of kana are letters of their own.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
        || is_ignorable(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(words: &str, text: &str) -> bool {
        Finder::new(&Words::new(words).unwrap()).finds(text)
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
            ("میخواهم", "می\u{200c}خواهم"),
            ("soft", "so\u{ad}ft"),
            ("❤", "with ❤\u{fe0f}"),
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
        for text in ["", " \t", "\u{301}", "\u{2060}", &"x".repeat(limits::SEARCH_CHARS + 1)] {
            assert!(Words::new(text).is_err(), "{text:?}");
        }
        assert!(Words::new(&"é".repeat(limits::SEARCH_CHARS)).is_ok());
        assert!(Words::new(&"한".repeat(limits::SEARCH_CHARS)).is_ok());
    }

    /// Eighteen letters in one character, the most that there are.
    const DENSE: &str = "\u{fdfa}";

    #[test]
    fn what_is_looked_for_is_bounded_by_what_it_stands_for() {
        let refused = Words::new(&DENSE.repeat(limits::SEARCH_CHARS)).unwrap_err();
        assert!(refused.contains("letters"), "{refused}");
        assert!(Words::new(&DENSE.repeat(10)).is_ok());
        assert_eq!(Words::new("a b a b").unwrap(), Words::new("b a").unwrap());
    }

    #[test]
    fn a_message_costs_no_more_than_its_bound_however_dense_it_is() {
        let words = Words::new("nowhere").unwrap();
        let mut finder = Finder::new(&words);
        let message = DENSE.repeat(limits::MESSAGE_CHARS);
        assert!(!finder.finds(&message));
        let cost = limits::SEARCH_STEPS - finder.left();
        let most = limits::SEARCH_MESSAGE_CHARS as u64;
        assert!(cost >= most && cost <= most * 5 / 4, "{cost}");
        let capacity = finder.folded.text.capacity();
        assert!(capacity <= limits::SEARCH_MESSAGE_CHARS * 4, "{capacity}");
    }

    #[test]
    fn a_page_ends_when_its_steps_are_spent() {
        let words = Words::new("nowhere").unwrap();
        let looked_at = |message: &str| {
            let mut finder = Finder::new(&words);
            let mut count = 0;
            while !finder.is_spent() && count < limits::SEARCH_MESSAGES {
                finder.count_row(message.len() as u64);
                finder.finds(message);
                count += 1;
            }
            count
        };
        // What is usual is read to the end of the page.
        assert_eq!(looked_at(&"x".repeat(400)), limits::SEARCH_MESSAGES);
        assert_eq!(looked_at(&"東".repeat(100)), limits::SEARCH_MESSAGES);
        let dense = looked_at(&DENSE.repeat(limits::MESSAGE_CHARS));
        assert!((10..50).contains(&dense), "{dense}");
    }

    #[test]
    fn many_words_cost_more_than_one() {
        let cost = |words: &str| {
            let words = Words::new(words).unwrap();
            let mut finder = Finder::new(&words);
            finder.finds(&"a b c d e f g h ".repeat(100));
            limits::SEARCH_STEPS - finder.left()
        };
        assert!(cost("a b c d e f g h") > 4 * cost("a"));
    }
}
