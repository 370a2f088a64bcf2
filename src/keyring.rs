//! The secrets of the deployment (`FLAGSHIP_KEYS`), and the keys that are derived from them: one for each purpose.
//!
//! HKDF-SHA256 (RFC 5869) turns a secret into keys that tell nothing of each other, so that one setting serves all
//! purposes and what leaks of one purpose opens no other.

use std::fmt;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use worker::Env;

/// The setting that holds the secrets, the newest first, separated by commas.
pub(crate) const SETTING: &str = "FLAGSHIP_KEYS";

/// Shortest secret, in bytes: what HMAC-SHA256 is as strong as.
const MIN_SECRET_BYTES: usize = 32;

/// Base64 for addresses and file names, with or without padding: what generates secrets does either.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a key is for. Each purpose has keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Ids that follow from a request.
    Ids,
    /// Tickets that open sockets.
    Tickets,
}

impl Purpose {
    /// What HKDF is told. Never changed: another label is another key.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Ids => b"flagship/ids/1",
            Self::Tickets => b"flagship/tickets/1",
        }
    }
}

/// The secrets of the deployment.
pub(crate) struct Keyring {
    newest: Secret,
    /// From the second newest to the oldest.
    older: Vec<Secret>,
}

/// One entry of the setting.
struct Secret(Vec<u8>);

/// Why the setting cannot be used. Says nothing of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyringError {
    /// There is none.
    Missing,
    /// The entry at this place, counted from 1, is not base64url.
    Malformed(usize),
    /// The entry at this place has too few bytes.
    TooShort(usize),
}

impl fmt::Display for KeyringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "{SETTING} is not set"),
            Self::Malformed(entry) => write!(f, "entry {entry} of {SETTING} is not base64url"),
            Self::TooShort(entry) => {
                write!(f, "entry {entry} of {SETTING} has fewer than {MIN_SECRET_BYTES} bytes")
            }
        }
    }
}

impl Keyring {
    /// Reads the setting, a secret or a plain variable.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn from_env(env: &Env) -> Result<Self, KeyringError> {
        Self::parse(&env.var(SETTING).map(|value| value.to_string()).unwrap_or_default())
    }

    /// Reads a list of secrets. One that cannot be used spoils the whole list: without it, what it signed would be
    /// refused, or ids would change.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(list: &str) -> Result<Self, KeyringError> {
        if list.trim().is_empty() {
            return Err(KeyringError::Missing);
        }
        let mut secrets = Vec::new();
        for (text, place) in list.split(',').zip(1..) {
            let secret = BASE64.decode(text.trim()).map_err(|_| KeyringError::Malformed(place))?;
            if secret.len() < MIN_SECRET_BYTES {
                return Err(KeyringError::TooShort(place));
            }
            secrets.push(Secret(secret));
        }
        let mut secrets = secrets.into_iter();
        let newest = secrets.next().ok_or(KeyringError::Missing)?;
        Ok(Self {
            newest,
            older: secrets.collect(),
        })
    }

    /// The key that never rotates: of the oldest entry, which therefore stays in the list for good.
    pub(crate) fn permanent(&self, purpose: Purpose) -> Key {
        self.older.last().unwrap_or(&self.newest).key(purpose)
    }

    /// The keys that rotate with the list.
    pub(crate) fn rotating(&self, purpose: Purpose) -> RotatingKeys {
        RotatingKeys {
            newest: self.newest.key(purpose),
            older: self.older.iter().map(|secret| secret.key(purpose)).collect(),
        }
    }
}

impl Secret {
    fn key(&self, purpose: Purpose) -> Key {
        let mut key = [0; 32];
        // The only failure is a key longer than 255 hashes.
        let _ = Hkdf::<Sha256>::new(None, &self.0).expand(purpose.label(), &mut key);
        Key(key)
    }
}

/// A key for one purpose.
pub(crate) struct Key([u8; 32]);

impl Key {
    /// A code (HMAC-SHA256) over these parts, which only this key makes. Where one part ends and the next begins counts.
    pub(crate) fn code(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.over(parts).finalize().into_bytes().into()
    }

    /// Whether this key made the code. Takes the same time for every code.
    fn made(&self, parts: &[&[u8]], code: &[u8]) -> bool {
        self.over(parts).verify_slice(code).is_ok()
    }

    fn over(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        // A key of 32 bytes is padded to one block, as every key is that is not longer than one.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(self.0) {
            *to = from;
        }
        let mut hmac = <Hmac<Sha256> as hmac::digest::KeyInit>::new(&block.into());
        for part in parts {
            hmac.update(&(part.len() as u64).to_be_bytes());
            hmac.update(part);
        }
        hmac
    }
}

