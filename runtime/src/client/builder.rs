//! What a client is made of.

use super::{Client, Inner, idempotency_token::IdempotencyTokenProvider, timeout::Timeouts};
use crate::{
    clock::{Clock, SystemClock},
    config::{ClientConfig, Environment, ExplicitParams, ExplicitSettings, Setting, SettingsReader},
    credentials::{DefaultChain, ProvideCredentials},
    endpoint::{EndpointCache, EndpointValue},
    error::{Error, ErrorKind},
    http::{HttpClient, reqwest::ReqwestClient},
    operation::Interceptor,
};
use std::{fmt, sync::Arc, time::Duration};

/// Builds a [`Client`].
///
/// Settings that the builder does not set are read from these sources; the first that has a value takes precedence. The columns
/// are the builder's method, the environment variables, the properties of the selected profile, the accepted values, and the
/// default.
///
#[doc = include_str!("../config/settings.md")]
///
/// The profile is the one set by [`profile`](Self::profile) or `AWS_PROFILE`, or else `default`. Profiles are read from
/// `~/.aws/config` and `~/.aws/credentials`, or the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name.
///
/// Credentials come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` with `AWS_SESSION_TOKEN`, or else from
/// `aws_access_key_id`, `aws_secret_access_key` and `aws_session_token` of the profile; only from the profile if the builder
/// selects one.
///
/// A client reads each setting once, at the latest at the first call to the service that needs it.
#[must_use]
pub struct Builder {
    environment: Environment,
    profile: Option<String>,
    region: Option<String>,
    endpoint_url: Option<String>,
    params: ExplicitParams,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    http: Option<Transport>,
    clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    timeouts: Timeouts,
    idempotency_tokens: IdempotencyTokenProvider,
    response_limit: usize,
}

/// What sends the requests.
enum Transport {
    Reqwest(reqwest::Client),
    Custom(Arc<dyn HttpClient>),
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
            params: ExplicitParams::default(),
            credentials: None,
            http: None,
            clock: Arc::new(SystemClock::default()),
            interceptors: Vec::new(),
            timeouts: Timeouts::default(),
            idempotency_tokens: IdempotencyTokenProvider::default(),
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

    /// Whether requests go to endpoints that hold to FIPS 140, the standard of cryptography for the government of the USA.
    pub fn use_fips(self, yes: bool) -> Self {
        self.built_in("AWS::UseFIPS", yes)
    }

    /// Whether requests go to endpoints that have addresses of IP version 6 beside those of version 4.
    pub fn use_dual_stack(self, yes: bool) -> Self {
        self.built_in("AWS::UseDualStack", yes)
    }

    /// Whether an endpoint may hold the account of the credentials, as DynamoDB's do: `"preferred"`, where it is known, unless
    /// told otherwise; `"disabled"`, or `"required"`.
    pub fn account_id_endpoint_mode(self, mode: impl Into<String>) -> Self {
        self.built_in("AWS::Auth::AccountIdEndpointMode", mode.into())
    }

    /// Whether a bucket of S3 stands in the path, `https://s3.…/bucket`, and not in the host name, `https://bucket.s3.…`: for
    /// servers that have no such names. Names that no host can have stand in the path anyway.
    pub fn s3_path_style(self, yes: bool) -> Self {
        self.built_in("AWS::S3::ForcePathStyle", yes)
    }

    /// Whether S3 is reached through the nearest edge of AWS's network (Transfer Acceleration).
    pub fn s3_accelerate(self, yes: bool) -> Self {
        self.built_in("AWS::S3::Accelerate", yes)
    }

    /// Whether the ARN of an access point may lead to another region than the client's; it may, unless told otherwise.
    pub fn s3_use_arn_region(self, yes: bool) -> Self {
        self.built_in("AWS::S3::UseArnRegion", yes).built_in("AWS::S3Control::UseArnRegion", yes)
    }

