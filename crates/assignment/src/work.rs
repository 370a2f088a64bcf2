//! A bound on work that does not depend on the machine: it is counted, not timed.

/// How much work is left, in look-ups.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    left: u64,
}

impl Work {
    pub(crate) const fn new(left: u64) -> Self {
        Self { left }
    }

    /// What is left.
    pub(crate) const fn left(self) -> u64 {
        self.left
    }

    /// Takes some of it. False when there is not so much left; then nothing is.
    pub(crate) fn spend(&mut self, amount: u64) -> bool {
        let enough = amount <= self.left;
        self.left = self.left.saturating_sub(amount);
        enough
    }
}
