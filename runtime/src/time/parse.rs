//! Reads timestamps from text. The functions return only the reason of an error: [`Timestamp::parse`] adds what was expected
//! and found.

use super::{
    TimestampError, TimestampFormat,
    calendar::{self, Civil},
    format::{MONTHS, WEEKDAYS},
    timestamp::{BILLION, Timestamp},
};
use std::str::FromStr;

type Result<T, E = &'static str> = std::result::Result<T, E>;

impl Timestamp {
    /// Reads a timestamp that is written in `format`.
    ///
    /// Accepts what services send beyond the formats themselves: any offset from UTC, with or without a colon, or none, which
    /// means UTC; a space instead of `T`; lower-case `t` and `z`; fractions of a second in every format, truncated to nanoseconds; exponents in numbers; and the two obsolete
    /// HTTP dates.
    ///
    /// # Errors
    ///
    /// Fails if `text` is in another format, or its date is not in the years 1 to 9999. The error says what is wrong.
    pub fn parse(text: &str, format: TimestampFormat) -> Result<Self, TimestampError> {
        let (parsed, expected) = match format {
            TimestampFormat::DateTime => (date_time(text), "a date-time such as 2015-01-25T08:00:00Z"),
            TimestampFormat::HttpDate => (http_date(text), "a date such as Sun, 25 Jan 2015 08:00:00 GMT"),
            TimestampFormat::EpochSeconds => (epoch_seconds(text), "seconds since 1970 such as 1422172800.5"),
        };
        parsed.map_err(|reason| TimestampError::unreadable(text, expected, reason))
    }

    /// Reads a timestamp in any of the three formats, as [`parse`](Self::parse) does.
    ///
    /// # Errors
    ///
    /// Fails if `text` is not a timestamp.
    pub fn parse_any(text: &str) -> Result<Self, TimestampError> {
        Self::parse(text, guess_format(text))
    }

    /// Converts seconds since 1970, as JSON and CBOR contain them, by the digits of the shortest decimal number that is equal.
    ///
    /// # Errors
    ///
    /// Fails if the number is not finite or is out of range.
    pub fn from_f64(seconds: f64) -> Result<Self, TimestampError> {
        Self::parse(&seconds.to_string(), TimestampFormat::EpochSeconds)
    }
}

/// Reads any of the three formats: [`Timestamp::parse_any`].
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse_any(text)
    }
}

/// Guesses the format that the text is in.
fn guess_format(text: &str) -> TimestampFormat {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_alphabetic) && !text.eq_ignore_ascii_case("nan") {
        TimestampFormat::HttpDate
    } else if bytes.get(4) == Some(&b'-') && !bytes.contains(&b'e') && !bytes.contains(&b'E') {
        TimestampFormat::DateTime
    } else {
        TimestampFormat::EpochSeconds
    }
}

/// Reads RFC 3339; also an offset without a colon, no offset, and a space instead of the `T`.
fn date_time(text: &str) -> Result<Timestamp> {
    let mut scanner = Scanner::new(text);
    let year = scanner.digits(4)?;
    scanner.expect(b"-", "expected - after the year")?;
    let month = scanner.digits(2)?;
    scanner.expect(b"-", "expected - after the month")?;
    let day = scanner.digits(2)?;
    scanner.expect(b"Tt ", "expected T after the date")?;
    let (hour, minute, second) = scanner.time()?;
    let nanoseconds = scanner.fraction()?;
    let offset = scanner.offset()?;
    scanner.end()?;
    let seconds = Civil { year, month, day, hour, minute, second }.seconds()? - offset;
    in_range(Timestamp::new(seconds, nanoseconds))
}

/// Reads the three dates of RFC 9110: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`. The day of the week is not compared with the date. The zone may also be an offset, as in emails,
/// or missing.
fn http_date(text: &str) -> Result<Timestamp> {
    let (text, offset) = split_offset(text)?;
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let mut word = || words.next().ok_or("it ends early");
    let weekday = word()?.get(..3).ok_or("it does not start with a day of the week")?;
    if !WEEKDAYS.iter().any(|name| name.eq_ignore_ascii_case(weekday)) {
        return Err("it does not start with a day of the week");
    }
    let (first, second) = (word()?, word()?);
    let (day, month, year, time) = if let Some(month) = month(first) {
        let time = word()?;
        (second, month, word()?, time)
    } else {
        let month = month(second).ok_or("expected a month such as Jan")?;
        let year = word()?;
        let time = word()?;
        match words.next() {
            None | Some("GMT" | "UTC" | "UT" | "Z") => (first, month, year, time),
            Some(_) => return Err("the time zone is not GMT"),
        }
    };
    if words.next().is_some() {
        return Err("it continues after its end");
    }
    let mut scanner = Scanner::new(time);
    let (hour, minute, second) = scanner.time()?;
    let nanoseconds = scanner.fraction()?;
    scanner.end()?;
    let (year, day) = (full_year(year)?, number(day, 1..=2)?);
    let seconds = Civil { year, month, day, hour, minute, second }.seconds()? - offset;
    in_range(Timestamp::new(seconds, nanoseconds))
}

