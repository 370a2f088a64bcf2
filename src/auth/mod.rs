//! Who is asking: the credentials of a request, turned into a verified [`Identity`].
//!
//! ```text
//! headers ── credentials ──> token ── jws ──> header, payload, signature
//!                                                   │ verify, with keys
//!                                                   v
//!                                       claims ── identity, with names, email ──> Identity
//! ```
//!
//! Everything but `jwks` is free of Cloudflare, of clocks and of I/O: the time is an argument,
//! in milliseconds since the epoch, and so is the function that fetches keys. The rules follow
//! RFC 8725 (JWT best current practices): each key has one algorithm, decided by the operator and
//! never by the token; nothing in a payload is looked at before its signature holds; every token
//! expires.
//!
//! No input that a client controls may panic here, because a panic costs every other request in
//! the isolate its memory.

mod authenticator;
mod claims;
mod credentials;
mod email;
mod error;
mod identity;
mod issue;
mod jwks;
mod jws;
mod keys;
mod names;
mod remote;
mod settings;
mod signatures;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use credentials::{SocketOffer, token_from_headers};
pub(crate) use error::AuthError;
pub(crate) use identity::Identity;
pub(crate) use issue::issue_development_token;
pub(crate) use jwks::{authenticate, check};
pub(crate) use settings::AuthSettings;
