//! What a client is made of.

use super::{Client, Inner, patience::Limits, token::Tokens, transport::Transport};
use crate::{
    config::{Environment, Setting, Settings},
    credentials::{Chain, ProvideCredentials},
    endpoint,
    error::{Error, ErrorKind},
};
use std::{fmt, sync::Arc, time::Duration};

/// The settings of a [`Client`]. What is not given is looked up:
///
/// | setting | looked up in this order |
/// |-|-|
/// | profile | `AWS_PROFILE`, `default` |
/// | region | `AWS_REGION`, `AWS_DEFAULT_REGION`, `region` of the profile |
/// | credentials | `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` with `AWS_SESSION_TOKEN`; `aws_access_key_id` and so on of the profile. Where the builder names the profile, that only |
/// | endpoint | `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its `endpoint_url`, the standard address of the region |
///
/// Profiles are those of `~/.aws/config` and `~/.aws/credentials`; `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name
/// other files.
#[must_use]
pub struct Builder {
    environment: Environment,
    profile: Option<String>,
    region: Option<String>,
    endpoint_url: Option<String>,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    http: Option<reqwest::Client>,
    limits: Limits,
    tokens: Tokens,
    response_limit: usize,
}

/// More than any service answers outside of a stream.
const RESPONSE_LIMIT: usize = 128 << 20;

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            environment: Environment::process(),
            profile: None,
            region: None,
            endpoint_url: None,
            credentials: None,
            http: None,
            limits: Limits::default(),
            tokens: Tokens::default(),
            response_limit: RESPONSE_LIMIT,
        }
    }

    /// Where to look up what is not given, in place of the process's environment.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// The profile to take settings from.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The region: `eu-central-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Who to sign as: [`Credentials`](crate::credentials::Credentials), or a provider of one's own.
    pub fn credentials(mut self, provider: impl ProvideCredentials) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// The address that all requests go to, whatever their service: `http://localhost:4566`.
    ///
    /// What models put before host names is left out, as a server of one's own seldom has such names;
    /// `AWS_DISABLE_HOST_PREFIX_INJECTION=false`, or that in the profile, has it put there.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// How long making a connection may take; 3.1 seconds unless told otherwise, time for three attempts to reach the
    /// other side. Not for an [`http_client`](Self::http_client) of one's own, which has its own limit.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.connect = limit.into();
        self
    }

    /// How long the other side may be silent, before and within its answer; 16 minutes unless told otherwise, as a Lambda
    /// function may run for 15.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.read = limit.into();
        self
    }

    /// How long a call may take as a whole, up to the last byte of its answer, or to the first of a stream; without limit
    /// unless told otherwise.
    pub fn operation_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.operation = limit.into();
        self
    }

    /// The most bytes that an answer may have, streams excepted; 128 MiB unless told otherwise.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// The HTTP client to send with, for proxies, certificates or a TLS library of one's own. [`Client::http_builder`] is
    /// where to begin: it must not follow redirects, as the signature would not fit.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// What makes the tokens of idempotent requests that have none; random UUIDs unless told otherwise.
    pub fn idempotency_tokens(mut self, make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.tokens = Tokens::new(make);
        self
    }

    /// The client.
    ///
    /// Fails where the given region cannot be one. What is missing, and what is wrong in files, is told by the first call
    /// that needs it.
    pub fn build(self) -> Result<Client, Error> {
        let settings = Arc::new(Settings::new(self.environment, self.profile));
        let given = |value| Setting::new(value, "given to the client's builder");
        let region = match self.region.map(given) {
            Some(region) => {
                endpoint::check_region(&region).map_err(|error| ErrorKind::Config(error.to_string()))?;
                Ok(Some(region))
            }
            None => settings.region(),
        };
        let credentials = self.credentials.unwrap_or_else(|| Arc::new(Chain::standard(&settings)) as Arc<_>);
        Ok(Client(Arc::new(Inner {
            region,
            endpoint: self.endpoint_url.map(given),
            credentials,
            transport: Transport::new(self.http, self.limits.connect),
            limits: self.limits,
            tokens: self.tokens,
            response_limit: self.response_limit,
            settings,
        })))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("environment", &self.environment)
            .field("profile", &self.profile)
            .field("region", &self.region)
            .field("endpoint_url", &self.endpoint_url)
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
