//! How an attempt ended.

use crate::{error::Error, time::Timestamp};
use http::HeaderMap;

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
        }
    }

    /// The identifier that the service gave the request, under any of the names that services use.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// The identifier that the service gave a request.
fn request_id(headers: &HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"];
    names.iter().find_map(|name| headers.get(*name))?.to_str().ok()
}
