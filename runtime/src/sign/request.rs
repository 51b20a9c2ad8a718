//! What is signed.

use super::key;
use http::HeaderMap;
use std::borrow::Cow;

/// What is signed of a request, as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Signable<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The host's name, with the port if that is not the scheme's own. A header field `host` goes before it.
    pub host: &'a str,
    /// The path, encoded.
    pub path: &'a str,
    /// The query, encoded, without its question mark.
    pub query: Option<&'a str>,
    /// The header fields. Those of them that a proxy or the HTTP client may change are not signed.
    pub headers: &'a HeaderMap,
    /// The body.
    pub payload: Payload<'a>,
}

impl<'a> Signable<'a> {
    /// The request of this method, with these header fields and this body, to `url`.
    pub fn new(method: &'a str, url: &'a reqwest::Url, headers: &'a HeaderMap, payload: Payload<'a>) -> Self {
        // A parsed URL has no default port any more.
        let authority = url.authority();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        Self { method, host, path: url.path(), query: url.query(), headers, payload }
    }
}

/// A body, as far as it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// All of it.
    Bytes(&'a [u8]),
    /// Its SHA-256, in lower-case hexadecimal digits.
    Sha256(&'a str),
    /// Not signed.
    Unsigned,
    /// In pieces that are signed one by one: [`sign_chunk`](super::sign_chunk).
    Chunks,
    /// The same, and header fields behind them: [`sign_trailer`](super::sign_trailer).
    ChunksAndTrailer,
    /// In pieces that are not signed, and header fields behind them.
    UnsignedAndTrailer,
    /// A stream of events that are signed one by one: [`sign_event`](super::sign_event).
    Events,
}

impl<'a> Payload<'a> {
    pub(super) fn hash(self) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Bytes(bytes) => return Cow::Owned(key::sha256(bytes)),
            Self::Sha256(hash) => hash,
            Self::Unsigned => "UNSIGNED-PAYLOAD",
            Self::Chunks => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            Self::ChunksAndTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            Self::UnsignedAndTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Self::Events => "STREAMING-AWS4-HMAC-SHA256-EVENTS",
        })
    }
}
