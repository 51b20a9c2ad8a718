//! [`HttpClient`] over reqwest.

use super::{
    BoxFuture, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpResponse, RequestBody, error::causes,
    proxy::Proxies,
};
use crate::stream::ByteStream;
use ::reqwest::{Body, Client, ClientBuilder, Proxy, Request};
use std::{error::Error as StdError, fmt, io, time::Duration};
use tokio::sync::OnceCell;
use url::Url;

/// The transport of a client: two clients of reqwest, each created when it is first needed, so that `http://` works without root
/// certificates and no program waits for certificates that it does not use.
pub(crate) struct ReqwestClient {
    connect_timeout: Option<Duration>,
    proxies: Proxies,
    plain: OnceCell<Client>,
    secure: OnceCell<Client>,
}

/// A transport that the user made.
#[derive(Debug)]
pub(crate) struct CustomClient(pub(crate) Client);

impl ReqwestClient {
    /// Creates clients when they are needed. `variable` returns the values of environment variables, even blank ones, for proxies.
    pub(crate) fn new(connect_timeout: Option<Duration>, variable: impl Fn(&str) -> Option<String>) -> Self {
        let proxies = Proxies::read(variable);
        Self { connect_timeout, proxies, plain: OnceCell::new(), secure: OnceCell::new() }
    }

    /// Returns the client for requests to `url`: the one with certificates, if there is TLS to the service or to its proxy.
    async fn client(&self, url: &Url) -> Result<Client, HttpError> {
        let setup = |problem: String| HttpError::new(HttpErrorKind::Setup, problem);
        let proxy = self.proxies.proxy(url).map_err(|problem| setup(problem.to_owned()))?;
        let is_secure = url.scheme() == "https" || proxy.is_some_and(|proxy| proxy.scheme() == "https");
        let (cell, with_tls): (_, fn(_) -> _) =
            if is_secure { (&self.secure, tls::secure) } else { (&self.plain, tls::plain) };
        let create = || {
            let (connect_timeout, proxies) = (self.connect_timeout, self.proxies.clone());
            move || build(with_tls(Client::builder())?, connect_timeout, proxies)
        };
        get_or_create(cell, create).await.map_err(setup)
    }
}

impl fmt::Debug for ReqwestClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestClient").finish_non_exhaustive()
    }
}

/// Returns what `cell` holds, or creates it: on a thread for blocking work, as certificates are read from files. A failure is not
/// kept, so that the next call tries again.
async fn get_or_create<T, F>(cell: &OnceCell<T>, create: impl FnOnce() -> F) -> Result<T, String>
where
    T: Clone + Send + 'static,
    F: FnOnce() -> Result<T, String> + Send + 'static,
{
    let created = cell.get_or_try_init(|| async {
        let created = tokio::task::spawn_blocking(create()).await;
        created.unwrap_or_else(|error| Err(format!("the HTTP client cannot be created: {error}")))
    });
    created.await.cloned()
}

fn build(
    builder: ClientBuilder,
    connect_timeout: Option<Duration>,
    proxies: Proxies,
) -> Result<Client, String> {
    let mut builder = without_implicit_behavior(builder);
    if let Some(limit) = connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    if !proxies.is_empty() {
        builder = builder.proxy(Proxy::custom(move |url| proxies.proxy(url).ok().flatten().cloned()));
    }
    builder.build().map_err(|error| format!("the HTTP client cannot be created: {}", root_cause(&error)))
}

impl HttpClient for ReqwestClient {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(async move { send(&self.client(&request.url).await?, request).await })
    }
}

impl HttpClient for CustomClient {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(send(&self.0, request))
    }
}

async fn send(client: &Client, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let response = client.execute(reqwest_request(request)).await.map_err(classified)?;
    let response = http::Response::<Body>::from(response);
    Ok(response.map(|body| ByteStream::from_body(http_body_util::BodyExt::map_err(body, classified))))
}

fn reqwest_request(HttpRequest { method, url, headers, body, .. }: HttpRequest) -> Request {
    let mut request = Request::new(method, url);
    *request.headers_mut() = headers;
    *request.body_mut() = match body {
        RequestBody::Bytes(bytes) if bytes.is_empty() => None,
        RequestBody::Bytes(bytes) => Some(bytes.into()),
        body => Some(Body::wrap(body.into_stream())),
    };
    request
}

/// Returns the builder that a custom client starts from.
pub(crate) fn builder() -> Result<ClientBuilder, String> {
    tls::secure(Client::builder()).map(without_implicit_behavior)
}

/// Turns off what would send another request than the one that was signed, send it twice or to another host than the environment
/// of the client says, or change the bytes of the response. Other crates of the program can turn on reqwest's decompression.
fn without_implicit_behavior(builder: ClientBuilder) -> ClientBuilder {
    let builder =
        builder.redirect(::reqwest::redirect::Policy::none()).retry(::reqwest::retry::never()).referer(false);
    builder.no_gzip().no_brotli().no_zstd().no_deflate().no_proxy()
}

