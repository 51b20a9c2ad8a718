//! Points in time and the types of the standard library.

use super::{Timestamp, TimestampError, TimestampFormat, format};
use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A date-time in UTC; outside the years 1 to 9999, the seconds since 1970.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.format(TimestampFormat::DateTime);
        f.pad(&text.unwrap_or_else(|_| format::epoch_seconds(*self)))
    }
}

/// Reads any of the three formats: [`Timestamp::parse_any`].
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse_any(text)
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::EPOCH + after,
            Err(before) => Self::EPOCH - before.duration(),
        }
    }
}

/// An error where the system's clock does not reach so far.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let second = match time.seconds {
            0.. => UNIX_EPOCH.checked_add(seconds),
            _ => UNIX_EPOCH.checked_sub(seconds),
        };
        let beyond = Duration::from_nanos(u64::from(time.nanoseconds));
        let exact = second.and_then(|second| second.checked_add(beyond));
        exact.ok_or_else(|| TimestampError::out_of_range("the system's time"))
    }
}
