//! In place of the calls of STS, where the feature is not turned on.

use super::{AssumeRole, Context, Credentials, CredentialsError, web_identity::WebIdentity};

fn missing(role_arn: &str) -> CredentialsError {
    CredentialsError::provider_error(format!(
        "the role {role_arn} cannot be assumed, as this program is built without it: turn on the feature `sts` of `myrina`"
    ))
}

// Like those that it stands for, these are async.
#[allow(clippy::unused_async)]
pub(super) async fn assume_role(
    _: &Context,
    role: &AssumeRole,
    _: &Credentials,
) -> Result<Credentials, CredentialsError> {
    Err(missing(&role.role_arn))
}

#[allow(clippy::unused_async)]
pub(super) async fn assume_role_with_web_identity(
    _: &Context,
    identity: &WebIdentity,
    _: &str,
) -> Result<Credentials, CredentialsError> {
    Err(missing(&identity.role_arn))
}
