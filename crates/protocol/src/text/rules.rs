//! The rules of texts. Those of shape hold for every text, also for those that were stored before there were others;
//! those of what a person gives hold where it is given.

use super::characters::{is_line_end, is_visible, keeps_direction};
use crate::emoji::is_emoji;

/// One line: trimmed, no control characters.
pub(super) fn line(text: String, max: usize) -> Result<String, String> {
    let trimmed = text.trim();
    length(trimmed, max)?;
    if trimmed.chars().any(char::is_control) {
        return Err("must be one line without control characters".into());
    }
    Ok(if trimmed.len() == text.len() {
        text
    } else {
        trimmed.to_owned()
    })
}

/// One line in small letters.
pub(super) fn key(text: String, max: usize) -> Result<String, String> {
    // Before the letters are made small, which costs more for each of them.
    length(text.trim(), max)?;
    line(text.to_lowercase(), max)
}

/// Several lines: not blank, no control characters but line breaks and tabs. Kept as it was written.
pub(super) fn paragraphs(text: String, max: usize) -> Result<String, String> {
    length(&text, max)?;
    if text.chars().all(char::is_whitespace) {
        return Err("must not be blank".into());
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err("must not contain control characters other than line breaks and tabs".into());
    }
    Ok(text)
}

/// One emoji.
pub(super) fn emoji(text: String, max: usize) -> Result<String, String> {
    length(&text, max)?;
    if !is_emoji(&text) {
        return Err("must be one emoji, such as 👍".into());
    }
    Ok(text)
}

/// What a person gives as one line, beside [`line`].
pub(super) fn given_line(text: &str) -> Result<(), String> {
    if text.contains(is_line_end) {
        return Err("must be one line without control characters".into());
    }
    given(text)
}

/// What a person gives, in one line or several.
pub(super) fn given(text: &str) -> Result<(), String> {
    if !is_visible(text) {
        return Err("must have a character that can be seen".into());
    }
    if !keeps_direction(text) {
        return Err(
            "must not override the direction of writing (U+202D, U+202E), and close each embedding and isolate \
             (U+202A, U+202B, U+2066 to U+2068) in its line"
                .into(),
        );
    }
    Ok(())
}

fn length(text: &str, max: usize) -> Result<(), String> {
    // A char is at most four bytes: most texts are settled without counting.
    let count = if text.len() <= max {
        text.len()
    } else {
        text.chars().count()
    };
    match count {
        0 => Err(format!("must be 1 to {max} characters, and this is empty")),
        count if count > max => Err(format!("must be 1 to {max} characters, and this has {count}")),
        _ => Ok(()),
    }
}
