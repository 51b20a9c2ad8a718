//! The interface of a wire protocol, and the requests and responses that it writes and reads.

use super::OperationSchema;
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    http::RequestBody,
    stream::ByteStream,
};
use bytes::Bytes;
use http::HeaderMap;
use std::fmt;

/// A wire protocol. It converts for clients and for servers; tests and local endpoints use the latter.
pub trait Protocol: fmt::Debug + Send + Sync + 'static {
    /// Returns the name in service models: `rest-json`.
    fn name(&self) -> &'static str;

    /// Writes a request for `operation` with `input`. The body of a streaming operation is left empty: the client takes the
    /// stream out of the input.
    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError>;

    /// Reads a successful response into `output`.
    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError>;

    /// Reads an error response. This cannot fail: at least the status is known.
    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError;

    /// Returns whether a response with a successful status contains an error. S3 sends these if it finds out late.
    fn is_error_in_success(&self, operation: &'static OperationSchema, response: &Response) -> bool {
        let _ = (operation, response);
        false
    }

    /// Reads the input of a request for `operation`: the reverse of [`write_request`](Self::write_request).
    fn read_request(
        &self,
        operation: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        let _ = (operation, request, input);
        Err(self.server_side_unsupported())
    }

    /// Writes a successful response with this status, unless a member is bound to the status. Streams are left out.
    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        let _ = (operation, output, status);
        Err(self.server_side_unsupported())
    }

    /// Writes an error response: the reverse of [`read_error`](Self::read_error).
    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let _ = (operation, error);
        Err(self.server_side_unsupported())
    }

    /// Returns the error of a protocol that implements the client's side only.
    #[doc(hidden)]
    fn server_side_unsupported(&self) -> CodecError {
        CodecError::new(format!("the protocol {} is implemented for clients only", self.name()))
    }

    /// Reads a document on its own, as in a message of an event stream, into `into`. It has all members but those that are
    /// headers of the event.
    fn read_document(
        &self,
        operation: &'static OperationSchema,
        bytes: &[u8],
        into: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        let _ = (operation, bytes, into);
        Err(CodecError::new(format!("the protocol {} has no event streams", self.name())))
    }

    /// Writes `value` as a document on its own: all members but those that are headers of the event.
    fn write_document(
        &self,
        operation: &'static OperationSchema,
        value: &dyn Structure,
    ) -> Result<Bytes, CodecError> {
        let _ = (operation, value);
        Err(CodecError::new(format!("the protocol {} has no event streams", self.name())))
    }

    /// Returns the media type of such a document.
    fn document_type(&self) -> &'static str {
        "application/json"
    }
}

/// What a request depends on besides its input.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RequestOptions<'a> {
    /// Makes the idempotency token for a member that is unset.
    pub idempotency_token: &'a dyn Fn() -> String,
}

/// A request as a protocol writes it: without host and signature. `Debug` leaves out the address and the body, of which parts
/// may be secret.
#[non_exhaustive]
pub struct Request<B = Bytes> {
    /// The HTTP method.
    pub method: &'static str,
    /// The path and, after a question mark, the query; both encoded.
    pub uri: String,
    /// The headers that the protocol and the model require.
    pub headers: HeaderMap,
    /// The body. The protocol leaves it empty if the operation streams it.
    pub body: B,
    /// The prefix of the host name, with its labels filled in.
    pub host_prefix: Option<String>,
}

impl<B> Request<B> {
    /// Returns the request with this body in place of its own.
    pub fn with_body<T>(self, body: T) -> Request<T> {
        let Self { method, uri, headers, body: _, host_prefix } = self;
        Request { method, uri, headers, body, host_prefix }
    }
}

impl Request<RequestBody> {
    /// Returns a copy, or `None` if the body can be sent only once.
    pub fn try_clone(&self) -> Option<Self> {
        let Self { method, uri, headers, body, host_prefix } = self;
        let (uri, headers, host_prefix) = (uri.clone(), headers.clone(), host_prefix.clone());
        Some(Self { method, uri, headers, body: body.try_clone()?, host_prefix })
    }
}

/// A response as it was received. `Debug` leaves out the content of the body, which may be secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: ResponseBody,
}

/// The body of a response: in memory, or a stream if the operation has a streaming output.
pub enum ResponseBody {
    /// A body in memory.
    Bytes(Bytes),
    /// A streaming body.
    Stream(ByteStream),
}

impl<B> fmt::Debug for Request<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = &self.headers;
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("headers", headers)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Stream(stream) => f.debug_tuple("Stream").field(stream).finish(),
        }
    }
}

impl ResponseBody {
    /// Returns all bytes. Only the bodies of streaming operations are streams, which fail here unless they are buffered.
    pub(crate) fn into_bytes(self) -> Result<Bytes, CodecError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut stream) => stream
                .buffered()
                .ok_or_else(|| CodecError::expected("a buffered body", "a stream that was not read yet")),
        }
    }
}

impl<'a> RequestOptions<'a> {
    /// Creates the options from the function that makes idempotency tokens.
    pub const fn new(idempotency_token: &'a dyn Fn() -> String) -> Self {
        Self { idempotency_token }
    }
}

impl Request {
    /// Creates a request without headers, body and host prefix.
    pub fn new(method: &'static str, uri: impl Into<String>) -> Self {
        Self { method, uri: uri.into(), headers: HeaderMap::new(), body: Bytes::new(), host_prefix: None }
    }
}

impl Response {
    /// Creates a response.
    pub fn new(status: u16, headers: HeaderMap, body: impl Into<ResponseBody>) -> Self {
        Self { status, headers, body: body.into() }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<ByteStream> for ResponseBody {
    fn from(stream: ByteStream) -> Self {
        Self::Stream(stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn debug_leaves_out_what_may_be_secret() {
        let mut request = Request::new("GET", "/secret?secret");
        request.body = "secret".into();
        request.host_prefix = Some("secret".into());
        let mut token = HeaderValue::from_static("secret");
        token.set_sensitive(true);
        request.headers.insert("x-token", token);
        assert_eq!(
            format!("{request:?}"),
            "Request { method: \"GET\", headers: {\"x-token\": Sensitive}, .. }"
        );
        let response = Response::new(200, HeaderMap::new(), "secret");
        assert_eq!(format!("{response:?}"), "Response { status: 200, headers: {}, body: Bytes(6 bytes) }");
    }
}
