//! Numbers as text. AWS writes NaN and the infinities by name.

use super::{CodecError, truncated_quote};

/// Returns the name of NaN or an infinity.
pub(crate) fn special(value: f64) -> Option<&'static str> {
    match value {
        value if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// Returns the number of this name.
pub(crate) fn named(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Passes the digits of an integer to `out`.
pub(crate) fn integer(value: i64, out: impl FnOnce(&str)) {
    out(itoa::Buffer::new().format(value));
}

/// Passes the shortest text that parses to the same `f64`, or the name of a special number, to `out`, in one piece or two.
pub(crate) fn double(value: f64, out: impl FnMut(&str)) {
    shortest(special(value), zmij::Buffer::new().format_finite(value), out);
}

/// Does the same for an `f32`, whose text is shorter: `1.1`, not `1.100000023841858`.
pub(crate) fn float(value: f32, out: impl FnMut(&str)) {
    shortest(special(f64::from(value)), zmij::Buffer::new().format_finite(value), out);
}

/// Drops the plus sign of an exponent, which is redundant and would be a space in a form.
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

/// Parses an integer, also in the form of `1.0` or `1e3`.
pub(crate) fn parse_integer(text: &str) -> Result<i64, CodecError> {
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    let float: f64 = parse_float(text)?;
    // The bounds are those of `i64`, as `f64`; the upper one is excluded.
    if float.fract() == 0.0 && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float) {
        #[allow(clippy::cast_possible_truncation)]
        return Ok(float as i64);
    }
    Err(CodecError::expected("an integer of at most 64 bits", truncated_quote(text)))
}

/// Parses a finite number.
pub(crate) fn parse_float(text: &str) -> Result<f64, CodecError> {
    // `parse` also accepts words such as `inf`.
    let is_number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(value) if is_number && value.is_finite() => Ok(value),
        Ok(_) if is_number => Err(CodecError::expected("a number of at most 64 bits", truncated_quote(text))),
        _ => Err(CodecError::expected("a number", truncated_quote(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_in_their_shortest_form() {
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
    fn integers_may_have_a_point_or_an_exponent() {
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
            assert_eq!(parse_integer(text).ok(), value, "{text}");
        }
        let long = "9".repeat(1000);
        assert!(parse_integer(&long).unwrap_err().to_string().len() < 150);
    }
}
