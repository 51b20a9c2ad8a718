//! Signatures of the parts of a streamed body. Each builds on the one before; the first builds on that of the request.

use super::{
    Signature, SigningParams,
    key::{Scope, sha256},
};

/// Signs one message of an event stream (`AWS4-HMAC-SHA256-PAYLOAD`), which wraps the actual message.
///
/// `headers` are the encoded headers of the wrapper without the signature: only `:date`, with the time of `params` in whole
/// seconds. `payload` is the encoded message, or empty for the end of the stream.
pub fn sign_event(
    params: &SigningParams<'_>,
    previous: &Signature,
    headers: &[u8],
    payload: &[u8],
) -> Signature {
    let lines = [previous.to_string(), sha256(headers), sha256(payload)];
    let scope = Scope::new(params);
    scope.sign(params, &scope.string_to_sign("AWS4-HMAC-SHA256-PAYLOAD", &lines))
}

/// Signs one chunk of a body in S3's encoding `aws-chunked` (`AWS4-HMAC-SHA256-PAYLOAD`). The last chunk is empty.
///
/// `params` are those of the request, including its time.
pub fn sign_chunk(params: &SigningParams<'_>, previous: &Signature, chunk: &[u8]) -> Signature {
    sign_event(params, previous, &[], chunk)
}

/// Signs the trailers that follow the chunks (`AWS4-HMAC-SHA256-TRAILER`).
///
/// `trailer` contains all trailers except the signature, sorted by name, each as `name:value` and a line feed.
pub fn sign_trailer(params: &SigningParams<'_>, previous: &Signature, trailer: &[u8]) -> Signature {
    let lines = [previous.to_string(), sha256(trailer)];
    let scope = Scope::new(params);
    scope.sign(params, &scope.string_to_sign("AWS4-HMAC-SHA256-TRAILER", &lines))
}
