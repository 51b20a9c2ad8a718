//! Providers in order, and the default order.

use super::{
    CredentialsError, CredentialsFuture, ProvideCredentials,
    environment::{EnvironmentProvider, UnsupportedProvider},
    profile::ProfileProvider,
};
use crate::config::{Environment, SettingsReader};
use std::{fmt::Write as _, sync::Arc};

/// Returns the credentials of the first provider that has some. If none has, the error lists what each one reported.
#[derive(Debug)]
pub struct ProviderChain {
    providers: Vec<Box<dyn ProvideCredentials>>,
    /// What to do if no provider has credentials.
    advice: &'static str,
}

impl ProviderChain {
    /// Creates a chain of these providers, in this order.
    pub fn new(providers: impl IntoIterator<Item = Box<dyn ProvideCredentials>>) -> Self {
        Self { providers: providers.into_iter().collect(), advice: "" }
    }
}

impl ProvideCredentials for ProviderChain {
    fn name(&self) -> &'static str {
        "the provider chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let mut tried = String::new();
            for (index, provider) in self.providers.iter().enumerate() {
                let error = match provider.provide().await {
                    Ok(credentials) => return Ok(credentials),
                    Err(error) => error,
                };
                let separator = if index == 0 { "" } else { "; " };
                // Writing to a string cannot fail.
                let _ = write!(tried, "{separator}({}) {}", index + 1, provider.name());
                if !error.is_not_loaded() {
                    return Err(error.wrap(format!("tried {tried}")));
                }
                let _ = write!(tried, ": {error}");
            }
            Err(CredentialsError::not_loaded(format!("tried {tried}{}", self.advice)))
        })
    }
}

/// The chain that a [`Client`](crate::Client) uses if it is built without credentials: the environment variables, then the
/// profile that `AWS_PROFILE` selects, or else `default`.
#[derive(Debug)]
pub struct DefaultChain(ProviderChain);

impl DefaultChain {
    /// Creates the default chain for `environment`.
    pub fn from_env(environment: Environment) -> Self {
        Self::from_settings(&Arc::new(SettingsReader::new(environment, None)))
    }

    /// Creates a chain of one profile. It takes precedence over all variables: a program that names a profile wants that one.
    pub fn from_profile(environment: Environment, name: impl Into<String>) -> Self {
        Self::from_settings(&Arc::new(SettingsReader::new(environment, Some(name.into()))))
    }

    pub(crate) fn from_settings(settings: &Arc<SettingsReader>) -> Self {
        let environment = settings.environment();
        let mut providers: Vec<Box<dyn ProvideCredentials>> =
            vec![Box::new(ProfileProvider::new(Arc::clone(settings)))];
        if !settings.is_profile_explicit() {
            providers.insert(0, Box::new(EnvironmentProvider(environment.clone())));
            for provider in UnsupportedProvider::configured_in(environment) {
                providers.push(Box::new(provider));
            }
        }
        Self(ProviderChain { providers, advice: ADVICE })
    }
}

impl ProvideCredentials for DefaultChain {
    fn name(&self) -> &'static str {
        "the default chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        self.0.provide()
    }
}

const ADVICE: &str = ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, add aws_access_key_id and \
                      aws_secret_access_key to the profile, select another profile with AWS_PROFILE, or pass credentials \
                      to `Client::builder()`";
