//! Floating-point numbers as AWS writes them: the special ones have names.

use super::{CodecError, truncated_quote};

/// The name of a number that is none, or has no end.
pub(crate) fn special(value: f64) -> Option<&'static str> {
    match value {
        value if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// The number of that name.
pub(crate) fn named(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Hands the digits of a whole number to `out`.
pub(crate) fn integer(value: i64, out: impl FnOnce(&str)) {
    out(itoa::Buffer::new().format(value));
}

/// Hands the shortest text that reads as the same number of 64 bits, or the name of a special one, to `out`, in one piece or two.
pub(crate) fn double(value: f64, out: impl FnMut(&str)) {
    shortest(special(value), zmij::Buffer::new().format_finite(value), out);
}

/// The same of a number of 32 bits, which is shorter: `1.1`, not `1.100000023841858`.
pub(crate) fn float(value: f32, out: impl FnMut(&str)) {
    shortest(special(f64::from(value)), zmij::Buffer::new().format_finite(value), out);
}

/// Without the plus sign of an exponent: nobody needs it, and in a form it would be a space.
fn shortest(special: Option<&str>, finite: &str, mut out: impl FnMut(&str)) {
    match (special, finite.split_once('+')) {
        (Some(name), _) => out(name),
        (None, Some((digits, exponent))) => {
            out(digits);
            out(exponent);
        }
        (None, None) => out(finite),
    }
}

/// The whole number that `text` says, also as `1.0` or `1e3`.
pub(crate) fn whole(text: &str) -> Result<i64, CodecError> {
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    let wide: f64 = finite(text)?;
    // The bounds are those of 64 bits, as far as a float has them; the first number beyond is excluded.
    if wide.fract() == 0.0 && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&wide) {
        #[allow(clippy::cast_possible_truncation)]
        return Ok(wide as i64);
    }
    Err(CodecError::expected("a whole number of at most 64 bits", truncated_quote(text)))
}

/// The number that `text` says.
pub(crate) fn finite(text: &str) -> Result<f64, CodecError> {
    // Rust's parser takes more words than the wire has.
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(value) if plain && value.is_finite() => Ok(value),
        Ok(_) if plain => Err(CodecError::expected("a number of at most 64 bits", truncated_quote(text))),
        _ => Err(CodecError::expected("a number", truncated_quote(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_read_back() {
        let text = |value| {
            let mut out = String::new();
            double(value, |text| out.push_str(text));
            out
        };
        assert_eq!(text(1.1), "1.1");
        assert_eq!(text(5.0), "5.0");
        assert_eq!(text(1e300), "1e300");
        assert_eq!(text(-1.5e-300), "-1.5e-300");
        assert_eq!(text(-0.0), "-0.0");
        assert_eq!(text(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(text(f64::NAN), "NaN");
        assert_eq!(text(f64::NEG_INFINITY), "-Infinity");
        let mut short = String::new();
        float(1.1, |text| short.push_str(text));
        assert_eq!(short, "1.1");
    }

    #[test]
    fn whole_numbers_may_have_a_point_or_an_exponent() {
        for (text, value) in [
            ("12", Some(12)),
            ("1.0", Some(1)),
            ("1e3", Some(1000)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1.5", None),
            ("1e400", None),
            ("inf", None),
            ("", None),
            (" 1", None),
        ] {
            assert_eq!(whole(text).ok(), value, "{text}");
        }
        let long = "9".repeat(1000);
        assert!(whole(&long).unwrap_err().to_string().len() < 150);
    }
}
