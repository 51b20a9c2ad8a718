//! Credentials from a profile.

mod plan;

use super::{
    BearerToken, Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    container::ContainerProvider, environment::EnvironmentProvider, login, metadata::InstanceProvider,
    process, sso, sts, web_identity,
};
use plan::{Base, CredentialSource, Plan};
pub(super) use plan::{SsoProfile, SsoSession};

/// Gets the bearer token of the session that the selected profile names.
pub(super) async fn token(context: &Context) -> Result<BearerToken, CredentialsError> {
    let settings = context.settings();
    let unreadable = |error| CredentialsError::provider_error("cannot be read").with_source(error);
    settings.profile().map_err(unreadable)?;
    let profiles = settings.profiles().map_err(unreadable)?;
    sso::token(context, &plan::token_session(profiles, settings.profile_name())?).await
}

/// Gets the credentials that the selected profile leads to.
#[derive(Debug)]
pub(super) struct ProfileProvider {
    context: Context,
    name: String,
}

impl ProfileProvider {
    pub(super) fn new(context: Context) -> Self {
        let name = format!("profile `{}`", context.settings().profile_name());
        Self { context, name }
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let settings = self.context.settings();
        let unreadable =
            |error| CredentialsError::provider_error("cannot read the profile").with_source(error);
        // One that is selected must exist.
        settings.profile().map_err(unreadable)?;
        let profiles = settings.profiles().map_err(unreadable)?;
        let plan = Plan::of(profiles, settings.profile_name())?;
        let mut credentials = self.base(&plan.base).await.map_err(CredentialsError::of_configured)?;
        for role in &plan.roles {
            credentials = sts::assume_role(&self.context, role, &credentials).await?;
        }
        Ok(credentials)
    }

    async fn base(&self, base: &Base) -> Result<Credentials, CredentialsError> {
        let context = &self.context;
        match base {
            Base::Keys(keys) => Ok(keys.clone()),
            Base::Named(source) => {
                let provider: &dyn ProvideCredentials = match source {
                    CredentialSource::Environment => &EnvironmentProvider(context.environment().clone()),
                    CredentialSource::Ec2InstanceMetadata => &InstanceProvider(context.clone()),
                    CredentialSource::EcsContainer => &ContainerProvider(context.clone()),
                };
                let name = provider.name().to_owned();
                provider.provide().await.map_err(|error| {
                    error.wrap(format!("its `credential_source` {source:?} has no credentials: {name}"))
                })
            }
            Base::WebIdentity(identity) => web_identity::load(context, identity).await,
            Base::Process { command, account_id } => {
                process::load(context, command, account_id.as_deref()).await
            }
            Base::Sso(profile) => sso::load(context, profile).await,
            Base::Login(session) => login::load(context, session).await,
        }
    }
}

impl ProvideCredentials for ProfileProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.load())
    }
}
