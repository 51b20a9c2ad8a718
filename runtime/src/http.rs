//! HTTP as the client uses it: a transport that can be replaced, request bodies, and errors that say how far a request came.
//!
//! [`HttpClient`] is the transport. The default one is reqwest; any other is set with
//! [`Builder::transport`](crate::Builder::transport).

mod body;
mod error;
mod proxy;
pub(crate) mod reqwest;

pub use body::{EventFrames, FrameSigner, RequestBody};
pub use error::{HttpError, HttpErrorKind};
pub(crate) use error::{TransportError, UrlProblem};

use crate::stream::ByteStream;
use http::{HeaderMap, Method};
use std::{fmt, pin::Pin};
use url::Url;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A response as a transport returns it.
pub type HttpResponse = http::Response<ByteStream>;

/// Sends HTTP requests.
///
/// An implementation sends each request once and as it is: it follows no redirect, repeats nothing, decompresses nothing and
/// adds no header that is signed, since the signature would no longer fit. The client sets the read and operation timeouts; a
/// transport has at most a timeout for connecting.
pub trait HttpClient: fmt::Debug + Send + Sync + 'static {
    /// Sends `request` and returns the response once its headers have arrived. The body follows as a stream.
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>>;
}

/// A request: everything that is sent.
///
/// The URL is parsed, so that what is signed is what is sent. [`into_http`](Self::into_http) gives the same request in the
/// types of the crate `http`.
#[derive(Debug)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL, without a fragment.
    pub url: Url,
    /// The header fields. The transport adds `host`, and the length of the body unless it is here.
    pub headers: HeaderMap,
    /// The body.
    pub body: RequestBody,
}

impl HttpRequest {
    /// Creates a request without header fields and body.
    pub fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: RequestBody::default() }
    }

    /// Converts the request into the types of the crate `http`.
    ///
    /// Fails if the URL is not a valid [`http::Uri`], as one of more than 65,534 bytes.
    pub fn into_http(self) -> Result<http::Request<RequestBody>, http::Error> {
        let mut request =
            http::Request::builder().method(self.method).uri(String::from(self.url)).body(self.body)?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}
