//! Describes the wire to other languages: the TypeScript of the client and the OpenAPI document.

mod openapi;
mod typescript;

pub use openapi::openapi;
pub use typescript::typescript;
