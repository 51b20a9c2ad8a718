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

/// Reports a variable that configures a source of credentials that is not supported yet.
#[derive(Debug)]
pub(super) struct UnsupportedProvider {
    name: &'static str,
    variable: &'static str,
}

impl UnsupportedProvider {
    /// The unsupported sources that variables of `environment` configure.
    pub(super) fn configured_in(environment: &Environment) -> Vec<Self> {
        const SOURCES: &[(&str, &[&str])] = &[
            ("the web identity token", &["AWS_WEB_IDENTITY_TOKEN_FILE"]),
            (
                "the container",
                &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"],
            ),
        ];
        let configured = |(name, variables): &(&'static str, &'static [&'static str])| {
            let variable = variables.iter().copied().find(|variable| environment.get(variable).is_some())?;
            Some(Self { name, variable })
        };
        SOURCES.iter().filter_map(configured).collect()
    }
}

impl ProvideCredentials for UnsupportedProvider {
    fn name(&self) -> &str {
        self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        let variable = self.variable;
        let message =
            format!("{variable} is set, but this version does not support this source of credentials");
        Box::pin(std::future::ready(Err(CredentialsError::not_loaded(message))))
    }
}
