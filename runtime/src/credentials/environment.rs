//! Credentials from environment variables.

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::config::Environment;

/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_ACCOUNT_ID`.
#[derive(Debug)]
pub(super) struct EnvironmentProvider(pub(super) Environment);

impl EnvironmentProvider {
    fn load(&self) -> Result<Credentials, CredentialsError> {
        let get = |name: &str| self.0.get(name).map(|value| value.trim().to_owned());
        match (get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY")) {
            (Some(id), Some(secret)) => {
                Ok(Credentials::from_parts(id, secret, get("AWS_SESSION_TOKEN"), get("AWS_ACCOUNT_ID")))
            }
            (None, None) => Err(CredentialsError::not_loaded("AWS_ACCESS_KEY_ID is not set")),
            (Some(_), None) => Err(CredentialsError::provider_error(
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both or neither",
            )),
            (None, Some(_)) => Err(CredentialsError::provider_error(
                "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both or neither",
            )),
        }
    }
}

impl ProvideCredentials for EnvironmentProvider {
    fn name(&self) -> &'static str {
        "the environment"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.load()))
    }
}
