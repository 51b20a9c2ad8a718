//! Writes timestamps as text.

use super::{
    TimestampError,
    calendar::{self, Civil},
    timestamp::{BILLION, Timestamp},
};
use std::fmt;

/// The format in which a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// A date-time of RFC 3339 in UTC: `2015-01-25T08:00:00Z`.
    DateTime,
    /// An IMF-fixdate of RFC 9110: `Sun, 25 Jan 2015 08:00:00 GMT`.
    HttpDate,
    /// Seconds since 1970, with a fraction: `1422172800.5`.
    EpochSeconds,
}

pub(super) const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Timestamp {
    /// Writes the timestamp in `format`, truncated to the format's precision: microseconds of a date-time, seconds of an HTTP
    /// date, nanoseconds of seconds since 1970. Trailing zeros of a fraction are omitted.
    ///
    /// # Errors
    ///
    /// Fails if a date is written and the year is not between 1 and 9999.
    pub fn format(self, format: TimestampFormat) -> Result<String, TimestampError> {
        let mut text = String::new();
        self.write(format, &mut text).map(|()| text)
    }

    /// Appends the result of [`format`](Self::format) to `out`.
    pub(crate) fn write(self, format: TimestampFormat, out: &mut String) -> Result<(), TimestampError> {
        match format {
            TimestampFormat::DateTime => write_date_time(self, out),
            TimestampFormat::HttpDate => http_date(self).map(|text| out.push_str(&text)),
            TimestampFormat::EpochSeconds => {
                out.push_str(&epoch_seconds(self));
                Ok(())
            }
        }
    }

    /// Returns the seconds since 1970, rounded to the nearest `f64`.
    pub fn to_f64(self) -> f64 {
        epoch_seconds(self).parse().unwrap_or(f64::NAN)
    }

    /// Returns the form that signatures use: `20150830T123600Z`. Clamps to the years 1 to 9999.
    pub(crate) fn to_sigv4(self) -> String {
        let Civil { year, month, day, hour, minute, second } = Civil::at(calendar::clamp(self.seconds()));
        format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
    }
}

/// Writes a date-time in UTC, or the seconds since 1970 outside the years 1 to 9999.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.format(TimestampFormat::DateTime);
        f.pad(&text.unwrap_or_else(|_| epoch_seconds(*self)))
    }
}

/// `2015-01-25T08:00:00.5Z`, with microseconds.
fn write_date_time(time: Timestamp, out: &mut String) -> Result<(), TimestampError> {
    let Civil { year, month, day, hour, minute, second } = civil(time)?;
    // Digit by digit, which is much faster than `format!`: lists of measurements have thousands of these.
    out.reserve("2015-01-25T08:00:00.500000Z".len());
    let parts = [(year, 4, '-'), (month, 2, '-'), (day, 2, 'T'), (hour, 2, ':'), (minute, 2, ':')];
    for (number, width, end) in parts {
        write_digits(number, width, out);
        out.push(end);
    }
    write_digits(second, 2, out);
    match time.nanoseconds() / 1_000 {
        0 => {}
        microseconds => out.push_str(&fraction(microseconds * 1_000)),
    }
    out.push('Z');
    Ok(())
}

/// Appends the last `width` digits of a number.
fn write_digits(number: i64, width: usize, out: &mut String) {
    for unit in [1_000, 100, 10, 1].into_iter().skip(4 - width) {
        // A remainder of ten fits.
        let digit = u8::try_from(number / unit % 10).unwrap_or_default();
        out.push(char::from(b'0' + digit));
    }
}

/// `Sun, 25 Jan 2015 08:00:00 GMT`.
fn http_date(time: Timestamp) -> Result<String, TimestampError> {
    let Civil { year, month, day, hour, minute, second } = civil(time)?;
    let weekday = WEEKDAYS.get(calendar::weekday(time.seconds())).copied().unwrap_or_default();
    let month =
        usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    Ok(format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"))
}

/// `1422172800.5`, with nanoseconds.
fn epoch_seconds(time: Timestamp) -> String {
    if time.seconds() >= 0 || time.nanoseconds() == 0 {
        return format!("{}{}", time.seconds(), fraction(time.nanoseconds()));
    }
    // The nanoseconds count forward from the second before; the digits of a negative number count backward.
    format!("-{}{}", (time.seconds() + 1).unsigned_abs(), fraction(BILLION - time.nanoseconds()))
}

fn civil(time: Timestamp) -> Result<Civil, TimestampError> {
    let civil = Civil::at(time.seconds());
    if calendar::in_range(time.seconds()) {
        return Ok(civil);
    }
    let message =
        format!("a timestamp in the year {} has no date: the year must be between 1 and 9999", civil.year);
    Err(TimestampError::new(message))
}

/// `.5` for half a second; empty for zero.
fn fraction(nanoseconds: u32) -> String {
    if nanoseconds == 0 {
        return String::new();
    }
    let mut text = format!(".{nanoseconds:09}");
    text.truncate(text.trim_end_matches('0').len());
    text
}
