//! Tokens that make a request idempotent.

use crate::clock::{Clock, uuid_v4};
use std::{fmt, sync::Arc};

/// Creates the tokens of idempotent requests. Two requests with the same token are one to the service.
#[derive(Clone, Default)]
pub(super) struct IdempotencyTokenProvider(Option<Arc<dyn Fn() -> String + Send + Sync>>);

impl IdempotencyTokenProvider {
    pub(super) fn new(create: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(create)))
    }

    /// Returns a new token: a random UUID by default.
    pub(super) fn token(&self, clock: &dyn Clock) -> String {
        self.0.as_ref().map_or_else(|| uuid_v4(clock), |create| create())
    }
}

impl fmt::Debug for IdempotencyTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyTokenProvider(..)")
    }
}
