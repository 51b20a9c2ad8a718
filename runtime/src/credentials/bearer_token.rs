//! Tokens that prove an identity by being shown.

use crate::time::Timestamp;
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// A token that is sent as it is, in the header `Authorization: Bearer …`, to services that accept it instead of a signature. Cheap to
/// clone.
///
/// `Debug` never shows the token, and it is overwritten in memory when the last clone is dropped.
#[derive(Clone)]
pub struct BearerToken {
    token: Arc<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
}

impl BearerToken {
    /// Creates a token that does not expire.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: Arc::new(Zeroizing::new(token.into())), expires_at: None }
    }

    /// Adds the time at which the token expires.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// Returns the token, which is secret.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Returns the time at which the token expires; `None` if it does not.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken")
            .field("token", &format_args!("<redacted>"))
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
