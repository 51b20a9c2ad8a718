//! The one form of a request that both sides work out and sign.

use super::{Signable, SigningSettings, encode};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::{borrow::Cow, collections::BTreeMap};

/// Header fields that are never signed: the signature itself, and what changes on the way.
const UNSIGNED: [&str; 4] = ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// A request in its canonical form.
pub(super) struct Canonical<'a> {
    method: &'a str,
    path: String,
    query: Vec<(String, String)>,
    /// The header fields that are signed, by their names in order.
    headers: BTreeMap<HeaderText<'a>, Vec<u8>>,
    payload_hash: Cow<'a, str>,
}

type HeaderText<'a> = Cow<'a, str>;

impl<'a> Canonical<'a> {
    pub(super) fn new(request: &Signable<'a>, settings: SigningSettings) -> Self {
        let mut headers = signed_headers(request.headers);
        let host = || squeezed(request.host.as_bytes());
        headers.entry(header::HOST.as_str().into()).or_insert_with(host);
        Self {
            method: request.method,
            path: encode::path(request.path, settings),
            query: encode::query(request.query.unwrap_or_default()).collect(),
            headers,
            payload_hash: request.payload.hash(),
        }
    }

    pub(super) fn payload_hash(&self) -> &str {
        &self.payload_hash
    }

    /// Header fields that are added to the request, in the place of those that have the same name.
    pub(super) fn set_headers(&mut self, fields: &[(HeaderName, HeaderValue)]) {
        for (name, value) in fields {
            self.headers.insert(name.as_str().to_owned().into(), squeezed(value.as_bytes()));
        }
    }

    /// Query parameters that are added to the request, not encoded yet.
    pub(super) fn add_query(&mut self, parameters: &[(&str, String)]) {
        self.query.extend(parameters.iter().map(|(name, value)| (encode::value(name), encode::value(value))));
    }

    /// Does not sign this header field.
    pub(super) fn leave_out(&mut self, name: &str) {
        self.headers.remove(name);
    }

    /// The names of the header fields that are signed: `content-type;host;x-amz-date`.
    pub(super) fn signed_headers(&self) -> String {
        self.headers.keys().map(AsRef::as_ref).collect::<Vec<_>>().join(";")
    }

    /// Bytes, not text: header fields may hold any.
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
        out.extend_from_slice(format!("\n{}\n{}", self.signed_headers(), self.payload_hash).as_bytes());
        out
    }
}

/// Those that are signed, the values of fields with the same name joined by commas.
fn signed_headers(fields: &HeaderMap) -> BTreeMap<HeaderText<'_>, Vec<u8>> {
    let names = fields.keys().filter(|name| !UNSIGNED.contains(&name.as_str()));
    let joined = |name| {
        let values: Vec<_> = fields.get_all(name).iter().map(|value| squeezed(value.as_bytes())).collect();
        values.join(&b',')
    };
    names.map(|name| (name.as_str().into(), joined(name))).collect()
}

/// Without white space at the ends, and with one blank for any of it within.
fn squeezed(value: &[u8]) -> Vec<u8> {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&b' ')
}
