//! The places where credentials just lie: variables and profiles.

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::config::{Environment, Profile, Settings};
use std::sync::Arc;

type Outcome = Result<Credentials, CredentialsError>;

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
#[derive(Debug)]
pub(super) struct OfEnvironment(pub(super) Environment);

impl OfEnvironment {
    fn find(&self) -> Outcome {
        let get = |name: &str| self.0.get(name).map(|value| value.trim().to_owned());
        match (get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY")) {
            (Some(id), Some(secret)) => Ok(of_parts(id, secret, get("AWS_SESSION_TOKEN"))),
            (None, None) => Err(CredentialsError::absent("AWS_ACCESS_KEY_ID is not set")),
            (Some(_), None) => Err(CredentialsError::failed(
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both or neither",
            )),
            (None, Some(_)) => Err(CredentialsError::failed(
                "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both or neither",
            )),
        }
    }
}

impl ProvideCredentials for OfEnvironment {
    fn name(&self) -> &'static str {
        "the environment"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.find()))
    }
}

/// The static keys of the chosen profile.
#[derive(Debug)]
pub(super) struct OfProfile {
    settings: Arc<Settings>,
    name: String,
}

impl OfProfile {
    pub(super) fn new(settings: Arc<Settings>) -> Self {
        let name = format!("profile `{}`", settings.profile_name());
        Self { settings, name }
    }

    fn find(&self) -> Outcome {
        let failed = |error| CredentialsError::failed("the profile cannot be read").with_source(error);
        let profile = self.settings.profile().map_err(failed)?;
        let Some(profile) = profile else {
            let profiles = self.settings.profiles().map_err(failed)?;
            return Err(CredentialsError::absent(profiles.missing(self.settings.profile_name())));
        };
        // An identity that takes more steps goes before keys beside it: those alone would be somebody else.
        if let Some(problem) = unsupported(profile, IDENTITIES) {
            return Err(self.unsupported(problem));
        }
        match (profile.set("aws_access_key_id"), profile.set("aws_secret_access_key")) {
            (Some(id), Some(secret)) => {
                Ok(of_parts(id.into(), secret.into(), profile.set("aws_session_token").map(Into::into)))
            }
            (Some(_), None) => {
                Err(CredentialsError::failed("it has aws_access_key_id but no aws_secret_access_key"))
            }
            (None, Some(_)) => {
                Err(CredentialsError::failed("it has aws_secret_access_key but no aws_access_key_id"))
            }
            (None, None) => match unsupported(profile, PROCESS) {
                Some(problem) => Err(self.unsupported(problem)),
                None => Err(CredentialsError::absent("it has no aws_access_key_id")),
            },
        }
    }

    fn unsupported(&self, (property, means): (&str, &str)) -> CredentialsError {
        CredentialsError::failed(format!(
            "its `{property}` asks for credentials {means}, which this version does not support; the AWS CLI can: \
             `aws configure export-credentials --profile {} --format env` prints variables to set",
            self.settings.profile_name(),
        ))
    }
}

impl ProvideCredentials for OfProfile {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.find()))
    }
}

/// Properties that make a profile stand for an identity other than its keys', and how.
const IDENTITIES: &[(&str, &str)] = &[
    ("web_identity_token_file", "by a web identity token"),
    ("role_arn", "by assuming a role"),
    ("sso_session", "by IAM Identity Center (SSO)"),
    ("sso_start_url", "by IAM Identity Center (SSO)"),
    ("login_session", "by a console login"),
];

/// The same of what is asked only where there are no keys.
const PROCESS: &[(&str, &str)] = &[("credential_process", "by running a program")];

fn unsupported(
    profile: &Profile,
    properties: &'static [(&str, &str)],
) -> Option<(&'static str, &'static str)> {
    properties.iter().find(|(property, _)| profile.set(property).is_some()).copied()
}

fn of_parts(id: String, secret: String, token: Option<String>) -> Credentials {
    let credentials = Credentials::new(id, secret);
    match token {
        Some(token) => credentials.with_session_token(token),
        None => credentials,
    }
}

/// A variable that announces credentials from a place that is not asked: it is better to say so than to be silent.
#[derive(Debug)]
pub(super) struct Unsupported {
    environment: Environment,
    variables: &'static [&'static str],
    name: &'static str,
}

impl Unsupported {
    /// What is not supported but announced in `environment`.
    pub(super) fn announced(environment: &Environment) -> Vec<Self> {
        const PLACES: &[(&str, &[&str])] = &[
            ("the web identity token", &["AWS_WEB_IDENTITY_TOKEN_FILE"]),
            (
                "the container",
                &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"],
            ),
        ];
        let all =
            PLACES.iter().map(|(name, variables)| Self { environment: environment.clone(), variables, name });
        all.filter(|place| place.variable().is_some()).collect()
    }

    fn variable(&self) -> Option<&'static str> {
        self.variables.iter().copied().find(|name| self.environment.get(name).is_some())
    }
}

impl ProvideCredentials for Unsupported {
    fn name(&self) -> &str {
        self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        let variable = self.variable().unwrap_or_default();
        let message = format!("{variable} is set, but this version does not support credentials from there");
        Box::pin(std::future::ready(Err(CredentialsError::absent(message))))
    }
}
