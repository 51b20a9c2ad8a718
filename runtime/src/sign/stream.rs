//! Signatures of what follows a signed request piece by piece. Each builds on the one before; the first on the request's.

use super::{
    Signature, SigningParams,
    key::{self, sha256},
};

/// Signs one message of an event stream (`AWS4-HMAC-SHA256-PAYLOAD`), which wraps the message that is meant.
///
/// `headers` are the wrapper's encoded header fields without the signature, which is `:date` alone, and its time that of
/// `params`, in whole seconds; `payload` is the encoded message, or nothing for the end of the stream.
pub fn sign_event(
    params: &SigningParams<'_>,
    prior: &Signature,
    headers: &[u8],
    payload: &[u8],
) -> Signature {
    let lines = [prior.to_string(), sha256(headers), sha256(payload)];
    key::sign(params, &key::string_to_sign("AWS4-HMAC-SHA256-PAYLOAD", params, &lines))
}

/// Signs one chunk of a body in S3's encoding `aws-chunked` (`AWS4-HMAC-SHA256-PAYLOAD`); the last one is empty.
///
/// `params` are the request's, its time included.
pub fn sign_chunk(params: &SigningParams<'_>, prior: &Signature, chunk: &[u8]) -> Signature {
    sign_event(params, prior, &[], chunk)
}

/// Signs the header fields behind the chunks (`AWS4-HMAC-SHA256-TRAILER`).
///
/// `trailer` is all of them in the order of their names, each as `name:value` and a line feed, the signature left out.
pub fn sign_trailer(params: &SigningParams<'_>, prior: &Signature, trailer: &[u8]) -> Signature {
    let lines = [prior.to_string(), sha256(trailer)];
    key::sign(params, &key::string_to_sign("AWS4-HMAC-SHA256-TRAILER", params, &lines))
}
