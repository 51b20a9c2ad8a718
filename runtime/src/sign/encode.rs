//! The percent-encoding of canonical requests: every byte except `A-Z a-z 0-9 - . _ ~` becomes `%` and two upper-case
//! hexadecimal digits.

use super::{PathEncoding, SigningSettings, UriPathNormalization};
use crate::percent::{RESERVED, RESERVED_EXCEPT_SLASH};
use percent_encoding::{percent_encode_byte, utf8_percent_encode};
use std::borrow::Cow;

/// Encodes a string that is not encoded yet.
pub(super) fn value(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The canonical path for a path as it is sent.
pub(super) fn path(sent: &str, settings: SigningSettings) -> String {
    let path = match settings.uri_path_normalization {
        UriPathNormalization::Enabled => Cow::Owned(normalize(sent)),
        UriPathNormalization::Disabled if sent.is_empty() => Cow::Borrowed("/"),
        UriPathNormalization::Disabled => Cow::Borrowed(sent),
    };
    match settings.path_encoding {
        PathEncoding::Double => utf8_percent_encode(&path, RESERVED_EXCEPT_SLASH).to_string(),
        PathEncoding::Single => reencode(&path, |byte| (byte == b'/').then_some("/")),
    }
}

/// The parameters of a query as it is sent, encoded canonically, in order.
pub(super) fn query(sent: &str) -> impl Iterator<Item = (String, String)> {
    let space = |byte| (byte == b'+').then_some("%20");
    sent.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (reencode(name, space), reencode(value, space))
    })
}

/// Brings encoded text into the canonical encoding: decodes unreserved characters, encodes reserved ones. `special` may
/// replace a byte that is not encoded.
fn reencode(text: &str, special: impl Fn(u8) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if let Some((byte, tail)) = split_escape(rest) {
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

/// Splits off a leading escape, `%` and two digits: the byte it stands for, and the rest.
fn split_escape(text: &[u8]) -> Option<(u8, &[u8])> {
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

/// Removes dot segments (RFC 3986) and empty segments.
fn normalize(path: &str) -> String {
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
