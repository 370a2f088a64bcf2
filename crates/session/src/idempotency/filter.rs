//! Says of most keys that they are not in a run, without reading it.

/// Bits for each key. With [`PROBES`] of them set, one key in 70,000 that is not in a run seems to be.
const BITS_PER_KEY: usize = 24;
const PROBES: u32 = 12;

/// A Bloom filter over the hashes of a run's keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyFilter(Vec<u8>);

impl KeyFilter {
    /// Bytes for each key: what a filter of so many keys takes in memory.
    pub const BYTES_PER_KEY: usize = BITS_PER_KEY / 8;

    /// The filter that was stored as these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn new(hashes: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut bytes = vec![0; hashes.len() * Self::BYTES_PER_KEY];
        let bits = bytes.len() as u64 * 8;
        for hash in hashes {
            for bit in probes(hash, bits) {
                if let Some(byte) = bytes.get_mut((bit / 8) as usize) {
                    *byte |= 1 << (bit % 8);
                }
            }
        }
        Self(bytes)
    }

    /// How many keys it is over.
    pub(super) fn keys(&self) -> usize {
        self.0.len() / Self::BYTES_PER_KEY
    }

    /// Whether the run may hold a key with this hash: false only if it does not.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let bits = self.0.len() as u64 * 8;
        bits > 0
            && probes(hash, bits).all(|bit| {
                self.0
                    .get((bit / 8) as usize)
                    .is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
            })
    }
}

/// The bits of a hash, out of so many. A filter has far fewer than 2^32.
fn probes(hash: u64, bits: u64) -> impl Iterator<Item = u64> {
    let (first, step) = (hash as u32, (hash >> 32) as u32 | 1);
    (0..PROBES).map(move |probe| {
        let spread = first.wrapping_add(probe.wrapping_mul(step));
        (u64::from(spread) * bits) >> 32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: u64) -> u64 {
        use std::hash::Hasher;
        let mut hasher = siphasher::sip::SipHasher13::new();
        hasher.write_u64(number);
        hasher.finish()
    }

    #[test]
    fn misses_no_key_and_rarely_takes_one_for_another() {
        let filter = KeyFilter::new((0..10_000).map(hash).collect::<Vec<_>>().into_iter());
        assert!((0..10_000).all(|number| filter.may_have(hash(number))));
        let mistaken = (10_000..1_010_000)
            .filter(|number| filter.may_have(hash(*number)))
            .count();
        assert!(mistaken < 60, "{mistaken} of a million");
        assert_eq!(KeyFilter::from_bytes(filter.as_bytes().to_vec()), filter);
        assert_eq!(filter.keys(), 10_000);
    }

    #[test]
    fn of_no_keys_has_none() {
        assert!(!KeyFilter::default().may_have(7));
    }
}
