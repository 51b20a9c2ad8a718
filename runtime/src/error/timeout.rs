//! Which limit of a client was hit.

use std::{fmt, time::Duration};

/// A limit of time that was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeout {
    /// Which one.
    pub limit: Limit,
    /// How long that was: the limit itself, or the time that passed where only another knows the limit.
    pub after: Duration,
}

/// The limits of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`connect_timeout`](crate::Builder::connect_timeout): for making a connection.
    Connect,
    /// [`read_timeout`](crate::Builder::read_timeout): for the other side's silence.
    Read,
    /// [`operation_timeout`](crate::Builder::operation_timeout): for the call as a whole.
    Operation,
    /// One of the [`http_client`](crate::Builder::http_client) that was given, or of the system below.
    HttpClient,
}

impl Timeout {
    /// This limit was hit after so long.
    pub fn new(limit: Limit, after: Duration) -> Self {
        Self { limit, after }
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, whose) = match self.limit {
            Limit::Connect => ("no connection was made within", "the client builder's `connect_timeout`"),
            Limit::Read => ("nothing was heard from the service for", "the client builder's `read_timeout`"),
            Limit::Operation => ("the call was not done within", "the client builder's `operation_timeout`"),
            Limit::HttpClient => {
                ("no answer within", "one of the HTTP client that the builder was given, or of the system")
            }
        };
        write!(f, "{what} {} s; the limit is {whose}", self.after.as_secs_f64())
    }
}
