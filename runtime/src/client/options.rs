//! Settings of single calls.

use super::{
    Client, Inner,
    timeout::{ReadTimeout, Timeouts},
};
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// The settings of a client that [`Client::with`] changes.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct CallOptions {
    timeouts: Timeouts,
    max_attempts: Option<NonZeroU32>,
}

impl CallOptions {
    /// Sets how long the service may send nothing: see [`Builder::read_timeout`](crate::Builder::read_timeout).
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.read = ReadTimeout::OfClient(timeout.into());
        self
    }

    /// Sets how long one attempt may take: see [`Builder::attempt_timeout`](crate::Builder::attempt_timeout).
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.attempt = timeout.into();
        self
    }

    /// Sets how long a call may take, retries included: see [`Builder::operation_timeout`](crate::Builder::operation_timeout).
    pub fn operation_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.operation = timeout.into();
        self
    }

    /// Sets how often a request is sent at most, the first time included. Zero counts as one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN));
        self
    }
}

impl Client {
    /// Returns a client with other settings for some calls. It shares everything else with this one: connections, credentials,
    /// endpoints and the quota of retries.
    ///
    /// ```no_run
    /// # use myrina::{Client, Error, Operation};
    /// # use std::time::Duration;
    /// # async fn run<O: Operation>(client: Client, request: O) -> Result<O::Response, Error> {
    /// let once = client.with(|call| call.max_attempts(1).operation_timeout(Duration::from_secs(5)));
    /// once.send(request).await
    /// # }
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        let Inner { timeouts, max_attempts, .. } = *self.0;
        let CallOptions { timeouts, max_attempts } = change(CallOptions { timeouts, max_attempts });
        Self(Arc::new(Inner { timeouts, max_attempts, ..Inner::clone(&self.0) }))
    }
}
