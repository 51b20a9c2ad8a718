//! What can be wrong with a point in time.

use super::TimestampFormat;
use std::fmt;

/// A text that is no point in time, or a point in time that a format has no text for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(String);

impl TimestampError {
    pub(super) fn unreadable(text: &str, format: TimestampFormat, reason: &str) -> Self {
        let expected = match format {
            TimestampFormat::DateTime => "a date-time such as 2015-01-25T08:00:00Z",
            TimestampFormat::HttpDate => "a date such as Sun, 25 Jan 2015 08:00:00 GMT",
            TimestampFormat::EpochSeconds => "seconds since 1970 such as 1422172800.5",
        };
        // What is longer is no date anyway, and need not fill a log.
        let shown: String = text.chars().take(60).collect();
        let dots = if shown.len() < text.len() { "…" } else { "" };
        Self(format!("expected {expected}, found {shown:?}{dots}: {reason}"))
    }

    pub(super) fn unwritable(year: i64) -> Self {
        Self(format!(
            "a point in the year {year} cannot be written as a date: it needs to be one of 1 to 9999"
        ))
    }

    pub(super) fn out_of_range(what: &str) -> Self {
        Self(format!("{what} cannot hold this point in time"))
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimestampError {}
