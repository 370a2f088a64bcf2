//! Why a socket was closed, and what a client does about it.

use serde::Serialize;

/// What a client does after a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub enum AfterClose {
    /// Connect again, with backoff, and resume.
    Reconnect,
    /// Get a new token, then connect again.
    RefreshToken,
    /// Stop, and tell the person why.
    Stop,
}

macro_rules! close_codes {
    ($($(#[$meta:meta])* $name:ident => $code:literal, $reason:literal, $after:ident;)*) => {
        /// Application close codes. Every other code (1001, 1006, 1011, 1012, …) means: reconnect.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum CloseCode {
            $($(#[$meta])* $name,)*
        }

        impl CloseCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number on the wire.
            pub const fn code(self) -> u16 {
                match self { $(Self::$name => $code,)* }
            }

            /// The reason on the wire.
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$name => $reason,)* }
            }

            /// What a client does about it.
            pub const fn after(self) -> AfterClose {
                match self { $(Self::$name => AfterClose::$after,)* }
            }
        }
    };
}

close_codes! {
    /// The token is missing, does not hold, or expired and was not refreshed in time.
    Unauthorized => 4401, "unauthorized", RefreshToken;
    /// Banned, kept out of a session that is locked, full or over, or the page's origin is not allowed.
    Forbidden => 4403, "forbidden", Stop;
    /// No session has this id.
    SessionNotFound => 4404, "session_not_found", Stop;
    /// The client has not said for long that it received what it was sent, or said no `hello` in time: it takes up what
    /// it missed.
    TooSlow => 4408, "too_slow", Reconnect;
    /// Too many connections of one participant, or of the session.
    TooManyConnections => 4409, "too_many_connections", Stop;
    /// The participant left the session.
    Left => 4410, "left", Stop;
    /// A host or moderator removed the participant, who may come back by themselves.
    Removed => 4411, "removed", Stop;
    /// The participant went on sending beyond what is accepted; a `nack` before it says when to come back.
    TooFast => 4429, "too_fast", Reconnect;
    /// The service failed while it served this socket.
    Internal => 4500, "internal", Reconnect;
}
