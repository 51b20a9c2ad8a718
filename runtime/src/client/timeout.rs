//! Timeouts of a call, and the bodies that they watch.

use crate::{
    clock::{self, Clock, Sleep},
    codec::CodecError,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    http::RequestBody,
    operation::OperationSchema,
    stream::{ByteStream, StreamError},
};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// The timeouts of a client; `None` is no limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// For making a connection.
    pub(super) connect: Option<Duration>,
    /// For any progress while sending and receiving.
    pub(super) read: ReadTimeout,
    /// For one attempt.
    pub(super) attempt: Option<Duration>,
    /// For the call as a whole.
    pub(super) operation: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            // TCP repeats its first packet after one second and after three.
            connect: Some(Duration::from_millis(3100)),
            read: ReadTimeout::OfOperation,
            attempt: None,
            operation: None,
        }
    }
}

/// How long a service may send nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum ReadTimeout {
    /// As long as the operation says.
    OfOperation,
    /// As long as the client says; `None` is no limit.
    OfClient(Option<Duration>),
}

/// How long a service may send nothing, unless the operation says otherwise.
const READ_TIMEOUT: Duration = Duration::from_mins(1);

impl Timeouts {
    /// The limit for any progress while sending and receiving: the client's if it has one, or else the operation's.
    pub(super) fn read_limit(&self, operation: &OperationSchema) -> Option<Duration> {
        match self.read {
            ReadTimeout::OfClient(limit) => limit,
            ReadTimeout::OfOperation => {
                let seconds = operation.read_timeout.map(u64::from);
                Some(seconds.map_or(READ_TIMEOUT, Duration::from_secs))
            }
        }
    }
}

/// How the upload of a request's body goes, as its call sees it.
#[derive(Clone, Debug)]
pub(super) struct UploadProgress {
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<UploadState>>,
}

#[derive(Debug)]
struct UploadState {
    /// When the transport last asked for more or got more, by [`Clock::elapsed`]. When it asks, it has sent what came before.
    last: Duration,
    /// Why the body ended early. The transport may hide it behind an error of its own.
    error: Option<StreamError>,
}

/// The most bytes that a transport gets at once, so that it asks for more while a large body is sent.
const MAX_CHUNK: usize = 64 * 1024;

impl UploadProgress {
    /// Wraps `body` so that it records its progress and has `length` bytes, if that is stated. A small body in memory is kept: it
    /// has no progress to record.
    pub(super) async fn watch(
        body: RequestBody,
        length: Option<u64>,
        clock: &Arc<dyn Clock>,
    ) -> Result<(RequestBody, Option<Self>), StreamError> {
        if let Some(bytes) = body.as_bytes() {
            check_length(bytes.len() as u64, length)?;
            if bytes.len() <= MAX_CHUNK {
                return Ok((body, None));
            }
        }
        let mut body = body.into_stream();
        let own_length = body.len_hint();
        if let Some(own_length) = own_length {
            check_length(own_length, length)?;
        } else if length == Some(0) {
            // HTTP libraries do not read a body that is empty by its head.
            return match body.next().await.transpose()? {
                Some(_) => Err(too_long(0).into()),
                None => Ok((RequestBody::default(), None)),
            };
        }
        let state = UploadState { last: clock.elapsed(), error: None };
        let progress = Self { clock: clock.clone(), state: Arc::new(Mutex::new(state)) };
        let body = UploadBody::new(body, length.or(own_length), progress.clone());
        Ok((RequestBody::Once(ByteStream::from_body(body)), Some(progress)))
    }

    /// Returns why the body ended early, if it did.
    pub(super) fn take_error(&self) -> Option<StreamError> {
        self.state().error.take()
    }

