//! Credentials from the agent of a container: ECS tasks, EKS pods, Greengrass.

use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    fetch::{Answer, fetch, secret_header},
    key_document::KeyDocument,
};
use crate::{config::Environment, http::HttpRequest};
use http::{
    HeaderValue, Method,
    header::{ACCEPT, AUTHORIZATION},
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};
use url::{Host, Url};

/// Asks the address in `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, or else the one in `AWS_CONTAINER_CREDENTIALS_FULL_URI`. The request
/// has the token in the file that `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names, or else in `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
#[derive(Debug)]
pub(super) struct ContainerProvider(pub(super) Context);

const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

/// The agent of ECS.
const ECS: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);
/// The agent of EKS.
const EKS: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];

/// The connection has 2 seconds, the answer 5.
const LIMIT: Duration = Duration::from_secs(7);
const MAX_ATTEMPTS: u32 = 3;

/// Why an attempt failed.
struct Failure {
    message: String,
    /// Whether another attempt may succeed.
    temporary: bool,
}

impl ContainerProvider {
    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let environment = self.0.environment();
        let Some((url, origin)) = url(environment)? else {
            return Err(CredentialsError::not_loaded(format!(
                "neither {RELATIVE_URI} nor {FULL_URI} is set"
            )));
        };
        let mut attempt = 1;
        loop {
            let mut request = HttpRequest::new(Method::GET, url.clone());
            request.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            if let Some(token) = token(environment)? {
                request.headers.insert(AUTHORIZATION, token);
            }
            let failure = match fetch(&self.0, request, LIMIT).await {
                Ok(answer) => match read(&answer) {
                    Ok(credentials) => return Ok(credentials),
                    Err(failure) => failure,
                },
                Err(error) => Failure { message: error.to_string(), temporary: true },
            };
            if !failure.temporary || attempt >= MAX_ATTEMPTS {
                let address = &url[..url::Position::AfterPort];
                let message = format!("{address} ({origin}): {}", failure.message);
                return Err(CredentialsError::provider_error(message));
            }
            self.0.pause(attempt).await;
            attempt += 1;
        }
    }
}

/// The address, and the variable that it comes from. `None` if no variable is set.
fn url(environment: &Environment) -> Result<Option<(Url, &'static str)>, CredentialsError> {
    if let Some(path) = environment.get(RELATIVE_URI) {
        let path = path.trim();
        let url = path.starts_with('/').then(|| Url::parse(&format!("http://{ECS}{path}")).ok()).flatten();
        let url = url.ok_or_else(|| {
            CredentialsError::provider_error(format!(
                "{RELATIVE_URI} is `{path}`, but must be a path such as /v2/credentials"
            ))
        })?;
        return Ok(Some((url, RELATIVE_URI)));
    }
    let Some(text) = environment.get(FULL_URI) else { return Ok(None) };
    let url =
        Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| {
        let problem = format!("{FULL_URI} is not a URL with a host, such as http://localhost/credentials");
        CredentialsError::provider_error(problem)
    })?;
    if is_allowed(&url) {
        return Ok(Some((url, FULL_URI)));
    }
    Err(CredentialsError::provider_error(format!(
        "{FULL_URI} names the host {}, to which credentials and tokens are not sent without encryption: use https://, or an \
         address of this machine or of the agents of ECS and EKS ({ECS}, {}, [{}])",
        url.host_str().unwrap_or_default(),
        EKS[0],
        EKS[1],
    )))
}

/// Whether a token may be sent there: over https to any host, else only to this machine and the agents of ECS and EKS.
fn is_allowed(url: &Url) -> bool {
    let address = match url.host() {
        _ if url.scheme() == "https" => return true,
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(name)) => return name == "localhost",
        None => return false,
    };
    address.is_loopback() || address == IpAddr::V4(ECS) || EKS.contains(&address)
}

/// The value of the header `authorization`, read anew each time, as the file changes.
fn token(environment: &Environment) -> Result<Option<HeaderValue>, CredentialsError> {
    let (token, origin) = if let Some(path) = environment.get(TOKEN_FILE) {
        let token = environment.read(path.trim()).map_err(|error| {
            CredentialsError::provider_error(format!(
                "the file {path} ({TOKEN_FILE}) cannot be read: {error}"
            ))
        })?;
        let token = token.ok_or_else(|| {
            CredentialsError::provider_error(format!("there is no file {path}, which {TOKEN_FILE} names"))
        })?;
        (token, TOKEN_FILE)
    } else if let Some(token) = environment.get(TOKEN) {
        (token, TOKEN)
    } else {
        return Ok(None);
    };
    let token = zeroize::Zeroizing::new(token);
    secret_header(&token).map(Some).ok_or_else(|| {
        CredentialsError::provider_error(format!(
            "the token of {origin} cannot be sent as a header: it has a line break, as at the end of a file, or another control \
             character"
        ))
    })
}

fn read(answer: &Answer) -> Result<Credentials, Failure> {
    let document = KeyDocument::parse(&answer.body);
    if !answer.status.is_success() {
        let problem = document.ok().and_then(|mut document| document.problem());
        let problem = problem.map_or(String::new(), |(code, message)| format!(": {code} {message}"));
        let message = format!("it answers with status {}{problem}", answer.status.as_u16());
        return Err(Failure { message, temporary: answer.status.is_server_error() });
    }
    let unreadable = |problem, temporary| {
        let message = format!("its answer cannot be read: {problem}");
        Failure { message, temporary }
    };
    let mut document = document.map_err(|problem| unreadable(problem, true))?;
    if let Some((code, message)) = document.problem() {
        let message = format!("it answers {code} {message}");
        return Err(Failure { message, temporary: false });
    }
    document.credentials("Token").map_err(|problem| unreadable(problem, false))
}

impl ProvideCredentials for ContainerProvider {
    fn name(&self) -> &'static str {
        "the container"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.load())
    }
}
