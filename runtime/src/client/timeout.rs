//! Timeouts of a call, and the bodies that they watch.

use crate::{
    clock::{self, Clock, Sleep},
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

impl UploadProgress {
    /// Wraps the stream in `body`, if it is one, so that it records its progress. A body in memory has none to record.
    pub(super) fn watch(body: RequestBody, clock: &Arc<dyn Clock>) -> (RequestBody, Option<Self>) {
        if body.as_bytes().is_some() {
            return (body, None);
        }
        let progress = Self { clock: clock.clone(), last: Arc::new(Mutex::new(clock.elapsed())) };
        let body = ProgressBody { body: body.into_stream(), progress: progress.clone() };
        (RequestBody::Once(ByteStream::from_body(body)), Some(progress))
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

/// A request body that records when it is asked for more.
struct ProgressBody<B> {
    body: B,
    progress: UploadProgress,
}

impl<B: Body + Unpin> Body for ProgressBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        self.progress.record();
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
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
