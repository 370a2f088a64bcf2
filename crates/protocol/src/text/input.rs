//! Tells what a person gives from what is stored, while JSON is read.
//!
//! Both have the same types, and journals, snapshots and the archive hold texts from before a rule was made: they must
//! still be read. So a type is read by the rules of its shape, and by those of what a person gives only within
//! [`reading`]. It is a scope and not a second family of types, so that a field that is added to a command has the
//! rules without a word about it.

use std::cell::Cell;

thread_local! {
    static IS_INPUT: Cell<bool> = const { Cell::new(false) };
}

/// Reads something that a person gives.
pub(crate) fn reading<T>(read: impl FnOnce() -> T) -> T {
    let _scope = Scope(IS_INPUT.replace(true));
    read()
}

/// Whether what is read is given by a person.
pub(crate) fn is_read() -> bool {
    IS_INPUT.get()
}

/// Puts back what was so before, also if reading panics.
struct Scope(bool);

impl Drop for Scope {
    fn drop(&mut self) {
        IS_INPUT.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_ends_with_what_is_read_in_it() {
        assert!(!is_read());
        reading(|| {
            assert!(is_read());
            reading(|| assert!(is_read()));
            assert!(is_read());
        });
        assert!(!is_read());
    }
}
