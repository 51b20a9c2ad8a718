//! What went wrong below the protocol, in words that name the other side.

use crate::{
    endpoint::CallEndpoint,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    stream::StreamError,
};
use std::{error::Error as StdError, fmt, time::Duration};

/// A connection that could not be made, or broke.
#[derive(Debug)]
struct Broken {
    what: &'static str,
    /// The other side, and who named it.
    whom: String,
    cause: StreamError,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.whom)
    }
}

impl StdError for Broken {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The outermost layer of `reqwest` says no more than that there was an error.
        match self.cause.downcast_ref::<reqwest::Error>() {
            Some(error) => error.source(),
            None => Some(self.cause.as_ref()),
        }
    }
}

/// What became of a request that failed `after` it was begun, before an answer began. `connect` is the limit for connecting.
pub(super) fn before_answer(
    error: reqwest::Error,
    after: Duration,
    connect: Option<Duration>,
    endpoint: &CallEndpoint,
) -> Error {
    if error.is_timeout() {
        let limit = connect.filter(|limit| error.is_connect() && *limit <= after);
        let timeout = match limit {
            Some(limit) => Timeout::new(TimeoutKind::Connect, limit),
            None => Timeout::new(TimeoutKind::HttpClient, after),
        };
        return ErrorKind::Timeout(timeout).into();
    }
    let what = if error.is_connect() { "cannot connect to" } else { "the connection was broken by" };
    broken(what, error.without_url().into(), endpoint)
}

/// What became of an answer that ended within its body.
pub(super) fn within_answer(error: StreamError, endpoint: &CallEndpoint) -> Error {
    match error.downcast::<Error>() {
        // The limits are said in our words already.
        Ok(error) => *error,
        Err(error) => broken("the answer was cut short by", error, endpoint),
    }
}

fn broken(what: &'static str, cause: StreamError, endpoint: &CallEndpoint) -> Error {
    let url = endpoint.url.as_str().trim_end_matches('/');
    let whom = match &endpoint.origin {
        Some(origin) => format!("{url} ({origin})"),
        None => url.to_owned(),
    };
    ErrorKind::Connection(Box::new(Broken { what, whom, cause })).into()
}
