//! The credentials that requests are signed with, and the providers that supply them.

mod assume_role;
#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;
mod bearer_token;
mod cache;
mod chain;
mod container;
mod context;
mod environment;
mod explain;
mod fetch;
mod key_document;
#[cfg(feature = "login")]
mod login;
#[cfg(not(feature = "login"))]
#[path = "credentials/without_login.rs"]
mod login;
mod metadata;
#[cfg(any(feature = "sts", feature = "sso", feature = "login"))]
mod operations;
mod process;
mod profile;
mod provider;
#[cfg(feature = "sso")]
mod sso;
#[cfg(not(feature = "sso"))]
#[path = "credentials/without_sso.rs"]
mod sso;
#[cfg(feature = "sts")]
mod sts;
#[cfg(not(feature = "sts"))]
#[path = "credentials/without_sts.rs"]
mod sts;
#[cfg(any(feature = "sso", feature = "login"))]
mod token_file;
mod web_identity;

pub use assume_role::AssumeRole;
#[cfg(feature = "aws-credential-types")]
pub use aws_credential_types::{from_aws_sdk, to_aws_sdk};
pub(crate) use bearer_token::BearerTokens;
pub use bearer_token::{BearerToken, ProvideBearerToken};
pub use cache::Cache;
pub use chain::{DefaultChain, ProviderChain};
pub use context::Context;
pub(crate) use context::{ServiceCall, Services};
pub use explain::{Explanation, Finding, Place};
pub use provider::{CredentialsError, CredentialsFuture, ProvideCredentials, from_fn};

use crate::time::Timestamp;
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// The credentials of an AWS identity, long-term or temporary. Cheap to clone.
///
/// `Debug` never shows the secret key or the session token, and both are overwritten in memory when the last clone is dropped.
/// There is no `==`, as the time that it takes could tell how much of a secret is right.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    account_id: Option<String>,
    expires_at: Option<Timestamp>,
}

impl Credentials {
    /// Creates long-term credentials from the two parts of an access key.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            access_key_id: access_key_id.into(),
            secret_access_key: Zeroizing::new(secret_access_key.into()),
            session_token: None,
            account_id: None,
            expires_at: None,
        }))
    }

    /// An access key with an optional session token and account.
    fn from_parts(id: String, secret: String, token: Option<String>, account_id: Option<String>) -> Self {
        let mut credentials = Self::new(id, secret);
        let inner = Arc::make_mut(&mut credentials.0);
        inner.session_token = token.map(Zeroizing::new);
        inner.account_id = account_id;
        credentials
    }

    /// Adds the session token of temporary credentials.
    #[must_use]
    pub fn with_session_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).session_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Adds the account of the identity, on which some endpoints depend.
    #[must_use]
    pub fn with_account_id(mut self, id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).account_id = Some(id.into());
        self
    }

    /// Adds the time at which temporary credentials expire.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    /// Returns the ID of the access key, which is not secret: `AKIDEXAMPLE`.
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// Returns the secret access key.
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// Returns the session token of temporary credentials.
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_ref().map(|token| token.as_str())
    }

    /// Returns the account of the identity, if the provider knows it.
    pub fn account_id(&self) -> Option<&str> {
        self.0.account_id.as_deref()
    }

    /// Returns the time at which the credentials expire; `None` if they do not.
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
    fn debug_hides_secrets() {
        let keys = Credentials::new("AKID", "SECRET-KEY").with_session_token("SECRET-TOKEN");
        let keys = keys.with_account_id("123456789012").with_expiry(Timestamp::EPOCH);
        for shown in [format!("{keys:?}"), format!("{keys:#?}")] {
            assert!(shown.contains("AKID") && shown.contains("123456789012"), "{shown}");
            assert!(!shown.contains("SECRET"), "{shown}");
        }
        assert_eq!(keys.session_token(), Some("SECRET-TOKEN"));
        let other = keys.clone().with_session_token("other");
        assert_eq!((other.session_token(), keys.session_token()), (Some("other"), Some("SECRET-TOKEN")));
    }
}
