//! Providers in order, and the default order.

use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, Explanation, ProvideCredentials,
    container::ContainerProvider, environment::EnvironmentProvider, explain::Finding,
    metadata::InstanceProvider, profile::ProfileProvider, web_identity::WebIdentityProvider,
};
use crate::http::BoxFuture;

/// Returns the credentials of the first provider that has some. If none has, the error lists what each one reported.
///
/// A provider that is set up, but fails, ends the search: the next one's credentials could be those of another identity.
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

    /// Asks the providers in turn. Returns what was found in each, and the result.
    async fn search(&self) -> (Explanation, Result<Credentials, CredentialsError>) {
        let mut explanation = Explanation::default();
        let mut ended = None;
        for provider in &self.providers {
            if ended.is_some() {
                explanation.push(provider.name(), Finding::NotLookedAt);
                continue;
            }
            let result = provider.provide().await;
            explanation.push(provider.name(), Finding::of(&result));
            ended = match result {
                Err(error) if error.is_not_loaded() => None,
                Err(error) => Some(Err(error.wrap(provider.name()))),
                Ok(credentials) => Some(Ok(credentials)),
            };
        }
        let result = ended.unwrap_or_else(|| {
            let advice = self.advice;
            let message = format!("there are no credentials in any of these places:\n{explanation}{advice}");
            Err(CredentialsError::not_loaded(message))
        });
        (explanation, result)
    }
}

impl ProvideCredentials for ProviderChain {
    fn name(&self) -> &'static str {
        "the provider chain"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { self.search().await.1 })
    }

    fn explain(&self) -> BoxFuture<'_, Explanation> {
        Box::pin(async { self.search().await.0 })
    }
}

/// The places where AWS users keep credentials, in this order:
///
/// 1. the variables `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`;
/// 2. the profile that the client's builder or `AWS_PROFILE` selects, or else `default`;
/// 3. a role and a token, which `AWS_ROLE_ARN` and `AWS_WEB_IDENTITY_TOKEN_FILE` name, as in pods of EKS and in CI;
/// 4. the agent of a container, which `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `…_FULL_URI` names: ECS, EKS Pod Identity;
/// 5. the role of the EC2 instance.
///
/// If the builder selects a profile, the variables of the first and third place are not read: a program that names a profile wants
/// that one.
///
/// A [`Client`](crate::Client) that is built without credentials has this chain in a [`Cache`](super::Cache).
#[derive(Debug)]
pub struct DefaultChain(ProviderChain);

impl DefaultChain {
    /// Creates the default chain with the environment, profile, transport and clock of a client.
    pub fn new(context: impl AsRef<Context>) -> Self {
        let context = context.as_ref();
        let is_explicit = context.settings().is_profile_explicit();
        let mut providers: Vec<Box<dyn ProvideCredentials>> = Vec::new();
        if !is_explicit {
            providers.push(Box::new(EnvironmentProvider(context.environment().clone())));
        }
        providers.push(Box::new(ProfileProvider::new(context.clone())));
        if !is_explicit {
            providers.push(Box::new(WebIdentityProvider(context.clone())));
        }
        providers.push(Box::new(ContainerProvider(context.clone())));
        providers.push(Box::new(InstanceProvider(context.clone())));
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

    fn explain(&self) -> BoxFuture<'_, Explanation> {
        self.0.explain()
    }
}

const ADVICE: &str = "\nSet AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or configure a profile (`aws configure`) and select it with \
                      AWS_PROFILE, or pass credentials to `Client::builder()`; on AWS, give the function, task or instance a role.";
