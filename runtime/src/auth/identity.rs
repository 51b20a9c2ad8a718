//! The identity that a request is signed with.

use crate::{
    config::ConfigError,
    credentials::{BearerToken, Credentials, CredentialsError, ProvideCredentials},
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
    /// A token.
    BearerToken,
}

/// The identity that a request is signed with.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    /// None: the request is not signed.
    None,
    /// AWS credentials.
    AwsCredentials(Credentials),
    /// A token.
    BearerToken(BearerToken),
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
        let credentials = self.take_or_provide().await;
        self.credentials.insert(credentials).as_ref().ok().and_then(Credentials::account_id)
    }

    /// The credentials, or why there are none. An error ends the attempt.
    pub(crate) async fn credentials(&mut self) -> Result<Credentials, Error> {
        let credentials = self.take_or_provide().await?;
        self.credentials = Some(Ok(credentials.clone()));
        Ok(credentials)
    }

    /// The identity that a scheme needs. `token` provides a bearer token, if it needs that.
    pub(crate) async fn get<F>(
        &mut self,
        kind: IdentityKind,
        token: impl FnOnce() -> F,
    ) -> Result<Identity, Error>
    where
        F: Future<Output = Result<BearerToken, CredentialsError>>,
    {
        match kind {
            IdentityKind::None => Ok(Identity::None),
            IdentityKind::AwsCredentials => self.credentials().await.map(Identity::AwsCredentials),
            IdentityKind::BearerToken => {
                let token = token().await.map_err(|error| {
                    ErrorKind::Credentials(error.wrap("no bearer token to authenticate the request").into())
                })?;
                Ok(Identity::BearerToken(token))
            }
        }
    }

    async fn take_or_provide(&mut self) -> Result<Credentials, Error> {
        if let Some(credentials) = self.credentials.take() {
            return credentials;
        }
        self.provider.provide().await.map_err(|error| {
            let message = format!("no credentials to sign the request: {}", self.provider.name());
            ErrorKind::Credentials(error.wrap(message).into()).into()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::CredentialsFuture;
    use std::{
        pin::pin,
        sync::atomic::{AtomicU32, Ordering},
        task::{Context, Poll, Waker},
    };

    /// Provides other credentials at each call, or none.
    #[derive(Debug)]
    struct Rotating {
        calls: AtomicU32,
        fails: bool,
    }

    impl ProvideCredentials for Rotating {
        fn name(&self) -> &'static str {
            "rotating"
        }

        fn provide(&self) -> CredentialsFuture<'_> {
            let call = self.calls.fetch_add(1, Ordering::Relaxed);
            let result = if self.fails {
                Err(CredentialsError::not_loaded("none"))
            } else {
                Ok(Credentials::new(format!("key {call}"), "secret")
                    .with_account_id(format!("account {call}")))
            };
            Box::pin(std::future::ready(result))
        }
    }

    async fn no_token() -> Result<BearerToken, CredentialsError> {
        Err(CredentialsError::not_loaded("no token"))
    }

    fn ready<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the future is pending"),
        }
    }

    #[test]
    fn endpoint_copy_and_signature_see_the_same_credentials() {
        let provider = Rotating { calls: AtomicU32::new(0), fails: false };
        let mut identity = AttemptIdentity::new(&provider);
        assert_eq!(ready(identity.account_id()), Some("account 0"));
        assert_eq!(ready(identity.credentials()).unwrap().access_key_id(), "key 0");
        let signing = ready(identity.get(IdentityKind::AwsCredentials, no_token)).unwrap();
        assert!(matches!(signing, Identity::AwsCredentials(keys) if keys.access_key_id() == "key 0"));
        assert_eq!(provider.calls.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn missing_credentials_matter_only_for_the_signature() {
        let provider = Rotating { calls: AtomicU32::new(0), fails: true };
        let mut identity = AttemptIdentity::new(&provider);
        assert_eq!(ready(identity.account_id()), None);
        assert!(matches!(ready(identity.get(IdentityKind::None, no_token)), Ok(Identity::None)));
        let error = ready(identity.get(IdentityKind::AwsCredentials, no_token)).unwrap_err();
        assert_eq!(error.to_string(), "no credentials to sign the request: rotating: none");
        assert_eq!(provider.calls.load(Ordering::Relaxed), 1);
    }
}
