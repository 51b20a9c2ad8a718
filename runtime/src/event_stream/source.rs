//! Messages out of the body of a response.

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

/// The body of a response that is a stream of events, with what is needed to understand it. As a
/// [`Stream`](futures_core::Stream) it is one of messages as they came, those of errors too.
#[derive(Default)]
pub struct MessageStream(Option<Box<Open>>);

struct Open {
    body: ByteStream,
    decoder: Decoder,
    context: &'static OperationSchema,
    request_id: Option<String>,
    /// A message that was looked at and put back.
    first: Option<Message>,
}

impl MessageStream {
    /// The events in `body`, in the protocol and with the errors of the operation that it answers.
    pub fn new(body: ByteStream, context: &'static OperationSchema) -> Self {
        let decoder = Decoder::default();
        Self(Some(Box::new(Open { body, decoder, context, request_id: None, first: None })))
    }

    /// The same with the service's identifier of the request, for its support.
    #[must_use]
    pub fn with_request_id(mut self, request_id: Option<String>) -> Self {
        if let Some(open) = &mut self.0 {
            open.request_id = request_id;
        }
        self
    }

    /// The operation; `None` behind the end.
    pub(super) fn context(&self) -> Option<&'static OperationSchema> {
        self.0.as_ref().map(|open| open.context)
    }

    pub(super) fn request_id(&self) -> Option<String> {
        self.0.as_ref().and_then(|open| open.request_id.clone())
    }

    /// The next message is this one.
    pub(super) fn put_back(&mut self, message: Message) {
        if let Some(open) = &mut self.0 {
            open.first = Some(message);
        }
    }

    /// Lets go of the connection: nothing is to come.
    pub(super) fn close(&mut self) {
        self.0 = None;
    }

    /// The next message; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Message, Error>> {
        std::future::poll_fn(|context| self.poll_message(context)).await
    }

    /// The next message. The end is one only between two frames; behind an error there is nothing.
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
                    return Poll::Ready(Some(Err(unreadable(self.context, self.request_id.take(), error))));
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

    /// The connection ended where it must not.
    fn broken(&self, error: crate::stream::StreamError) -> Error {
        // The client says it already in its own words.
        let error = match error.downcast::<Error>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        Error::new(ErrorKind::Connection(error)).in_operation(self.context.service.id, self.context.name)
    }
}

/// A message that came as it was sent, and is not what it should be.
pub(super) fn unreadable(
    context: &'static OperationSchema,
    request_id: Option<String>,
    error: CodecError,
) -> Error {
    // There are events behind successes only.
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
