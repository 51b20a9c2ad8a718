//! The request to sign.

use super::key;
use http::HeaderMap;
use std::borrow::Cow;

/// The parts of a request that are signed, as they will be sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignableRequest<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The host, with the port unless it is the scheme's default. A header field `host` takes precedence.
    pub host: &'a str,
    /// The encoded path.
    pub path: &'a str,
    /// The encoded query, without the question mark.
    pub query: Option<&'a str>,
    /// The header fields. Those that proxies or HTTP clients may change are not signed.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: SignableBody<'a>,
}

impl<'a> SignableRequest<'a> {
    /// Creates a request from its parts. `target` is the encoded path, with the query after a question mark.
    pub fn new(
        method: &'a str,
        host: &'a str,
        target: &'a str,
        headers: &'a HeaderMap,
        body: SignableBody<'a>,
    ) -> Self {
        let (path, query) =
            target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        Self { method, host, path, query, headers, body }
    }
}

/// The body of a request, and how it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignableBody<'a> {
    /// The whole body.
    Bytes(&'a [u8]),
    /// The SHA-256 of the body, in lower-case hexadecimal digits.
    Sha256(&'a str),
    /// A body that is not signed.
    Unsigned,
    /// Chunks, each with a signature of its own: [`sign_chunk`](super::sign_chunk).
    Chunks,
    /// Signed chunks, followed by signed trailers: [`sign_trailer`](super::sign_trailer).
    ChunksWithTrailer,
    /// Unsigned chunks, followed by trailers.
    UnsignedWithTrailer,
    /// Events, each with a signature of its own: [`sign_event`](super::sign_event).
    Events,
}

impl<'a> SignableBody<'a> {
    /// The value of `x-amz-content-sha256`.
    pub(super) fn content_sha256(self) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Bytes(bytes) => return Cow::Owned(key::sha256(bytes)),
            Self::Sha256(hash) => hash,
            Self::Unsigned => "UNSIGNED-PAYLOAD",
            Self::Chunks => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            Self::ChunksWithTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            Self::UnsignedWithTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Self::Events => "STREAMING-AWS4-HMAC-SHA256-EVENTS",
        })
    }
}
