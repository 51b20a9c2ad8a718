//! Signature Version 4: proof that a request comes from the holder of a secret key, and was not changed on its way.
//!
//! Pure functions from a request to what is to be added to it; the time is given. What is signed is the request as it is
//! sent, so sign last: [`Signable::new`] takes the URL from the HTTP client, which may have written it anew.
//!
//! The rules are those of AWS's documentation of Signature Version 4; where it leaves a choice, the one of its own clients.

mod canonical;
mod encode;
mod key;
mod params;
mod request;
mod stream;

pub use key::Signature;
pub use params::{PathEncoding, PathSegments, PayloadHash, SessionToken, SigningParams, SigningSettings};
pub use request::{Payload, Signable};
pub use stream::{sign_chunk, sign_event, sign_trailer};

pub(crate) use key::hex;

use canonical::Canonical;
use http::{HeaderName, HeaderValue, header};
use std::{fmt, time::Duration};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The longest that a presigned request is good for.
const WEEK: u64 = 7 * 86_400;

/// A signature, and what goes to the service because of it: [`Headers`] or [`Query`].
///
/// What was signed is there to be compared when a service refuses it. It holds the session token.
#[derive(Clone)]
pub struct Signed<T> {
    /// To be added to the request.
    pub parts: T,
    /// The signature itself, on which those of chunks and events build.
    pub signature: Signature,
    /// The request in its one canonical form. Bytes, since header fields may hold any.
    pub canonical_request: Vec<u8>,
    /// What was signed of that.
    pub string_to_sign: String,
}

/// Header fields to be set, each in the place of those that have the same name.
pub type Headers = Vec<(HeaderName, HeaderValue)>;

/// Query parameters to be appended in this order, not encoded yet.
pub type Query = Vec<(&'static str, String)>;

/// Signs a request by header fields: `authorization`, `x-amz-date`, and where they apply `x-amz-security-token` and
/// `x-amz-content-sha256`.
///
/// An error where the credentials, or the names of region and service, do not fit into a header field.
pub fn sign_headers(
    request: &Signable<'_>,
    params: &SigningParams<'_>,
) -> Result<Signed<Headers>, SigningError> {
    let settings = params.settings;
    let mut canonical = Canonical::new(request, settings);
    let mut parts = vec![(DATE, field("the time", &params.time.to_sigv4())?)];
    if settings.payload_hash == PayloadHash::Sent {
        parts.push((CONTENT_SHA256, field("the hash of the body", canonical.payload_hash())?));
    }
    let token_header = settings.session_token.header();
    if let Some(token) = params.credentials.session_token() {
        let mut token = field("the session token", token)?;
        token.set_sensitive(true);
        parts.push((token_header.clone(), token));
    }
    canonical.set_headers(&parts);
    if settings.session_token == SessionToken::Unsigned {
        canonical.leave_out(token_header.as_str());
    }
    let names = canonical.signed_headers();
    let mut signed = finish(canonical, params, parts);
    let (credential, signature) = (credential(params), signed.signature);
    let text = format!("{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}");
    signed.parts.push((header::AUTHORIZATION, field("the access key, region or service", &text)?));
    Ok(signed)
}

/// Signs a request by query parameters, so that its URL alone is enough to send it for as long as `expiry` after the time.
///
/// The header fields of `request` have to be sent with it, but for those that are never signed. An error where `expiry` is not
/// one of 1 second to 7 days.
pub fn presign(
    request: &Signable<'_>,
    params: &SigningParams<'_>,
    expiry: Duration,
) -> Result<Signed<Query>, SigningError> {
    let settings = params.settings.session_token;
    if !(1..=WEEK).contains(&expiry.as_secs()) {
        let message = format!("a presigned request is good for 1 second to 7 days, not for {expiry:?}");
        return Err(SigningError(message));
    }
    let mut canonical = Canonical::new(request, params.settings);
    canonical.leave_out("x-amz-user-agent");
    canonical.leave_out("x-amz-checksum-mode");
    canonical.leave_out(settings.header().as_str());
    let token = params.credentials.session_token().map(|token| (settings.parameter(), token.to_owned()));
    let (signed_token, unsigned_token) = match settings {
        SessionToken::Unsigned => (None, token),
        SessionToken::Signed | SessionToken::S3Session => (token, None),
    };
    let mut parts = vec![
        ("X-Amz-Algorithm", ALGORITHM.to_owned()),
        ("X-Amz-Credential", credential(params)),
        ("X-Amz-Date", params.time.to_sigv4()),
        ("X-Amz-Expires", expiry.as_secs().to_string()),
        ("X-Amz-SignedHeaders", canonical.signed_headers()),
    ];
    parts.extend(signed_token);
    canonical.add_query(&parts);
    parts.extend(unsigned_token);
    let mut signed = finish(canonical, params, parts);
    signed.parts.push(("X-Amz-Signature", signed.signature.to_string()));
    Ok(signed)
}

impl Signed<Query> {
    /// The parameters as text to be appended to a query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&…`.
    pub fn to_query(&self) -> String {
        let pairs = self.parts.iter().map(|(name, value)| format!("{name}={}", encode::value(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The key's identifier and what it is used for.
fn credential(params: &SigningParams<'_>) -> String {
    format!("{}/{}", params.credentials.access_key_id(), key::scope(params))
}

fn finish<T>(canonical: Canonical<'_>, params: &SigningParams<'_>, parts: T) -> Signed<T> {
    let canonical_request = canonical.into_bytes();
    let string_to_sign = key::string_to_sign(ALGORITHM, params, &[key::sha256(&canonical_request)]);
    let signature = key::sign(params, &string_to_sign);
    Signed { parts, signature, canonical_request, string_to_sign }
}

fn field(what: &str, value: &str) -> Result<HeaderValue, SigningError> {
    HeaderValue::from_str(value).map_err(|_| {
        SigningError(format!("{what} cannot be sent: it holds a control character, such as a line break"))
    })
}

impl<T> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("signature", &self.signature).finish_non_exhaustive()
    }
}

/// A request that cannot be signed.
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
    fn what_cannot_be_signed_is_said() {
        let headers = HeaderMap::new();
        let payload = Payload::Bytes(b"");
        let request =
            Signable { method: "GET", host: "h", path: "/", query: None, headers: &headers, payload };
        let refused = |credentials: &Credentials| {
            let settings = SigningSettings::default();
            let (time, region, service) = (Timestamp::EPOCH, "r", "s");
            let params = SigningParams { credentials, region, service, time, settings };
            for expiry in [Duration::ZERO, Duration::from_secs(WEEK + 1)] {
                presign(&request, &params, expiry).unwrap_err();
            }
            sign_headers(&request, &params).unwrap_err().to_string()
        };
        let token = Credentials::new("id", "SECRET").with_session_token("TOKEN\n");
        let key = Credentials::new("id\n", "SECRET");
        for (credentials, what) in [(token, "the session token"), (key, "the access key, region or service")]
        {
            let message = refused(&credentials);
            assert!(message.starts_with(what), "{message}");
            assert!(!message.contains("SECRET") && !message.contains("TOKEN"), "{message}");
        }
    }
}
