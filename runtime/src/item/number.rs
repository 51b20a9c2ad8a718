//! DynamoDB's numbers: decimal text, exact.

use super::ItemError;
use std::fmt::{Display, LowerExp};

/// How many digits DynamoDB keeps. A longer text of a float ends or begins with zeros, and has an exponent instead.
const DIGITS: usize = 38;

/// The text of a number.
pub fn f32(value: f32) -> Result<String, ItemError> {
    float(value, value.is_finite())
}

/// The text of a number.
pub fn f64(value: f64) -> Result<String, ItemError> {
    float(value, value.is_finite())
}

fn float(value: impl Display + LowerExp, is_finite: bool) -> Result<String, ItemError> {
    if !is_finite {
        return Err(ItemError::new(format!("DynamoDB's numbers are finite, and this is {value}")));
    }
    let text = value.to_string();
    Ok(if text.len() > DIGITS { format!("{value:e}") } else { text })
}

/// The digits of an integer that is written as any number, `1.50e2` as `150`; `None` if it is none, or longer than an `i128` can be.
#[cfg(feature = "serde")]
pub(super) fn integer(text: &str) -> Option<String> {
    /// Those of `u128::MAX`.
    const LONGEST: i64 = 39;
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = !mantissa.is_empty()
        && mantissa != "."
        && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let exponent: i64 = exponent.parse().ok().filter(|_| is_number)?;
    let fraction = fraction.trim_end_matches('0');
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    // How many zeros follow, or else how many digits are behind the point.
    let zeros = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let digits = if zeros < 0 {
        let kept = significant.trim_end_matches('0');
        let behind = zeros.unsigned_abs();
        let trimmed = u64::try_from(significant.len() - kept.len()).ok()?;
        let end =
            significant.len().checked_sub(usize::try_from(behind).ok().filter(|_| behind <= trimmed)?)?;
        significant[..end].to_owned()
    } else if zeros > LONGEST {
        return None;
    } else {
        significant.to_owned() + &"0".repeat(usize::try_from(zeros).ok()?)
    };
    Some(format!("{sign}{digits}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn floats_are_short_decimal_text() {
        let cases = [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e30, "1000000000000000000000000000000"),
            (1e120, "1e120"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
        ];
        for (value, text) in cases {
            assert_eq!(super::f64(value).as_deref(), Ok(text));
        }
        assert_eq!(super::f32(0.1).as_deref(), Ok("0.1"));
        for (value, name) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
            let message = format!("DynamoDB's numbers are finite, and this is {name}");
            assert_eq!(super::f64(value).unwrap_err().to_string(), message);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn integers_are_found_in_every_spelling() {
        let cases = [
            ("0", Some("0")),
            ("-0", Some("0")),
            ("007", Some("7")),
            ("+12", Some("12")),
            ("1.0", Some("1")),
            ("-1.50e2", Some("-150")),
            ("1E2", Some("100")),
            ("100e-2", Some("1")),
            ("120.00e-1", Some("12")),
            ("0e999999", Some("0")),
            ("1.5", None),
            ("15e-1", None),
            ("1e99999999999999999999", None),
            ("1e40", None),
            ("", None),
            (".", None),
            ("-", None),
            ("e5", None),
            ("1e", None),
            ("NaN", None),
            ("0x10", None),
            ("1 ", None),
        ];
        for (text, expected) in cases {
            assert_eq!(super::integer(text).as_deref(), expected, "{text}");
        }
    }
}
