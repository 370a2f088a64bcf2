//! Bounded numbers: checked when they are read, so that the rest of the code need not.

use crate::limits;

/// Defines a whole number within bounds. Reading another fails with a message that says the bounds.
macro_rules! number_type {
    ($(#[$meta:meta])* $name:ident, $min:expr, $max:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[cfg_attr(feature = "describe", derive(ts_rs::TS, schemars::JsonSchema), ts(type = "number"))]
        pub struct $name(#[cfg_attr(feature = "describe", schemars(range(min = $min, max = $max)))] u64);

        impl $name {
            /// Checks a number and takes it; `None` if it is out of bounds.
            pub fn new(number: u64) -> Option<Self> {
                ($min..=$max).contains(&number).then_some(Self(number))
            }

            /// The number.
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = f64::deserialize(deserializer)?;
                // Negative numbers saturate to 0 and huge ones to the maximum: both are told from whole ones.
                let whole = number as u64;
                let checked = if whole as f64 == number { Self::new(whole) } else { None };
                checked.ok_or_else(|| {
                    let (min, max) = ($min, $max);
                    serde::de::Error::custom(format!("must be a whole number from {min} to {max}, and this is {number}"))
                })
            }
        }
    };
}

number_type! {
    /// Most people in a room at once.
    Capacity, 1, limits::ROOM_CAPACITY
}
number_type! {
    /// How long rooms stay open, in milliseconds: a second to a day.
    TimerMs, limits::TIMER_MIN_MS, limits::TIMER_MAX_MS
}
number_type! {
    /// How long rooms take to close, in milliseconds: from at once to five minutes.
    CountdownMs, 0, limits::COUNTDOWN_MAX_MS
}

number_type! {
    /// How long participants wait between two messages, in milliseconds: a second to an hour.
    SlowModeMs, limits::SLOW_MODE_MIN_MS, limits::SLOW_MODE_MAX_MS
}

impl CountdownMs {
    /// The countdown of a new session.
    pub const DEFAULT: Self = Self(limits::COUNTDOWN_DEFAULT_MS);
}
