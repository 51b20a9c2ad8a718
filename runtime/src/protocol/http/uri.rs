//! The path and query of a request.

use super::collect::Parts;
use crate::codec::CodecError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same for labels that take several segments of the path.
const RESERVED_BUT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

/// The URI that the template and the parts say, encoded. What the template has itself stays as it is.
pub(super) fn expand(template: &'static str, parts: &Parts) -> Result<String, CodecError> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let mut uri = String::with_capacity(template.len() + 64);
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        uri.push_str(before);
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        push_label(&mut uri, label, parts)?;
        rest = after;
    }
    uri.push_str(rest);
    if uri.is_empty() {
        uri.push('/');
    }
    push_query(&mut uri, query, parts);
    Ok(uri)
}

fn push_label(uri: &mut String, label: &'static str, parts: &Parts) -> Result<(), CodecError> {
    let (name, reserved) = match label.strip_suffix('+') {
        Some(name) => (name, RESERVED_BUT_SLASH),
        None => (label, RESERVED),
    };
    let value = parts.labels.iter().find(|(label, _)| *label == name).map_or("", |(_, text)| text);
    match value {
        "" => {
            Err(CodecError::new("it is a part of the path, so that it cannot be empty or unset")
                .in_member(name))
        }
        // Whoever takes the request would resolve these, and find another resource.
        "." | ".." => {
            Err(CodecError::expected("a part of the path", format_args!("{value:?}")).in_member(name))
        }
        _ => {
            uri.extend(utf8_percent_encode(value, reserved));
            Ok(())
        }
    }
}

fn push_query(uri: &mut String, literal: &str, parts: &Parts) {
    if !literal.is_empty() {
        uri.push('?');
        uri.push_str(literal);
    }
    let mut separator = if literal.is_empty() { '?' } else { '&' };
    for (name, value) in &parts.query {
        uri.push(separator);
        uri.extend(utf8_percent_encode(name, RESERVED));
        uri.push('=');
        uri.extend(utf8_percent_encode(value, RESERVED));
        separator = '&';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(labels: &[(&'static str, &str)], query: &[(&str, &str)]) -> Parts {
        Parts {
            labels: labels.iter().map(|(name, text)| (*name, (*text).to_owned())).collect(),
            query: query.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            ..Parts::default()
        }
    }

    #[test]
    fn labels_and_parameters_are_encoded() {
        let parts = parts(&[("a", "x/y ~é"), ("b", "x/y:z")], &[("k e", "v&"), ("k", "")]);
        let uri = expand("/p/{a}/q/{b+}?list&x=1", &parts).unwrap();
        assert_eq!(uri, "/p/x%2Fy%20~%C3%A9/q/x/y%3Az?list&x=1&k%20e=v%26&k=");
        assert_eq!(expand("/", &Parts::default()).unwrap(), "/");
        assert_eq!(expand("/(a+)+", &Parts::default()).unwrap(), "/(a+)+");
    }

    #[test]
    fn a_label_needs_a_value() {
        for value in ["", ".."] {
            assert!(expand("/{a}", &parts(&[("a", value)], &[])).is_err());
        }
        let error = expand("/{a+}", &Parts::default()).unwrap_err().to_string();
        assert_eq!(error, "at a: it is a part of the path, so that it cannot be empty or unset");
    }
}
