//! Credentials of a role in exchange for the token of another identity provider, which is in a file.

use super::{Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, sts};
use zeroize::Zeroizing;

/// Assumes the role in `AWS_ROLE_ARN` with the token in the file that `AWS_WEB_IDENTITY_TOKEN_FILE` names.
#[derive(Debug)]
pub(super) struct WebIdentityProvider(pub(super) Context);

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "AWS_ROLE_ARN";

/// A role, and the file of the token that it is assumed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebIdentity {
    pub(super) role_arn: String,
    pub(super) token_file: String,
    pub(super) session_name: Option<String>,
}

impl WebIdentityProvider {
    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let get = |name: &str| self.0.environment().get(name).map(|value| value.trim().to_owned());
        let Some(token_file) = get(TOKEN_FILE) else {
            return Err(CredentialsError::not_loaded(format!("{TOKEN_FILE} is not set")));
        };
        let Some(role_arn) = get(ROLE_ARN) else {
            let message = format!("{TOKEN_FILE} is set, but {ROLE_ARN} is not: set both or neither");
            return Err(CredentialsError::provider_error(message));
        };
        let session_name = get("AWS_ROLE_SESSION_NAME");
        load(&self.0, &WebIdentity { role_arn, token_file, session_name }).await
    }
}

/// Assumes the role. The file is read each time, as whoever issues the token replaces it.
pub(super) async fn load(context: &Context, identity: &WebIdentity) -> Result<Credentials, CredentialsError> {
    let file = &identity.token_file;
    let error =
        |problem: String| CredentialsError::provider_error(format!("the token file {file} {problem}"));
    let token =
        context.environment().read(file).map_err(|problem| error(format!("cannot be read: {problem}")))?;
    let token = Zeroizing::new(token.ok_or_else(|| error("does not exist".to_owned()))?);
    if token.trim().is_empty() {
        return Err(error("is empty".to_owned()));
    }
    sts::assume_role_with_web_identity(context, identity, &token).await
}

impl ProvideCredentials for WebIdentityProvider {
    fn name(&self) -> &'static str {
        "the web identity token"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.load())
    }
}
