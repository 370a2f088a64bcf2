//! Why a credential was refused.

use std::fmt;

/// The ways in which authentication fails.
///
/// Nothing in here, and nothing that [`AuthError::message`] says, comes from the token itself or
/// from a secret, so an error may be shown and logged as it is. The one exception is the detail
/// in [`AuthError::Misconfigured`], which is for the operator's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AuthError {
    /// The request carries no credential at all.
    Missing,
    /// The credential is not a signed JWT, or one of its time claims is not a number.
    Malformed,
    /// The credential is over [`flagship_protocol::limits::TOKEN_BYTES`].
    TooLong,
    /// The header names an algorithm that no configured key has (`none` among them), or a
    /// critical extension (`crit`).
    UnsupportedAlgorithm,
    /// The header's `kid` is none of the configured keys'.
    UnknownKey,
    /// No candidate key made this signature.
    BadSignature,
    /// The payload has no `exp`.
    NoExpiry,
    /// `exp` has passed by more than the leeway.
    Expired {
        /// The time in `exp`, in milliseconds since the epoch.
        at_ms: u64,
    },
    /// `nbf` is in the future by more than the leeway.
    NotYetValid,
    /// `iss` is not the configured issuer.
    WrongIssuer,
    /// `aud` does not contain the configured audience.
    WrongAudience,
    /// The payload names nobody.
    NoSubject,
    /// The subject is over [`flagship_protocol::limits::PARTICIPANT_ID_BYTES`], or has control characters.
    UnusableSubject,
    /// The keys that could settle this token cannot be fetched at the moment.
    KeysUnavailable,
    /// The settings do not say whose tokens are meant, so that a token for another service would be taken here. Names
    /// the settings that are missing.
    AnyAudience(&'static [&'static str]),
    /// The server's own settings are unusable; the text says which, for the operator's log only.
    Misconfigured(String),
}

impl AuthError {
    /// A short, stable tag for clients and metrics.
    pub(crate) fn reason(&self) -> &'static str {
        match self {
            Self::Missing => "token_missing",
            Self::Malformed => "token_malformed",
            Self::TooLong => "token_too_long",
            Self::UnsupportedAlgorithm => "unsupported_algorithm",
            Self::UnknownKey => "unknown_key",
            Self::BadSignature => "bad_signature",
            Self::NoExpiry => "token_without_expiry",
            Self::Expired { .. } => "token_expired",
            Self::NotYetValid => "token_not_yet_valid",
            Self::WrongIssuer => "wrong_issuer",
            Self::WrongAudience => "wrong_audience",
            Self::NoSubject => "token_without_subject",
            Self::UnusableSubject => "token_subject_unusable",
            Self::KeysUnavailable => "keys_unavailable",
            Self::AnyAudience(_) => "audience_not_configured",
            Self::Misconfigured(_) => "auth_misconfigured",
        }
    }

    /// One sentence that tells the caller what to do.
    pub(crate) fn message(&self) -> &'static str {
        match self {
            Self::Missing => {
                "Sign in first: send a token as `Authorization: Bearer <token>`, `x-auth-token` or `auth-token`."
            }
            Self::Malformed => "Send a complete signed JWT; this credential is not one.",
            Self::TooLong => {
                "Use a token of at most 16 KB (16,384 bytes); leave out claims that are not needed, such as groups."
            }
            Self::UnsupportedAlgorithm => {
                "Use a token from the configured issuer; this one is signed in a way that is not accepted here."
            }
            Self::UnknownKey => "Sign in again for a new token; the key that signed this one is not known here.",
            Self::BadSignature => "Sign in again for a new token; the signature of this one does not hold.",
            Self::NoExpiry => "Use a token with an expiry time (`exp`); this one has none.",
            Self::Expired { .. } => "Sign in again for a new token; this one has expired.",
            Self::NotYetValid => {
                "Wait until this token becomes valid, or check the clock of the server that issued it."
            }
            Self::WrongIssuer => "Use a token from the configured issuer; this one comes from another.",
            Self::WrongAudience => "Ask for a token meant for this service; this one is meant for another.",
            Self::NoSubject => "Use a token that names its user in `sub`.",
            Self::UnusableSubject => {
                "Use a token whose subject has at most 255 bytes and no control characters; this one's cannot be used."
            }
            Self::KeysUnavailable => "Try again in a few seconds; the keys that verify tokens cannot be reached.",
            Self::AnyAudience(_) => {
                "Tell the operator of this server to set JWT_ISSUER and JWT_AUDIENCE, or JWT_ANY_AUDIENCE=yes if every \
                 token that its keys sign is meant for it."
            }
            Self::Misconfigured(_) => {
                "Tell the operator of this server that its authentication settings need attention."
            }
        }
    }

    /// The settings that the operator has to see to: those that are missing, or one of which cannot be used.
    pub(crate) fn settings(&self) -> &'static [&'static str] {
        match self {
            Self::AnyAudience(missing) => missing,
            Self::Misconfigured(_) => &["JWT_SECRET", "JWKS", "JWKS_URL"],
            _ => &[],
        }
    }

    /// Whether other keys could have led to another verdict.
    pub(super) fn depends_on_keys(&self) -> bool {
        matches!(self, Self::UnknownKey | Self::UnsupportedAlgorithm | Self::BadSignature)
    }

    /// The HTTP status to answer with: 401 where the credential is at fault, 503 where it may be good and is to be
    /// sent again later, 500 where the settings cannot be used.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::KeysUnavailable | Self::AnyAudience(_) => 503,
            Self::Misconfigured(_) => 500,
            _ => 401,
        }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for AuthError {}
