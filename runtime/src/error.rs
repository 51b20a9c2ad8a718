//! The errors of a call.

mod modeled;
mod service;
mod timeout;

pub use modeled::{ErrorSchema, ModeledError};
pub use service::ServiceError;
pub use timeout::{Timeout, TimeoutKind};

use crate::{
    codec::CodecError,
    http::{HttpError, HttpErrorKind},
};
use ::http::HeaderMap;
use std::{error::Error as StdError, fmt, time::Duration};

/// The cause of an error, whatever its type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// An error of a call: the operation, what happened, and what to do.
///
/// [`kind`](Self::kind) returns what went wrong. An error that the service's model describes carries its data:
/// [`modeled`](Self::modeled) returns it, and so does the prism `IN_ERROR` of each error type.
pub struct Error(Box<Inner>);

struct Inner {
    /// `Lambda.Invoke`; empty before there is an operation.
    operation: String,
    kind: ErrorKind,
    /// How often the request was sent, or almost.
    attempts: u32,
    /// How long the call took.
    elapsed: Duration,
    /// Whether there was no other attempt because the body could not be sent again.
    not_replayable: bool,
}

/// The kinds of errors.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client's settings are incomplete or wrong.
    Config(BoxError),
    /// No credentials were found, or they could not be read.
    Credentials(BoxError),
    /// The request cannot be written.
    Request(CodecError),
    /// No connection could be made, or it broke.
    Connection(BoxError),
    /// A timeout expired.
    Timeout(Timeout),
    /// The service returned an error.
    Service(ServiceError),
    /// The response of the service cannot be read.
    Response {
        /// The HTTP status code.
        status: u16,
        /// The service's identifier of the request, which AWS support asks for.
        request_id: Option<String>,
        /// What is wrong, and where in the response.
        error: CodecError,
    },
}

const BODY_FAILED: &str = "the source of the body failed";

impl ErrorKind {
    /// Returns the name of the kind: `timeout`.
    #[cfg(feature = "tracing")]
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Config(_) => "config",
            Self::Credentials(_) => "credentials",
            Self::Request(_) => "request",
            Self::Connection(_) => "connection",
            Self::Timeout(_) => "timeout",
            Self::Service(_) => "service",
            Self::Response { .. } => "response",
        }
    }
}

