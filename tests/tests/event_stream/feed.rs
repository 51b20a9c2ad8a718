//! A body whose chunks the test sends one by one.

use http_body::{Body, Frame};
use myrina::{ByteStream, Bytes, StreamError};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(crate) type Chunk = Result<Bytes, StreamError>;

/// A body, and what its chunks are put into; it ends when that is dropped.
pub(crate) fn feed() -> (UnboundedSender<Chunk>, ByteStream) {
    let (sender, receiver) = unbounded_channel();
    (sender, ByteStream::from_body(Fed(receiver)))
}

/// A body of these chunks.
pub(crate) fn body(chunks: impl IntoIterator<Item = Chunk>) -> ByteStream {
    let (sender, body) = feed();
    for chunk in chunks {
        sender.send(chunk).unwrap();
    }
    body
}

struct Fed(UnboundedReceiver<Chunk>);

impl Body for Fed {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let chunk = ready!(self.0.poll_recv(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
