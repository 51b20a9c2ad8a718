//! Streams of events, which some operations send or receive as messages.
//!
//! [`frame`] encodes one message; [`EventStream`] is the typed stream, a member of a request or a response. Smithy's
//! specification of event streams says which part of a message carries what: the header `:message-type` distinguishes events,
//! exceptions and errors, `:event-type` is the name of a member of the union, and the headers and the payload contain the
//! members of its structure.

mod decode;
mod encode;
mod event_body;
mod exception;
pub mod frame;
mod initial;
mod message_stream;
mod reader;
mod writer;

pub use event_body::EventBody;
pub use initial::{member_of, read_output};
pub use message_stream::MessageStream;

use crate::{
    codec::{CodecError, Reader, StreamingBody, Structure, Value, Writer},
    error::Error,
    operation::OperationSchema,
    schema::Member,
};
use event_body::BoxStream;
use frame::Message;
use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

/// A stream of events; `E` is the union of them.
///
/// Read it with [`next`](Self::next) or as a [`Stream`](futures_core::Stream). An error of the service, a message that cannot be
/// read and a broken connection, also within a message, are an `Err`, which is the last item. An event that is not in the model
/// is the unknown variant of the union.
pub struct EventStream<E>(Source<E>);

enum Source<E> {
    Received(MessageStream),
    Events(Mutex<BoxStream<E>>),
}

impl<E: Structure> EventStream<E> {
    /// Returns the next event, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<E, Error>> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    /// Creates a stream of these events, to send or to read. An error among them is the last item.
    pub fn from_events(events: impl futures_core::Stream<Item = Result<E, Error>> + Send + 'static) -> Self {
        Self(Source::Events(Mutex::new(Box::pin(events))))
    }

    /// Encodes the events as the body of a request or response of `operation`. Messages that were received are sent unchanged.
    pub fn into_body(self, operation: &'static OperationSchema) -> EventBody {
        let messages: BoxStream<Message> = match self.0 {
            Source::Received(source) => Box::pin(source),
            Source::Events(events) => {
                let events = events.into_inner().unwrap_or_else(PoisonError::into_inner);
                Box::pin(Encoded { events, operation })
            }
        };
        EventBody::new(messages, operation, E::schema_of())
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E, Error>>> {
        let source = match &mut self.0 {
            Source::Received(source) => source,
            Source::Events(events) => {
                let events = events.get_mut().unwrap_or_else(PoisonError::into_inner);
                let event = ready!(events.as_mut().poll_next(context));
                if !matches!(event, Some(Ok(_))) {
                    *self = Self::default();
                }
                return Poll::Ready(event);
            }
        };
        loop {
            let operation = source.context();
            let message = ready!(source.poll_message(context));
            let (Some(message), Some(operation)) = (message, operation) else { return Poll::Ready(None) };
            let mut event = E::empty();
            match message.and_then(|message| decode::event(operation, source, &message, &mut event)) {
                Ok(decode::Content::Event) => return Poll::Ready(Some(Ok(event))),
                Ok(decode::Content::Initial) => {}
                Err(error) => {
                    source.close();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<E: Structure> futures_core::Stream for EventStream<E> {
    type Item = Result<E, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

/// Events as messages.
struct Encoded<E> {
    events: BoxStream<E>,
    operation: &'static OperationSchema,
}

impl<E: Structure> futures_core::Stream for Encoded<E> {
    type Item = Result<Message, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = ready!(self.events.as_mut().poll_next(context));
        Poll::Ready(event.map(|event| {
            let message = encode::event(self.operation, &event?);
            message.map_err(|error| event_body::request_error(self.operation, error))
        }))
    }
}

/// A stream of events whose type is not known at compile time.
pub struct DynEventStream(Box<dyn ErasedEvents>);

impl DynEventStream {
    /// Takes the stream out of a member's value. `None` if the member is unset or not a stream of events.
    pub fn take_from(value: &mut dyn Value) -> Option<Self> {
        value.take_body()?.downcast().ok().map(|stream| *stream)
    }

    /// Returns the next event, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Box<dyn Structure>, Error>> {
        std::future::poll_fn(|context| self.0.poll_boxed(context)).await
    }

    /// Encodes the events as the body of a request or response of `operation`.
    pub fn into_body(self, operation: &'static OperationSchema) -> EventBody {
        self.0.into_body(operation)
    }
}

impl fmt::Debug for DynEventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynEventStream(..)")
    }
}

/// An [`EventStream`] of any type.
trait ErasedEvents: Send {
    fn poll_boxed(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Box<dyn Structure>, Error>>>;

    fn into_body(self: Box<Self>, operation: &'static OperationSchema) -> EventBody;
}

impl<E: Structure> ErasedEvents for EventStream<E> {
    fn poll_boxed(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Box<dyn Structure>, Error>>> {
        let event = ready!(self.poll_event(context));
        Poll::Ready(event.map(|event| event.map(|event| Box::new(event) as Box<dyn Structure>)))
    }

    fn into_body(self: Box<Self>, operation: &'static OperationSchema) -> EventBody {
        (*self).into_body(operation)
    }
}

/// Events in memory.
struct Buffered<E>(std::vec::IntoIter<E>);

impl<E> Unpin for Buffered<E> {}

impl<E> futures_core::Stream for Buffered<E> {
    type Item = Result<E, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

impl<E: Structure> From<Vec<E>> for EventStream<E> {
    fn from(events: Vec<E>) -> Self {
        Self::from_events(Buffered(events.into_iter()))
    }
}

impl<E: Structure> FromIterator<E> for EventStream<E> {
    fn from_iter<I: IntoIterator<Item = E>>(events: I) -> Self {
        events.into_iter().collect::<Vec<_>>().into()
    }
}

/// An empty stream.
impl<E> Default for EventStream<E> {
    fn default() -> Self {
        Self(Source::Received(MessageStream::default()))
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream(..)")
    }
}

impl<E: Structure> Value for EventStream<E> {
    fn write(&self, _: &'static Member, _: &mut dyn Writer) {
        // The client sends the events.
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        *self = if let Some(body) = from.take_body(at)? {
            match body.downcast() {
                Ok(messages) => Self(Source::Received(*messages)),
                Err(_) => return Err(CodecError::expected(at.expected(), "a body of another type")),
            }
        } else {
            let mut events = Vec::new();
            from.list(at, &mut events)?;
            events.into()
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
        Some(Box::new(DynEventStream(Box::new(std::mem::take(self)))))
    }
}
