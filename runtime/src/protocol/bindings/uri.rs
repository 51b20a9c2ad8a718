//! The path and query of a request.

use super::serialize::MessageHead;
use crate::{
    codec::{CodecError, truncated_quote},
    percent::{RESERVED, RESERVED_EXCEPT_SLASH},
};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// The labels and query parameters of a request's URI, decoded.
#[derive(Debug, Default)]
pub(super) struct ParsedUri {
    labels: Vec<(&'static str, String)>,
    /// The parameters in order, without those of the template.
    pub(super) query: Vec<(String, String)>,
}

impl ParsedUri {
    /// Returns the value of a label.
    pub(super) fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, _)| *label == name).map(|(_, value)| value.as_str())
    }

    /// Returns all values of a parameter.
    pub(super) fn values(&self, name: &str) -> Vec<Cow<'_, str>> {
        self.query.iter().filter(|(other, _)| other == name).map(|(_, value)| value.into()).collect()
    }
}

/// Expands the template with the labels and parameters of the head, percent-encoded. The template's own text is copied.
pub(super) fn expand(template: &'static str, head: &MessageHead) -> Result<String, CodecError> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let mut uri = String::with_capacity(template.len() + 64);
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        uri.push_str(before);
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        push_label(&mut uri, label, head)?;
        rest = after;
    }
    uri.push_str(rest);
    if uri.is_empty() {
        uri.push('/');
    }
    push_query(&mut uri, query, head);
    Ok(uri)
}

fn push_label(uri: &mut String, label: &'static str, head: &MessageHead) -> Result<(), CodecError> {
    let (name, reserved) = match label.strip_suffix('+') {
        Some(name) => (name, RESERVED_EXCEPT_SLASH),
        None => (label, RESERVED),
    };
    let value = head.labels.iter().find(|(label, _)| *label == name).map_or("", |(_, text)| text);
    match value {
        "" => Err(CodecError::new("a part of the path must be set and not empty").in_member(name)),
        // Servers would resolve these to another resource.
        "." | ".." => {
            Err(CodecError::expected("a part of the path", format_args!("{value:?}")).in_member(name))
        }
        _ => {
            uri.extend(utf8_percent_encode(value, reserved));
            Ok(())
        }
    }
}

fn push_query(uri: &mut String, literal: &str, head: &MessageHead) {
    if !literal.is_empty() {
        uri.push('?');
        uri.push_str(literal);
    }
    let mut separator = if literal.is_empty() { '?' } else { '&' };
    for (name, value) in &head.query {
        uri.push(separator);
        uri.extend(utf8_percent_encode(name, RESERVED));
        uri.push('=');
        uri.extend(utf8_percent_encode(value, RESERVED));
        separator = '&';
    }
}

/// Parses a URI that the template expands to.
pub(super) fn parse(template: &'static str, uri: &str) -> Result<ParsedUri, CodecError> {
    let (template, literal) = template.split_once('?').unwrap_or((template, ""));
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let labels = labels(template, path)
        .ok_or_else(|| CodecError::expected(&format!("a path such as {template}"), truncated_quote(path)))?;
    let labels = labels
        .into_iter()
        .map(|(name, value)| Ok((name, decode(value).map_err(|error| error.in_member(name))?)));
    let parameters = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !literal.split('&').any(|constant| constant == *pair));
    let parameters = parameters.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decode(name)?, decode(value)?))
    });
    let parameters = parameters.map(|pair| pair.map_err(|error: CodecError| error.in_member("the query")));
    Ok(ParsedUri {
        labels: labels.collect::<Result<_, CodecError>>()?,
        query: parameters.collect::<Result<_, CodecError>>()?,
    })
}

fn labels<'a>(mut template: &'static str, mut path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut labels = Vec::new();
    while let Some((before, after)) = template.split_once('{') {
        path = path.strip_prefix(before)?;
        let (name, after) = after.split_once('}')?;
        let value = if let Some(name) = name.strip_suffix('+') {
            // A greedy label is the last one; literal text may follow.
            labels.push((name, path.strip_suffix(after)?));
            return Some(labels);
        } else {
            let next = after.split('{').next().filter(|next| !next.is_empty());
            path.split_at(next.map_or(Some(path.len()), |next| path.find(next))?).0
        };
        labels.push((name, value));
        path = path.get(value.len()..)?;
        template = after;
    }
    (path == template).then_some(labels)
}

fn decode(text: &str) -> Result<String, CodecError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(Cow::into_owned)
        .map_err(|_| CodecError::expected("UTF-8 in percent-encoding", truncated_quote(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(labels: &[(&'static str, &str)], query: &[(&str, &str)]) -> MessageHead {
        MessageHead {
            labels: labels.iter().map(|(name, text)| (*name, (*text).to_owned())).collect(),
            query: query.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            ..MessageHead::default()
        }
    }

    #[test]
    fn labels_and_parameters_are_encoded() {
        let head = head(&[("a", "x/y ~é"), ("b", "x/y:z")], &[("k e", "v&"), ("k", "")]);
        let uri = expand("/p/{a}/q/{b+}?list&x=1", &head).unwrap();
        assert_eq!(uri, "/p/x%2Fy%20~%C3%A9/q/x/y%3Az?list&x=1&k%20e=v%26&k=");
        assert_eq!(expand("/", &MessageHead::default()).unwrap(), "/");
        assert_eq!(expand("/(a+)+", &MessageHead::default()).unwrap(), "/(a+)+");
    }

    #[test]
    fn labels_must_not_be_empty() {
        for value in ["", ".."] {
            assert!(expand("/{a}", &head(&[("a", value)], &[])).is_err());
        }
        let error = expand("/{a+}", &MessageHead::default()).unwrap_err().to_string();
        assert_eq!(error, "at a: a part of the path must be set and not empty");
    }

    #[test]
    fn expanded_uris_are_parsed() {
        let uri =
            parse("/p/{a}/q/{b+}/r?list&x=1", "/p/x%2Fy/q/s/t%20u/r?list&x=1&k%20e=v%26&k=&k=2").unwrap();
        assert_eq!((uri.label("a"), uri.label("b")), (Some("x/y"), Some("s/t u")));
        assert_eq!((uri.values("k e"), uri.values("k")), (vec!["v&".into()], vec!["".into(), "2".into()]));
        assert_eq!(uri.values("list"), [] as [&str; 0]);
        assert!(parse("/p/{a}/q", "/p/x").is_err());
        assert!(parse("/p/{a}", "/q/x").is_err());
        assert!(parse("/p/{a}", "/p/%ff").is_err());
    }
}
