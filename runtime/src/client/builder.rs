//! Builds clients.

use super::{
    Client, Inner,
    idempotency_token::IdempotencyTokenProvider,
    services::Surroundings,
    signing::AuthSettings,
    timeout::{ReadTimeout, Timeouts},
};
use crate::{
    auth::Preference,
    clock::{Clock, LastSkew, SystemClock},
    config::{
        ClientConfig, Environment, ExplicitBodySettings, ExplicitParams, ExplicitRetries, ExplicitSettings,
        Setting, SettingsReader, without_userinfo,
    },
    credentials::{BearerTokens, Cache, DefaultChain, ProvideBearerToken, ProvideCredentials},
    endpoint::EndpointValue,
    error::{Error, ErrorKind},
    http::{
        HttpClient,
        reqwest::{CustomClient, ReqwestClient},
    },
    operation::Interceptor,
    retry::{RetryMode, RetrySpec},
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
/// Credentials come from where AWS users keep them: [`DefaultChain`] lists the places.
///
/// Requests go through the proxy that `http_proxy` or `https_proxy` names, by the scheme of the endpoint, or `all_proxy`; except to
/// the hosts in `no_proxy`: names, `.example.com`, addresses, networks such as `10.0.0.0/8`, each with or without a port, or `*`.
/// The variables may be in upper case; lower case takes precedence. One that is empty means no proxy.
///
/// A client reads each setting once, at the latest at the first call to the service that needs it.
#[derive(Clone)]
#[must_use]
pub struct Builder {
    environment: Environment,
    profile: Option<String>,
    region: Option<String>,
    endpoint_url: Option<String>,
    params: ExplicitParams,
    retries: ExplicitRetries,
    bodies: ExplicitBodySettings,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    bearer_token: Option<Arc<dyn ProvideBearerToken>>,
    auth_preference: Option<Preference>,
    /// What sends the requests, if the program brings it.
    transport: Option<Arc<dyn HttpClient>>,
    /// What sends the requests to places near the program, without a proxy, if the program brings it.
    direct: Option<Arc<dyn HttpClient>>,
    clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    timeouts: Timeouts,
    idempotency_tokens: IdempotencyTokenProvider,
    response_limit: usize,
}

/// How long making a connection to the agent of a container or the metadata of an instance may take.
const NEARBY_CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// More than any service returns outside of a stream.
const RESPONSE_LIMIT: usize = 128 << 20;

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            environment: Environment::process(),
            profile: None,
            region: None,
            endpoint_url: None,
            params: ExplicitParams::default(),
            retries: ExplicitRetries::default(),
            bodies: ExplicitBodySettings::default(),
            credentials: None,
            bearer_token: None,
            auth_preference: None,
            transport: None,
            direct: None,
            clock: Arc::new(SystemClock::default()),
            interceptors: Vec::new(),
            timeouts: Timeouts::default(),
            idempotency_tokens: IdempotencyTokenProvider::default(),
            response_limit: RESPONSE_LIMIT,
        }
    }

    /// Sets where settings are looked up that are not set here. By default this is the environment of the process.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Sets the profile that settings are taken from.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the region, such as `eu-central-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the credentials that requests are signed with: [`Credentials`](crate::credentials::Credentials), or a custom provider.
    pub fn credentials(mut self, provider: impl ProvideCredentials) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// Sets the bearer token, or what provides it, for operations that accept one in place of a signature: a
    /// [`BearerToken`](crate::credentials::BearerToken), or a custom provider. Without it, it is that of the variable
    /// `AWS_BEARER_TOKEN_<SERVICE>`, such as `AWS_BEARER_TOKEN_BEDROCK`, or of the profile's `sso_session`.
    ///
    /// An operation that accepts both gets the token, if it is set here or by the variable, unless
    /// [`auth_scheme_preference`](Self::auth_scheme_preference) says otherwise. Tokens are sent over https only.
    pub fn bearer_token(mut self, provider: impl ProvideBearerToken) -> Self {
        self.bearer_token = Some(Arc::new(provider));
        self
    }

    /// Sets which authentication schemes are preferred where a service accepts several, the first one most: `sigv4`, `sigv4a`,
    /// `httpBearerAuth`, separated by commas. Others that the service accepts follow in its order.
    pub fn auth_scheme_preference(mut self, names: impl AsRef<str>) -> Self {
        self.auth_preference = Some(Preference::parse(names.as_ref()));
        self
    }

    /// Sets the URL that all requests go to, whatever their service, such as `http://localhost:4566`. Requests for credentials do not.
    ///
    /// Host prefixes of the models are left out, as such a server seldom has names with prefixes. The variable
    /// `AWS_DISABLE_HOST_PREFIX_INJECTION=false`, or the same in the profile, adds them.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Sets whether requests go to endpoints that comply with FIPS 140, the cryptography standard of the US government.
    pub fn use_fips(self, yes: bool) -> Self {
        self.built_in("AWS::UseFIPS", yes)
    }

    /// Sets whether requests go to endpoints with IPv6 addresses besides IPv4 ones.
    pub fn use_dual_stack(self, yes: bool) -> Self {
        self.built_in("AWS::UseDualStack", yes)
    }

    /// Sets whether an endpoint may contain the account of the credentials, as DynamoDB's do: `"preferred"`, the default, which
    /// does so if the account is known; `"disabled"`, or `"required"`.
    pub fn account_id_endpoint_mode(self, mode: impl Into<String>) -> Self {
        self.built_in("AWS::Auth::AccountIdEndpointMode", mode.into())
    }

    /// Sets whether an S3 bucket is in the path, `https://s3.…/bucket`, and not in the host name, `https://bucket.s3.…`: for
    /// servers without such host names. By default it is in the path for a custom endpoint only; `false` puts it in the host name
    /// there too. A bucket whose name cannot be a host name is in the path either way, as is any bucket of an IP address.
    pub fn s3_path_style(self, yes: bool) -> Self {
        self.built_in("AWS::S3::ForcePathStyle", yes)
    }

    /// Sets whether S3 is reached through the nearest edge location of AWS (Transfer Acceleration).
    pub fn s3_accelerate(self, yes: bool) -> Self {
        self.built_in("AWS::S3::Accelerate", yes)
    }

    /// Sets whether the ARN of an access point may name another region than the client's. By default it may.
    pub fn s3_use_arn_region(self, yes: bool) -> Self {
        self.built_in("AWS::S3::UseArnRegion", yes).built_in("AWS::S3Control::UseArnRegion", yes)
    }

    /// Sets whether S3 in `us-east-1` has its old host name without a region.
    pub fn s3_global_endpoint(self, yes: bool) -> Self {
        self.built_in("AWS::S3::UseGlobalEndpoint", yes)
    }

    /// Sets whether STS has its old host name without a region, in the regions that it had then.
    pub fn sts_global_endpoint(self, yes: bool) -> Self {
        self.built_in("AWS::STS::UseGlobalEndpoint", yes)
    }

    /// Sets whether ARNs of S3's multi-region access points are errors.
    pub fn s3_disable_multi_region_access_points(self, yes: bool) -> Self {
        self.built_in("AWS::S3::DisableMultiRegionAccessPoints", yes)
    }

    /// Sets whether requests to directory buckets of S3 are signed like others, without a session.
    pub fn s3_disable_express_session_auth(self, yes: bool) -> Self {
        self.built_in("AWS::S3::DisableS3ExpressSessionAuth", yes)
    }

    /// Sets a parameter of a service's endpoint rules by its name: one that the model lists in `clientContextParams`, such as ACM's
    /// `ServiceType`. Services without such a parameter ignore it.
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

    /// Sets whether requests are sent as they are, even of operations whose services accept compressed ones. By default the bodies
    /// of these are compressed with gzip.
    pub fn disable_request_compression(self, yes: bool) -> Self {
        self.body_setting("disable_request_compression", yes.to_string())
    }

    /// Sets how many bytes a body must have at least to be compressed, up to 10 MiB. The default is 10,240.
    pub fn request_min_compression_size_bytes(self, bytes: u32) -> Self {
        self.body_setting("request_min_compression_size_bytes", bytes.to_string())
    }

    /// Sets when requests have a checksum of their body: `"when_supported"`, the default, or `"when_required"` by the service. Some
    /// servers that resemble S3 need the latter: they refuse checksums, or those that follow a stream.
    pub fn request_checksum_calculation(self, when: impl Into<String>) -> Self {
        self.body_setting("request_checksum_calculation", when)
    }

    /// Sets when the bodies of responses are compared with their checksums: `"when_supported"`, the default, or `"when_required"` by
    /// the request. That of a stream is compared at its end, where it becomes an error.
    pub fn response_checksum_validation(self, when: impl Into<String>) -> Self {
        self.body_setting("response_checksum_validation", when)
    }

    fn body_setting(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.bodies.insert(name, value.into());
        self
    }

    /// Sets how long making a connection may take; `None` is no limit. The default is 3.1 seconds, enough for three packets to be
    /// sent. A custom [`http_client`](Self::http_client) or [`transport`](Self::transport) has its own timeout instead.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.connect = timeout.into();
        self
    }

    /// Sets how long the service may send nothing, before and within its response; `None` is no limit. The default is one minute, and
    /// longer for operations that take longer, such as 16 minutes for Lambda's `Invoke`; their documentation says so.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.read = ReadTimeout::OfClient(timeout.into());
        self
    }

    /// Sets when a request that failed is sent again. The default is [`RetryMode::Standard`].
    pub fn retry_mode(mut self, mode: RetryMode) -> Self {
        self.retries.mode = Some(mode);
        self
    }

    /// Sets how often a request is sent at most, the first time included. The default is 3, and 4 for DynamoDB.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retries.max_attempts = Some(attempts);
        self
    }

    /// Sets which version of the SDKs' rules retries follow. The default is the newest, [`RetrySpec::V2_1`].
    pub fn retry_spec(mut self, spec: RetrySpec) -> Self {
        self.retries.spec = Some(spec);
        self
    }

    /// Sets how long one attempt of a call may take, to the last byte of its response, or to the headers if it is a stream. An attempt
    /// that takes longer may be followed by another. By default there is no limit.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.attempt = timeout.into();
        self
    }

    /// Sets how long a call may take, retries included, to the last byte of its response, or to the headers if it is a stream. By default there is no
    /// limit.
    pub fn operation_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.operation = timeout.into();
        self
    }

    /// Sets the most bytes that a response may have, except streams. The default is 128 MiB.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Sets the client of reqwest that sends the requests, for proxies, certificates or another TLS library. Start from
    /// [`Client::http_builder`]: the client must not follow redirects, as the signature would not match.
    ///
    /// Requests for credentials to the agent of a container or the metadata of an instance go without it, as they must not go
    /// through a proxy.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(Arc::new(CustomClient(client)));
        self.direct = None;
        self
    }

    /// Sets what sends the requests, in place of reqwest: another HTTP library, or a fake one in tests.
    pub fn transport(mut self, client: impl HttpClient) -> Self {
        let client: Arc<dyn HttpClient> = Arc::new(client);
        (self.transport, self.direct) = (Some(client.clone()), Some(client));
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

    /// Sets what creates the tokens of idempotent requests that have none. The default is random UUIDs.
    pub fn idempotency_tokens(mut self, create: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.idempotency_tokens = IdempotencyTokenProvider::new(create);
        self
    }

    /// Builds the client. If neither the builder nor a variable nor the profile sets a region, the metadata of the EC2 instance is asked
    /// for the one that the program runs in, unless `AWS_EC2_METADATA_DISABLED` is `true`. Where there is no such instance, this takes up
    /// to two seconds, and the client has no region.
    ///
    /// Fails as [`build`](Self::build) does.
    pub async fn load(self) -> Result<Client, Error> {
        let client = self.clone().build()?;
        if !client.0.config.lacks_region() {
            return Ok(client);
        }
        match client.0.context.instance_region().await {
            Some(region) => self.region(region).build(),
            None => Ok(client),
        }
    }

    /// Builds the client.
    ///
    /// Fails if a setting that is made here is not valid, such as the region or the endpoint. A setting that is missing, or wrong in
    /// a file, is reported by the first call that needs it.
    pub fn build(mut self) -> Result<Client, Error> {
        let nearby = || Arc::new(ReqwestClient::new(Some(NEARBY_CONNECT_TIMEOUT), |_| None)) as Arc<_>;
        let (transport, direct): (Arc<dyn HttpClient>, _) = if let Some(custom) = self.transport {
            // It has its own.
            self.timeouts.connect = None;
            (custom, self.direct.unwrap_or_else(nearby))
        } else {
            let variable = |name: &str| self.environment.get_with_blank(name);
            (Arc::new(ReqwestClient::new(self.timeouts.connect, variable)), nearby())
        };
        let settings = Arc::new(SettingsReader::new(self.environment, self.profile));
        let setting = |value| Setting::new(value, "set on the client's builder");
        let explicit = ExplicitSettings {
            region: self.region.map(setting),
            endpoint_url: self.endpoint_url.map(setting),
            params: self.params,
            retries: self.retries,
            bodies: self.bodies,
        };
        let surroundings = Surroundings {
            settings: settings.clone(),
            region: explicit.region.clone(),
            params: explicit.params.clone(),
            transport: transport.clone(),
            direct,
            clock: self.clock.clone(),
        };
        let context = surroundings.context();
        let default = || Arc::new(Cache::within(&context, DefaultChain::new(&context))) as Arc<_>;
        let credentials = self.credentials.unwrap_or_else(default);
        let auth = AuthSettings {
            tokens: BearerTokens::new(self.bearer_token, context.clone()),
            explicit: self.auth_preference,
            preference: settings
                .auth_scheme_preference()
                .map(|names| Preference::parse(&names))
                .unwrap_or_default(),
        };
        Ok(Client(Arc::new(Inner {
            config: Arc::new(
                ClientConfig::new(settings, explicit).map_err(|error| ErrorKind::Config(error.into()))?,
            ),
            endpoints: Arc::default(),
            bucket_regions: Arc::default(),
            context,
            credentials,
            auth: Arc::new(auth),
            transport,
            clock: self.clock,
            skew: Arc::new(LastSkew::default()),
            interceptors: self.interceptors,
            timeouts: self.timeouts,
            max_attempts: None,
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
            .field("endpoint_url", &self.endpoint_url.as_deref().map(without_userinfo))
            .field("credentials", &self.credentials)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}
