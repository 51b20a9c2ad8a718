//! Converts between seconds since 1970 and dates of the proleptic Gregorian calendar.

const SECONDS_PER_DAY: i64 = 86_400;

/// The first second of the year 1 and the last of the year 9999: the range of written dates.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;

/// A date and time of day in UTC. Months and days count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
}

impl Civil {
    /// Returns the date and time this many seconds after 1970.
    pub(super) fn at(seconds: i64) -> Self {
        let (year, month, day) = date(seconds.div_euclid(SECONDS_PER_DAY));
        let time = seconds.rem_euclid(SECONDS_PER_DAY);
        Self { year, month, day, hour: time / 3_600, minute: time / 60 % 60, second: time % 60 }
    }

    /// Returns the seconds since 1970, or why there is no such date or time. A leap second counts as the second after it.
    pub(super) fn seconds(self) -> Result<i64, &'static str> {
        if !(1..=9_999).contains(&self.year) {
            return Err("the year is not between 0001 and 9999");
        }
        if !(1..=12).contains(&self.month) {
            return Err("the month is not between 01 and 12");
        }
        if !(1..=days_in_month(self.year, self.month)).contains(&self.day) {
            return Err("the month has no such day");
        }
        if !(0..24).contains(&self.hour)
            || !(0..60).contains(&self.minute)
            || !(0..=60).contains(&self.second)
        {
            return Err("the time of day is not between 00:00:00 and 23:59:59");
        }
        let days = days(self.year, self.month, self.day);
        Ok(days * SECONDS_PER_DAY + self.hour * 3_600 + self.minute * 60 + self.second)
    }
}

/// Whether the second is in the years 1 to 9999.
pub(super) fn in_range(seconds: i64) -> bool {
    (FIRST..=LAST).contains(&seconds)
}

/// Returns the nearest second in the years 1 to 9999.
pub(super) fn clamp(seconds: i64) -> i64 {
    seconds.clamp(FIRST, LAST)
}

/// Returns the day of the week: 0 is Sunday.
pub(super) fn weekday(seconds: i64) -> usize {
    // 1970 began on a Thursday; the remainder is less than seven.
    usize::try_from((seconds.div_euclid(SECONDS_PER_DAY) + 4).rem_euclid(7)).unwrap_or_default()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days(next_year, next, 1) - days(year, month, 1)
}

// Counted from March, years have their leap day at the end, and the lengths of months are linear: month m, from zero, begins
// on day (153 m + 2) / 5.

/// The days from March 1 of the year 0 to 1970.
const DAYS_TO_1970: i64 = 719_468;

fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    days_before(year) + (153 * month + 2) / 5 + day - 1 - DAYS_TO_1970
}

fn date(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    // By the mean length of a year, 146,097 days in 400 years, the guess is off by at most one year.
    let guess = (days * 400).div_euclid(146_097);
    let year = match guess {
        _ if days < days_before(guess) => guess - 1,
        _ if days >= days_before(guess + 1) => guess + 1,
        _ => guess,
    };
    let day = days - days_before(year);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// Returns the days from the year 0 to this one, both counted from March.
fn days_before(year: i64) -> i64 {
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_follows_the_day_before() {
        let (mut year, mut month, mut day) = (1, 1, 1);
        for number in FIRST / SECONDS_PER_DAY..=LAST / SECONDS_PER_DAY {
            assert_eq!(date(number), (year, month, day));
            assert_eq!(days(year, month, day), number);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            (year, month, day) = match (month, day) {
                (12, 31) => (year + 1, 1, 1),
                (_, last) if last == length => (year, month + 1, 1),
                _ => (year, month, day + 1),
            };
        }
        assert_eq!((year, month, day), (10_000, 1, 1));
    }

    #[test]
    fn the_ends_of_all_seconds_are_dates() {
        assert_eq!(Civil::at(FIRST - 1).year, 0);
        assert_eq!(Civil::at(LAST + 1).year, 10_000);
        assert!(Civil::at(i64::MIN).year < -290_000_000_000);
        assert!(Civil::at(i64::MAX).year > 290_000_000_000);
    }
}
