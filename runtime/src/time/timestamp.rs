//! The type of timestamps, and arithmetic with it.

use super::TimestampError;
use std::{
    ops::{Add, Sub},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The nanoseconds of a second.
pub(super) const BILLION: u32 = 1_000_000_000;

/// A point in time, with nanosecond precision: the seconds since 1970-01-01T00:00:00Z and the nanoseconds after that second.
///
/// The nanoseconds count forward before 1970 too: a quarter of a second before 1970 is -1 s and 750,000,000 ns.
/// [`Display`](std::fmt::Display) writes a date-time in UTC with at most microseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u32,
}

/// The date-time, as `Display` has it.
impl std::fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { seconds: 0, nanoseconds: 0 };

    /// Creates a timestamp from the seconds and nanoseconds since 1970. A billion nanoseconds or more carry over.
    pub const fn new(seconds: i64, nanoseconds: u32) -> Self {
        Self {
            seconds: seconds.saturating_add((nanoseconds / BILLION) as i64),
            nanoseconds: nanoseconds % BILLION,
        }
    }

    /// Creates a timestamp from the milliseconds since 1970, as log events contain them.
    pub fn from_millis(milliseconds: i64) -> Self {
        let time = Duration::from_millis(milliseconds.unsigned_abs());
        if milliseconds < 0 { Self::EPOCH - time } else { Self::EPOCH + time }
    }

    /// Returns the time of the system's clock.
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Returns the whole seconds since 1970, negative before.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after the second: less than a billion.
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Returns the whole milliseconds since 1970, rounded down; saturates at the bounds of `i64`.
    pub fn to_millis(self) -> i64 {
        let milliseconds = i128::from(self.seconds) * 1_000 + i128::from(self.nanoseconds / 1_000_000);
        i64::try_from(milliseconds).unwrap_or(if self.seconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// Returns the duration from `earlier` to this timestamp, or zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        if self <= earlier {
            return Duration::ZERO;
        }
        let seconds = self.seconds.abs_diff(earlier.seconds);
        let (seconds, nanoseconds) = if self.nanoseconds < earlier.nanoseconds {
            (seconds.saturating_sub(1), self.nanoseconds + BILLION - earlier.nanoseconds)
        } else {
            (seconds, self.nanoseconds - earlier.nanoseconds)
        };
        Duration::new(seconds, nanoseconds)
    }
}

/// Saturates at the last timestamp that the type can hold.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        match self.seconds.checked_add_unsigned(duration.as_secs()) {
            Some(seconds) => Self::new(seconds, self.nanoseconds + duration.subsec_nanos()),
            None => Self { seconds: i64::MAX, nanoseconds: BILLION - 1 },
        }
    }
}

/// Saturates at the first timestamp that the type can hold.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        let borrow = u64::from(self.nanoseconds < duration.subsec_nanos());
        match duration
            .as_secs()
            .checked_add(borrow)
            .and_then(|seconds| self.seconds.checked_sub_unsigned(seconds))
        {
            Some(seconds) => {
                let nanoseconds = (self.nanoseconds + BILLION - duration.subsec_nanos()) % BILLION;
                Self { seconds, nanoseconds }
            }
            None => Self { seconds: i64::MIN, nanoseconds: 0 },
        }
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

/// Fails if the platform's `SystemTime` cannot represent the timestamp.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let second = match time.seconds {
            0.. => UNIX_EPOCH.checked_add(seconds),
            _ => UNIX_EPOCH.checked_sub(seconds),
        };
        let fraction = Duration::from_nanos(u64::from(time.nanoseconds));
        let exact = second.and_then(|second| second.checked_add(fraction));
        exact.ok_or_else(|| TimestampError::new("`SystemTime` cannot represent this timestamp"))
    }
}
