//! Calls of STS, and what their errors mean for credentials.

use super::{AssumeRole, Context, Credentials, CredentialsError, operations::sts, web_identity::WebIdentity};
use crate::error::Error;

/// Assumes a role with the credentials of another identity.
pub(super) async fn assume_role(
    context: &Context,
    role: &AssumeRole,
    source: &Credentials,
) -> Result<Credentials, CredentialsError> {
    use sts::{assume_role::AssumeRole as Request, types};
    let mut request = Request::new(&*role.role_arn, session_name(context, role.session_name.as_deref()));
    request.external_id.clone_from(&role.external_id);
    request.policy.clone_from(&role.policy);
    request.source_identity.clone_from(&role.source_identity);
    request.duration_seconds =
        role.duration.map(|duration| i32::try_from(duration.as_secs()).unwrap_or(i32::MAX));
    if !role.policy_arns.is_empty() {
        let arn = |arn: &String| types::PolicyDescriptorType::new().arn(arn.clone());
        request.policy_arns = Some(role.policy_arns.iter().map(arn).collect());
    }
    if !role.tags.is_empty() {
        let tag = |(key, value): &(String, String)| types::Tag::new(key.clone(), value.clone());
        request.tags = Some(role.tags.iter().map(tag).collect());
    }
    let transitive = Some(role.transitive_tag_keys.clone()).filter(|keys| !keys.is_empty());
    request.transitive_tag_keys = transitive;
    let response = context.send(request, Some(source), role.region.as_deref()).await;
    let response = response.map_err(|error| refused(&role.role_arn, &error))?;
    credentials(&role.role_arn, response.credentials, response.assumed_role_user.as_ref())
}

/// Assumes a role with a token. The request is not signed.
pub(super) async fn assume_role_with_web_identity(
    context: &Context,
    identity: &WebIdentity,
    token: &str,
) -> Result<Credentials, CredentialsError> {
    use sts::assume_role_with_web_identity::AssumeRoleWithWebIdentity as Request;
    let role_arn = &*identity.role_arn;
    let request = Request::new(role_arn, session_name(context, identity.session_name.as_deref()), token);
    let response = context.send(request, None, None).await.map_err(|error| refused(role_arn, &error))?;
    credentials(role_arn, response.credentials, response.assumed_role_user.as_ref())
}

/// The name of the session, or one that is different each time.
fn session_name(context: &Context, name: Option<&str>) -> String {
    name.map_or_else(|| format!("myrina-{}", context.clock().now().to_millis()), str::to_owned)
}

fn credentials(
    role_arn: &str,
    found: Option<sts::types::Credentials>,
    user: Option<&sts::types::AssumedRoleUser>,
) -> Result<Credentials, CredentialsError> {
    let found = found.ok_or_else(|| {
        CredentialsError::provider_error(format!("STS returned no credentials for the role {role_arn}"))
    })?;
    // The fifth part of `arn:aws:sts::123456789012:assumed-role/…`.
    let account = user.and_then(|user| user.arn.split(':').nth(4)).filter(|id| !id.is_empty());
    let credentials = Credentials::from_parts(
        found.access_key_id,
        found.secret_access_key,
        Some(found.session_token),
        account.map(str::to_owned),
    );
    Ok(credentials.with_expiry(found.expiration))
}

/// What to do about the errors of STS.
const ADVICE: &[(&str, &str)] = &[
    ("InvalidIdentityToken", "; the account must have an IAM identity provider for the issuer of the token"),
    ("ExpiredTokenException", "; the file with the token is not renewed"),
    ("IDPRejectedClaim", "; the issuer of the token no longer accepts it"),
    ("RegionDisabledException", "; activate STS in this region, or use another one"),
    (
        "AccessDenied",
        "; the trust policy of the role must allow this identity, and its policies must allow sts:AssumeRole",
    ),
];

fn refused(role_arn: &str, error: &Error) -> CredentialsError {
    let advice = ADVICE.iter().find(|(code, _)| error.code() == Some(code)).map_or("", |(_, advice)| advice);
    CredentialsError::provider_error(format!("the role {role_arn} cannot be assumed: {error}{advice}"))
}
