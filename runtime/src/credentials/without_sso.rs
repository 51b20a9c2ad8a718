//! In place of the calls of IAM Identity Center, where the feature is not turned on.

use super::{
    BearerToken, Context, Credentials, CredentialsError,
    profile::{SsoProfile, SsoSession},
};

fn missing() -> CredentialsError {
    CredentialsError::provider_error(
        "it is a profile of IAM Identity Center (SSO), which this program is built without: turn on the feature `sso` of `myrina`",
    )
}

// Like those that it stands for, these are async.
#[allow(clippy::unused_async)]
pub(super) async fn load(_: &Context, _: &SsoProfile) -> Result<Credentials, CredentialsError> {
    Err(missing())
}

#[allow(clippy::unused_async)]
pub(super) async fn token(_: &Context, _: &SsoSession) -> Result<BearerToken, CredentialsError> {
    Err(missing())
}
