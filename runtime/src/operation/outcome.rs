//! How an attempt ended.

use crate::{
    clock::ClockSkew,
    error::Error,
    time::{Timestamp, TimestampFormat},
};
use http::{
    HeaderMap,
    header::{AGE, DATE},
};
use std::time::Duration;

/// How one attempt of a call ended: all that a retry policy needs to decide.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The number of the attempt, from one.
    pub attempt: u32,
    /// Whether there is an output, or what went wrong.
    pub result: Result<(), Error>,
    /// The HTTP status code, if a response arrived.
    pub status: Option<u16>,
    /// The header fields of the response.
    pub headers: HeaderMap,
    /// When the request was signed and sent, by the client's clock. `None` if it was not sent.
    pub sent_at: Option<Timestamp>,
    /// When the headers of the response arrived, by the client's clock.
    pub received_at: Option<Timestamp>,
    /// How far the service's clock was taken to be ahead of the client's in the signature.
    pub(crate) applied_skew: ClockSkew,
}

impl Outcome {
    /// Creates the outcome of an attempt that was not sent yet.
    pub(crate) fn new(attempt: u32) -> Self {
        Self {
            attempt,
            result: Ok(()),
            status: None,
            headers: HeaderMap::new(),
            sent_at: None,
            received_at: None,
            applied_skew: ClockSkew::default(),
        }
    }

    /// How far the service's clock is ahead of the client's, by the header `date`. `None` if the response does not say: it comes
    /// from a cache, or took too long.
    pub(crate) fn clock_skew(&self) -> Option<ClockSkew> {
        if self.headers.contains_key(AGE) {
            return None;
        }
        let date = self.headers.get(DATE)?.to_str().ok()?;
        let service = Timestamp::parse(date, TimestampFormat::HttpDate).ok()?;
        ClockSkew::measure(service, self.sent_at?, self.received_at?)
    }

    /// Returns the service's identifier of the request, under any of the names that services use.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the second identifier of the request, which S3 and some other services send and AWS support asks for too.
    pub fn extended_request_id(&self) -> Option<&str> {
        extended_request_id(&self.headers)
    }
}

/// What is known of a call that succeeded, apart from its output.
#[derive(Clone, Debug)]
pub struct ResponseMetadata {
    status: u16,
    headers: HeaderMap,
    attempts: u32,
    elapsed: Duration,
}

impl ResponseMetadata {
    /// Takes it from the last attempt of a call.
    pub(crate) fn new(outcome: Outcome, elapsed: Duration) -> Self {
        let Outcome { attempt: attempts, status, headers, .. } = outcome;
        Self { status: status.unwrap_or_default(), headers, attempts, elapsed }
    }

    /// Returns the HTTP status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the header fields of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the service's identifier of the request, which AWS support asks for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the second identifier of the request, which S3 and some other services send and AWS support asks for too.
    pub fn extended_request_id(&self) -> Option<&str> {
        extended_request_id(&self.headers)
    }

    /// Returns how many attempts the call took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the call took, retries and the delays between them included; to the headers if the output is a stream.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// Returns the service's identifier of the request in the headers of a response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    first_text(headers, &["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"])
}

/// Returns the second identifier in the headers of a response.
pub(crate) fn extended_request_id(headers: &HeaderMap) -> Option<&str> {
    first_text(headers, &["x-amz-id-2"])
}

fn first_text<'a>(headers: &'a HeaderMap, names: &[&str]) -> Option<&'a str> {
    let mut values = names.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    values.find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn identifiers_have_several_names_and_are_not_empty() {
        let mut outcome = Outcome::new(1);
        assert_eq!((outcome.request_id(), outcome.extended_request_id()), (None, None));
        for (name, value) in [("x-amzn-requestid", ""), ("x-amz-request-id", "a"), ("x-amz-id-2", "b")] {
            outcome.headers.insert(name, HeaderValue::from_static(value));
        }
        assert_eq!((outcome.request_id(), outcome.extended_request_id()), (Some("a"), Some("b")));
        outcome.headers.insert("x-amzn-requestid", HeaderValue::from_static("c"));
        assert_eq!(outcome.request_id(), Some("c"));
    }
}
