//! When to fetch a remote JWK Set, and how long to trust a copy of it.

use std::rc::Rc;

use super::verify::Verifier;

/// How long a copy is used without asking again, and so how long a withdrawn key lives on.
pub(super) const FRESH_MS: u64 = 10 * 60 * 1000;

/// How long a copy is used while it cannot be renewed.
pub(super) const USABLE_MS: u64 = 24 * 60 * 60 * 1000;

/// The least time from one renewal to the next while there is a copy, and from a failed fetch to
/// any other.
pub(super) const SPACING_MS: u64 = 30 * 1000;

/// How many searches for a key that the copy does not have may begin within [`SPACING_MS`]. One
/// would do for a rotation, if the last fetch were never just before it. Anybody can send forged
/// tokens; this is all the traffic to the issuer that they get for it. Whoever sends them all the time uses up the
/// searches, but each brings the newest set for everybody: a new key is known [`SPACING_MS`] after it was published at
/// the latest, and until then its tokens are to be sent again later.
pub(super) const SEARCHES: usize = 4;

/// The same while there is no copy, when nobody can come in.
pub(super) const COLD_SPACING_MS: u64 = 5 * 1000;

/// The longest a fetch may take. One that has not ended by then is given up, or belonged to a
/// request that was cancelled.
pub(super) const FETCH_TIMEOUT_MS: u64 = 5 * 1000;

/// How many requests may fetch at the same time while there is no copy. They cannot wait for each
/// other, because I/O belongs to the request that started it; those beyond are asked to come back.
pub(super) const MAX_COLD_FETCHES: usize = 32;

/// The copy of a remote JWK Set, and the record of the attempts to renew it. Times are in
/// milliseconds since the epoch.
#[derive(Default)]
pub(super) struct RemoteKeys {
    copy: Option<Fetched>,
    /// When the fetches began that have not ended.
    begun: Vec<u64>,
    /// When the youngest of the ended ones began.
    latest: Option<u64>,
    /// Whether the last to end failed.
    failed: bool,
    /// When the latest searches began.
    searches: Vec<u64>,
}

struct Fetched {
    verifier: Rc<Verifier>,
    at_ms: u64,
}

impl RemoteKeys {
    /// The copy, if it is young enough to be used.
    pub(super) fn usable(&self, now_ms: u64) -> Option<Rc<Verifier>> {
        self.copy
            .as_ref()
            .filter(|copy| now_ms.saturating_sub(copy.at_ms) < USABLE_MS)
            .map(|copy| Rc::clone(&copy.verifier))
    }

    /// When the fetch of the copy began, if the copy is young enough to be used.
    pub(super) fn copied_at(&self, now_ms: u64) -> Option<u64> {
        let copy = self.copy.as_ref()?;
        (now_ms.saturating_sub(copy.at_ms) < USABLE_MS).then_some(copy.at_ms)
    }

    /// Whether the caller should fetch now because the copy is missing or old. Counts it as begun
    /// if so. While one renews an old copy, the others go on with it.
    pub(super) fn begin_renewal(&mut self, now_ms: u64) -> bool {
        let age = self.copy.as_ref().map(|copy| now_ms.saturating_sub(copy.at_ms));
        match age {
            Some(age) if age < FRESH_MS => false,
            Some(age) if age < USABLE_MS => self.begin(now_ms, SPACING_MS, 1),
            _ => self.begin(now_ms, COLD_SPACING_MS, MAX_COLD_FETCHES),
        }
    }

    /// Whether the caller should fetch now because a token needs a key that the copy does not
    /// have. Counts it as begun if so.
    pub(super) fn begin_search(&mut self, now_ms: u64) -> bool {
        self.searches.retain(|at| now_ms.saturating_sub(*at) < SPACING_MS);
        let spacing_ms = if self.failed { SPACING_MS } else { 0 };
        let may = self.searches.len() < SEARCHES && self.begin(now_ms, spacing_ms, 1);
        if may {
            self.searches.push(now_ms);
        }
        may
    }

    /// Whether a newer set may exist that could not be had yet: a fetch is under way, or the last
    /// one failed.
    pub(super) fn in_doubt(&mut self, now_ms: u64) -> bool {
        self.forget_abandoned(now_ms);
        self.failed || !self.begun.is_empty()
    }

    /// Ends the fetch that began at `begun_ms`, with what it brought. One that began before the
    /// copy did changes nothing.
    pub(super) fn end(&mut self, begun_ms: u64, verifier: Option<Rc<Verifier>>) {
        if let Some(index) = self.begun.iter().position(|at| *at == begun_ms) {
            self.begun.swap_remove(index);
        }
        if self.copy.as_ref().is_some_and(|copy| begun_ms < copy.at_ms) {
            return;
        }
        self.latest = self.latest.max(Some(begun_ms));
        self.failed = verifier.is_none();
        if let Some(verifier) = verifier {
            self.copy = Some(Fetched {
                verifier,
                at_ms: begun_ms,
            });
        }
    }

    fn begin(&mut self, now_ms: u64, spacing_ms: u64, concurrent: usize) -> bool {
        self.forget_abandoned(now_ms);
        let spaced = self.latest.is_none_or(|at| now_ms.saturating_sub(at) >= spacing_ms);
        let may = spaced && self.begun.len() < concurrent;
        if may {
            self.begun.push(now_ms);
        }
        may
    }

    fn forget_abandoned(&mut self, now_ms: u64) {
        self.begun.retain(|at| now_ms.saturating_sub(*at) < FETCH_TIMEOUT_MS);
    }
}
