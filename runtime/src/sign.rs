//! Signs requests with AWS Signature Version 4 (SigV4).
//!
//! These are pure functions from a request and a time to what must be added to the request. Sign last: the signature covers
//! the request exactly as it is sent, so take the URL from the HTTP client if that may rewrite it.
//!
//! The rules are those of AWS's documentation of Signature Version 4; where it leaves a choice, those of the AWS SDKs.

mod canonical;
mod encode;
mod key;
mod params;
mod request;
mod stream;

pub use key::Signature;
pub use params::{
    ContentSha256Header, PathEncoding, SessionToken, SigningParams, SigningSettings, UriPathNormalization,
};
pub use request::{SignableBody, SignableRequest};
pub use stream::{sign_chunk, sign_event, sign_trailer};

pub(crate) use key::hex;

use canonical::Canonical;
use http::{HeaderName, HeaderValue, header};
use key::Scope;
use std::{fmt, time::Duration};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The longest validity of a presigned request, in seconds.
const MAX_EXPIRY: u64 = 7 * 86_400;

/// A signature, and what it adds to the request: [`SigningHeaders`] or [`SigningQuery`].
///
/// The canonical request and the string to sign help to debug signatures that a service rejects. They contain the session
/// token.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signed<T> {
    /// What to add to the request.
    pub instructions: T,
    /// The signature, on which those of chunks and events build.
    pub signature: Signature,
    /// The canonical request. Bytes, since header values may not be UTF-8.
    pub canonical_request: Vec<u8>,
    /// The string to sign.
    pub string_to_sign: String,
}

/// Header fields to insert; each replaces those of the same name.
pub type SigningHeaders = Vec<(HeaderName, HeaderValue)>;

/// Query parameters to append in this order. They are not encoded yet.
pub type SigningQuery = Vec<(&'static str, String)>;

/// Signs a request with header fields: `authorization`, `x-amz-date`, and if they apply `x-amz-security-token` and
/// `x-amz-content-sha256`.
///
/// Fails if the credentials, the region or the service name cannot be sent in a header field.
pub fn sign_headers(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
) -> Result<Signed<SigningHeaders>, SigningError> {
    let settings = params.settings;
    let scope = Scope::new(params);
    let mut canonical = Canonical::new(request, settings);
    let mut instructions = vec![(DATE, header_value("the time", &scope.time)?)];
    if settings.content_sha256_header == ContentSha256Header::Send {
        instructions
            .push((CONTENT_SHA256, header_value("the hash of the body", canonical.content_sha256())?));
    }
    let token_header = settings.session_token.header();
    if let Some(token) = params.credentials.session_token() {
        let mut token = header_value("the session token", token)?;
        token.set_sensitive(true);
        instructions.push((token_header.clone(), token));
    }
    canonical.set_headers(&instructions);
    if settings.session_token == SessionToken::Unsigned {
        canonical.exclude_header(token_header.as_str());
    }
    let names = canonical.signed_headers();
    let mut signed = finish(canonical, params, &scope, instructions);
    let (credential, signature) = (credential(params, &scope), signed.signature);
    let text = format!("{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}");
    signed
        .instructions
        .push((header::AUTHORIZATION, header_value("the access key, region or service", &text)?));
    Ok(signed)
}

/// Signs a request with query parameters, so that anyone who has the URL can send it until `expiry` has passed.
///
/// The request must be sent with the header fields of `request`, except those that are never signed. Fails if `expiry` is not
/// between 1 second and 7 days.
pub fn presign(
    request: &SignableRequest<'_>,
    params: &SigningParams<'_>,
    expiry: Duration,
) -> Result<Signed<SigningQuery>, SigningError> {
    let settings = params.settings.session_token;
    if !(1..=MAX_EXPIRY).contains(&expiry.as_secs()) {
        let message =
            format!("a presigned request is valid for 1 second to 7 days: {expiry:?} is not allowed");
        return Err(SigningError(message));
    }
    let scope = Scope::new(params);
    let mut canonical = Canonical::new(request, params.settings);
    canonical.exclude_header("x-amz-user-agent");
    canonical.exclude_header("x-amz-checksum-mode");
    canonical.exclude_header(settings.header().as_str());
    let token =
        params.credentials.session_token().map(|token| (settings.query_parameter(), token.to_owned()));
    let (signed_token, unsigned_token) = match settings {
        SessionToken::Unsigned => (None, token),
        SessionToken::Signed | SessionToken::S3Session => (token, None),
    };
    let mut instructions = vec![
        ("X-Amz-Algorithm", ALGORITHM.to_owned()),
        ("X-Amz-Credential", credential(params, &scope)),
        ("X-Amz-Date", scope.time.clone()),
        ("X-Amz-Expires", expiry.as_secs().to_string()),
        ("X-Amz-SignedHeaders", canonical.signed_headers()),
    ];
    instructions.extend(signed_token);
    canonical.add_query(&instructions);
    instructions.extend(unsigned_token);
    let mut signed = finish(canonical, params, &scope, instructions);
    signed.instructions.push(("X-Amz-Signature", signed.signature.to_string()));
    Ok(signed)
}

impl Signed<SigningQuery> {
    /// Encodes the parameters as a query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&…`.
    pub fn to_query(&self) -> String {
        let pairs = self.instructions.iter().map(|(name, value)| format!("{name}={}", encode::value(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The access key ID and the credential scope.
fn credential(params: &SigningParams<'_>, scope: &Scope) -> String {
    format!("{}/{}", params.credentials.access_key_id(), scope.text)
}

fn finish<T>(
    canonical: Canonical<'_>,
    params: &SigningParams<'_>,
    scope: &Scope,
    instructions: T,
) -> Signed<T> {
    let canonical_request = canonical.into_bytes();
    let string_to_sign = scope.string_to_sign(ALGORITHM, &[key::sha256(&canonical_request)]);
    let signature = scope.sign(params, &string_to_sign);
    Signed { instructions, signature, canonical_request, string_to_sign }
}

fn header_value(what: &str, value: &str) -> Result<HeaderValue, SigningError> {
    HeaderValue::from_str(value).map_err(|_| {
        SigningError(format!("{what} cannot be sent: it contains a control character, such as a line break"))
    })
}

impl<T> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("signature", &self.signature).finish_non_exhaustive()
    }
}

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningError(String);

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SigningError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{credentials::Credentials, time::Timestamp};
    use http::HeaderMap;

    #[test]
    fn errors_name_the_invalid_part_and_no_secret() {
        let headers = HeaderMap::new();
        let request = SignableRequest::new("GET", "h", "/", &headers, SignableBody::Bytes(b""));
        let error = |credentials: &Credentials| {
            let params = SigningParams::new(credentials, "r", "s", Timestamp::EPOCH);
            for expiry in [Duration::ZERO, Duration::from_secs(MAX_EXPIRY + 1)] {
                presign(&request, &params, expiry).unwrap_err();
            }
            sign_headers(&request, &params).unwrap_err().to_string()
        };
        let token = Credentials::new("id", "SECRET").with_session_token("TOKEN\n");
        let key = Credentials::new("id\n", "SECRET");
        for (credentials, what) in [(token, "the session token"), (key, "the access key, region or service")]
        {
            let message = error(&credentials);
            assert!(message.starts_with(what), "{message}");
            assert!(!message.contains("SECRET") && !message.contains("TOKEN"), "{message}");
        }
    }
}
