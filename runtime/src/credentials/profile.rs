//! Credentials from a profile.

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::config::{Profile, SettingsReader};
use std::sync::Arc;

/// Reads the access key of the selected profile.
#[derive(Debug)]
pub(super) struct ProfileProvider {
    settings: Arc<SettingsReader>,
    name: String,
}

impl ProfileProvider {
    pub(super) fn new(settings: Arc<SettingsReader>) -> Self {
        let name = format!("profile `{}`", settings.profile_name());
        Self { settings, name }
    }

    fn load(&self) -> Result<Credentials, CredentialsError> {
        let unreadable =
            |error| CredentialsError::provider_error("cannot read the profile").with_source(error);
        let profile = self.settings.profile().map_err(unreadable)?;
        let Some(profile) = profile else {
            let profiles = self.settings.profiles().map_err(unreadable)?;
            let message = profiles.missing_profile_message(self.settings.profile_name());
            return Err(CredentialsError::not_loaded(message));
        };
        // These take precedence over an access key in the same profile, which would be another identity.
        if let Some(source) = find_source(profile, IDENTITY_SOURCES) {
            return Err(self.unsupported(source));
        }
        let get = |property| profile.get_non_blank(property).map(str::to_owned);
        match (get("aws_access_key_id"), get("aws_secret_access_key")) {
            (Some(id), Some(secret)) => {
                let (token, account_id) = (get("aws_session_token"), get("aws_account_id"));
                Ok(Credentials::from_parts(id, secret, token, account_id))
            }
            (Some(_), None) => Err(CredentialsError::provider_error(
                "it has aws_access_key_id, but no aws_secret_access_key",
            )),
            (None, Some(_)) => Err(CredentialsError::provider_error(
                "it has aws_secret_access_key, but no aws_access_key_id",
            )),
            (None, None) => match find_source(profile, FALLBACK_SOURCES) {
                Some(source) => Err(self.unsupported(source)),
                None => Err(CredentialsError::not_loaded("it has no aws_access_key_id")),
            },
        }
    }

    fn unsupported(&self, (property, source): Source) -> CredentialsError {
        CredentialsError::provider_error(format!(
            "its `{property}` requires credentials {source}, which this version does not support; as a workaround, run \
             `aws configure export-credentials --profile {} --format env` and set the variables that it prints",
            self.settings.profile_name(),
        ))
    }
}

impl ProvideCredentials for ProfileProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.load()))
    }
}

/// A property that selects a source of credentials, and the source's description.
type Source = (&'static str, &'static str);

/// The properties that take precedence over an access key.
const IDENTITY_SOURCES: &[Source] = &[
    ("web_identity_token_file", "from a web identity token"),
    ("role_arn", "from assuming a role"),
    ("sso_session", "from IAM Identity Center (SSO)"),
    ("sso_start_url", "from IAM Identity Center (SSO)"),
    ("login_session", "from a console login"),
];

/// The properties that are used only without an access key.
const FALLBACK_SOURCES: &[Source] = &[("credential_process", "from running a program")];

fn find_source(profile: &Profile, sources: &'static [Source]) -> Option<Source> {
    sources.iter().find(|(property, _)| profile.get_non_blank(property).is_some()).copied()
}
