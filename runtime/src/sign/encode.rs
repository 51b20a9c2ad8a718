//! Paths, queries and values in the one encoding that is signed: every byte but `A-Z a-z 0-9 - . _ ~` as `%` and two
//! hexadecimal digits in upper case.

use super::{PathEncoding, PathSegments, SigningSettings};
use crate::percent::{RESERVED, RESERVED_EXCEPT_SLASH};
use percent_encoding::{percent_encode_byte, utf8_percent_encode};
use std::borrow::Cow;

/// Text that has not been encoded yet.
pub(super) fn value(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The path that is signed for the one that is sent.
pub(super) fn path(sent: &str, settings: SigningSettings) -> String {
    let path = match settings.path_segments {
        PathSegments::Normalized => Cow::Owned(normalized(sent)),
        PathSegments::AsSent if sent.is_empty() => Cow::Borrowed("/"),
        PathSegments::AsSent => Cow::Borrowed(sent),
    };
    match settings.path_encoding {
        PathEncoding::Double => utf8_percent_encode(&path, RESERVED_EXCEPT_SLASH).to_string(),
        PathEncoding::Single => again(&path, |byte| (byte == b'/').then_some("/")),
    }
}

/// The parameters of a query as it is sent, in the order they have there.
pub(super) fn query(sent: &str) -> impl Iterator<Item = (String, String)> {
    let blank = |byte| (byte == b'+').then_some("%20");
    sent.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (again(name, blank), again(value, blank))
    })
}

/// Encoded text in the one encoding: what is encoded stays so, unless it need not be; what is not, but has to be, is.
/// `special` says what becomes of a byte that stands for itself.
fn again(text: &str, special: impl Fn(u8) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if let Some((byte, tail)) = escaped(rest) {
            push(&mut out, byte);
            rest = tail;
            continue;
        }
        match special(*first) {
            Some(text) => out.push_str(text),
            None => push(&mut out, *first),
        }
        rest = tail;
    }
    out
}

/// The byte that the text begins with as a percent sign and two digits, and what follows them.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, tail @ ..] = text else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(*high)? << 4 | digit(*low)?, tail))
}

fn push(out: &mut String, byte: u8) {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
        _ => out.push_str(percent_encode_byte(byte)),
    }
}

/// RFC 3986's removal of dot segments, and of empty ones beside.
fn normalized(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop(),
            _ => segments.push(segment),
        }
    }
    let directory = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    let end = if directory && !segments.is_empty() { "/" } else { "" };
    format!("/{}{end}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: SigningSettings = SigningSettings::S3;

    #[test]
    fn paths_are_encoded_once_or_twice() {
        for (sent, once, twice) in [
            ("", "/", "/"),
            ("/a%20b/", "/a%20b/", "/a%2520b/"),
            ("/a%2fb%7e", "/a%2Fb~", "/a%252fb%257e"),
            ("/a:b,c+d!(e)", "/a%3Ab%2Cc%2Bd%21%28e%29", "/a%3Ab%2Cc%2Bd%21%28e%29"),
            ("/%", "/%25", "/%25"),
            ("/%é%4", "/%25%C3%A9%254", "/%25%C3%A9%254"),
            ("//a/../b/./", "//a/../b/./", "/b/"),
            ("/..", "/..", "/"),
            ("/a/b/..", "/a/b/..", "/a/"),
            ("/a/.../b", "/a/.../b", "/a/.../b"),
        ] {
            assert_eq!(path(sent, PLAIN), once, "{sent}");
            assert_eq!(path(sent, SigningSettings::default()), twice, "{sent}");
        }
    }

    #[test]
    fn queries_keep_every_parameter() {
        let text =
            query("b=2&a&a=&&=x&b=1&c=d=e&f=%zz+%2B%ff&%61=/").map(|(name, value)| format!("{name}={value}"));
        let expected = ["b=2", "a=", "a=", "=x", "b=1", "c=d%3De", "f=%25zz%20%2B%FF", "a=%2F"];
        assert_eq!(text.collect::<Vec<_>>(), expected);
    }
}
