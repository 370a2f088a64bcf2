//! Finding the token in a request's headers.

use super::error::AuthError;

/// The subprotocol of the socket. It has to be answered, so it is reported beside the token.
const SOCKET_PROTOCOL: &str = "flagship.v1";

/// Introduces a token in `Sec-WebSocket-Protocol`: browsers let a page set no other header when
/// they open a socket.
const SOCKET_TOKEN_PREFIX: &str = "bearer.";

/// The headers that hold a bare token, in order, after `Authorization`.
const TOKEN_HEADERS: [&str; 2] = ["x-auth-token", "auth-token"];

/// The token of a request: from `Authorization: Bearer`, else `x-auth-token`, else `auth-token`.
///
/// `header` gives the value of the header of a name, in lower case here. A header in another
/// form, such as `Authorization: Basic …`, is passed over in favour of the next.
///
/// # Errors
///
/// [`AuthError::Missing`] if none of the headers is there; [`AuthError::Malformed`] if some are,
/// but none with a token.
pub(crate) fn token_from_headers(header: impl Fn(&str) -> Option<String>) -> Result<String, AuthError> {
    let bearer = header("authorization").map(|value| bearer_token(&value));
    let bare = TOKEN_HEADERS.iter().filter_map(|name| Some(token(&header(name)?)));
    first_token(bearer.into_iter().chain(bare))
}

/// What a client asks for when it opens a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SocketOffer {
    /// The token: `bearer.<token>` among the subprotocols, else as in [`token_from_headers`],
    /// and with its errors. A client that holds a ticket has none.
    pub(crate) token: Result<String, AuthError>,
    /// Whether `flagship.v1` is among the subprotocols. The answer must then select it, and must
    /// never echo the other one, which is the token.
    pub(crate) speaks_flagship_v1: bool,
}

impl SocketOffer {
    /// Reads the offer from the headers of the upgrade request.
    pub(crate) fn from_headers(header: impl Fn(&str) -> Option<String>) -> Self {
        let protocols = header("sec-websocket-protocol").unwrap_or_default();
        let offered = || protocols.split(',').map(str::trim);
        let from_protocols = first_token(
            offered()
                .filter_map(|protocol| protocol.strip_prefix(SOCKET_TOKEN_PREFIX))
                .map(token),
        );
        let token = match from_protocols {
            Ok(token) => Ok(token),
            Err(error) => match token_from_headers(header) {
                Err(AuthError::Missing) => Err(error),
                found => found,
            },
        };
        Self {
            token,
            speaks_flagship_v1: offered().any(|protocol| protocol == SOCKET_PROTOCOL),
        }
    }
}

/// The first that is a token. `None` stands for a place that holds something else.
fn first_token(places: impl Iterator<Item = Option<String>>) -> Result<String, AuthError> {
    let mut error = AuthError::Missing;
    for place in places {
        match place {
            Some(token) => return Ok(token),
            None => error = AuthError::Malformed,
        }
    }
    Err(error)
}

/// `Bearer <token>` (RFC 6750, section 2.1); the scheme has no case (RFC 9110, section 11.1).
fn bearer_token(value: &str) -> Option<String> {
    let (scheme, rest) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token(rest)).flatten()
}

/// The value, if it is made of what a compact JWS is made of. Two headers of one name arrive
/// joined by a comma, and so are none.
fn token(value: &str) -> Option<String> {
    let value = value.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (!value.is_empty() && value.bytes().all(plain)).then(|| value.to_owned())
}