/// Splits an offset from UTC, such as `+0000`, off the end of a date. The offset is in seconds.
fn split_offset(text: &str) -> Result<(&str, i64)> {
    match text.trim_end().rsplit_once(' ') {
        Some((date, zone)) if zone.starts_with(['+', '-']) => {
            let mut scanner = Scanner::new(zone);
            let offset = scanner.offset()?;
            scanner.end().map(|()| (date, offset))
        }
        _ => Ok((text, 0)),
    }
}

/// Reads a decimal number digit by digit, without loss of precision.
fn epoch_seconds(text: &str) -> Result<Timestamp> {
    const NUMBER: &str = "it is not a number";
    const RANGE: &str = "it is too far from 1970";
    let (negative, number) = match text.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().map_err(|_| NUMBER)?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0 || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
    {
        return Err(NUMBER);
    }
    let digits = [whole, fraction].concat();
    let leading = digits.len() - digits.trim_start_matches('0').len();
    // The position of the decimal point, counted from the first nonzero digit.
    let length = i64::try_from(whole.len()).map_err(|_| RANGE)?;
    let point = length.saturating_add(exponent).saturating_sub(i64::try_from(leading).map_err(|_| RANGE)?);
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || point < -9 {
        return Ok(Timestamp::EPOCH);
    }
    if point > 19 {
        return Err(RANGE);
    }
    // The number in nanoseconds: the digits before the point and nine more.
    let count = usize::try_from(point + 9).map_err(|_| RANGE)?;
    let nanoseconds = digits.bytes().chain(std::iter::repeat(b'0')).take(count);
    let nanoseconds = nanoseconds.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let nanoseconds = if negative { -nanoseconds } else { nanoseconds };
    let billion = i128::from(BILLION);
    let seconds = i64::try_from(nanoseconds.div_euclid(billion)).map_err(|_| RANGE)?;
    let fraction = u32::try_from(nanoseconds.rem_euclid(billion)).map_err(|_| RANGE)?;
    Ok(Timestamp::new(seconds, fraction))
}

fn in_range(time: Timestamp) -> Result<Timestamp> {
    if calendar::in_range(time.seconds()) {
        Ok(time)
    } else {
        Err("the year in UTC is not between 0001 and 9999")
    }
}

fn month(word: &str) -> Option<i64> {
    let place = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(word))?;
    i64::try_from(place + 1).ok()
}

/// Reads a year of four digits, or of two: 1970 to 2069.
fn full_year(word: &str) -> Result<i64> {
    if word.len() == 4 {
        return number(word, 4..=4);
    }
    let year = number(word, 2..=2)?;
    Ok(if year < 70 { year + 2_000 } else { year + 1_900 })
}

/// Reads a number with this many digits.
fn number(word: &str, length: std::ops::RangeInclusive<usize>) -> Result<i64> {
    if !length.contains(&word.len()) {
        return Err("the day does not have two digits or the year four");
    }
    let mut scanner = Scanner::new(word);
    scanner.digits(word.len())
}

struct Scanner<'a>(&'a [u8]);

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// Consumes the next byte if it is one of these.
    fn accept(&mut self, any: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        any.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn expect(&mut self, any: &[u8], error: &'static str) -> Result<u8> {
        self.accept(any).ok_or(error)
    }

    fn digit(&mut self) -> Option<i64> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| first.is_ascii_digit())?;
        self.0 = rest;
        Some(i64::from(first - b'0'))
    }

    /// Reads a number of exactly this many digits.
    fn digits(&mut self, count: usize) -> Result<i64> {
        (0..count).try_fold(0, |sum, _| {
            self.digit().map(|digit| sum * 10 + digit).ok_or("a number has too few digits")
        })
    }

    /// Reads the hour, the minute and the second.
    fn time(&mut self) -> Result<(i64, i64, i64)> {
        let hour = self.digits(2)?;
        self.expect(b":", "expected : after the hour")?;
        let minute = self.digits(2)?;
        self.expect(b":", "expected : after the minute")?;
        Ok((hour, minute, self.digits(2)?))
    }

    /// Reads the digits after a point as nanoseconds, ignoring those after the ninth; zero if there is no point.
    fn fraction(&mut self) -> Result<u32> {
        if self.accept(b".").is_none() {
            return Ok(0);
        }
        let mut nanoseconds = 0;
        let mut unit = 100_000_000;
        let mut digit = Some(self.digit().ok_or("expected a digit after the point")?);
        while let Some(value) = digit {
            nanoseconds += value * unit;
            unit /= 10;
            digit = self.digit();
        }
        u32::try_from(nanoseconds).map_err(|_| "the fraction is too long")
    }

    /// Reads the offset from UTC in seconds: positive if local time is ahead. A time without one is in UTC.
    fn offset(&mut self) -> Result<i64> {
        if self.0.is_empty() {
            return Ok(0);
        }
        let sign = match self.expect(b"Zz+-", "expected Z or an offset such as +01:00 at its end")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Ok(0),
        };
        let hours = self.digits(2)?;
        let _ = self.accept(b":");
        let minutes = self.digits(2)?;
        if hours > 23 || minutes > 59 {
            return Err("the offset is not between 00:00 and 23:59");
        }
        Ok(sign * (hours * 3_600 + minutes * 60))
    }

    fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err("it continues after its end") }
    }
}
