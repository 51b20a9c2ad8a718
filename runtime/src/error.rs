//! What can go wrong, said so that the reader knows what to do.

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
use std::{error::Error as StdError, fmt};

/// The cause of an error, whatever its type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Any error of a call: which operation, what happened, and what to do.
///
/// [`kind`](Self::kind) tells the kinds apart. An error that the service's model describes carries its data, as
/// [`modeled`](Self::modeled) and, on each error type, the prism `IN_ERROR`.
pub struct Error(Box<Inner>);

struct Inner {
    /// `Lambda.Invoke`; empty before there is an operation.
    operation: String,
    kind: ErrorKind,
}

/// What kind of thing went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client's settings are incomplete or wrong.
    Config(BoxError),
    /// No credentials were found, or they could not be read.
    Credentials(BoxError),
    /// The request cannot be written.
    Request(CodecError),
    /// The connection could not be made, or broke.
    Connection(BoxError),
    /// The answer did not come in time.
    Timeout(Timeout),
    /// The service answered with an error.
    Service(ServiceError),
    /// The service's answer cannot be read.
    Response {
        /// The HTTP status code.
        status: u16,
        /// The service's identifier of the request, for its support.
        request_id: Option<String>,
        /// What is wrong with it, and where.
        error: CodecError,
    },
}

impl Error {
    /// An error of this kind, before there is an operation.
    pub fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { operation: String::new(), kind }))
    }

    /// The same, in the call of an operation.
    #[must_use]
    pub(crate) fn in_operation(mut self, service: &str, operation: &str) -> Self {
        self.0.operation = format!("{service}.{operation}");
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// What the service answered, if it was that.
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

    /// The code of the service's error: `ResourceNotFoundException`.
    pub fn code(&self) -> Option<&str> {
        self.service().and_then(ServiceError::code)
    }

    /// The service's identifier of the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Service(error) => error.request_id(),
            ErrorKind::Response { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status code, if there was a response that is an error or cannot be read.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Service(error) => Some(error.status()),
            ErrorKind::Response { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The headers of the service's error response: see [`ServiceError::headers`].
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.service().map(ServiceError::headers)
    }

    /// Whether a timeout expired: one of the client's, of the HTTP client's or of the operating system's.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
            || matches!(self.http_error_kind(), Some(HttpErrorKind::Timeout | HttpErrorKind::ConnectTimeout))
    }

    /// Whether no connection to the service could be made: nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(Timeout { kind: TimeoutKind::Connect, .. }))
            || matches!(self.http_error_kind(), Some(HttpErrorKind::Connect | HttpErrorKind::ConnectTimeout))
    }

    /// Whether the service refused the request because there are too many.
    pub fn is_throttling(&self) -> bool {
        self.service().is_some_and(ServiceError::is_throttling)
    }

    /// Whether the same request may succeed later: the service throttles, has a temporary problem, or the connection failed.
    ///
    /// A request that was sent may have had its effect even so.
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

    /// The data of the service's error, if it is an `E`.
    pub fn modeled<E: ModeledError>(&self) -> Option<&E> {
        self.service().and_then(ServiceError::modeled)
    }

    /// The same, to be changed.
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
        match &self.0.kind {
            ErrorKind::Request(error) => write!(f, "the request cannot be written: {error}"),
            ErrorKind::Config(error) | ErrorKind::Credentials(error) | ErrorKind::Connection(error) => {
                chain(f, error.as_ref())
            }
            ErrorKind::Timeout(timeout) => timeout.fmt(f),
            ErrorKind::Service(error) => error.fmt(f),
            ErrorKind::Response { status, request_id, error } => {
                write!(f, "the answer (status {status}) cannot be read: {error}")?;
                request_id.as_ref().map_or(Ok(()), |id| write!(f, " (request id {id})"))
            }
        }
    }
}

/// An error with its causes, as far as they say more.
fn chain(f: &mut fmt::Formatter<'_>, error: &dyn StdError) -> fmt::Result {
    let mut said = error.to_string();
    f.write_str(&said)?;
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !said.contains(&text) {
            write!(f, ": {text}")?;
            said = text;
        }
        cause = error.source();
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("operation", &self.0.operation).field("kind", &self.0.kind).finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            ErrorKind::Request(error) | ErrorKind::Response { error, .. } => Some(error),
            ErrorKind::Config(error) | ErrorKind::Credentials(error) | ErrorKind::Connection(error) => {
                Some(error.as_ref())
            }
            ErrorKind::Service(error) => error.source(),
            ErrorKind::Timeout(_) => None,
        }
    }
}
