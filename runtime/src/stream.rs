//! Streams of bytes.

use crate::codec::{CodecError, Reader, StreamingBody, Value, Writer};
use crate::schema::Member;
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, combinators::UnsyncBoxBody};
use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
};

/// An error of the source of a stream.
pub type StreamError = Box<dyn std::error::Error + Send + Sync>;

/// A stream of bytes: the body of a request or response.
///
/// Create it from bytes by `into`, from any [`http_body::Body`] by [`from_body`](Self::from_body), or from a function by
/// [`replayable`](Self::replayable); a call with one from a body cannot be retried, as it can be read only once. Read it chunk by chunk
/// with [`next`](Self::next) or as a [`Stream`](futures_core::Stream), or as a whole with [`collect`](Self::collect). An error is
/// the last item: the stream ends after it.
pub struct ByteStream(Mutex<Source>);

enum Source {
    /// In memory: can be sent again.
    Buffered(Bytes),
    /// Created when it is read. Can be sent again.
    Replayable(Replay),
    Body(UnsyncBoxBody<Bytes, StreamError>),
    /// A body after its first item, which was looked at and is still to come.
    Peeked(Option<Result<Bytes, StreamError>>, UnsyncBoxBody<Bytes, StreamError>),
}

/// Creates a stream anew.
pub(crate) type Replay = Arc<dyn Fn() -> ByteStream + Send + Sync>;

impl ByteStream {
    /// Creates a stream that `create` creates anew each time that it is sent, so that the call can be retried.
    ///
    /// ```
    /// use myrina::ByteStream;
    ///
    /// let greeting = ByteStream::replayable(|| "hello".into());
    /// ```
    pub fn replayable(create: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self(Mutex::new(Source::Replayable(Arc::new(create))))
    }

    /// Creates a stream of the bytes of a body.
    pub fn from_body<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<StreamError>,
    {
        Self(Mutex::new(Source::Body(body.map_err(Into::into).boxed_unsync())))
    }

    /// Takes the stream out of a member's value. `None` if the member is unset or not a stream of bytes.
    pub fn take_from(value: &mut dyn Value) -> Option<Self> {
        value.take_body()?.downcast().ok().map(|stream| *stream)
    }

