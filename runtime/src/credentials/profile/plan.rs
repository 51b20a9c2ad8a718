//! What a profile says about credentials: where they come from, and which roles are assumed with them.

use crate::{
    config::{Profile, Profiles},
    credentials::{Credentials, CredentialsError, assume_role::AssumeRole, web_identity::WebIdentity},
};
use std::time::Duration;

/// How to get the credentials of a profile.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) base: Base,
    /// The roles to assume, each with the credentials of the one before.
    pub(super) roles: Vec<AssumeRole>,
}

/// Where the first credentials come from.
#[derive(Debug)]
pub(super) enum Base {
    /// The profile has them.
    Keys(Credentials),
    /// Another place than profiles.
    Named(CredentialSource),
    WebIdentity(WebIdentity),
    Sso(SsoProfile),
    /// The ARN of a session of `aws login`.
    Login(String),
    Process {
        command: String,
        account_id: Option<String>,
    },
}

/// The values of `credential_source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CredentialSource {
    Environment,
    Ec2InstanceMetadata,
    EcsContainer,
}

const SOURCES: [(&str, CredentialSource); 3] = [
    ("Environment", CredentialSource::Environment),
    ("Ec2InstanceMetadata", CredentialSource::Ec2InstanceMetadata),
    ("EcsContainer", CredentialSource::EcsContainer),
];

/// An account and role of IAM Identity Center, and the session that gives access to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::credentials) struct SsoProfile {
    pub(in crate::credentials) session: SsoSession,
    pub(in crate::credentials) account_id: String,
    pub(in crate::credentials) role_name: String,
}

/// A session of `aws sso login`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::credentials) struct SsoSession {
    /// The name of the section `sso-session`; `None` if the profile itself has start URL and region.
    pub(in crate::credentials) name: Option<String>,
    pub(in crate::credentials) start_url: String,
    pub(in crate::credentials) region: String,
}

/// Why a profile has no credentials. An error continues a sentence that begins with the profile's name: "profile `x`: …".
type Problem = CredentialsError;

impl Plan {
    /// Follows the profiles that `name` refers to. It exists.
    pub(super) fn of(profiles: &Profiles, name: &str) -> Result<Self, Problem> {
        let mut roles = Vec::new();
        let mut visited: Vec<&str> = Vec::new();
        let mut current = name;
        loop {
            let section = Section { profiles, name: current, profile: find(profiles, current, &visited)? };
            let is_source = !visited.is_empty();
            if visited.contains(&current) {
                let names_itself = visited.last() == Some(&current);
                return match section.keys()?.filter(|_| names_itself) {
                    Some(keys) => Ok(Self::new(Base::Keys(keys), roles)),
                    None => Err(looping(&visited, current)),
                };
            }
            if is_source && let Some(keys) = section.keys()? {
                return Ok(Self::new(Base::Keys(keys), roles));
            }
            visited.push(current);
            match section.step()? {
                Step::Base(base) => return Ok(Self::new(base, roles)),
                Step::Role(role, Next::Named(source)) => {
                    roles.push(*role);
                    return Ok(Self::new(Base::Named(source), roles));
                }
                Step::Role(role, Next::Profile(source)) => {
                    roles.push(*role);
                    current = source;
                }
                Step::Nothing if is_source => {
                    return Err(section.invalid("has nothing that leads to credentials"));
                }
                Step::Nothing => {
                    return Err(CredentialsError::not_loaded(
                        "it has no aws_access_key_id, and nothing else that leads to credentials",
                    ));
                }
            }
        }
    }

    /// The roles are given outermost first.
    fn new(base: Base, mut roles: Vec<AssumeRole>) -> Self {
        roles.reverse();
        Self { base, roles }
    }
}