/// Keys for one purpose: the newest makes codes, and each verifies them.
pub(crate) struct RotatingKeys {
    newest: Key,
    older: Vec<Key>,
}

impl RotatingKeys {
    /// A code over these parts; see [`Key::code`].
    pub(crate) fn code(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.newest.code(parts)
    }

    /// Whether one of the keys made the code.
    pub(crate) fn made(&self, parts: &[&[u8]], code: &[u8]) -> bool {
        self.newest.made(parts, code) || self.older.iter().any(|key| key.made(parts, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 32 bytes of 0x0b, and of 0x0c.
    const B: &str = "CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws";
    const C: &str = "DAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw";

    fn keyring(list: &str) -> Keyring {
        Keyring::parse(list).unwrap()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_derivation_is_that_of_the_standard() {
        // RFC 5869, A.3: no salt, no info.
        let mut key = [0; 42];
        Hkdf::<Sha256>::new(None, &[0x0b; 22]).expand(b"", &mut key).unwrap();
        assert_eq!(
            hex(&key),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        );
    }

    #[test]
    fn keys_and_codes_stay_as_they_are() {
        // Computed apart from this code, by Node's `hkdfSync` and `createHmac`. Other results would give every retry of a
        // creation another id.
        let keyring = keyring(B);
        assert_eq!(
            hex(&keyring.permanent(Purpose::Ids).0),
            "1fa5bf9d9e2d3627f3f3d9f478ecf11cd7803b1159bc8cb0eaa72bd3bd46dab9"
        );
        assert_eq!(
            hex(&keyring.rotating(Purpose::Tickets).newest.0),
            "362e8bb3245dcc7d6e9112ac41e036b61bd245f12d962e96df66b7bbd5b1a9a6"
        );
        assert_eq!(
            hex(&keyring.permanent(Purpose::Ids).code(&[b"a", b"bc"])),
            "240c8f09fc0cce4183c01bdcf08baf0fd4bdab7ae851da9af83417ea571ff700"
        );
    }

    #[test]
    fn every_purpose_has_keys_of_its_own() {
        let keyring = keyring(B);
        assert_ne!(keyring.permanent(Purpose::Ids).0, keyring.permanent(Purpose::Tickets).0);
    }

    #[test]
    fn where_a_part_ends_counts() {
        let key = keyring(B).permanent(Purpose::Ids);
        assert_ne!(key.code(&[b"a", b"bc"]), key.code(&[b"ab", b"c"]));
        assert_ne!(key.code(&[b"abc"]), key.code(&[b"abc", b""]));
    }

    #[test]
    fn an_entry_in_front_rotates_all_but_the_permanent_key() {
        let (before, after) = (keyring(B), keyring(&format!("{C},{B}")));
        assert_eq!(before.permanent(Purpose::Ids).0, after.permanent(Purpose::Ids).0);
        let parts: &[&[u8]] = &[b"ticket"];
        let [old, new] = [before, after].map(|keyring| keyring.rotating(Purpose::Tickets));
        assert_ne!(old.code(parts), new.code(parts));
        assert!(new.made(parts, &old.code(parts)), "what was signed before still holds");
        assert!(new.made(parts, &new.code(parts)));
        assert!(!old.made(parts, &new.code(parts)));
        assert!(!new.made(&[b"other"], &new.code(parts)));
        assert!(!new.made(parts, &new.code(parts)[..31]));
        assert!(!new.made(parts, b""));
    }

    #[test]
    fn a_list_is_read_with_spaces_and_padding() {
        let list = format!(" {C}= , {B}\n");
        assert_eq!(
            keyring(&list).permanent(Purpose::Ids).0,
            keyring(B).permanent(Purpose::Ids).0
        );
        assert_eq!(keyring(&list).older.len(), 1);
    }

    #[test]
    fn what_cannot_be_used_is_named_by_its_place() {
        let error = |list: &str| Keyring::parse(list).err().map(|error| error.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(error(""), is("FLAGSHIP_KEYS is not set"));
        assert_eq!(error(" \n"), is("FLAGSHIP_KEYS is not set"));
        assert_eq!(error("no base64!"), is("entry 1 of FLAGSHIP_KEYS is not base64url"));
        // The alphabet of plain base64 is another one.
        assert_eq!(
            error(&format!("{B},{}", "+/".repeat(22))),
            is("entry 2 of FLAGSHIP_KEYS is not base64url")
        );
        assert_eq!(
            error(&format!("{B},")),
            is("entry 2 of FLAGSHIP_KEYS has fewer than 32 bytes")
        );
        assert_eq!(error(&B[..42]), is("entry 1 of FLAGSHIP_KEYS has fewer than 32 bytes"));
    }
}
