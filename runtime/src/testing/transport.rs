//! A transport without a network.

use crate::{
    http::{BoxFuture, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpResponse},
    stream::ByteStream,
};
use bytes::Bytes;
use http::{HeaderMap, Method};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A transport that keeps requests in memory and answers them by a function or from a queue. Clones share both.
///
/// ```no_run
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use myrina::{Client, testing::InMemory};
///
/// let transport = InMemory::queue([Ok(http::Response::new("{}".into()))]);
/// let client = Client::builder().transport(transport.clone()).build()?;
/// // After a call:
/// assert_eq!(transport.requests().len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct InMemory(Arc<Mutex<State>>);

type Respond = Box<dyn FnMut(&RecordedRequest) -> Result<HttpResponse, HttpError> + Send>;

struct State {
    respond: Respond,
    requests: Vec<RecordedRequest>,
}

/// A request that was sent to an [`InMemory`] transport.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The header fields, without those that a transport adds.
    pub headers: HeaderMap,
    /// All bytes of the body.
    pub body: Bytes,
}

impl InMemory {
    /// Creates a transport that answers each request by `respond`.
    pub fn new(
        respond: impl FnMut(&RecordedRequest) -> Result<HttpResponse, HttpError> + Send + 'static,
    ) -> Self {
        Self(Arc::new(Mutex::new(State { respond: Box::new(respond), requests: Vec::new() })))
    }

    /// Creates a transport that answers the requests in turn. Those after the last response fail to connect.
    pub fn queue(responses: impl IntoIterator<Item = Result<HttpResponse, HttpError>>) -> Self {
        let mut responses: VecDeque<_> = responses.into_iter().collect();
        Self::new(move |_| {
            let none = || Err(HttpError::new(HttpErrorKind::Connect, "no response is left"));
            responses.pop_front().unwrap_or_else(none)
        })
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let HttpRequest { method, url, headers, body } = request;
        let body = collect(body.into_stream()).await?;
        let request = RecordedRequest { method, url: url.into(), headers, body };
        let state = &mut *self.state();
        state.requests.push(request.clone());
        (state.respond)(&request)
    }
}

/// Reads a body as a transport does. It fails if the body does.
async fn collect(body: ByteStream) -> Result<Bytes, HttpError> {
    body.collect().await.map_err(|error| HttpError::new(HttpErrorKind::Other, error))
}

impl HttpClient for InMemory {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("requests", &self.state().requests).finish_non_exhaustive()
    }
}
