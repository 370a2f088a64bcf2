//! Against CSV injection: a spreadsheet takes a cell that begins with one of a few characters for a formula, and
//! runs it (OWASP, "CSV Injection").

/// Whether a spreadsheet may take the text for a formula, or would after one reading of ours.
///
/// A text that begins with apostrophes before such a character counts too: without a further one, reading would take
/// one of its own away.
fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text as it is safe in a cell: with an apostrophe in front where it is risky.
pub(super) fn guarded(text: &str) -> String {
    let guard = if is_risky(text) { "'" } else { "" };
    format!("{guard}{text}")
}

/// The text that was guarded: exactly what [`guarded`] put in front is taken away.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_an_apostrophe() {
        for risky in ["=1+1", "+49 30", "-x", "@sum", "\tx", "\rx"] {
            assert_eq!(guarded(risky), format!("'{risky}"));
        }
        assert_eq!(guarded("O'Hara = 1"), "O'Hara = 1");
        assert_eq!(guarded("'quoted'"), "'quoted'");
    }

    #[test]
    fn only_the_guard_is_taken_away() {
        for text in ["=1", "'=1", "''=1", "'quoted'", "'", "", "''", "x", "'-"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }
}
