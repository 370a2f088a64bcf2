//! What the operator configures.

use std::fmt;

/// Where the keys come from, and what tokens must say. At least one source of keys is needed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct AuthSettings {
    /// The shared secret for HS256, at least 32 bytes (`JWT_SECRET`).
    pub(crate) hs256_secret: Option<String>,
    /// A JWK Set as JSON text (`JWKS`).
    pub(crate) jwks: Option<String>,
    /// The address of a JWK Set, `https` (`JWKS_URL`); plain `http` for this machine only.
    pub(crate) jwks_url: Option<String>,
    /// What the `iss` of every token must be (`JWT_ISSUER`).
    pub(crate) issuer: Option<String>,
    /// What the `aud` of every token must be or contain (`JWT_AUDIENCE`).
    pub(crate) audience: Option<String>,
    /// Whether tokens are taken without both of the former (`JWT_ANY_AUDIENCE=yes`, or a development environment).
    pub(crate) any_audience: bool,
    /// Whether addresses count that the issuer does not say it has verified (`JWT_TRUST_EMAIL=yes`).
    pub(crate) trusts_email: bool,
}

impl AuthSettings {
    /// Reads the settings by the names above. An empty or blank value counts as absent.
    pub(super) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| variable(name).filter(|text| !text.trim().is_empty());
        let is = |name, wanted: &str| variable(name).is_some_and(|text| text.trim() == wanted);
        Self {
            // A secret is taken as it is; around the others, white space is a slip of the paste.
            hs256_secret: value("JWT_SECRET"),
            jwks: value("JWKS"),
            jwks_url: value("JWKS_URL").map(|text| text.trim().to_owned()),
            issuer: value("JWT_ISSUER").map(|text| text.trim().to_owned()),
            audience: value("JWT_AUDIENCE").map(|text| text.trim().to_owned()),
            any_audience: is("JWT_ANY_AUDIENCE", "yes") || is("ENVIRONMENT", "development"),
            trusts_email: is("JWT_TRUST_EMAIL", "yes"),
        }
    }
}

/// Says of the secret only whether there is one.
impl fmt::Debug for AuthSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthSettings")
            .field("has_hs256_secret", &self.hs256_secret.is_some())
            .field("has_jwks", &self.jwks.is_some())
            .field("jwks_url", &self.jwks_url)
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .field("any_audience", &self.any_audience)
            .field("trusts_email", &self.trusts_email)
            .finish()
    }
}
