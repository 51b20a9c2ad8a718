//! One client for every service.

mod attempt;
mod builder;
mod endpoint;
mod idempotency_token;
mod interceptors;
mod orchestrator;
mod response;
mod serialize;
mod signing;
mod timeout;
mod url;
mod user_agent;

pub use builder::Builder;

use crate::{
    clock::Clock,
    codec::Structure,
    config::ClientConfig,
    credentials::ProvideCredentials,
    endpoint::EndpointCache,
    error::{Error, ErrorKind},
    http::{self, HttpClient},
    operation::{Interceptor, Operation},
};
use std::{fmt, sync::Arc};
use {idempotency_token::IdempotencyTokenProvider, timeout::Timeouts};

/// A client for every service: the request's type says which.
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
/// Cloning is cheap, and clones share connections. [`builder`](Self::builder) tells where what is not given comes from.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    config: ClientConfig,
    endpoints: EndpointCache,
    credentials: Arc<dyn ProvideCredentials>,
    transport: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    timeouts: Timeouts,
    idempotency_tokens: IdempotencyTokenProvider,
    /// The most bytes of a body that is collected.
    response_limit: usize,
}

impl Client {
    /// The client that the environment describes: [`Client::builder`] with nothing given.
    ///
    /// Fails where a client without settings cannot be made. A region or credentials that are missing or wrong are told by
    /// the first call that needs them.
    // Async already, as sources of settings may come to need the network.
    #[allow(clippy::unused_async)]
    pub async fn from_env() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A client with settings of one's own.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// What an HTTP client for [`Builder::http_client`] begins with: the TLS of this crate's features, no redirects, no
    /// repetitions. Without `rustls` and `native-tls` there is none.
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
    /// Fails where TLS cannot be set up, as without root certificates.
    pub fn http_builder() -> Result<reqwest::ClientBuilder, Error> {
        http::reqwest::builder().map_err(|problem| ErrorKind::Config(problem.into()).into())
    }

    /// The region that requests go to, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.0.config.region()
    }

    /// Sends a request and waits for its answer.
    ///
    /// Fails with an [`Error`] that tells what happened and what to do; its [`kind`](Error::kind) tells what sort of thing
    /// it was. Dropping the future gives the request up. A Tokio runtime with its timer and I/O must be around.
    pub async fn send<O: Operation>(&self, mut request: O) -> Result<O::Response, Error> {
        let mut response = <O::Response as Structure>::empty();
        self.call(O::SCHEMA, &mut request, &mut response).await?;
        Ok(response)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("region", &self.region())
            .field("endpoint", &self.0.config.explicit_endpoint_url())
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}
