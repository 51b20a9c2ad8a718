//! Timeouts of a client.

use std::{fmt, time::Duration};

/// A timeout that expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeout {
    /// Which of the timeouts it is.
    pub kind: TimeoutKind,
    /// How long the client waited: the timeout itself, or the time that passed if the timeout is not the client's own.
    pub after: Duration,
}

/// The timeouts of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// [`connect_timeout`](crate::Builder::connect_timeout): until a connection is made.
    Connect,
    /// [`read_timeout`](crate::Builder::read_timeout): while the service sends nothing.
    Read,
    /// [`attempt_timeout`](crate::Builder::attempt_timeout): for one attempt of the call.
    Attempt,
    /// [`operation_timeout`](crate::Builder::operation_timeout): for the call as a whole.
    Operation,
    /// A timeout of the [`http_client`](crate::Builder::http_client) that the builder was given, or of the operating system.
    HttpClient,
}

impl Timeout {
    /// A timeout that expired `after` this time.
    pub fn new(kind: TimeoutKind, after: Duration) -> Self {
        Self { kind, after }
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, setting) = match self.kind {
            TimeoutKind::Connect => ("no connection was made within", "connect timeout"),
            TimeoutKind::Read => ("the service sent nothing for", "read timeout"),
            TimeoutKind::Attempt => ("the attempt did not finish within", "attempt timeout"),
            TimeoutKind::Operation => ("the call did not finish within", "operation timeout"),
            TimeoutKind::HttpClient => {
                ("no response within", "timeout of the HTTP client passed to the builder, or of the system")
            }
        };
        write!(f, "{what} {} s: {setting}", self.after.as_secs_f64())
    }
}
