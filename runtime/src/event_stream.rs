//! Streams of events: the messages that some operations send or answer with, one after the other.
//!
//! [`frame`] is the encoding of one message; [`EventStream`] is the typed stream over it, a member of a request or a response.
//! Which part of a message carries what is said by Smithy's specification of event streams: the header `:message-type` tells
//! events from exceptions and errors, `:event-type` names the member of the union, and the headers and the payload hold the
//! members of its structure.

mod decode;
mod exception;
pub mod frame;
mod reader;
mod source;

pub use source::EventSource;

use crate::{
    codec::{CodecError, Reader, Structure, Value, Writer},
    error::Error,
    schema::Member,
};
use std::{
    fmt,
    pin::Pin,
    sync::Mutex,
    task::{Context, Poll, ready},
};

/// Any stream of events that is not read from a body.
type Made<E> = Pin<Box<dyn futures_core::Stream<Item = Result<E, Error>> + Send>>;

/// A stream of events; `E` is the union of them.
///
/// Events come as they arrive, by [`next`](Self::next) or as a [`Stream`](futures_core::Stream). An error of the service, a
/// message that cannot be read and a connection that breaks, within a message too, are an `Err`, and the last item. An event
/// that the model does not know is the union's unknown case.
pub struct EventStream<E>(Source<E>);

enum Source<E> {
    Received(EventSource),
    Made(Mutex<Made<E>>),
}

impl<E: Structure> EventStream<E> {
    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<E, Error>> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E, Error>>> {
        let source = match &mut self.0 {
            Source::Received(source) => source,
            Source::Made(made) => {
                let made = made.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
                return made.as_mut().poll_next(context);
            }
        };
        loop {
            let (operation, request_id) = (source.context(), source.request_id());
            let message = ready!(source.poll_message(context));
            let (Some(message), Some(operation)) = (message, operation) else { return Poll::Ready(None) };
            let mut event = E::blank();
            match message.and_then(|message| decode::event(operation, request_id, &message, &mut event)) {
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

/// No event at all.
impl<E> Default for EventStream<E> {
    fn default() -> Self {
        Self(Source::Received(EventSource::default()))
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
        self.0 = Source::Received(from.events(at)?);
        Ok(())
    }

    fn blank() -> Self {
        Self::default()
    }
}