    fn state(&self) -> MutexGuard<'_, UploadState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the response that `work` returns, as long as there was progress within the last `limit`.
pub(super) async fn read_timeout<F: Future>(
    work: F,
    limit: Option<Duration>,
    progress: Option<&UploadProgress>,
    clock: &dyn Clock,
) -> Result<F::Output, Error> {
    let Some(limit) = limit else { return Ok(work.await) };
    let mut work = pin!(work);
    let mut remaining = limit;
    loop {
        if let Some(output) = clock::timeout(clock, remaining, &mut work).await {
            return Ok(output);
        }
        let idle = progress.map_or(limit, |progress| clock.elapsed().saturating_sub(progress.state().last));
        remaining = match limit.checked_sub(idle) {
            None | Some(Duration::ZERO) => return Err(read_timeout_error(limit).into()),
            Some(remaining) => remaining,
        };
    }
}

fn read_timeout_error(limit: Duration) -> ErrorKind {
    ErrorKind::Timeout(Timeout::new(TimeoutKind::Read, limit))
}

/// Checks the length of a body against that in the request's head.
fn check_length(length: u64, stated: Option<u64>) -> Result<(), CodecError> {
    match stated.filter(|stated| *stated != length) {
        Some(stated) => Err(CodecError::new(format!(
            "the body has {length} bytes, but the request says that it has {stated}: leave the length out or correct it"
        ))),
        None => Ok(()),
    }
}

fn too_long(length: u64) -> CodecError {
    CodecError::new(format!(
        "the body has more than {length} bytes, which is the length that the request says"
    ))
}

/// A request body that records its progress, comes in chunks of limited size, and fails before its end if it has
/// another length than stated.
///
/// Without the check, HTTP libraries cut a longer body silently. Once the stated length is there, what is left waits for the end
/// of the stream, so that the service gets no body that looks complete.
struct UploadBody<B> {
    body: B,
    progress: UploadProgress,
    /// The stated length.
    length: Option<u64>,
    /// The bytes that the stream has given so far.
    received: u64,
    /// What the transport gets next.
    chunk: Bytes,
    trailers: Option<Frame<Bytes>>,
    ended: bool,
    /// Whether the transport waits for the stream. That it asks again is no progress then.
    waits: bool,
}

impl<B> UploadBody<B> {
    fn new(body: B, length: Option<u64>, progress: UploadProgress) -> Self {
        let (chunk, trailers) = (Bytes::new(), None);
        Self { body, progress, length, received: 0, chunk, trailers, ended: false, waits: false }
    }

    /// Notes that the stream has ended. Fails if it is too short.
    fn end(&mut self) -> Result<(), StreamError> {
        self.ended = true;
        match self.length.filter(|length| self.received < *length) {
            Some(length) => Err(Box::new(CodecError::new(format!(
                "the body ended after {} bytes, but the request says that it has {length}",
                self.received
            )))),
            None => Ok(()),
        }
    }

    /// Takes a chunk of the stream. Fails if it goes beyond the stated length.
    fn receive(&mut self, chunk: Bytes) -> Result<(), StreamError> {
        self.received = self.received.saturating_add(chunk.len() as u64);
        self.chunk = chunk;
        match self.length.filter(|length| self.received > *length) {
            Some(length) => Err(too_long(length).into()),
            None => Ok(()),
        }
    }
}

impl<B> UploadBody<B>
where
    B: Body<Data = Bytes, Error = StreamError> + Unpin,
{
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        loop {
            let is_complete = self.length == Some(self.received);
            if !self.chunk.is_empty() && (self.ended || !is_complete) {
                let chunk = self.chunk.split_to(self.chunk.len().min(MAX_CHUNK));
                return Poll::Ready(Some(Ok(Frame::data(chunk))));
            }
            if self.ended {
                return Poll::Ready(self.trailers.take().map(Ok));
            }
            let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context)?);
            match frame.map(Frame::into_data) {
                None => self.end()?,
                Some(Err(trailers)) => {
                    self.trailers = Some(trailers);
                    self.end()?;
                }
                Some(Ok(data)) if data.is_empty() => {}
                Some(Ok(data)) => self.receive(data)?,
            }
        }
    }
}

impl<B> Body for UploadBody<B>
where
    B: Body<Data = Bytes, Error = StreamError> + Unpin,
{
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = self.get_mut();
        let next = this.poll_next(context);
        let mut state = this.progress.state();
        if next.is_ready() || !this.waits {
            state.last = this.progress.clock.elapsed();
        }
        this.waits = next.is_pending();
        next.map_err(|error| {
            (this.ended, this.chunk, this.trailers) = (true, Bytes::new(), None);
            state.error = Some(error);
            "the body ended early".into()
        })
    }

    fn size_hint(&self) -> SizeHint {
        match self.length {
            // Less what the transport has.
            Some(length) => SizeHint::with_exact(
                length.saturating_sub(self.received).saturating_add(self.chunk.len() as u64),
            ),
            None => self.body.size_hint(),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.chunk.is_empty()
            && self.trailers.is_none()
            && (self.ended
                || self.body.is_end_stream() && self.length.is_none_or(|length| length == self.received))
    }
}

/// A response body that fails if nothing arrives for a while.
pub(super) struct ReadTimeoutBody<B> {
    body: B,
    limit: Option<Duration>,
    clock: Arc<dyn Clock>,
    /// Runs while the body is waited for.
    timer: Option<Sleep>,
}

impl<B> ReadTimeoutBody<B> {
    pub(super) fn new(body: B, limit: Option<Duration>, clock: Arc<dyn Clock>) -> Self {
        Self { body, limit, clock, timer: None }
    }
}

impl<B> Body for ReadTimeoutBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<StreamError>,
{
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = self.get_mut();
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.timer = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(limit) = this.limit else { return Poll::Pending };
        let timer = this.timer.get_or_insert_with(|| this.clock.sleep(limit));
        std::task::ready!(timer.as_mut().poll(context));
        Poll::Ready(Some(Err(Box::new(Error::new(read_timeout_error(limit))))))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}
