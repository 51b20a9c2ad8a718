//! Requests to places near the program: the container's agent, the metadata of the instance. They need neither signature nor model.

use super::Context;
use crate::{
    clock,
    http::{HttpError, HttpErrorKind, HttpRequest},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::{fmt, time::Duration};

/// More than any of these places answers.
const LIMIT: usize = 64 * 1024;

/// The answer to a request. Its body may be secret.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum FetchError {
    /// No connection could be made, for this reason.
    Connect(String),
    /// The connection broke.
    Broken(String),
    /// Nothing came in this time.
    Timeout(Duration),
}

/// Sends `request` and reads the whole answer, which must come within `limit`.
pub(super) async fn fetch(
    context: &Context,
    request: HttpRequest,
    limit: Duration,
) -> Result<Answer, FetchError> {
    let exchange = async {
        let response = context.direct().call(request).await?;
        let (head, body) = response.into_parts();
        let body = body.collect_up_to(LIMIT).await;
        let body = body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?;
        Ok(Answer { status: head.status, headers: head.headers, body })
    };
    let answer = clock::timeout(&**context.clock(), limit, exchange).await;
    answer.ok_or(FetchError::Timeout(limit))?.map_err(|error: HttpError| match error.kind() {
        HttpErrorKind::Connect
        | HttpErrorKind::ConnectTimeout
        | HttpErrorKind::Tls
        | HttpErrorKind::Setup => FetchError::Connect(causes(&error)),
        _ => FetchError::Broken(causes(&error)),
    })
}

/// The value of a header that is secret: `Debug` does not show it. `None` if a header cannot hold it.
pub(super) fn secret_header(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The text of a header of an answer.
pub(super) fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// An error and its last cause.
fn causes(error: &HttpError) -> String {
    let mut text = error.to_string();
    let mut last: &dyn std::error::Error = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    let cause = last.to_string();
    if !text.contains(&cause) {
        text.push_str(": ");
        text.push_str(&cause);
    }
    text
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(reason) => write!(f, "no connection could be made ({reason})"),
            Self::Broken(reason) => write!(f, "the connection broke ({reason})"),
            Self::Timeout(limit) => write!(f, "no answer came within {limit:?}"),
        }
    }
}
