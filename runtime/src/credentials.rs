//! Who asks: the keys that requests are signed with, and where they come from.

mod chain;
mod provide;
mod sources;

pub use chain::Chain;
pub use provide::{CredentialsError, CredentialsFuture, ProvideCredentials};

use crate::time::Timestamp;
use std::{fmt, sync::Arc};

/// The keys of an identity of AWS, long-term or temporary. Cheap to clone.
///
/// `Debug` shows the identifier of the key alone, never the secret or the session token.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    account_id: Option<String>,
    expires_at: Option<Timestamp>,
}

impl Credentials {
    /// The two parts of an access key.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
            account_id: None,
            expires_at: None,
        }))
    }

    /// The same with the token that belongs to temporary keys.
    #[must_use]
    pub fn with_session_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).session_token = Some(token.into());
        self
    }

    /// The same, of this account: some endpoints depend on it.
    #[must_use]
    pub fn with_account_id(mut self, id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).account_id = Some(id.into());
        self
    }

    /// The same, good until this point in time.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    /// The identifier of the key, which is no secret: `AKIDEXAMPLE`.
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// The secret part of the key.
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// The token that is sent along with temporary keys.
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_deref()
    }

    /// The account of the identity, where its source tells.
    pub fn account_id(&self) -> Option<&str> {
        self.0.account_id.as_deref()
    }

    /// When the keys end; `None` where they do not.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.0.expires_at
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { access_key_id, session_token, account_id, expires_at, .. } = &*self.0;
        f.debug_struct("Credentials")
            .field("access_key_id", access_key_id)
            .field("secret_access_key", &format_args!("<redacted>"))
            .field("session_token", &session_token.as_ref().map(|_| format_args!("<redacted>")))
            .field("account_id", account_id)
            .field("expires_at", expires_at)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let keys = Credentials::new("AKID", "SECRET-KEY").with_session_token("SECRET-TOKEN");
        let keys = keys.with_account_id("123456789012").with_expiry(Timestamp::EPOCH);
        for shown in [format!("{keys:?}"), format!("{keys:#?}")] {
            assert!(shown.contains("AKID") && shown.contains("123456789012"), "{shown}");
            assert!(!shown.contains("SECRET"), "{shown}");
        }
        assert_eq!(keys.session_token(), Some("SECRET-TOKEN"));
        assert_ne!(keys, keys.clone().with_session_token("other"));
    }
}