fn find<'p>(profiles: &'p Profiles, name: &str, visited: &[&str]) -> Result<&'p Profile, Problem> {
    profiles.get(name).ok_or_else(|| match visited.last() {
        Some(referring) => CredentialsError::provider_error(format!(
            "`source_profile` of profile `{referring}` names the profile `{name}`, but {}",
            profiles.missing_profile_message(name)
        )),
        None => CredentialsError::not_loaded(profiles.missing_profile_message(name)),
    })
}

/// The session whose token a profile gives to services that accept one.
pub(super) fn token_session(profiles: &Profiles, name: &str) -> Result<SsoSession, Problem> {
    let section = Section { profiles, name, profile: find(profiles, name, &[])? };
    let session = section.sso_session()?.filter(|session| session.name.is_some());
    session.ok_or_else(|| CredentialsError::not_loaded("it has no `sso_session`"))
}

fn looping(visited: &[&str], again: &str) -> Problem {
    let way: Vec<String> = visited.iter().chain([&again]).map(|name| format!("`{name}`")).collect();
    CredentialsError::provider_error(format!(
        "each `source_profile` leads to the next one without end: {}; one of them must have keys",
        way.join(" → ")
    ))
}

/// What one profile says.
enum Step<'p> {
    Base(Base),
    Role(Box<AssumeRole>, Next<'p>),
    Nothing,
}

/// Where the credentials come from that a role is assumed with.
enum Next<'p> {
    Profile(&'p str),
    Named(CredentialSource),
}

struct Section<'p> {
    profiles: &'p Profiles,
    name: &'p str,
    profile: &'p Profile,
}

