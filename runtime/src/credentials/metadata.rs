//! The metadata service of EC2 instances (IMDSv2): credentials of the instance's role, and its region.

use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    fetch::{Answer, FetchError, fetch, header, secret_header},
    key_document::KeyDocument,
};
use crate::{clock::random_fraction, http::HttpRequest, time::Timestamp};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use url::Url;

const TTL: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
const TOKEN: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token");

const TOKEN_PATH: &str = "/latest/api/token";
const ROLE_PATH: &str = "/latest/meta-data/iam/security-credentials/";
const REGION_PATH: &str = "/latest/meta-data/placement/region";

/// How long a token is asked for.
const TOKEN_LIFETIME: HeaderValue = HeaderValue::from_static("21600");
/// How long before its end a token is renewed.
const TOKEN_MARGIN: Duration = Duration::from_mins(2);
/// The connection has one second, the answer another.
const LIMIT: Duration = Duration::from_secs(2);
const MAX_ATTEMPTS: u32 = 4;
/// How long keys that have expired are used until the service is asked again, at least, and what is added by chance.
const EXTENSION: (Duration, Duration) = (Duration::from_mins(10), Duration::from_mins(5));

/// A session with the metadata service.
#[derive(Default)]
pub(super) struct Metadata {
    token: Mutex<Option<Token>>,
    /// The credentials that were read last, for the time of an outage.
    last: Mutex<Option<Credentials>>,
}

#[derive(Clone)]
struct Token {
    value: HeaderValue,
    renewed_at: Timestamp,
}

/// Why the service does not say what it is asked for.
enum Failure {
    /// It is not there or turned off: the program may not run on EC2.
    Absent(String),
    /// It has no such thing.
    NotFound,
    /// It fails, perhaps only now.
    Failed(String),
}

impl Metadata {
    /// The region of the instance; `None` if there is no instance, or it does not say.
    pub(super) async fn region(&self, context: &Context) -> Option<String> {
        let answer = self.get(context, REGION_PATH).await.ok()?;
        text(&answer).filter(|region| !region.is_empty())
    }

