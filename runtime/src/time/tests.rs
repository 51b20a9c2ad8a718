use super::{timestamp::BILLION, *};
use TimestampFormat::{DateTime, EpochSeconds, HttpDate};
use std::time::{Duration, SystemTime};

fn parse(text: &str, format: TimestampFormat) -> Timestamp {
    Timestamp::parse(text, format).unwrap()
}

fn error_of(text: &str, format: TimestampFormat) -> String {
    Timestamp::parse(text, format).unwrap_err().to_string()
}

#[test]
fn date_times_are_parsed() {
    let expected = Timestamp::new(1_422_172_800, 0);
    for text in [
        "2015-01-25T08:00:00Z",
        "2015-01-25t08:00:00z",
        "2015-01-25 08:00:00Z",
        "2015-01-25T09:00:00+01:00",
        "2015-01-25T08:00:00.000+0000",
        "2015-01-24T22:15:00.0-09:45",
        "2015-01-25T08:00:00.0000000009Z",
        "2015-01-25T07:59:60Z",
        "2015-01-25T08:00:00",
        "2015-01-25 08:00:00.000",
    ] {
        assert_eq!(parse(text, DateTime), expected, "{text}");
        assert_eq!(Timestamp::parse_any(text).unwrap(), expected, "{text}");
    }
    let precise = parse("2015-01-25T08:00:00.123456789987Z", DateTime);
    assert_eq!(precise, Timestamp::new(1_422_172_800, 123_456_789));
    assert_eq!(precise.to_string(), "2015-01-25T08:00:00.123456Z");
    assert_eq!(parse("2000-02-29T00:00:00Z", DateTime).to_string(), "2000-02-29T00:00:00Z");
}

#[test]
fn errors_say_what_is_wrong() {
    assert_eq!(
        error_of("2015-02-29T08:00:00Z", DateTime),
        "expected a date-time such as 2015-01-25T08:00:00Z, found \"2015-02-29T08:00:00Z\": the month has no such day"
    );
    for text in [
        "",
        "2015",
        "2015-01-25",
        "2015-01-25T08:00Z",
        "2015-13-25T08:00:00Z",
        "2015-00-25T08:00:00Z",
        "2015-01-00T08:00:00Z",
        "1900-02-29T08:00:00Z",
        "0000-01-25T08:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:60Z",
        "2015-01-25T24:00:00Z",
        "2015-01-25T08:60:00Z",
        "2015-01-25T08:00:61Z",
        "2015-01-25T08:00:00.Z",
        "2015-01-25T08:00:00Z ",
        "2015-01-25T08:00:00+24:00",
        "2015-01-25T08:00:00+1:00",
        "２015-01-25T08:00:00Z",
    ] {
        error_of(text, DateTime);
    }
    let long = error_of(&"9é".repeat(100_000), DateTime);
    assert!(long.len() < 250, "{long}");
}

#[test]
fn http_dates_are_parsed() {
    let expected = Timestamp::new(784_111_777, 0);
    for text in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37.000 UTC",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 09:49:37 +01:00",
        "Sun, 06 Nov 1994 01:49:37 -0700",
    ] {
        assert_eq!(parse(text, HttpDate), expected, "{text}");
        assert_eq!(text.parse::<Timestamp>().unwrap(), expected, "{text}");
    }
    assert_eq!(parse("Sun, 06 Nov 1994 08:49:37.25 GMT", HttpDate).nanoseconds(), 250_000_000);
    for text in [
        "",
        "Sun",
        "été, 06 Nov 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 +00",
        "Sun, 06 Nov 1994 08:49:37 +2500",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Sun, 006 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT again",
    ] {
        error_of(text, HttpDate);
    }
}

#[test]
fn numbers_are_parsed_without_loss() {
    for (text, seconds, nanoseconds) in [
        ("0", 0, 0),
        ("-0.0", 0, 0),
        ("1422172800", 1_422_172_800, 0),
        ("1422172800.", 1_422_172_800, 0),
        ("+1.5", 1, 500_000_000),
        (".25", 0, 250_000_000),
        ("-0.25", -1, 750_000_000),
        ("-176506.0001", -176_507, 999_900_000),
        ("1.4221728005e9", 1_422_172_800, 500_000_000),
        ("14221728005E-1", 1_422_172_800, 500_000_000),
        ("0.000000014221728005E+17", 1_422_172_800, 500_000_000),
        ("1e-9", 0, 1),
        ("1e-10", 0, 0),
        ("1e-99999", 0, 0),
        ("0e99999", 0, 0),
        ("1422172800.1234567899", 1_422_172_800, 123_456_789),
        ("9223372036854775807.999999999", i64::MAX, 999_999_999),
        ("-9223372036854775808", i64::MIN, 0),
    ] {
        assert_eq!(parse(text, EpochSeconds), Timestamp::new(seconds, nanoseconds), "{text}");
        assert_eq!(Timestamp::parse_any(text).unwrap(), Timestamp::new(seconds, nanoseconds), "{text}");
    }
    for text in ["", "-", ".", "e9", "1e", "NaN", "inf", "1,5", " 1", "0x10", "1e5.5", "--1", "1.-5", "٣"] {
        error_of(text, EpochSeconds);
    }
    for text in ["9223372036854775808", "-9223372036854775808.1", "1e19", "1e9223372036854775807"] {
        assert!(error_of(text, EpochSeconds).ends_with("too far from 1970"), "{text}");
    }
}

