//! How handling something in the object can fail.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_session::Rejection;

/// Why something was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// It was refused; nothing changed.
    Refused(ErrorBody),
    /// The storage failed, so that memory may be ahead of the journal and must be dropped.
    Broken(worker::Error),
}

impl Failure {
    /// A refusal with no details but its code and message.
    pub(super) fn refused(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused(ErrorBody::new(code, message))
    }
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection.into())
    }
}

impl From<ErrorBody> for Failure {
    fn from(error: ErrorBody) -> Self {
        Self::Refused(error)
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}