impl Error {
    /// Creates an error of this kind, without an operation.
    pub fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            operation: String::new(),
            kind,
            attempts: 0,
            elapsed: Duration::ZERO,
            not_replayable: false,
        }))
    }

    /// Returns the error of a hook that ran before there was a response: an `Error` as it is.
    pub(crate) fn from_request_hook(error: BoxError) -> Self {
        error.downcast().map_or_else(
            |error| ErrorKind::Request(CodecError::from_hook(error)).into(),
            |error: Box<Self>| *error,
        )
    }

    /// Returns the error of what a request's body is read from. It is no error of the connection or the service, even if the
    /// body is the response of another call.
    pub(crate) fn from_request_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) if matches!(error.kind(), ErrorKind::Request(_)) => *error,
            Ok(error) => ErrorKind::Request(CodecError::from_other(BODY_FAILED, error)).into(),
            Err(error) => ErrorKind::Request(CodecError::from_other(BODY_FAILED, error)).into(),
        }
    }

    /// Adds the name of the operation.
    #[must_use]
    pub(crate) fn in_operation(mut self, service: &str, operation: &str) -> Self {
        self.0.operation = format!("{service}.{operation}");
        self
    }

    /// Adds how often the request was sent, and how long the call took.
    #[must_use]
    pub(crate) fn after_attempts(mut self, attempts: u32, elapsed: Duration) -> Self {
        (self.0.attempts, self.0.elapsed) = (attempts, elapsed);
        self
    }

    /// Adds that there was no other attempt because the body cannot be sent again.
    #[must_use]
    pub(crate) fn not_replayable(mut self) -> Self {
        self.0.not_replayable = true;
        self
    }

    /// Returns how many attempts the call took; zero if it failed before the first.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long the call took, retries and the delays between them included.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Returns what went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Returns the error of the service, if it is one.
    pub fn service(&self) -> Option<&ServiceError> {
        match &self.0.kind {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn service_mut(&mut self) -> Option<&mut ServiceError> {
        match &mut self.0.kind {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the code of the service's error: `ResourceNotFoundException`.
    pub fn code(&self) -> Option<&str> {
        self.service().and_then(ServiceError::code)
    }

    /// The service's identifier of the request, which AWS support asks for.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Service(error) => error.request_id(),
            ErrorKind::Response { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Returns the HTTP status code, if there was a response that is an error or cannot be read.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Service(error) => Some(error.status()),
            ErrorKind::Response { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the headers of the service's error response: see [`ServiceError::headers`].
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.service().map(ServiceError::headers)
    }

    /// Returns the body of the service's error response: see [`ServiceError::body`].
    pub fn body(&self) -> Option<&[u8]> {
        self.service().map(|error| &**error.body())
    }

    /// Returns whether a timeout expired: one of the client's, of the HTTP client's or of the operating system's.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
            || matches!(self.http_error_kind(), Some(HttpErrorKind::Timeout | HttpErrorKind::ConnectTimeout))
    }

    /// Returns whether no connection to the service could be made: nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(Timeout { kind: TimeoutKind::Connect, .. }))
            || matches!(self.http_error_kind(), Some(HttpErrorKind::Connect | HttpErrorKind::ConnectTimeout))
    }

    /// Returns whether the service throttles requests.
    pub fn is_throttling(&self) -> bool {
        self.service().is_some_and(ServiceError::is_throttling)
    }

    /// Returns whether the same request may succeed later: the service throttles or has a temporary problem, or the connection
    /// failed.
    ///
    /// This does not mean that the request had no effect.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Service(error) => error.is_retryable(),
            ErrorKind::Timeout(timeout) => timeout.kind != TimeoutKind::Operation,
            ErrorKind::Connection(_) => {
                !matches!(self.http_error_kind(), Some(HttpErrorKind::Tls | HttpErrorKind::Setup))
            }
            _ => false,
        }
    }

    /// Returns how the connection failed, if it did: how far the request came.
    pub fn http_error_kind(&self) -> Option<HttpErrorKind> {
        match &self.0.kind {
            ErrorKind::Connection(error) => HttpError::kind_of(error.as_ref()),
            _ => None,
        }
    }

    /// Returns the data of the service's error, if it is an `E`.
    pub fn modeled<E: ModeledError>(&self) -> Option<&E> {
        self.service().and_then(ServiceError::modeled)
    }

    /// Returns the data of the service's error by mutable reference, if it is an `E`.
    pub fn modeled_mut<E: ModeledError>(&mut self) -> Option<&mut E> {
        self.service_mut().and_then(ServiceError::modeled_mut)
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self::new(kind)
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        Self::new(ErrorKind::Service(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.operation.is_empty() {
            write!(f, "{}: ", self.0.operation)?;
        }
        self.fmt_kind(f)?;
        if self.0.not_replayable {
            f.write_str("; not sent again, as its body is a stream that can be read only once")?;
        }
        if self.0.attempts > 1 {
            write!(f, "; sent {} times within {:.2} s", self.0.attempts, self.0.elapsed.as_secs_f64())?;
        }
        Ok(())
    }
}

impl Error {
    fn fmt_kind(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ErrorKind::Request(error) => {
                f.write_str("the request cannot be written: ")?;
                chain(f, error)
            }
            ErrorKind::Config(error) | ErrorKind::Credentials(error) | ErrorKind::Connection(error) => {
                chain(f, error.as_ref())
            }
            ErrorKind::Timeout(timeout) => write!(f, "{timeout}"),
            ErrorKind::Service(error) => write!(f, "{error}"),
            ErrorKind::Response { status, request_id, error } => {
                write!(f, "the response (status {status}) cannot be read: ")?;
                chain(f, error)?;
                request_id.as_ref().map_or(Ok(()), |id| write!(f, " (request id {id})"))
            }
        }
    }
}

/// An error, shown with its causes.
pub(crate) struct WithCauses<'e>(pub(crate) &'e dyn StdError);

impl fmt::Display for WithCauses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        chain(f, self.0)
    }
}

/// Writes an error and those of its causes that add information.
fn chain(f: &mut fmt::Formatter<'_>, error: &dyn StdError) -> fmt::Result {
    let mut last = error.to_string();
    f.write_str(&last)?;
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !last.contains(&text) {
            write!(f, ": {text}")?;
            last = text;
        }
        cause = error.source();
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            // `main` prints an error that it returns like this: with what to do about it.
            .field("message", &format_args!("{self}"))
            .field("operation", &self.0.operation)
            .field("kind", &self.0.kind)
            .finish()
    }
}

/// Has no source, as its text has all causes: programs that print sources too would print them twice. [`Error::kind`] returns the
/// first cause.
impl StdError for Error {}
