//! The client.

mod attempt;
mod bucket_region;
mod builder;
mod checksum;
#[cfg(feature = "gzip")]
mod compress;
mod content_encoding;
mod endpoint;
mod idempotency_token;
mod interceptors;
mod options;
mod orchestrator;
mod response;
mod serialize;
mod services;
mod signing;
mod timeout;
mod trace;
mod url;
mod user_agent;

pub use builder::Builder;
pub use options::CallOptions;

use crate::{
    clock::{Clock, LastSkew},
    codec::Structure,
    config::{ClientConfig, without_userinfo},
    credentials::{Context, ProvideCredentials},
    endpoint::EndpointCache,
    error::{Error, ErrorKind},
    http::{self, HttpClient},
    operation::{Interceptor, Operation, ResponseMetadata},
};
use std::{fmt, num::NonZeroU32, sync::Arc};
use {
    bucket_region::BucketRegions, idempotency_token::IdempotencyTokenProvider, signing::AuthSettings,
    timeout::Timeouts,
};

/// A client for all services: the type of a request determines its service.
///
/// ```no_run
/// # async fn run() -> Result<(), myrina::Error> {
/// use myrina::Client;
///
/// let client = Client::from_env().await?;
/// # Ok(())
/// # }
/// ```
///
/// Cloning is cheap, and clones share connections. [`Builder`] lists where settings come from.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

/// Cloned by [`Client::with`] only.
#[derive(Clone)]
struct Inner {
    config: Arc<ClientConfig>,
    endpoints: Arc<EndpointCache>,
    bucket_regions: Arc<BucketRegions>,
    /// What providers of credentials work with.
    context: Context,
    credentials: Arc<dyn ProvideCredentials>,
    auth: Arc<AuthSettings>,
    transport: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    /// How far the clocks of services are ahead of this one.
    skew: Arc<LastSkew>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    timeouts: Timeouts,
    /// How often a request is sent at most, if calls of this client differ from those of others that share the settings.
    max_attempts: Option<NonZeroU32>,
    idempotency_tokens: IdempotencyTokenProvider,
    /// The most bytes of a response that is not a stream.
    response_limit: usize,
}

impl Client {
    /// Creates a client from the environment and the AWS profile files: [`Client::builder`] with no setting of its own.
    ///
    /// A region or credentials that are missing or wrong are reported by the first call that needs them. If nothing sets a region, it is
    /// that of the EC2 instance on which the program runs: see [`Builder::load`].
    pub async fn from_env() -> Result<Self, Error> {
        Self::builder().load().await
    }

    /// Returns a builder for a client with custom settings.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Returns a builder of reqwest to start from for [`Builder::http_client`]: with the TLS of this crate's features, without
    /// redirects, retries, decompression, and proxies of the environment.
    ///
    /// ```no_run
    /// # fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// use myrina::{Client, reqwest::Proxy};
    ///
    /// let http = Client::http_builder()?.proxy(Proxy::https("http://proxy.example.com:3128")?);
    /// let client = Client::builder().http_client(http.build()?).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Fails if TLS cannot be set up: without root certificates, or without the features `rustls` and `native-tls`.
    pub fn http_builder() -> Result<reqwest::ClientBuilder, Error> {
        http::reqwest::builder().map_err(|problem| ErrorKind::Config(problem.into()).into())
    }

    /// Returns the region that requests go to, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.0.config.region()
    }

    /// Returns the provider of the credentials that requests are signed with. Its [`explain`](ProvideCredentials::explain)
    /// lists the places where they were looked for.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), myrina::Error> {
    /// use myrina::{Client, credentials::ProvideCredentials as _};
    ///
    /// let client = Client::from_env().await?;
    /// println!("{}", client.credentials().explain().await);
    /// # Ok(())
    /// # }
    /// ```
    pub fn credentials(&self) -> &Arc<dyn ProvideCredentials> {
        &self.0.credentials
    }

    /// Returns the most bytes of a response that is read as a whole.
    #[cfg(feature = "dynamic")]
    pub(crate) fn response_limit(&self) -> usize {
        self.0.response_limit
    }

    /// Sends a request and returns the response.
    ///
    /// Fails with an [`Error`] that says what happened and what to do; [`kind`](Error::kind) is for programs. Dropping the future
    /// cancels the request. Needs a Tokio runtime with time and I/O enabled.
    ///
    /// A response that does not fit the model is an error, but an optional number, boolean or timestamp that cannot be read is
    /// absent, so that the rest of the response is not lost with it. Strings, blobs, lists, maps and structures of another kind
    /// are errors, even if they are optional.
    pub async fn send<O: Operation>(&self, mut request: O) -> Result<O::Response, Error> {
        let mut response = <O::Response as Structure>::empty();
        self.call(O::SCHEMA, &mut request, &mut response).await?;
        Ok(response)
    }

    /// Sends a request as [`send`](Self::send) does, and returns the response with what is not part of it: the identifiers that
    /// AWS support asks for, the header fields, the number of attempts and the time they took.
    ///
    /// An [`Error`] has all of this itself.
    pub async fn send_with_metadata<O: Operation>(
        &self,
        mut request: O,
    ) -> Result<(O::Response, ResponseMetadata), Error> {
        let mut response = <O::Response as Structure>::empty();
        let metadata = self.call(O::SCHEMA, &mut request, &mut response).await?;
        Ok((response, metadata))
    }
}

/// What providers of credentials work with: the client's environment, profile, region, transport and clock.
impl AsRef<Context> for Client {
    fn as_ref(&self) -> &Context {
        &self.0.context
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("region", &self.region())
            .field("endpoint", &self.0.config.explicit_endpoint_url().map(without_userinfo))
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}
