//! Points in time as text.

use super::{
    Timestamp, TimestampError,
    calendar::{self, Civil},
};

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

/// `2015-01-25T08:00:00.5Z`, the fraction in microseconds.
pub(super) fn date_time(time: Timestamp, out: &mut String) -> Result<(), TimestampError> {
    let Civil { year, month, day, hour, minute, second } = civil(time)?;
    // Digit by digit, which is much faster than `format!`: lists of measurements have thousands of these.
    out.reserve("2015-01-25T08:00:00.500000Z".len());
    let parts = [(year, 4, '-'), (month, 2, '-'), (day, 2, 'T'), (hour, 2, ':'), (minute, 2, ':')];
    for (number, width, end) in parts {
        digits(number, width, out);
        out.push(end);
    }
    digits(second, 2, out);
    match time.nanoseconds / 1_000 {
        0 => {}
        microseconds => out.push_str(&fraction(microseconds * 1_000)),
    }
    out.push('Z');
    Ok(())
}

/// The last `width` digits of a number.
fn digits(number: i64, width: usize, out: &mut String) {
    for unit in [1_000, 100, 10, 1].into_iter().skip(4 - width) {
        // A remainder of ten fits.
        let digit = u8::try_from(number / unit % 10).unwrap_or_default();
        out.push(char::from(b'0' + digit));
    }
}

/// `Sun, 25 Jan 2015 08:00:00 GMT`.
pub(super) fn http_date(time: Timestamp) -> Result<String, TimestampError> {
    let Civil { year, month, day, hour, minute, second } = civil(time)?;
    let weekday = WEEKDAYS.get(calendar::weekday(time.seconds)).copied().unwrap_or_default();
    let month =
        usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    Ok(format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"))
}

/// `1422172800.5`, the fraction in nanoseconds.
pub(super) fn epoch_seconds(time: Timestamp) -> String {
    if time.seconds >= 0 || time.nanoseconds == 0 {
        return format!("{}{}", time.seconds, fraction(time.nanoseconds));
    }
    // The nanoseconds count forward from the second before; the digits of a negative number count backward.
    format!("-{}{}", (time.seconds + 1).unsigned_abs(), fraction(super::BILLION - time.nanoseconds))
}

/// `20150125T080000Z`.
pub(super) fn sigv4(time: Timestamp) -> String {
    let Civil { year, month, day, hour, minute, second } = Civil::at(calendar::clamp(time.seconds));
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn civil(time: Timestamp) -> Result<Civil, TimestampError> {
    let civil = Civil::at(time.seconds);
    if calendar::in_range(time.seconds) { Ok(civil) } else { Err(TimestampError::unwritable(civil.year)) }
}

/// `.5` for half a billion; nothing for none.
fn fraction(nanoseconds: u32) -> String {
    if nanoseconds == 0 {
        return String::new();
    }
    let mut text = format!(".{nanoseconds:09}");
    text.truncate(text.trim_end_matches('0').len());
    text
}
