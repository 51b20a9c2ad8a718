//! Errors that a service returns.

use super::ModeledError;
use bytes::Bytes;
use http::HeaderMap;
use std::{any::Any, error::Error as StdError, fmt};

/// The most bytes of headers that an error keeps.
const MAX_HEADERS: usize = 16 * 1024;

/// The most bytes of the body that an error keeps.
const MAX_BODY: usize = 64 * 1024;

/// The codes of throttling errors in the standard retry mode of the AWS SDKs.
const THROTTLING_CODES: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// The codes of temporary errors in the standard retry mode of the AWS SDKs.
const TRANSIENT_CODES: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// An error that a service returned: its code, its message and, if the model describes it, its data.
#[derive(Default)]
pub struct ServiceError {
    status: u16,
    code: Option<Box<str>>,
    message: Option<String>,
    request_id: Option<Box<str>>,
    extended_request_id: Option<Box<str>>,
    headers: HeaderMap,
    body: Bytes,
    modeled: Option<Box<dyn ModeledError>>,
}

impl ServiceError {
    /// Creates an error with nothing but an HTTP status code.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// Sets the code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into().into());
        self
    }

    /// Sets the message.
    #[must_use]
    pub fn with_message(mut self, message: Option<String>) -> Self {
        self.message = message;
        self
    }

    /// Sets the service's identifier of the request.
    #[must_use]
    pub fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.request_id = request_id.map(Into::into);
        self
    }

    /// Sets the second identifier of the request.
    #[must_use]
    pub fn with_extended_request_id(mut self, id: Option<String>) -> Self {
        self.extended_request_id = id.map(Into::into);
        self
    }

    /// Sets the headers of the response, as many as fit into 16 KiB.
    #[must_use]
    pub fn with_headers(mut self, headers: &HeaderMap) -> Self {
        let mut size = 0;
        self.headers.clear();
        for (name, value) in headers {
            size += name.as_str().len() + value.len();
            if size > MAX_HEADERS || self.headers.try_append(name, value.clone()).is_err() {
                break;
            }
        }
        self
    }

    /// Sets the body of the response; its first 64 KiB are kept.
    #[must_use]
    pub fn with_body(mut self, body: &Bytes) -> Self {
        // A part of a larger body would keep all of it in memory.
        self.body = body.get(..MAX_BODY).map_or_else(|| body.clone(), Bytes::copy_from_slice);
        self
    }

    /// Sets the data of the error.
    #[must_use]
    pub fn with_modeled(mut self, modeled: Box<dyn ModeledError>) -> Self {
        self.modeled = Some(modeled);
        self
    }

    /// Creates an error with this data and its status and code, for tests and local endpoints.
    pub fn of(modeled: impl ModeledError) -> Self {
        let schema = modeled.error_schema();
        let fallback = if schema.sender_fault { 400 } else { 500 };
        Self::new(schema.status.unwrap_or(fallback)).with_code(schema.code).with_modeled(Box::new(modeled))
    }

    /// Returns the HTTP status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the code: `ResourceNotFoundException`. `None` if the response has none, for example that of a proxy.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the message of the service.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the service's identifier of the request, which AWS support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the second identifier of the request, which S3 and some other services send and AWS support asks for too.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.extended_request_id.as_deref()
    }

    /// Returns the headers of the response, such as `retry-after`, up to 16 KiB. There are none for an error within a stream of
    /// events.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body of the response as it came, up to 64 KiB. It is empty for an error within a stream of events.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns whether the service throttles requests: by the model, the status 429 or one of the codes that AWS uses.
    pub fn is_throttling(&self) -> bool {
        self.status == 429 || self.is_modeled_throttling() || self.has_throttling_code()
    }

    /// Returns whether the code is that of throttling in all services.
    pub(crate) fn has_throttling_code(&self) -> bool {
        self.code().is_some_and(|code| THROTTLING_CODES.contains(&code))
    }

    /// Returns whether the code is that of a temporary error in all services.
    pub(crate) fn has_transient_code(&self) -> bool {
        self.code().is_some_and(|code| TRANSIENT_CODES.contains(&code))
    }

    /// Returns whether the model says that the service throttles.
    pub(crate) fn is_modeled_throttling(&self) -> bool {
        self.data().is_some_and(|data| data.error_schema().throttling)
    }

    /// Returns whether the model says that the same request may succeed later.
    pub(crate) fn is_modeled_retryable(&self) -> bool {
        self.data().is_some_and(|data| data.error_schema().retryable)
    }

    /// Returns whether the same request may succeed later: by the model, because the service throttles, or by the status or code
    /// of a temporary problem.
    pub fn is_retryable(&self) -> bool {
        self.is_throttling()
            || matches!(self.status, 500 | 502 | 503 | 504)
            || self.is_modeled_retryable()
            || self.has_transient_code()
    }

    /// Returns the data of the error, if it is an `E`.
    pub fn modeled<E: ModeledError>(&self) -> Option<&E> {
        (self.modeled.as_deref()? as &dyn Any).downcast_ref()
    }

    /// Returns the data of the error by mutable reference, if it is an `E`.
    pub fn modeled_mut<E: ModeledError>(&mut self) -> Option<&mut E> {
        (self.modeled.as_deref_mut()? as &mut dyn Any).downcast_mut()
    }

    /// Returns the data of the error, of any type.
    pub fn data(&self) -> Option<&dyn ModeledError> {
        self.modeled.as_deref()
    }

    /// Returns what to check first for this code.
    fn advice(&self) -> Option<&'static str> {
        Some(match self.code.as_deref()? {
            "InvalidSignatureException" | "SignatureDoesNotMatch" => {
                "check the secret access key, and that the machine's clock is right"
            }
            "UnrecognizedClientException" | "InvalidClientTokenId" | "InvalidAccessKeyId" | "AuthFailure" => {
                "the service does not know the access key: check it, and whether it needs a session token"
            }
            "ExpiredToken" | "ExpiredTokenException" => "the credentials have expired: get new ones",
            "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" => {
                "these credentials lack the permission"
            }
            _ => return None,
        })
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or("an error without a code"))?;
        let advice = self.advice();
        if let Some(message) = self.message.as_deref().filter(|message| !message.is_empty()) {
            // The advice continues the sentence.
            let message = if advice.is_some() { message.trim_end_matches('.') } else { message };
            write!(f, ": {message}")?;
        }
        if let Some(advice) = advice {
            write!(f, "; {advice}")?;
        }
        write!(f, " (status {}", self.status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request id {id}")?;
        }
        if let Some(id) = &self.extended_request_id {
            write!(f, ", extended request id {id}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("extended_request_id", &self.extended_request_id)
            .field("modeled", &self.modeled)
            .finish_non_exhaustive()
    }
}

/// Has no source: its text has what that of [`data`](ServiceError::data) has.
impl StdError for ServiceError {}
