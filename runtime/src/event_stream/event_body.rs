//! Events as a body.

use super::{encode, frame::Message};
use crate::{
    codec::{CodecError, Structure},
    error::{Error, ErrorKind},
    http::{EventFrames, FrameSigner},
    operation::OperationSchema,
    schema::Schema,
    stream::{ByteStream, StreamError},
};
use bytes::Bytes;
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// A boxed stream.
pub(super) type BoxStream<T> = Pin<Box<dyn futures_core::Stream<Item = Result<T, Error>> + Send>>;

/// A function that signs a frame.
type Sign = Box<dyn FnMut(Bytes) -> Result<Bytes, Error> + Send>;

/// The frames of a stream of events, each encoded when it is needed: the body of a request or response.
pub struct EventBody {
    messages: BoxStream<Message>,
    operation: &'static OperationSchema,
    /// The union of the events.
    union: &'static Schema,
    first: Option<Message>,
    errors: ErrorHandling,
    sign: Option<Sign>,
    ended: bool,
}

/// What happens to an error of the service among the events.
enum ErrorHandling {
    /// It ends the stream with an error.
    Break,
    /// It is sent as a message.
    Send,
}

impl EventBody {
    pub(super) fn new(
        messages: BoxStream<Message>,
        operation: &'static OperationSchema,
        union: &'static Schema,
    ) -> Self {
        Self {
            messages,
            operation,
            union,
            first: None,
            errors: ErrorHandling::Break,
            sign: None,
            ended: false,
        }
    }

    /// Prepends a message of type `initial-request` with the members of `input` besides the stream, for protocols without HTTP
    /// bindings.
    pub fn after_request(self, input: &dyn Structure) -> Result<Self, CodecError> {
        let first = encode::initial(self.operation, "initial-request", input)?;
        Ok(Self { first: Some(first), ..self })
    }

    /// Prepends a message of type `initial-response` with the members of `output` besides the stream.
    pub fn after_response(self, output: &dyn Structure) -> Result<Self, CodecError> {
        let first = encode::initial(self.operation, super::decode::INITIAL_RESPONSE, output)?;
        Ok(Self { first: Some(first), ..self })
    }

    /// Sends errors of the service among the events as messages, as a service does; they are the last ones. Without this, any
    /// error ends the stream.
    #[must_use]
    pub fn as_server(self) -> Self {
        Self { errors: ErrorHandling::Send, ..self }
    }

    /// Replaces each frame by the result of `sign`. At the end, `sign` is called without bytes, for the empty frame that closes a
    /// signed stream.
    #[must_use]
    pub fn signed(self, sign: impl FnMut(Bytes) -> Result<Bytes, Error> + Send + 'static) -> Self {
        Self { sign: Some(Box::new(sign)), ..self }
    }

    /// Converts the frames to a stream of bytes.
    pub fn into_stream(self) -> ByteStream {
        ByteStream::from_body(Body(self))
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let message = match self.first.take() {
            Some(message) => Some(Ok(message)),
            None => ready!(self.messages.as_mut().poll_next(context)),
        };
        let frame = match message {
            Some(Ok(message)) => self.encode(&message),
            Some(Err(error)) => {
                self.ended = true;
                self.error_message(error).and_then(|message| self.encode(&message))
            }
            None => {
                self.ended = true;
                let Some(sign) = &mut self.sign else { return Poll::Ready(None) };
                sign(Bytes::new())
            }
        };
        self.ended |= frame.is_err();
        Poll::Ready(Some(frame))
    }

    fn encode(&mut self, message: &Message) -> Result<Bytes, Error> {
        let frame = message.encode();
        let frame =
            frame.map_err(|error| request_error(self.operation, CodecError::new(error.to_string())))?;
        match &mut self.sign {
            Some(sign) => sign(frame),
            None => Ok(frame),
        }
    }

    /// Returns the message with the error, if errors are sent.
    fn error_message(&self, error: Error) -> Result<Message, Error> {
        match (&self.errors, error.service()) {
            (ErrorHandling::Send, Some(service)) => encode::error(self.operation, self.union, service)
                .map_err(|error| request_error(self.operation, error)),
            _ => Err(error),
        }
    }
}

impl EventFrames for EventBody {
    fn into_stream(self: Box<Self>, signer: Option<FrameSigner>) -> ByteStream {
        let Some(mut sign) = signer else { return (*self).into_stream() };
        let sign = move |frame| sign(frame).map_err(signing_error);
        self.signed(sign).into_stream()
    }
}

/// Converts an error of a [`FrameSigner`].
fn signing_error(error: StreamError) -> Error {
    error.downcast().map_or_else(
        |error| ErrorKind::Request(CodecError::new(error.to_string())).into(),
        |error: Box<Error>| *error,
    )
}

/// Returns the error for an event that cannot be sent.
pub(super) fn request_error(operation: &'static OperationSchema, error: CodecError) -> Error {
    Error::new(ErrorKind::Request(error)).in_operation(operation.service.id, operation.name)
}

impl futures_core::Stream for EventBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_frame(context)
    }
}

/// The frames as an HTTP body.
struct Body(EventBody);

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Error>>> {
        let frame = ready!(self.get_mut().0.poll_frame(context));
        Poll::Ready(frame.map(|frame| frame.map(http_body::Frame::data)))
    }
}

impl fmt::Debug for EventBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventBody(..)")
    }
}
