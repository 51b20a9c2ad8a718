//! The canonical request, which client and service compute alike.

use super::{SignableRequest, SigningSettings, encode};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::{borrow::Cow, collections::BTreeMap};

/// Header fields that are never signed: the signature itself, and fields that proxies change.
const UNSIGNED: [&str; 4] = ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// A request in its canonical form.
pub(super) struct Canonical<'a> {
    method: &'a str,
    path: String,
    query: Vec<(String, String)>,
    /// The signed header fields, sorted by name.
    headers: BTreeMap<HeaderText<'a>, Vec<u8>>,
    content_sha256: Cow<'a, str>,
}

type HeaderText<'a> = Cow<'a, str>;

impl<'a> Canonical<'a> {
    pub(super) fn new(request: &SignableRequest<'a>, settings: SigningSettings) -> Self {
        let mut headers = signed_headers(request.headers);
        let host = || collapse_spaces(request.host.as_bytes());
        headers.entry(header::HOST.as_str().into()).or_insert_with(host);
        Self {
            method: request.method,
            path: encode::path(request.path, settings),
            query: encode::query(request.query.unwrap_or_default()).collect(),
            headers,
            content_sha256: request.body.content_sha256(),
        }
    }

    pub(super) fn content_sha256(&self) -> &str {
        &self.content_sha256
    }

    /// Adds header fields, which replace those of the same name.
    pub(super) fn set_headers(&mut self, fields: &[(HeaderName, HeaderValue)]) {
        for (name, value) in fields {
            self.headers.insert(name.as_str().to_owned().into(), collapse_spaces(value.as_bytes()));
        }
    }

    /// Adds query parameters that are not encoded yet.
    pub(super) fn add_query(&mut self, parameters: &[(&str, String)]) {
        self.query.extend(parameters.iter().map(|(name, value)| (encode::value(name), encode::value(value))));
    }

    /// Excludes a header field from the signature.
    pub(super) fn exclude_header(&mut self, name: &str) {
        self.headers.remove(name);
    }

    /// The names of the signed header fields: `content-type;host;x-amz-date`.
    pub(super) fn signed_headers(&self) -> String {
        self.headers.keys().map(AsRef::as_ref).collect::<Vec<_>>().join(";")
    }

    /// Bytes, not a string: header values may not be UTF-8.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.query.sort();
        let query = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let mut out = format!("{}\n{}\n{}\n", self.method, self.path, query.join("&")).into_bytes();
        for (name, value) in &self.headers {
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
            out.extend_from_slice(value);
            out.push(b'\n');
        }
        out.extend_from_slice(format!("\n{}\n{}", self.signed_headers(), self.content_sha256).as_bytes());
        out
    }
}

/// The fields to sign; values of the same name are joined by commas.
fn signed_headers(fields: &HeaderMap) -> BTreeMap<HeaderText<'_>, Vec<u8>> {
    let names = fields.keys().filter(|name| !UNSIGNED.contains(&name.as_str()));
    let joined = |name| {
        let values: Vec<_> =
            fields.get_all(name).iter().map(|value| collapse_spaces(value.as_bytes())).collect();
        values.join(&b',')
    };
    names.map(|name| (name.as_str().into(), joined(name))).collect()
}

/// Trims the value, and replaces each run of white space with one space.
fn collapse_spaces(value: &[u8]) -> Vec<u8> {
    let parts = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    parts.collect::<Vec<_>>().join(&b' ')
}