fn root_cause(error: &dyn StdError) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// The error with its kind.
fn classified(error: ::reqwest::Error) -> HttpError {
    HttpError::new(kind(&error), WithoutLayer(error.without_url()))
}

fn kind(error: &::reqwest::Error) -> HttpErrorKind {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => HttpErrorKind::ConnectTimeout,
        (true, false) if causes(error).any(tls::is_error) => HttpErrorKind::Tls,
        (true, false) => HttpErrorKind::Connect,
        (false, true) => HttpErrorKind::Timeout,
        (false, false) => causes(error).find_map(kind_of_cause).unwrap_or(HttpErrorKind::Other),
    }
}

/// The kind of an error that happened on a connection.
fn kind_of_cause(cause: &(dyn StdError + 'static)) -> Option<HttpErrorKind> {
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return match error {
            // A body's own error, for one.
            error if error.is_user() => Some(HttpErrorKind::Other),
            error if error.is_canceled() || error.is_closed() => Some(HttpErrorKind::NotSent),
            error if error.is_incomplete_message() => Some(HttpErrorKind::Interrupted),
            _ => None,
        };
    }
    match cause.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::NotConnected
        | io::ErrorKind::UnexpectedEof => Some(HttpErrorKind::Interrupted),
        _ => None,
    }
}

/// An error of reqwest without its outermost layer, which says only that there was an error.
#[derive(Debug)]
struct WithoutLayer(::reqwest::Error);

impl fmt::Display for WithoutLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(source) => fmt::Display::fmt(source, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl StdError for WithoutLayer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()?.source()
    }
}

#[cfg(feature = "rustls")]
mod tls {
    //! rustls with ring, by name: neither the default provider of the process nor the features that another crate enables
    //! change which code signs and verifies.

    use ::reqwest::ClientBuilder;
    use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier, crypto::ring};
    use rustls_platform_verifier::BuilderVerifierExt as _;
    use std::{error::Error as StdError, sync::Arc};

    /// Trusts the certificates that the platform trusts.
    pub(super) fn secure(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        let config = config()?.with_platform_verifier().map_err(|error| {
            format!("{error}: install the certificates (package `ca-certificates`), or give the builder an HTTP client")
        })?;
        Ok(with(builder, config.with_no_client_auth()))
    }

    /// Trusts no certificate: for `http://`.
    pub(super) fn plain(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        let config = config()?.with_root_certificates(RootCertStore::empty());
        Ok(with(builder, config.with_no_client_auth()))
    }

    pub(super) fn is_error(error: &(dyn StdError + 'static)) -> bool {
        error.is::<rustls::Error>()
    }

    fn config() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, String> {
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS cannot be set up: {error}"))
    }

    fn with(builder: ClientBuilder, mut config: ClientConfig) -> ClientBuilder {
        config.alpn_protocols = vec![
            #[cfg(feature = "http2")]
            b"h2".to_vec(),
            b"http/1.1".to_vec(),
        ];
        builder.tls_backend_preconfigured(config)
    }
}

#[cfg(not(feature = "rustls"))]
mod tls {
    //! Without rustls: what reqwest has.

    use ::reqwest::ClientBuilder;
    use std::error::Error as StdError;

    pub(super) fn is_error(_: &(dyn StdError + 'static)) -> bool {
        false
    }

    #[cfg(feature = "native-tls")]
    pub(super) fn secure(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        Ok(builder)
    }

    #[cfg(not(feature = "native-tls"))]
    pub(super) fn secure(_: ClientBuilder) -> Result<ClientBuilder, String> {
        let advice =
            "turn on the feature `rustls` or `native-tls` of `myrina`, or give the builder an HTTP client";
        Err(format!("this program is built without TLS, which https:// needs: {advice}"))
    }

    // The signature is the same with all features.
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn plain(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        Ok(builder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[tokio::test]
    async fn a_proxy_with_tls_is_reached_with_certificates() {
        let proxy = |name: &str| (name == "http_proxy").then(|| "https://proxy".to_owned());
        let client = ReqwestClient::new(None, proxy);
        client.client(&Url::parse("http://host").unwrap()).await.unwrap();
        assert!(client.secure.initialized() && !client.plain.initialized());
    }

    #[tokio::test]
    async fn clients_are_created_on_another_thread_and_failures_are_not_kept() {
        let cell = OnceCell::new();
        let failed =
            get_or_create(&cell, || || Err::<thread::ThreadId, _>("no certificates".to_owned())).await;
        assert_eq!(failed.unwrap_err(), "no certificates");
        let created = get_or_create(&cell, || || Ok(thread::current().id())).await.unwrap();
        assert_ne!(created, thread::current().id());
        let kept = get_or_create(&cell, || || Err("not called".to_owned())).await.unwrap();
        assert_eq!(kept, created);
    }
}
