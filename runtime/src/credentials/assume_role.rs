//! The credentials of a role.

use super::{
    Cache, Context, Credentials, CredentialsError, CredentialsFuture, DefaultChain, ProvideCredentials, sts,
};
use std::{sync::Arc, time::Duration};

/// A role to assume, with the credentials of another identity.
///
/// ```no_run
/// # fn run() -> Result<(), myrina::Error> {
/// use myrina::{Client, credentials::AssumeRole};
///
/// let base = Client::builder().region("eu-west-1").build()?;
/// let role = AssumeRole::new("arn:aws:iam::123456789012:role/reader").session_name("report");
/// let client = Client::builder().region("eu-west-1").credentials(role.provider(&base)).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct AssumeRole {
    pub(super) role_arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) policy_arns: Vec<String>,
    pub(super) tags: Vec<(String, String)>,
    pub(super) transitive_tag_keys: Vec<String>,
    pub(super) source_identity: Option<String>,
    pub(super) region: Option<String>,
    source: Option<Arc<dyn ProvideCredentials>>,
}

impl AssumeRole {
    /// A role by its ARN, such as `arn:aws:iam::123456789012:role/reader`.
    pub fn new(role_arn: impl Into<String>) -> Self {
        Self {
            role_arn: role_arn.into(),
            session_name: None,
            external_id: None,
            duration: None,
            policy: None,
            policy_arns: Vec::new(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: None,
            region: None,
            source: None,
        }
    }

    /// Sets the name of the session, which logs show. The default is `myrina-` and the time in milliseconds.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// Sets the external ID that the role's trust policy asks for.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Sets how long the credentials last. The default is an hour.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Sets a policy, as JSON, that restricts what the session may do.
    pub fn policy(mut self, json: impl Into<String>) -> Self {
        self.policy = Some(json.into());
        self
    }

    /// Adds a managed policy, by its ARN, that restricts what the session may do.
    pub fn policy_arn(mut self, arn: impl Into<String>) -> Self {
        self.policy_arns.push(arn.into());
        self
    }

    /// Adds a tag of the session.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// Adds the key of a tag that is kept in the sessions of roles that this one assumes.
    pub fn transitive_tag_key(mut self, key: impl Into<String>) -> Self {
        self.transitive_tag_keys.push(key.into());
        self
    }

    /// Sets the name of the person or program that stands behind the session.
    pub fn source_identity(mut self, name: impl Into<String>) -> Self {
        self.source_identity = Some(name.into());
        self
    }

    /// Sets the region whose STS is asked. The default is that of the client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the credentials that the role is assumed with. The default is the [`DefaultChain`].
    pub fn source(mut self, provider: impl ProvideCredentials) -> Self {
        self.source = Some(Arc::new(provider));
        self
    }

    /// Returns a provider that assumes the role when its credentials are first needed, and again shortly before they expire. It sends
    /// its requests as `client` does: with its region, endpoint settings, transport and clock.
    pub fn provider(self, client: impl AsRef<Context>) -> Cache {
        let context = client.as_ref().clone();
        let default = || Arc::new(Cache::within(&context, DefaultChain::new(&context))) as Arc<_>;
        let source = self.source.clone().unwrap_or_else(default);
        let name = format!("the role {}", self.role_arn);
        Cache::within(&context.clone(), RoleProvider { context, role: self, source, name })
    }
}

#[derive(Debug)]
struct RoleProvider {
    context: Context,
    role: AssumeRole,
    source: Arc<dyn ProvideCredentials>,
    name: String,
}

impl RoleProvider {
    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let source = self.source.provide().await.map_err(|error| {
            error.of_configured().wrap(format!("no credentials to assume it with: {}", self.source.name()))
        })?;
        sts::assume_role(&self.context, &self.role, &source).await
    }
}

impl ProvideCredentials for RoleProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.load())
    }
}
