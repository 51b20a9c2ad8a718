//! Timeouts of a call, and the bodies that they watch.

use crate::{
    clock::{self, Clock, Sleep},
    codec::CodecError,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    http::RequestBody,
    stream::{ByteStream, StreamError},
};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// The timeouts of a client; `None` is no limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// For making a connection.
    pub(super) connect: Option<Duration>,
    /// For any progress while sending and receiving.
    pub(super) read: Option<Duration>,
    /// For the call as a whole.
    pub(super) operation: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            // TCP repeats its first packet after one second and after three.
            connect: Some(Duration::from_millis(3100)),
            // A Lambda function may run for 15 minutes before it responds.
            read: Some(Duration::from_mins(16)),
            operation: None,
        }
    }
}

/// When the transport last asked for more of a request's body, by [`Clock::elapsed`]: by then it had sent what came before.
#[derive(Clone, Debug)]
pub(super) struct UploadProgress {
    clock: Arc<dyn Clock>,
    last: Arc<Mutex<Duration>>,
}

/// The most bytes that a transport gets at once, so that it asks for more while a large body is sent.
const MAX_CHUNK: usize = 64 * 1024;

impl UploadProgress {
    /// Wraps `body` so that it records its progress and has `length` bytes, if that is stated. A small body in memory is kept: it
    /// has no progress to record.
    pub(super) fn watch(
        body: RequestBody,
        length: Option<u64>,
        clock: &Arc<dyn Clock>,
    ) -> Result<(RequestBody, Option<Self>), CodecError> {
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
        }
        let progress = Self { clock: clock.clone(), last: Arc::new(Mutex::new(clock.elapsed())) };
        let body = UploadBody::new(body, length.or(own_length), progress.clone());
        Ok((RequestBody::Once(ByteStream::from_body(body)), Some(progress)))
    }

    fn record(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = self.clock.elapsed();
    }

    fn last(&self) -> Duration {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
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
        let idle = progress.map_or(limit, |progress| clock.elapsed().saturating_sub(progress.last()));
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

/// A request body that records when it is asked for more, comes in chunks of limited size, and fails before its end if it has
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
}

impl<B> UploadBody<B> {
    fn new(body: B, length: Option<u64>, progress: UploadProgress) -> Self {
        Self { body, progress, length, received: 0, chunk: Bytes::new(), trailers: None, ended: false }
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
            Some(length) => Err(Box::new(CodecError::new(format!(
                "the body has more than {length} bytes, which is the length that the request says"
            )))),
            None => Ok(()),
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
        this.progress.record();
        loop {
            let may_go_on = this.ended || this.length != Some(this.received);
            if may_go_on && !this.chunk.is_empty() {
                let chunk = this.chunk.split_to(this.chunk.len().min(MAX_CHUNK));
                return Poll::Ready(Some(Ok(Frame::data(chunk))));
            }
            if this.ended {
                return Poll::Ready(this.trailers.take().map(Ok));
            }
            let frame = std::task::ready!(Pin::new(&mut this.body).poll_frame(context)?);
            let checked = match frame.map(Frame::into_data) {
                None => this.end(),
                Some(Err(trailers)) => {
                    this.trailers = Some(trailers);
                    this.end()
                }
                Some(Ok(data)) if data.is_empty() => Ok(()),
                Some(Ok(data)) => this.receive(data),
            };
            if let Err(error) = checked {
                (this.ended, this.chunk) = (true, Bytes::new());
                return Poll::Ready(Some(Err(error)));
            }
        }
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
