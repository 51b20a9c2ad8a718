//! Points in time, as AWS writes them.
//!
//! A service writes a point in time in one of three ways, [`TimestampFormat`]: as a date-time of RFC 3339, as a date of
//! HTTP (RFC 9110), or as seconds since 1970. [`Timestamp::parse`] and [`Timestamp::format`] know all three, and
//! [`Timestamp::parse_any`] tells them apart, for services that do not keep to their models.

mod calendar;
mod convert;
mod error;
mod format;
mod parse;

pub use error::TimestampError;
pub use format::TimestampFormat;

use std::{
    ops::{Add, Sub},
    time::{Duration, SystemTime},
};

const BILLION: u32 = 1_000_000_000;

/// A point in time: seconds since 1970-01-01T00:00:00Z, and the nanoseconds beyond.
///
/// The nanoseconds count forward also before 1970: a quarter of a second before 1970 is -1 s and 750,000,000 ns.
/// Displayed as a date-time in UTC, which keeps microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u32,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { seconds: 0, nanoseconds: 0 };

    /// The point `seconds` and `nanoseconds` after 1970; more than a billion of the latter carry over.
    pub const fn new(seconds: i64, nanoseconds: u32) -> Self {
        Self {
            seconds: seconds.saturating_add((nanoseconds / BILLION) as i64),
            nanoseconds: nanoseconds % BILLION,
        }
    }

    /// The point this many milliseconds after 1970, as events of logs have it.
    pub fn from_millis(milliseconds: i64) -> Self {
        let time = Duration::from_millis(milliseconds.unsigned_abs());
        if milliseconds < 0 { Self::EPOCH - time } else { Self::EPOCH + time }
    }

    /// What the clock of this machine shows.
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Whole seconds since 1970; negative before.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// The nanoseconds beyond, less than a billion.
    pub const fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Whole milliseconds since 1970, those beyond dropped; the nearest `i64` where there are too many.
    pub fn to_millis(self) -> i64 {
        let milliseconds = i128::from(self.seconds) * 1_000 + i128::from(self.nanoseconds / 1_000_000);
        i64::try_from(milliseconds).unwrap_or(if self.seconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// The time from `earlier` to this point; nothing where `earlier` is later.
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

    /// Reads what is written in `format`.
    ///
    /// Beyond the formats themselves it takes what services send: any offset from UTC, with or without its colon; lower-case
    /// `t` and `z`; fractions of a second in every format, digits beyond the ninth dropped; in numbers an exponent; and the
    /// two older dates of HTTP. Dates are those of the years 1 to 9999; everything else is an error that says what is wrong.
    pub fn parse(text: &str, format: TimestampFormat) -> Result<Self, TimestampError> {
        match format {
            TimestampFormat::DateTime => parse::date_time(text),
            TimestampFormat::HttpDate => parse::http_date(text),
            TimestampFormat::EpochSeconds => parse::epoch_seconds(text),
        }
        .map_err(|reason| TimestampError::unreadable(text, format, reason))
    }

    /// Reads what is written in any of the three formats, as [`parse`](Self::parse) does.
    pub fn parse_any(text: &str) -> Result<Self, TimestampError> {
        Self::parse(text, parse::guess(text))
    }

    /// Writes the point in `format`: zeros at the end of a fraction are left out, and so is the fraction that a format does
    /// not have (a date-time keeps microseconds, a date of HTTP none, both cut off what is beyond).
    ///
    /// An error where the format needs a year and that is not one of 1 to 9999.
    pub fn format(self, format: TimestampFormat) -> Result<String, TimestampError> {
        let mut text = String::new();
        self.write(format, &mut text).map(|()| text)
    }

    /// Appends what [`format`](Self::format) gives.
    pub(crate) fn write(self, format: TimestampFormat, out: &mut String) -> Result<(), TimestampError> {
        match format {
            TimestampFormat::DateTime => format::date_time(self, out),
            TimestampFormat::HttpDate => format::http_date(self).map(|text| out.push_str(&text)),
            TimestampFormat::EpochSeconds => {
                out.push_str(&format::epoch_seconds(self));
                Ok(())
            }
        }
    }

    /// Reads a number of seconds, as JSON and CBOR have it: the decimal digits that the number is usually written with count.
    ///
    /// An error where it is not finite, or too large.
    pub fn from_f64(seconds: f64) -> Result<Self, TimestampError> {
        Self::parse(&seconds.to_string(), TimestampFormat::EpochSeconds)
    }

    /// The number of seconds; of all that `f64` has, the nearest.
    pub fn to_f64(self) -> f64 {
        let text = format::epoch_seconds(self);
        text.parse().unwrap_or(f64::NAN)
    }

    /// `20150830T123600Z`, as signatures have it. A clock outside the years 1 to 9999 counts as the nearest year's.
    pub(crate) fn to_sigv4(self) -> String {
        format::sigv4(self)
    }
}

/// Later; at most the last point there is.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, time: Duration) -> Self {
        match self.seconds.checked_add_unsigned(time.as_secs()) {
            Some(seconds) => Self::new(seconds, self.nanoseconds + time.subsec_nanos()),
            None => Self { seconds: i64::MAX, nanoseconds: BILLION - 1 },
        }
    }
}

/// Earlier; at least the first point there is.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, time: Duration) -> Self {
        let borrow = u64::from(self.nanoseconds < time.subsec_nanos());
        match time
            .as_secs()
            .checked_add(borrow)
            .and_then(|seconds| self.seconds.checked_sub_unsigned(seconds))
        {
            Some(seconds) => {
                let nanoseconds = (self.nanoseconds + BILLION - time.subsec_nanos()) % BILLION;
                Self { seconds, nanoseconds }
            }
            None => Self { seconds: i64::MIN, nanoseconds: 0 },
        }
    }
}

#[cfg(test)]
mod tests;
