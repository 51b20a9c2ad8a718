//! Providers one after the other.

use super::{
    CredentialsError, CredentialsFuture, ProvideCredentials,
    sources::{OfEnvironment, OfProfile, Unsupported},
};
use crate::config::Settings;
use std::{fmt::Write as _, sync::Arc};

/// The first provider that has credentials. If none has, the error tells what each said.
#[derive(Debug)]
pub(crate) struct Chain(Vec<Box<dyn ProvideCredentials>>);

/// Whether the user named the profile in the program, and so means it before any variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileChoice {
    Builder,
    Environment,
}

impl Chain {
    /// The standard order: the environment, the profile. A profile that the program names goes alone.
    pub(crate) fn standard(settings: &Arc<Settings>, choice: ProfileChoice) -> Self {
        let environment = settings.environment();
        let profile = Box::new(OfProfile::new(Arc::clone(settings)));
        if choice == ProfileChoice::Builder {
            return Self(vec![profile]);
        }
        let mut providers: Vec<Box<dyn ProvideCredentials>> =
            vec![Box::new(OfEnvironment(environment.clone())), profile];
        for place in Unsupported::announced(environment) {
            providers.push(Box::new(place));
        }
        Self(providers)
    }
}

impl ProvideCredentials for Chain {
    fn name(&self) -> &'static str {
        "the standard chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let mut looked_at = String::new();
            for (index, provider) in self.0.iter().enumerate() {
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
            Err(CredentialsError::absent(format!("looked at {looked_at}. {ADVICE}")))
        })
    }
}

const ADVICE: &str = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, put aws_access_key_id and aws_secret_access_key into \
                      the profile, name another profile by AWS_PROFILE, or give credentials to `Client::builder()`";
