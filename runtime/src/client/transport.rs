//! The HTTP client below.

use crate::error::{Error, ErrorKind};
use reqwest::{ClientBuilder, Url};
use std::{sync::OnceLock, time::Duration};

/// The clients of `reqwest`: the user's, or two of our own, one for each scheme. Each is made when it is first needed, so
/// that a plain-text endpoint works where there are no root certificates, and nobody waits for those to be read.
pub(super) struct Transport {
    given: Option<reqwest::Client>,
    connect_timeout: Option<Duration>,
    plain: Made,
    secure: Made,
}

/// A client, or why it cannot be made.
type Made = OnceLock<Result<reqwest::Client, String>>;

impl Transport {
    pub(super) fn new(given: Option<reqwest::Client>, connect_timeout: Option<Duration>) -> Self {
        Self { given, connect_timeout, plain: Made::new(), secure: Made::new() }
    }

    /// The client for requests to `url`.
    pub(super) fn client(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        if let Some(client) = &self.given {
            return Ok(client);
        }
        let made = if url.scheme() == "https" {
            self.secure.get_or_init(|| self.build(tls::secure(reqwest::Client::builder())?))
        } else {
            self.plain.get_or_init(|| self.build(tls::plain(reqwest::Client::builder())?))
        };
        made.as_ref().map_err(|problem| ErrorKind::Config(problem.clone()).into())
    }

    fn build(&self, builder: ClientBuilder) -> Result<reqwest::Client, String> {
        let builder = match self.connect_timeout {
            Some(limit) => builder.connect_timeout(limit),
            None => builder,
        };
        obedient(builder)
            .build()
            .map_err(|error| format!("the HTTP client cannot be made: {}", deepest(&error)))
    }
}

/// What an HTTP client of the user's own begins with.
pub(super) fn builder() -> Result<ClientBuilder, String> {
    tls::secure(reqwest::Client::builder()).map(obedient)
}

/// Does what it is told and nothing else: a request that is sent on to another address, or sent twice, is not the one that
/// was signed.
fn obedient(builder: ClientBuilder) -> ClientBuilder {
    builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).referer(false)
}

/// The cause of all causes.
fn deepest(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[cfg(feature = "rustls")]
mod tls {
    //! rustls with ring, named outright: neither the process's default provider nor another crate's choice of features
    //! changes what signs and verifies here.

    use reqwest::ClientBuilder;
    use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier, crypto::ring};
    use rustls_platform_verifier::BuilderVerifierExt as _;
    use std::sync::Arc;

    /// Trusts what the platform trusts.
    pub(super) fn secure(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        let verifying = config()?.with_platform_verifier().map_err(|error| {
            format!("{error}: install the certificates (package `ca-certificates`), or give the builder an HTTP client")
        })?;
        Ok(with(builder, verifying.with_no_client_auth()))
    }

    /// Trusts nobody: for plain text.
    pub(super) fn plain(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        let nobody = config()?.with_root_certificates(RootCertStore::empty());
        Ok(with(builder, nobody.with_no_client_auth()))
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
    //! Without rustls: whatever `reqwest` has.

    use reqwest::ClientBuilder;

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

    // One signature for all features.
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn plain(builder: ClientBuilder) -> Result<ClientBuilder, String> {
        Ok(builder)
    }
}
