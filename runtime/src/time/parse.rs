//! Points in time from text. Errors are the reason alone: the caller adds what was expected and what is there.

use super::{
    Timestamp, TimestampFormat,
    calendar::{self, Civil},
    format::{MONTHS, WEEKDAYS},
};

type Result<T> = std::result::Result<T, &'static str>;

/// Which format the text is in, if it is in any.
pub(super) fn guess(text: &str) -> TimestampFormat {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_alphabetic) && !text.eq_ignore_ascii_case("nan") {
        TimestampFormat::HttpDate
    } else if bytes.get(4) == Some(&b'-') && !bytes.contains(&b'e') && !bytes.contains(&b'E') {
        TimestampFormat::DateTime
    } else {
        TimestampFormat::EpochSeconds
    }
}

/// RFC 3339; the offset also without its colon, and a blank for the `T`.
pub(super) fn date_time(text: &str) -> Result<Timestamp> {
    let mut rest = Scanner::new(text);
    let year = rest.digits(4)?;
    rest.take(b"-", "there is no - after the year")?;
    let month = rest.digits(2)?;
    rest.take(b"-", "there is no - after the month")?;
    let day = rest.digits(2)?;
    rest.take(b"Tt ", "there is no T after the date")?;
    let (hour, minute, second) = rest.time()?;
    let nanoseconds = rest.fraction()?;
    let offset = rest.offset()?;
    rest.end()?;
    let seconds = Civil { year, month, day, hour, minute, second }.seconds()? - offset;
    in_range(Timestamp::new(seconds, nanoseconds))
}

/// RFC 9110's three dates: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
/// The day of the week follows from the date, and is not compared with it.
pub(super) fn http_date(text: &str) -> Result<Timestamp> {
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let mut word = || words.next().ok_or("it ends too early");
    let weekday = word()?.get(..3).ok_or("there is no day of the week at its start")?;
    if !WEEKDAYS.iter().any(|name| name.eq_ignore_ascii_case(weekday)) {
        return Err("there is no day of the week at its start");
    }
    let (first, second) = (word()?, word()?);
    let (day, month, year, time) = if let Some(month) = month(first) {
        let time = word()?;
        (second, month, word()?, time)
    } else {
        let month = month(second).ok_or("there is no month such as Jan")?;
        let year = word()?;
        let time = word()?;
        match word()? {
            "GMT" | "UTC" | "Z" => (first, month, year, time),
            _ => return Err("the time zone is not GMT"),
        }
    };
    if words.next().is_some() {
        return Err("there is more after its end");
    }
    let mut rest = Scanner::new(time);
    let (hour, minute, second) = rest.time()?;
    let nanoseconds = rest.fraction()?;
    rest.end()?;
    let (year, day) = (full_year(year)?, whole(day, 1..=2)?);
    let seconds = Civil { year, month, day, hour, minute, second }.seconds()?;
    in_range(Timestamp::new(seconds, nanoseconds))
}

/// A decimal number, read digit by digit so that nothing is lost.
pub(super) fn epoch_seconds(text: &str) -> Result<Timestamp> {
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
    // Where the decimal point is, from the first digit that is not zero.
    let length = i64::try_from(whole.len()).map_err(|_| RANGE)?;
    let point = length.saturating_add(exponent).saturating_sub(i64::try_from(leading).map_err(|_| RANGE)?);
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || point < -9 {
        return Ok(Timestamp::EPOCH);
    }
    if point > 19 {
        return Err(RANGE);
    }
    // Nanoseconds: the digits before the point and nine more.
    let count = usize::try_from(point + 9).map_err(|_| RANGE)?;
    let nanoseconds = digits.bytes().chain(std::iter::repeat(b'0')).take(count);
    let nanoseconds = nanoseconds.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let nanoseconds = if negative { -nanoseconds } else { nanoseconds };
    let billion = i128::from(super::BILLION);
    let seconds = i64::try_from(nanoseconds.div_euclid(billion)).map_err(|_| RANGE)?;
    let beyond = u32::try_from(nanoseconds.rem_euclid(billion)).map_err(|_| RANGE)?;
    Ok(Timestamp::new(seconds, beyond))
}

fn in_range(time: Timestamp) -> Result<Timestamp> {
    if calendar::in_range(time.seconds) {
        Ok(time)
    } else {
        Err("in UTC, the year is not one of 0001 to 9999")
    }
}

fn month(word: &str) -> Option<i64> {
    let place = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(word))?;
    i64::try_from(place + 1).ok()
}

/// A year of two digits is one from 1970 to 2069.
fn full_year(word: &str) -> Result<i64> {
    if word.len() == 4 {
        return whole(word, 4..=4);
    }
    let year = whole(word, 2..=2)?;
    Ok(if year < 70 { year + 2_000 } else { year + 1_900 })
}

/// A word that is a number of that many digits.
fn whole(word: &str, length: std::ops::RangeInclusive<usize>) -> Result<i64> {
    if !length.contains(&word.len()) {
        return Err("the day is not of two digits or the year not of four");
    }
    let mut rest = Scanner::new(word);
    rest.digits(word.len())
}

struct Scanner<'a>(&'a [u8]);

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// The next byte, if it is one of these.
    fn next(&mut self, any: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        any.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn take(&mut self, any: &[u8], otherwise: &'static str) -> Result<u8> {
        self.next(any).ok_or(otherwise)
    }

    fn digit(&mut self) -> Option<i64> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| first.is_ascii_digit())?;
        self.0 = rest;
        Some(i64::from(first - b'0'))
    }

    /// A number of exactly so many digits.
    fn digits(&mut self, count: usize) -> Result<i64> {
        (0..count).try_fold(0, |sum, _| {
            self.digit().map(|digit| sum * 10 + digit).ok_or("a number has too few digits")
        })
    }

    /// Hour, minute and second.
    fn time(&mut self) -> Result<(i64, i64, i64)> {
        let hour = self.digits(2)?;
        self.take(b":", "there is no : after the hour")?;
        let minute = self.digits(2)?;
        self.take(b":", "there is no : after the minute")?;
        Ok((hour, minute, self.digits(2)?))
    }

    /// The digits after a point in nanoseconds, those beyond the ninth dropped; zero where there is no point.
    fn fraction(&mut self) -> Result<u32> {
        if self.next(b".").is_none() {
            return Ok(0);
        }
        let mut nanoseconds = 0;
        let mut unit = 100_000_000;
        let mut digit = Some(self.digit().ok_or("there is no digit after the point")?);
        while let Some(value) = digit {
            nanoseconds += value * unit;
            unit /= 10;
            digit = self.digit();
        }
        u32::try_from(nanoseconds).map_err(|_| "the fraction is too long")
    }

    /// The seconds that local time is ahead of UTC.
    fn offset(&mut self) -> Result<i64> {
        let sign = match self.take(b"Zz+-", "there is no Z or offset such as +01:00 at its end")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Ok(0),
        };
        let hours = self.digits(2)?;
        let _ = self.next(b":");
        let minutes = self.digits(2)?;
        if hours > 23 || minutes > 59 {
            return Err("the offset is not one of 00:00 to 23:59");
        }
        Ok(sign * (hours * 3_600 + minutes * 60))
    }

    fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err("there is more after its end") }
    }
}
