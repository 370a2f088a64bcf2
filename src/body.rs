//! Reading the body of a request, within a limit.

use futures::TryStreamExt;
use worker::Request;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It is over the limit. What comes after that is not taken in.
    TooLarge,
    /// It did not arrive whole.
    Broken,
}

/// The body of a request: at most `limit` bytes. The rest of a longer one is turned away as it comes, so that nobody makes
/// the service hold more than that.
///
/// # Errors
/// See [`BodyError`].
pub(crate) async fn read_within(request: &mut Request, limit: usize) -> Result<Vec<u8>, BodyError> {
    let announced = announced(request);
    if announced.is_some_and(|length| length > limit) {
        return Err(BodyError::TooLarge);
    }
    if request.inner().body().is_none() {
        return Ok(Vec::new());
    }
    // Dropped before its end, the stream is cancelled.
    let mut chunks = request.stream().map_err(|_| BodyError::Broken)?;
    // Grows with what is there: an announcement alone holds nothing.
    let mut body = Vec::new();
    while let Some(chunk) = chunks.try_next().await.map_err(|_| BodyError::Broken)? {
        if chunk.len() > limit.saturating_sub(body.len()) {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    match announced {
        // A client that goes away midway ends the stream as if this were all.
        Some(length) if length != body.len() => Err(BodyError::Broken),
        _ => Ok(body),
    }
}

fn announced(request: &Request) -> Option<usize> {
    let length = request.headers().get("content-length").ok().flatten()?;
    length.trim().parse().ok()
}
