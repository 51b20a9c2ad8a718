//! In place of the sessions of `aws login`, where the feature is not turned on.

use super::{Context, Credentials, CredentialsError};

// Like the one that it stands for, it is async.
#[allow(clippy::unused_async)]
pub(super) async fn load(_: &Context, _: &str) -> Result<Credentials, CredentialsError> {
    Err(CredentialsError::provider_error(
        "it has a `login_session`, which this program is built without: turn on the feature `login` of `myrina`; or run \
         `aws configure export-credentials --format env` with this profile and set the variables that it prints",
    ))
}