    /// Whether S3 in `us-east-1` is asked under its old name without a region.
    pub fn s3_global_endpoint(self, yes: bool) -> Self {
        self.built_in("AWS::S3::UseGlobalEndpoint", yes)
    }

    /// Whether STS is asked under its old name without a region, where the region is one of those that it had then.
    pub fn sts_global_endpoint(self, yes: bool) -> Self {
        self.built_in("AWS::STS::UseGlobalEndpoint", yes)
    }

    /// Whether ARNs of S3's multi-region access points are refused.
    pub fn s3_disable_multi_region_access_points(self, yes: bool) -> Self {
        self.built_in("AWS::S3::DisableMultiRegionAccessPoints", yes)
    }

    /// Whether requests to directory buckets of S3 are signed as others are, without a session of their own.
    pub fn s3_disable_express_session_auth(self, yes: bool) -> Self {
        self.built_in("AWS::S3::DisableS3ExpressSessionAuth", yes)
    }

    /// Gives a value to a parameter of a service's endpoint rules, by its name: one of those that the service's model lists for
    /// clients (`clientContextParams`), such as ACM's `ServiceType`. Services without such a parameter take no notice.
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<EndpointValue<'static>>,
    ) -> Self {
        self.params.client_context.insert(name.into(), value.into());
        self
    }

    fn built_in(mut self, name: &'static str, value: impl Into<EndpointValue<'static>>) -> Self {
        self.params.built_ins.insert(name, value.into());
        self
    }

    /// How long making a connection may take; 3.1 seconds unless told otherwise, time for three attempts to reach the
    /// other side. Not for an [`http_client`](Self::http_client) of one's own, which has its own limit.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.connect = limit.into();
        self
    }

    /// How long the other side may be silent, before and within its answer; 16 minutes unless told otherwise, as a Lambda
    /// function may run for 15.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.read = limit.into();
        self
    }

    /// How long a call may take as a whole, up to the last byte of its answer, or to the first of a stream; without limit
    /// unless told otherwise.
    pub fn operation_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.operation = limit.into();
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
        self.http = Some(Transport::Reqwest(client));
        self
    }

    /// Sets what sends the requests, in place of reqwest: another HTTP library, or a fake one in tests.
    pub fn transport(mut self, client: impl HttpClient) -> Self {
        self.http = Some(Transport::Custom(Arc::new(client)));
        self
    }

    /// Adds an interceptor, whose hooks run in every call of the client, after those of the service and the operation.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Sets the clock, for tests.
    #[doc(hidden)]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// What makes the tokens of idempotent requests that have none; random UUIDs unless told otherwise.
    pub fn idempotency_tokens(mut self, create: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.idempotency_tokens = IdempotencyTokenProvider::new(create);
        self
    }

    /// The client.
    ///
    /// Fails where the given region cannot be one. What is missing, and what is wrong in files, is told by the first call
    /// that needs it.
    pub fn build(self) -> Result<Client, Error> {
        let settings = Arc::new(SettingsReader::new(self.environment, self.profile));
        let setting = |value| Setting::new(value, "set on the client's builder");
        let explicit = ExplicitSettings {
            region: self.region.map(setting),
            endpoint_url: self.endpoint_url.map(setting),
            params: self.params,
        };
        let credentials =
            self.credentials.unwrap_or_else(|| Arc::new(DefaultChain::from_settings(&settings)) as Arc<_>);
        let transport = match self.http {
            Some(Transport::Custom(client)) => client,
            Some(Transport::Reqwest(client)) => Arc::new(ReqwestClient::new(Some(client), None)),
            None => Arc::new(ReqwestClient::new(None, self.timeouts.connect)),
        };
        Ok(Client(Arc::new(Inner {
            config: ClientConfig::new(settings, explicit).map_err(|error| ErrorKind::Config(error.into()))?,
            endpoints: EndpointCache::default(),
            credentials,
            transport,
            clock: self.clock,
            interceptors: self.interceptors,
            timeouts: self.timeouts,
            idempotency_tokens: self.idempotency_tokens,
            response_limit: self.response_limit,
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
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}
