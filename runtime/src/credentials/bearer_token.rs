//! Tokens that prove an identity by being shown.

use super::{Context, CredentialsError, cache::Kept, profile};
use crate::{http::BoxFuture, time::Timestamp};
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

/// A source of bearer tokens.
///
/// A client asks it when it needs a token, and again only shortly before that one expires. A [`BearerToken`] provides itself.
pub trait ProvideBearerToken: fmt::Debug + Send + Sync + 'static {
    /// Returns the provider's name in error messages.
    fn name(&self) -> &str;

    /// Provides a token.
    fn provide_token(&self) -> BoxFuture<'_, Result<BearerToken, CredentialsError>>;
}

/// Provides this token.
impl ProvideBearerToken for BearerToken {
    fn name(&self) -> &'static str {
        "the explicit bearer token"
    }

    fn provide_token(&self) -> BoxFuture<'_, Result<BearerToken, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// The bearer tokens of a client: the program's, or else that of the service's variable, or else that of the profile's session.
#[derive(Debug)]
pub(crate) struct BearerTokens {
    explicit: Option<Arc<dyn ProvideBearerToken>>,
    context: Context,
    kept: Kept<BearerToken>,
}

impl BearerTokens {
    pub(crate) fn new(explicit: Option<Arc<dyn ProvideBearerToken>>, context: Context) -> Self {
        let kept = Kept::new(context.clock().clone());
        Self { explicit, context, kept }
    }

    /// Whether someone set a token for the service with this signing name, who then wants it to be used.
    pub(crate) fn is_set_for(&self, signing_name: &str) -> bool {
        self.explicit.is_some() || self.variable(signing_name).is_some()
    }

    /// Provides the token for the service with this signing name.
    pub(crate) async fn provide(&self, signing_name: &str) -> Result<BearerToken, CredentialsError> {
        if let Some(explicit) = &self.explicit {
            let token = self.kept.get(|| explicit.provide_token()).await;
            return token.map_err(|error| error.wrap(explicit.name()));
        }
        if let Some(token) = self.variable(signing_name) {
            return Ok(BearerToken::new(token));
        }
        self.kept.get(|| profile::token(&self.context)).await.map_err(|error| {
            let variable = variable_name(signing_name);
            error.wrap(format!(
                "{variable} is not set, and profile `{}`",
                self.context.settings().profile_name()
            ))
        })
    }

    fn variable(&self, signing_name: &str) -> Option<String> {
        let token = self.context.environment().get(&variable_name(signing_name))?;
        Some(token.trim().to_owned())
    }
}

/// The variable of a service's token: `AWS_BEARER_TOKEN_BEDROCK`.
fn variable_name(signing_name: &str) -> String {
    format!("AWS_BEARER_TOKEN_{}", signing_name.replace([' ', '-'], "_").to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_token() {
        let token = BearerToken::new("SECRET").with_expiry(Timestamp::EPOCH);
        for shown in [format!("{token:?}"), format!("{token:#?}")] {
            assert!(shown.contains("1970") && !shown.contains("SECRET"), "{shown}");
        }
    }
}
