//! The client against a server with scripted responses.

mod answers;
mod bearer;
mod bucket_region;
mod checksums;
mod compression;
mod credentials;
mod customizations;
mod endpoints;
mod failures;
mod hooks;
mod lambda;
mod login;
mod requests;
mod retries;
mod service;
mod settings;
mod sso;
mod streams;

use myrina::{
    Builder, Client, Error, ErrorKind, config::Environment, credentials::Credentials, error::Timeout,
    retry::RetryMode,
};
use myrina_tests::{MockResponse, MockServer};

pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A server with these responses.
pub(crate) fn server(script: impl IntoIterator<Item = MockResponse>) -> MockServer {
    MockServer::start(script).expect("a free port on the loopback")
}

/// The limit that was hit, if the error is that.
pub(crate) fn timeout(error: &Error) -> Option<Timeout> {
    match error.kind() {
        ErrorKind::Timeout(timeout) => Some(*timeout),
        _ => None,
    }
}

/// A client's settings for a server, independent of the process's environment, without retries.
pub(crate) fn client_of(server: &MockServer) -> Builder {
    Client::builder()
        .environment(Environment::empty())
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", SECRET))
        .endpoint_url(server.url())
        .retry_mode(RetryMode::Never)
}