    /// Returns the next chunk, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_chunk(context)).await
    }

    /// Returns the rest of the stream as one piece, of any length: [`collect_up_to`](Self::collect_up_to) limits it.
    pub async fn collect(self) -> Result<Bytes, StreamError> {
        self.collect_up_to(usize::MAX).await
    }

    /// Returns the rest of the stream as one piece. Fails if it has more than `limit` bytes, before it holds many more.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<Bytes, StreamError> {
        let too_long =
            || CodecError::new(format!("the stream has more than {limit} bytes, which is the limit"));
        if let Some(bytes) = self.buffered() {
            return if bytes.len() > limit { Err(too_long().into()) } else { Ok(bytes) };
        }
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            if chunk.len() > limit - all.len() {
                return Err(too_long().into());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Returns the content if it is in memory.
    pub(crate) fn buffered(&mut self) -> Option<Bytes> {
        match self.source() {
            Source::Buffered(bytes) => Some(bytes.clone()),
            Source::Replayable(_) | Source::Body(_) | Source::Peeked(..) => None,
        }
    }

    /// Returns what creates the stream anew, if there is such a function and nothing was read yet.
    pub(crate) fn replay(&mut self) -> Option<Replay> {
        match self.source() {
            Source::Replayable(create) => Some(Arc::clone(create)),
            _ => None,
        }
    }

    /// Waits for the first bytes and returns them; they are still to be read. `None` if there are none, or instead of an error.
    pub(crate) async fn peek(&mut self) -> Option<Bytes> {
        if let Source::Buffered(bytes) = self.source() {
            return Some(bytes.clone()).filter(|bytes| !bytes.is_empty());
        }
        let item = self.next().await;
        let first = item.as_ref().and_then(|item| item.as_ref().ok()).cloned();
        *self.source() = match std::mem::replace(self.source(), Source::Buffered(Bytes::new())) {
            Source::Body(body) => Source::Peeked(item, body),
            // After an error or the end.
            _ => Source::Peeked(item, UnsyncBoxBody::default()),
        };
        first
    }

    /// Returns the number of bytes to come, if it is known.
    pub fn len_hint(&mut self) -> Option<u64> {
        match self.source() {
            Source::Buffered(bytes) => Some(bytes.len() as u64),
            Source::Replayable(create) => create().len_hint(),
            Source::Body(body) => body.size_hint().exact(),
            Source::Peeked(..) => None,
        }
    }

    fn source(&mut self) -> &mut Source {
        self.0.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Polls for the next bytes. Trailers are skipped.
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, StreamError>>> {
        loop {
            match ready!(self.as_mut().poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl<T: Into<Bytes>> From<T> for ByteStream {
    fn from(bytes: T) -> Self {
        Self(Mutex::new(Source::Buffered(bytes.into())))
    }
}

impl futures_core::Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl Body for ByteStream {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let source = self.get_mut().source();
        while let Source::Replayable(create) = source {
            let created = create().0.into_inner();
            *source = created.unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        match source {
            Source::Replayable(_) => Poll::Ready(None),
            Source::Buffered(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Buffered(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Source::Peeked(first, body) => {
                let (first, body) = (first.take(), std::mem::take(body));
                *source = match first {
                    Some(Ok(_)) => Source::Body(body),
                    _ => Source::Buffered(Bytes::new()),
                };
                Poll::Ready(first.map(|chunk| chunk.map(Frame::data)))
            }
            Source::Body(body) => loop {
                let frame = ready!(Pin::new(&mut *body).poll_frame(context));
                let is_empty = |frame: &Frame<Bytes>| frame.data_ref().is_some_and(Bytes::is_empty);
                match &frame {
                    Some(Ok(frame)) if is_empty(frame) => continue,
                    Some(Ok(_)) => {}
                    // A body that failed may fail for ever.
                    _ => *source = Source::Buffered(Bytes::new()),
                }
                return Poll::Ready(frame);
            },
        }
    }

    fn size_hint(&self) -> SizeHint {
        let source = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match &*source {
            Source::Buffered(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Replayable(create) => create().size_hint(),
            Source::Body(body) => body.size_hint(),
            Source::Peeked(..) => SizeHint::default(),
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream(..)")
    }
}

impl Value for ByteStream {
    fn write(&self, _: &'static Member, _: &mut dyn Writer) {
        // The client sends the stream.
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        *self = match from.take_body(at)? {
            Some(body) => match body.downcast() {
                Ok(stream) => *stream,
                Err(_) => return Err(CodecError::expected(at.expected(), "a body of another type")),
            },
            None => from.blob(at)?.into(),
        };
        Ok(())
    }

    fn empty() -> Self {
        Self::default()
    }

    fn reset(&mut self) {
        *self = Self::empty();
    }

    fn take_body(&mut self) -> Option<StreamingBody> {
        Some(Box::new(std::mem::take(self)))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::VecDeque;

    struct Chunks(VecDeque<Result<Bytes, StreamError>>);

    impl Body for Chunks {
        type Data = Bytes;
        type Error = StreamError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
            Poll::Ready(self.0.pop_front().map(|chunk| chunk.map(Frame::data)))
        }
    }

    /// A stream of these chunks, whose length is not known.
    pub(crate) fn of_chunks<C: Into<Bytes>>(
        chunks: impl IntoIterator<Item = Result<C, StreamError>>,
    ) -> ByteStream {
        ByteStream::from_body(Chunks(chunks.into_iter().map(|chunk| chunk.map(Into::into)).collect()))
    }
}