impl<'p> Section<'p> {
    fn get(&self, property: &str) -> Option<&'p str> {
        self.profile.get_non_blank(property)
    }

    fn owned(&self, property: &str) -> Option<String> {
        self.get(property).map(str::to_owned)
    }

    fn invalid(&self, problem: impl std::fmt::Display) -> Problem {
        CredentialsError::provider_error(format!("profile `{}` {problem}", self.name))
    }

    /// The access key in the profile. Fails if it has only one half of it.
    fn keys(&self) -> Result<Option<Credentials>, Problem> {
        match (self.owned("aws_access_key_id"), self.owned("aws_secret_access_key")) {
            (Some(id), Some(secret)) => {
                let (token, account) = (self.owned("aws_session_token"), self.owned("aws_account_id"));
                Ok(Some(Credentials::from_parts(id, secret, token, account)))
            }
            (Some(_), None) => Err(self.invalid("has aws_access_key_id, but no aws_secret_access_key")),
            (None, Some(_)) => Err(self.invalid("has aws_secret_access_key, but no aws_access_key_id")),
            (None, None) => Ok(None),
        }
    }

    fn step(&self) -> Result<Step<'p>, Problem> {
        let role_arn = self.get("role_arn");
        if let Some(token_file) = self.owned("web_identity_token_file") {
            let role_arn = role_arn.ok_or_else(|| {
                self.invalid("has `web_identity_token_file`, but no `role_arn` to assume with the token")
            })?;
            let (role_arn, session_name) = (role_arn.to_owned(), self.owned("role_session_name"));
            return Ok(Step::Base(Base::WebIdentity(WebIdentity { role_arn, token_file, session_name })));
        }
        if let Some(role_arn) = role_arn {
            return self.role(role_arn);
        }
        if let Some(source) = self.credential_source()? {
            return Ok(Step::Base(Base::Named(source)));
        }
        if let Some(sso) = self.sso()? {
            return Ok(Step::Base(Base::Sso(sso)));
        }
        if let Some(session) = self.owned("login_session") {
            return Ok(Step::Base(Base::Login(session)));
        }
        if let Some(command) = self.owned("credential_process") {
            let account_id = self.owned("aws_account_id");
            return Ok(Step::Base(Base::Process { command, account_id }));
        }
        Ok(self.keys()?.map_or(Step::Nothing, |keys| Step::Base(Base::Keys(keys))))
    }

    fn role(&self, role_arn: &str) -> Result<Step<'p>, Problem> {
        if self.get("mfa_serial").is_some() {
            return Err(self.invalid(
                "has `mfa_serial`: a program cannot ask for a code; run `aws configure export-credentials --profile …` as \
                 credential_process of another profile, or use one without it",
            ));
        }
        let next = match (self.get("source_profile"), self.credential_source()?) {
            (Some(profile), None) => Next::Profile(profile),
            (None, Some(source)) => Next::Named(source),
            (Some(_), Some(_)) => {
                return Err(self.invalid("has both `source_profile` and `credential_source`: keep one"));
            }
            (None, None) => {
                return Err(self.invalid(
                    "has `role_arn`, but neither `source_profile` nor `credential_source` nor `web_identity_token_file` to \
                     assume it with",
                ));
            }
        };
        let mut role = AssumeRole::new(role_arn);
        role.external_id = self.owned("external_id");
        role.session_name = self.owned("role_session_name");
        role.duration = self.duration()?;
        Ok(Step::Role(Box::new(role), next))
    }

    fn duration(&self) -> Result<Option<Duration>, Problem> {
        let Some(text) = self.get("duration_seconds") else { return Ok(None) };
        let seconds = text.parse().map_err(|_| {
            self.invalid(format_args!("has `duration_seconds` = `{text}`, which is not a number of seconds"))
        })?;
        Ok(Some(Duration::from_secs(seconds)))
    }

    fn credential_source(&self) -> Result<Option<CredentialSource>, Problem> {
        let Some(name) = self.get("credential_source") else { return Ok(None) };
        let source = SOURCES.iter().find(|(known, _)| *known == name).map(|(_, source)| *source);
        source.map(Some).ok_or_else(|| {
            let known = SOURCES.map(|(known, _)| known).join("`, `");
            self.invalid(format_args!("has `credential_source` = `{name}`, which is none of `{known}`"))
        })
    }

    fn sso(&self) -> Result<Option<SsoProfile>, Problem> {
        let Some(session) = self.sso_session()? else { return Ok(None) };
        match (self.owned("sso_account_id"), self.owned("sso_role_name")) {
            (Some(account_id), Some(role_name)) => Ok(Some(SsoProfile { session, account_id, role_name })),
            (Some(_), None) => Err(self.invalid("has `sso_account_id`, but no `sso_role_name`")),
            (None, Some(_)) => Err(self.invalid("has `sso_role_name`, but no `sso_account_id`")),
            (None, None) => Err(self.invalid(
                "has an access token of IAM Identity Center, but neither `sso_account_id` nor `sso_role_name`, so no credentials",
            )),
        }
    }

    fn sso_session(&self) -> Result<Option<SsoSession>, Problem> {
        let name = self.get("sso_session");
        if name.is_none() && self.get("sso_start_url").is_none() {
            return Ok(None);
        }
        let (holder, place) = match name {
            Some(name) => {
                for property in ["sso_region", "sso_start_url"] {
                    if self.get(property).is_some() {
                        return Err(self.invalid(format_args!(
                            "has `sso_session`, so `{property}` belongs into the section [sso-session {name}]"
                        )));
                    }
                }
                let mut sections = self.profiles.sso_sessions();
                let section = sections.find(|(section, _)| *section == name).ok_or_else(|| {
                    self.invalid(format_args!(
                        "names the `sso_session` `{name}`, but the config file has no section [sso-session {name}]"
                    ))
                })?;
                (section.1, format!("the section [sso-session {name}]"))
            }
            None => (self.profile, "it".to_owned()),
        };
        let required = |property: &str| {
            let value = holder.get_non_blank(property).map(str::to_owned);
            value.ok_or_else(|| {
                self.invalid(format_args!("uses IAM Identity Center, but {place} has no `{property}`"))
            })
        };
        let (start_url, region) = (required("sso_start_url")?, required("sso_region")?);
        Ok(Some(SsoSession { name: name.map(str::to_owned), start_url, region }))
    }
}
