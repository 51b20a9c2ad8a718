//! Timestamps in the formats that AWS services use.
//!
//! A service writes a timestamp in one of three formats, [`TimestampFormat`]: as a date-time of RFC 3339, as an HTTP date of
//! RFC 9110, or as seconds since 1970. [`Timestamp::parse`] reads and [`Timestamp::format`] writes a given format;
//! [`Timestamp::parse_any`] detects the format, for services that do not follow their models.

mod calendar;
mod error;
mod format;
mod parse;
mod timestamp;

pub use error::TimestampError;
pub use format::TimestampFormat;
pub use timestamp::Timestamp;

#[cfg(test)]
mod tests;
