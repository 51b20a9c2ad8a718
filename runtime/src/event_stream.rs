//! Streams of events: the messages that some operations send or answer with, one after the other.
//!
//! [`frame`] is the encoding of one message; [`EventStream`] is the typed stream over it, a member of a request or a response.
//! Which part of a message carries what is said by Smithy's specification of event streams: the header `:message-type` tells
//! events from exceptions and errors, `:event-type` names the member of the union, and the headers and the payload hold the
//! members of its structure.

mod decode;
mod encode;
mod exception;
pub mod frame;
mod frames;
mod initial;
mod reader;
mod source;
mod writer;

pub use frames::EventBody;
pub use initial::{member_of, read_output};
pub use source::MessageStream;

use crate::{
    codec::{CodecError, Reader, StreamingBody, Structure, Value, Writer},
    error::Error,
    operation::OperationSchema,
    schema::Member,
};
use frame::Message;
use frames::Boxed;
use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

/// A stream of events; `E` is the union of them.
///
/// Events come as they arrive, by [`next`](Self::next) or as a [`Stream`](futures_core::Stream). An error of the service, a
/// message that cannot be read and a connection that breaks, within a message too, are an `Err`, and the last item. An event
/// that the model does not know is the union's unknown case.
pub struct EventStream<E>(Source<E>);

enum Source<E> {
    Received(MessageStream),
    Made(Mutex<Boxed<E>>),
}

impl<E: Structure> EventStream<E> {
    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<E, Error>> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    /// A stream of the given events: to be sent, or to be read as it is. An error among them is the last item.
    pub fn from_events(events: impl futures_core::Stream<Item = Result<E, Error>> + Send + 'static) -> Self {
        Self(Source::Made(Mutex::new(Box::pin(events))))
    }

    /// The events as they are sent in a request or response of `operation`. Messages that were received pass as they are.
    pub fn into_body(self, operation: &'static OperationSchema) -> EventBody {
        let messages: Boxed<Message> = match self.0 {
            Source::Received(source) => Box::pin(source),
            Source::Made(made) => {
                let events = made.into_inner().unwrap_or_else(PoisonError::into_inner);
                Box::pin(Encoded { events, operation })
            }
        };
        EventBody::new(messages, operation, E::schema_of())
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E, Error>>> {
        let source = match &mut self.0 {
            Source::Received(source) => source,
            Source::Made(made) => {
                let made = made.get_mut().unwrap_or_else(PoisonError::into_inner);
                let event = ready!(made.as_mut().poll_next(context));
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
                Ok(decode::Read::Event) => return Poll::Ready(Some(Ok(event))),
                Ok(decode::Read::Initial) => {}
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

/// Events that become messages.
struct Encoded<E> {
    events: Boxed<E>,
    operation: &'static OperationSchema,
}

impl<E: Structure> futures_core::Stream for Encoded<E> {
    type Item = Result<Message, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = ready!(self.events.as_mut().poll_next(context));
        Poll::Ready(event.map(|event| {
            let message = encode::event(self.operation, &event?);
            message.map_err(|error| frames::unwritable(self.operation, error))
        }))
    }
}

/// A stream of events whose type is not known at compile time.
pub struct DynEventStream(Box<dyn ErasedEvents>);

impl DynEventStream {
    /// Takes the stream out of a member's value. `None` if the member is unset or no stream of events.
    pub fn take_from(value: &mut dyn Value) -> Option<Self> {
        value.take_body()?.downcast().ok().map(|stream| *stream)
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Box<dyn Structure>, Error>> {
        std::future::poll_fn(|context| self.0.poll_boxed(context)).await
    }

    /// The events as the body of a request or response of `operation`.
    pub fn into_body(self, operation: &'static OperationSchema) -> EventBody {
        self.0.into_body(operation)
    }
}

impl fmt::Debug for DynEventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynEventStream(..)")
    }
}

/// What a [`DynEventStream`] needs of the [`EventStream`] inside.
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

/// Events that are there already.
struct Held<E>(std::vec::IntoIter<E>);

impl<E> Unpin for Held<E> {}

impl<E> futures_core::Stream for Held<E> {
    type Item = Result<E, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

impl<E: Structure> From<Vec<E>> for EventStream<E> {
    fn from(events: Vec<E>) -> Self {
        Self::from_events(Held(events.into_iter()))
    }
}

impl<E: Structure> FromIterator<E> for EventStream<E> {
    fn from_iter<I: IntoIterator<Item = E>>(events: I) -> Self {
        events.into_iter().collect::<Vec<_>>().into()
    }
}

/// No event at all.
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
        // The client takes the events themselves.
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        *self = match from.take_body(at)? {
            Some(body) => match body.downcast() {
                Ok(messages) => Self(Source::Received(*messages)),
                Err(_) => return Err(CodecError::expected(at.expected(), "a body of another type")),
            },
            None => {
                let mut events = Vec::new();
                from.list(at, &mut events)?;
                events.into()
            }
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
