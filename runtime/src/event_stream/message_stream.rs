//! Messages from a body.

use super::frame::{Decoder, Message};
use crate::{
    codec::CodecError,
    error::{Error, ErrorKind},
    operation::OperationSchema,
    stream::ByteStream,
};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// A body that is a stream of events, with the operation that describes it. It is a [`Stream`](futures_core::Stream) of all
/// messages, including those with errors.
#[derive(Default)]
pub struct MessageStream(Option<Box<Open>>);

struct Open {
    body: ByteStream,
    decoder: Decoder,
    context: &'static OperationSchema,
    request_id: Option<String>,
    /// A message that was put back.
    first: Option<Message>,
}

impl MessageStream {
    /// Creates the stream of the messages in `body`, a body of the operation `context`.
    pub fn new(body: ByteStream, context: &'static OperationSchema) -> Self {
        let decoder = Decoder::default();
        Self(Some(Box::new(Open { body, decoder, context, request_id: None, first: None })))
    }

    /// Sets the service's identifier of the request.
    #[must_use]
    pub fn with_request_id(mut self, request_id: Option<String>) -> Self {
        if let Some(open) = &mut self.0 {
            open.request_id = request_id;
        }
        self
    }

    /// Returns the operation; `None` after the end.
    pub(super) fn context(&self) -> Option<&'static OperationSchema> {
        self.0.as_ref().map(|open| open.context)
    }

    pub(super) fn request_id(&self) -> Option<String> {
        self.0.as_ref().and_then(|open| open.request_id.clone())
    }

    /// Makes `message` the next message.
    pub(super) fn put_back(&mut self, message: Message) {
        if let Some(open) = &mut self.0 {
            open.first = Some(message);
        }
    }

    /// Ends the stream and drops the connection.
    pub(super) fn close(&mut self) {
        self.0 = None;
    }

    /// Returns the next message, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Message, Error>> {
        std::future::poll_fn(|context| self.poll_message(context)).await
    }

    /// Polls the next message. An end within a frame is an error; after an error, the stream ends.
    pub(super) fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        let Some(open) = &mut self.0 else { return Poll::Ready(None) };
        let message = ready!(open.poll(context));
        if !matches!(message, Some(Ok(_))) {
            self.close();
        }
        Poll::Ready(message)
    }
}

impl Open {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        if let Some(message) = self.first.take() {
            return Poll::Ready(Some(Ok(message)));
        }
        loop {
            match self.decoder.next_message() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(message))),
                Ok(None) => {}
                Err(error) => {
                    let error = CodecError::new(error.to_string());
                    return Poll::Ready(Some(Err(response_error(
                        self.context,
                        self.request_id.take(),
                        error,
                    ))));
                }
            }
            match ready!(futures_core::Stream::poll_next(Pin::new(&mut self.body), context)) {
                Some(Ok(chunk)) => self.decoder.push(chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.broken(error)))),
                None => {
                    return Poll::Ready(self.decoder.end().err().map(|error| Err(self.broken(error.into()))));
                }
            }
        }
    }

    /// Returns the error of a broken connection.
    fn broken(&self, error: crate::stream::StreamError) -> Error {
        // Errors of the client stay as they are.
        let error = match error.downcast::<Error>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        Error::new(ErrorKind::Connection(error)).in_operation(self.context.service.id, self.context.name)
    }
}

/// Returns the error of a message that cannot be read.
pub(super) fn response_error(
    context: &'static OperationSchema,
    request_id: Option<String>,
    error: CodecError,
) -> Error {
    // Only successful responses have events.
    let kind = ErrorKind::Response { status: 200, request_id, error };
    Error::new(kind).in_operation(context.service.id, context.name)
}

impl futures_core::Stream for MessageStream {
    type Item = Result<Message, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_message(context)
    }
}

impl fmt::Debug for MessageStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MessageStream(..)")
    }
}