    /// The credentials of the instance's role. While the service fails, those that it returned last.
    async fn credentials(&self, context: &Context) -> Result<Credentials, CredentialsError> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = match self.load(context).await {
            Ok(loaded) => {
                *last() = Some(loaded.clone());
                loaded
            }
            Err(failure) => match last().clone() {
                Some(old) if !matches!(failure, Failure::NotFound) => old,
                _ => return Err(failure.into_error(context)),
            },
        };
        Ok(extended(loaded, context))
    }

    async fn load(&self, context: &Context) -> Result<Credentials, Failure> {
        let answer = self.get(context, ROLE_PATH).await?;
        let role = text(&answer).filter(|role| !role.is_empty()).ok_or(Failure::NotFound)?;
        let answer = self.get(context, &format!("{ROLE_PATH}{role}")).await?;
        let unreadable =
            |problem| Failure::Failed(format!("the keys of the role `{role}` cannot be read: {problem}"));
        let mut document = KeyDocument::parse(&answer.body).map_err(unreadable)?;
        if let Some((code, message)) = document.problem() {
            let advice = if code == "AssumeRoleUnauthorizedAccess" {
                ": its trust policy must allow ec2.amazonaws.com to assume it"
            } else {
                ""
            };
            return Err(Failure::Failed(format!("the role `{role}` has no keys: {code} {message}{advice}")));
        }
        document.credentials("Token").map_err(unreadable)
    }

    /// Asks for what is at `path`, with a token, and again if that may help.
    async fn get(&self, context: &Context, path: &str) -> Result<Answer, Failure> {
        let base = endpoint(context)?;
        let mut attempt = 1;
        loop {
            let problem = match self.try_get(context, &base, path).await {
                Ok(answer) => match answer.status {
                    StatusCode::OK => return Ok(answer),
                    StatusCode::NOT_FOUND => return Err(Failure::NotFound),
                    StatusCode::UNAUTHORIZED => {
                        *self.token() = None;
                        "it rejects the token that it gave".to_owned()
                    }
                    status if status.is_server_error() => status_text(status),
                    status => return Err(Failure::Failed(status_text(status))),
                },
                Err(Failure::Failed(problem)) => problem,
                Err(other) => return Err(other),
            };
            if attempt >= MAX_ATTEMPTS {
                return Err(Failure::Failed(problem));
            }
            context.pause(attempt).await;
            attempt += 1;
        }
    }

    async fn try_get(&self, context: &Context, base: &Url, path: &str) -> Result<Answer, Failure> {
        let token = self.take_or_get_token(context, base).await?;
        let mut request = HttpRequest::new(Method::GET, joined(base, path));
        request.headers.insert(TOKEN, token);
        fetch(context, request, LIMIT).await.map_err(|error| match error {
            FetchError::Connect(_) => Failure::Absent(error.to_string()),
            error => Failure::Failed(error.to_string()),
        })
    }

    async fn take_or_get_token(&self, context: &Context, base: &Url) -> Result<HeaderValue, Failure> {
        let now = context.clock().now();
        if let Some(token) = self.token().as_ref().filter(|token| now < token.renewed_at) {
            return Ok(token.value.clone());
        }
        let mut request = HttpRequest::new(Method::PUT, joined(base, TOKEN_PATH));
        request.headers.insert(TTL, TOKEN_LIFETIME);
        request.headers.insert(http::header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        // A machine that is not on EC2 answers nothing, so this is not tried again.
        let answer = fetch(context, request, LIMIT).await.map_err(|error| match error {
            FetchError::Broken(_) => Failure::Failed(error.to_string()),
            error => Failure::Absent(error.to_string()),
        })?;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::FORBIDDEN => {
                return Err(Failure::Absent("the instance's options turn it off (status 403)".to_owned()));
            }
            status if status.is_server_error() => return Err(Failure::Failed(status_text(status))),
            status => return Err(Failure::Absent(format!("it gives no token (status {})", status.as_u16()))),
        }
        let seconds = header(&answer.headers, &TTL).and_then(|seconds| seconds.trim().parse().ok());
        let value = text(&answer).filter(|token| !token.is_empty()).and_then(|token| secret_header(&token));
        let (Some(value), Some(seconds)) = (value, seconds) else {
            return Err(Failure::Absent("what it returns is not a token with its lifetime".to_owned()));
        };
        let lifetime = Duration::from_secs(seconds);
        let renewed_at = now + lifetime.saturating_sub(TOKEN_MARGIN.min(lifetime / 2));
        *self.token() = Some(Token { value: value.clone(), renewed_at });
        Ok(value)
    }

    fn token(&self) -> std::sync::MutexGuard<'_, Option<Token>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address of the service, unless it is turned off.
fn endpoint(context: &Context) -> Result<Url, Failure> {
    let settings = context.settings();
    let invalid = |error: crate::config::ConfigError| Failure::Failed(error.to_string());
    if settings.is_ec2_metadata_disabled().map_err(invalid)? {
        return Err(Failure::Absent("AWS_EC2_METADATA_DISABLED turns it off".to_owned()));
    }
    settings.ec2_metadata_endpoint().map_err(invalid)
}

fn joined(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

fn text(answer: &Answer) -> Option<String> {
    std::str::from_utf8(&answer.body).ok().map(|text| text.trim().to_owned())
}

fn status_text(status: StatusCode) -> String {
    format!("it answers with status {}", status.as_u16())
}

/// The credentials, with a later expiry if they have expired: keys of an instance work longer than they say while the service
/// has no newer ones.
fn extended(credentials: Credentials, context: &Context) -> Credentials {
    let clock = context.clock();
    let now = clock.now();
    if credentials.expires_at().is_none_or(|expires_at| now < expires_at) {
        return credentials;
    }
    credentials.with_expiry(now + EXTENSION.0 + EXTENSION.1.mul_f64(random_fraction(&**clock)))
}

impl Failure {
    fn into_error(self, context: &Context) -> CredentialsError {
        match self {
            Self::Absent(problem) => {
                let shown = context.settings().ec2_metadata_endpoint();
                let shown = shown.map(|url| url[..url::Position::AfterPort].to_owned()).unwrap_or_default();
                CredentialsError::not_loaded(format!("{shown}: {problem}"))
            }
            Self::NotFound => CredentialsError::not_loaded("the instance has no role"),
            Self::Failed(problem) => CredentialsError::provider_error(problem),
        }
    }
}

/// Asks the metadata service for the keys of the instance's role.
#[derive(Debug)]
pub(super) struct InstanceProvider(pub(super) Context);

impl ProvideCredentials for InstanceProvider {
    fn name(&self) -> &'static str {
        "the metadata of the EC2 instance"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.0.metadata().credentials(&self.0))
    }
}
