//! The official SDK's providers of credentials as ours, and ours as its.

use super::{Cache, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::{error::WithCauses, time::Timestamp};
use ::aws_credential_types::{
    Credentials as SdkCredentials,
    provider::{self, ProvideCredentials as SdkProvider, error::CredentialsError as SdkError},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes a provider of one of the official SDK's crates, such as those of `aws-config`. It is in a [`Cache`], as they keep nothing by
/// themselves.
///
/// ```no_run
/// # fn provider() -> impl aws_credential_types::provider::ProvideCredentials + 'static {
/// #     aws_credential_types::Credentials::new("", "", None, None, "")
/// # }
/// # fn run() -> Result<(), myrina::Error> {
/// use myrina::{Client, credentials::from_aws_sdk};
///
/// let provider = provider(); // such as `aws_config::load_defaults(…).await.credentials_provider()`
/// let client = Client::builder().credentials(from_aws_sdk(provider)).build()?;
/// # Ok(())
/// # }
/// ```
pub fn from_aws_sdk(provider: impl SdkProvider + 'static) -> Cache {
    Cache::new(FromSdk(provider))
}

/// Makes a provider for the official SDK's crates.
///
/// ```
/// use myrina::{Credentials, credentials::to_aws_sdk};
///
/// let provider = to_aws_sdk(Credentials::new("AKIDEXAMPLE", "secret"));
/// let shared = aws_credential_types::provider::SharedCredentialsProvider::new(provider);
/// ```
pub fn to_aws_sdk(provider: impl ProvideCredentials) -> impl SdkProvider + 'static {
    ToSdk(provider)
}

#[derive(Debug)]
struct FromSdk<P>(P);

impl<P: SdkProvider + 'static> ProvideCredentials for FromSdk<P> {
    fn name(&self) -> &'static str {
        "the AWS SDK's provider"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let provided = self.0.provide_credentials().await;
            provided.map(Credentials::from).map_err(|error| {
                let message = WithCauses(&error).to_string();
                if matches!(error, SdkError::CredentialsNotLoaded(_)) {
                    CredentialsError::not_loaded(message)
                } else {
                    CredentialsError::provider_error(message)
                }
            })
        })
    }
}

#[derive(Debug)]
struct ToSdk<P>(P);

impl<P: ProvideCredentials> SdkProvider for ToSdk<P> {
    fn provide_credentials<'a>(&'a self) -> provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        provider::future::ProvideCredentials::new(async {
            let provided = self.0.provide().await;
            provided.map(SdkCredentials::from).map_err(|error| {
                if error.is_not_loaded() {
                    SdkError::not_loaded(error)
                } else {
                    SdkError::provider_error(error)
                }
            })
        })
    }
}

impl From<SdkCredentials> for Credentials {
    fn from(theirs: SdkCredentials) -> Self {
        let ours = Self::from_parts(
            theirs.access_key_id().to_owned(),
            theirs.secret_access_key().to_owned(),
            theirs.session_token().map(str::to_owned),
            theirs.account_id().map(|account| account.as_str().to_owned()),
        );
        match theirs.expiry() {
            Some(time) => ours.with_expiry(time.into()),
            None => ours,
        }
    }
}

impl From<Credentials> for SdkCredentials {
    fn from(ours: Credentials) -> Self {
        let mut theirs = Self::builder()
            .access_key_id(ours.access_key_id())
            .secret_access_key(ours.secret_access_key())
            .provider_name("myrina");
        theirs.set_session_token(ours.session_token().map(str::to_owned));
        theirs.set_account_id(ours.account_id().map(Into::into));
        theirs.set_expiry(ours.expires_at().and_then(system_time));
        theirs.build()
    }
}

/// A time as the standard library has it; `None` if it is too far in the future for that, which is as good as never.
fn system_time(time: Timestamp) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(time.since(Timestamp::EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::from_fn;
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    fn ready<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the future is pending"),
        }
    }

    #[test]
    fn credentials_survive_both_ways() {
        let expires_at = Timestamp::new(4_000_000_000, 5);
        let full =
            Credentials::new("id", "secret").with_session_token("token").with_account_id("123456789012");
        for ours in [full.with_expiry(expires_at), Credentials::new("id", "secret")] {
            // The cache takes what does not expire, and what expires later.
            let theirs = ready(to_aws_sdk(ours.clone()).provide_credentials()).unwrap();
            assert_eq!((theirs.access_key_id(), theirs.secret_access_key()), ("id", "secret"));
            let back = ready(from_aws_sdk(theirs).provide()).unwrap();
            assert_eq!(back.secret_access_key(), ours.secret_access_key());
            assert_eq!(back.session_token(), ours.session_token());
            assert_eq!(back.account_id(), ours.account_id());
            assert_eq!(back.expires_at(), ours.expires_at());
        }
    }

    #[test]
    fn errors_keep_whether_the_search_goes_on_and_their_causes() {
        let errors = [
            CredentialsError::not_loaded("no file"),
            CredentialsError::provider_error("refused").with_source("the cause"),
        ];
        for error in errors {
            let failing = error.clone();
            let provider = from_fn("failing", move || std::future::ready(Err(failing.clone())));
            let theirs = to_aws_sdk(provider);
            let back = ready(from_aws_sdk(theirs).provide()).unwrap_err();
            assert_eq!(back.is_not_loaded(), error.is_not_loaded());
            let (text, words) = (WithCauses(&back).to_string(), WithCauses(&error).to_string());
            assert!(text.contains(&words), "{text}");
        }
    }
}
