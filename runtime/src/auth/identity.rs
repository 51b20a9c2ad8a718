//! The identity that a request is signed with.

use crate::{
    config::ConfigError,
    credentials::{Credentials, ProvideCredentials},
    error::{Error, ErrorKind},
    time::Timestamp,
};

/// The kind of identity that an authentication scheme needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdentityKind {
    /// None: the request is not signed.
    None,
    /// AWS credentials.
    AwsCredentials,
}

/// The identity that a request is signed with.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    /// None: the request is not signed.
    None,
    /// AWS credentials.
    AwsCredentials(Credentials),
}

/// What an interceptor needs to sign another request than that of the attempt. In the extensions of an attempt that is signed with
/// AWS credentials.
#[derive(Clone, Debug)]
pub(crate) struct SigningContext {
    pub(crate) credentials: Credentials,
    /// The signing name of the service.
    pub(crate) signing_name: String,
    /// The region of the client, or why there is none.
    pub(crate) client_region: Result<String, ConfigError>,
    /// The time of the attempt.
    pub(crate) time: Timestamp,
}

/// The identity of one attempt. The provider is called at most once, so that endpoint, presigned copy and signature agree even
/// if its credentials rotate in between.
#[derive(Debug)]
pub(crate) struct AttemptIdentity<'a> {
    provider: &'a dyn ProvideCredentials,
    credentials: Option<Result<Credentials, Error>>,
}

impl<'a> AttemptIdentity<'a> {
    pub(crate) fn new(provider: &'a dyn ProvideCredentials) -> Self {
        Self { provider, credentials: None }
    }

    /// The account of the credentials, if the provider knows it. A provider that fails makes the attempt fail when it is
    /// signed, not here: the endpoint may not need the account.
    pub(crate) async fn account_id(&mut self) -> Option<&str> {
        self.load().await.as_ref().ok().and_then(Credentials::account_id)
    }

    /// The credentials, or why there are none.
    pub(crate) async fn credentials(&mut self) -> Result<Credentials, Error> {
        if let Ok(credentials) = self.load().await {
            return Ok(credentials.clone());
        }
        // An error is returned once, and ends the attempt.
        match self.credentials.take() {
            Some(result) => result,
            None => provide(self.provider).await,
        }
    }

    /// The identity that a scheme needs.
    pub(crate) async fn get(&mut self, kind: IdentityKind) -> Result<Identity, Error> {
        match kind {
            IdentityKind::None => Ok(Identity::None),
            IdentityKind::AwsCredentials => self.credentials().await.map(Identity::AwsCredentials),
        }
    }

    async fn load(&mut self) -> &Result<Credentials, Error> {
        if self.credentials.is_none() {
            self.credentials = Some(provide(self.provider).await);
        }
        self.credentials.get_or_insert_with(|| unreachable!("set above"))
    }
}

async fn provide(provider: &dyn ProvideCredentials) -> Result<Credentials, Error> {
    provider.provide().await.map_err(|error| {
        let message = format!("no credentials to sign the request: {}", provider.name());
        ErrorKind::Credentials(error.wrap(message).into()).into()
    })
}