#[test]
fn numbers_keep_their_decimal_digits() {
    assert_eq!(Timestamp::from_f64(1_422_172_800.123).unwrap(), Timestamp::new(1_422_172_800, 123_000_000));
    assert_eq!(Timestamp::from_f64(-0.25).unwrap(), Timestamp::new(-1, 750_000_000));
    assert_eq!(Timestamp::from_f64(1e-20).unwrap(), Timestamp::EPOCH);
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        assert!(Timestamp::from_f64(number).is_err());
    }
    for number in [0.0, -0.25, 1_422_172_800.123, -1_422_172_800.000_1, 253_402_300_799.5] {
        assert_eq!(Timestamp::from_f64(number).unwrap().to_f64().to_bits(), f64::to_bits(number));
    }
}

#[test]
fn timestamps_are_written_in_every_format() {
    let time = Timestamp::new(-176_506, 120_000_000);
    assert_eq!(time.format(DateTime).unwrap(), "1969-12-29T22:58:14.12Z");
    assert_eq!(time.format(HttpDate).unwrap(), "Mon, 29 Dec 1969 22:58:14 GMT");
    assert_eq!(time.format(EpochSeconds).unwrap(), "-176505.88");
    assert_eq!(Timestamp::new(i64::MIN, 1).format(EpochSeconds).unwrap(), "-9223372036854775807.999999999");
    assert_eq!(Timestamp::new(1_440_938_160, 5).to_sigv4(), "20150830T123600Z");
    let late = Timestamp::new(253_402_300_800, 0);
    assert!(late.format(DateTime).unwrap_err().to_string().contains("year 10000"));
    assert_eq!(late.to_string(), "253402300800");
    assert_eq!(late.to_sigv4(), "99991231T235959Z");
}

#[test]
fn arithmetic_saturates() {
    let half = Duration::from_millis(500);
    let time = Timestamp::new(-1, 750_000_000);
    assert_eq!(time + half, Timestamp::new(0, 250_000_000));
    assert_eq!(Timestamp::new(0, 250_000_000) - half, time);
    assert_eq!(Timestamp::new(0, 250_000_000).since(time), half);
    assert_eq!(time.since(Timestamp::EPOCH), Duration::ZERO);
    let (first, last) = (Timestamp::new(i64::MIN, 0), Timestamp::new(i64::MAX, BILLION - 1));
    assert_eq!(last + Duration::MAX, last);
    assert_eq!(first - Duration::MAX, first);
    assert_eq!(last.since(first), Duration::MAX);
    for milliseconds in [0, 1, -1, -1_000, -1_001, 1_440_938_160_123, i64::MIN, i64::MAX] {
        assert_eq!(Timestamp::from_millis(milliseconds).to_millis(), milliseconds);
    }
    assert_eq!((first.to_millis(), last.to_millis()), (i64::MIN, i64::MAX));
}

#[test]
fn timestamps_convert_to_system_time_and_back() {
    for time in [Timestamp::EPOCH, Timestamp::new(-2, 750_000_000), Timestamp::new(1_440_938_160, 5)] {
        assert_eq!(Timestamp::from(SystemTime::try_from(time).unwrap()), time);
    }
    assert!(SystemTime::try_from(Timestamp::new(i64::MIN, 0)).is_ok() || cfg!(not(target_os = "linux")));
    assert!(Timestamp::now() > Timestamp::new(1_700_000_000, 0));
}

#[test]
fn times_without_a_zone_are_in_utc() {
    for (text, seconds, nanoseconds) in [
        ("2021-01-20 09:02:29.571913", 1_611_133_349, 571_913_000),
        ("2018-03-13T17:25:04.123456", 1_520_961_904, 123_456_000),
        ("Tue, 18 Aug 2020 04:56:25 +0000", 1_597_726_585, 0),
    ] {
        assert_eq!(Timestamp::parse_any(text).unwrap(), Timestamp::new(seconds, nanoseconds), "{text}");
    }
}
