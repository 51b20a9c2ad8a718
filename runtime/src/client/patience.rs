//! How long to wait, and for what.

use crate::{
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    stream::StreamError,
};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep, timeout_at};

/// The limits of a client; `None` is no limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For a connection to be made.
    pub(super) connect: Option<Duration>,
    /// For anything to move.
    pub(super) read: Option<Duration>,
    /// For the call as a whole.
    pub(super) operation: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // TCP repeats its first packet after one second and after three.
            connect: Some(Duration::from_millis(3100)),
            // A Lambda function may run for 15 minutes before it answers.
            read: Some(Duration::from_mins(16)),
            operation: None,
        }
    }
}

/// The point in time when something of the request's body was last asked for: then the other side had taken what was
/// before.
#[derive(Clone, Debug)]
pub(super) struct Progress(Arc<Mutex<Instant>>);

impl Progress {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The output of `work`, unless nothing moves for `limit`.
pub(super) async fn wait<F: Future>(
    work: F,
    limit: Option<Duration>,
    progress: &Progress,
) -> Result<F::Output, Error> {
    let Some(limit) = limit else { return Ok(work.await) };
    let mut work = std::pin::pin!(work);
    loop {
        // Beyond the end of time there is no limit.
        let Some(deadline) = progress.last().checked_add(limit) else { return Ok(work.await) };
        if let Ok(output) = timeout_at(deadline, &mut work).await {
            return Ok(output);
        }
        if progress.last().elapsed() >= limit {
            return Err(silent(limit).into());
        }
    }
}

fn silent(limit: Duration) -> ErrorKind {
    ErrorKind::Timeout(Timeout::new(TimeoutKind::Read, limit))
}

/// A body of a request that notes when it is asked for more.
pub(super) struct Noted<B> {
    pub(super) body: B,
    pub(super) progress: Progress,
}

impl<B: Body + Unpin> Body for Noted<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        self.progress.note();
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}

/// A body of an answer that fails where nothing comes for a while.
pub(super) struct Patient<B> {
    body: B,
    limit: Option<Duration>,
    /// Runs while the body is waited for.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<B> Patient<B> {
    pub(super) fn new(body: B, limit: Option<Duration>) -> Self {
        Self { body, limit, alarm: None }
    }
}

impl<B> Body for Patient<B>
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
            this.alarm = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(limit) = this.limit else { return Poll::Pending };
        let alarm = this.alarm.get_or_insert_with(|| Box::pin(sleep(limit)));
        std::task::ready!(alarm.as_mut().poll(context));
        Poll::Ready(Some(Err(Box::new(Error::new(silent(limit))))))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}
