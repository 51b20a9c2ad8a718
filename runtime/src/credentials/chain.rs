//! Providers one after the other.

use super::{
    CredentialsError, CredentialsFuture, ProvideCredentials,
    sources::{OfEnvironment, OfProfile, Unsupported},
};
use crate::config::{Environment, Settings};
use std::{fmt::Write as _, sync::Arc};

/// The first provider that has credentials. If none has, the error tells what each said.
///
/// A [`Client`](crate::Client) that is given no credentials uses [`Chain::of_environment`].
#[derive(Debug)]
pub struct Chain {
    providers: Vec<Box<dyn ProvideCredentials>>,
    /// What to do where there are none.
    advice: &'static str,
}

impl Chain {
    /// These providers, in this order.
    pub fn new(providers: impl IntoIterator<Item = Box<dyn ProvideCredentials>>) -> Self {
        Self { providers: providers.into_iter().collect(), advice: "" }
    }

    /// The standard order: the variables, then the profile that `AWS_PROFILE` names or else `default`.
    pub fn of_environment(environment: Environment) -> Self {
        Self::standard(&Arc::new(Settings::new(environment, None)))
    }

    /// A profile, before all variables: who names one in a program means it.
    pub fn of_profile(environment: Environment, name: impl Into<String>) -> Self {
        Self::standard(&Arc::new(Settings::new(environment, Some(name.into()))))
    }

    pub(crate) fn standard(settings: &Arc<Settings>) -> Self {
        let environment = settings.environment();
        let mut providers: Vec<Box<dyn ProvideCredentials>> =
            vec![Box::new(OfProfile::new(Arc::clone(settings)))];
        if !settings.is_profile_given() {
            providers.insert(0, Box::new(OfEnvironment(environment.clone())));
            for place in Unsupported::announced(environment) {
                providers.push(Box::new(place));
            }
        }
        Self { providers, advice: ADVICE }
    }
}

impl ProvideCredentials for Chain {
    fn name(&self) -> &'static str {
        "the chain of providers"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let mut looked_at = String::new();
            for (index, provider) in self.providers.iter().enumerate() {
                let error = match provider.provide().await {
                    Ok(credentials) => return Ok(credentials),
                    Err(error) => error,
                };
                let separator = if index == 0 { "" } else { "; " };
                // Writing to a string cannot fail.
                let _ = write!(looked_at, "{separator}({}) {}: {error}", index + 1, provider.name());
                if !error.is_absent() {
                    return Err(CredentialsError::failed(format!("looked at {looked_at}")));
                }
            }
            Err(CredentialsError::absent(format!("looked at {looked_at}{}", self.advice)))
        })
    }
}

const ADVICE: &str = ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put aws_access_key_id and \
                      aws_secret_access_key into the profile, name another profile by AWS_PROFILE, or give credentials to \
                      `Client::builder()`";
