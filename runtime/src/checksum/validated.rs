//! Bodies of responses that are compared with their checksum.

use super::algorithm::{Algorithm, Hasher};
use crate::{
    codec::{CodecError, base64},
    stream::{ByteStream, StreamError},
};
use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The checksum that a service states.
pub(crate) struct Expected {
    algorithm: &'static Algorithm,
    value: String,
    hasher: Box<dyn Hasher>,
}

impl Expected {
    /// Finds the checksum to compare with: that of the first algorithm that the operation names, the response has and the runtime
    /// computes. `None` if there is none, or those that there are belong to parts of the object.
    pub(crate) fn find(algorithms: &[&str], headers: &HeaderMap) -> Option<Self> {
        Algorithm::all().filter(|algorithm| algorithms.contains(&algorithm.name)).find_map(|algorithm| {
            let value = headers.get(&algorithm.header)?.to_str().ok()?.trim();
            let hasher = algorithm.is_checksum(value).then(|| algorithm.start()).flatten()?;
            Some(Self { algorithm, value: value.to_owned(), hasher })
        })
    }

    /// Takes the next bytes of the body.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Compares at the end of the body.
    pub(crate) fn check(self) -> Result<(), CodecError> {
        let Self { algorithm, value, hasher } = self;
        let computed = base64::encode(&hasher.finish());
        if base64::decode(&computed) == base64::decode(&value) {
            return Ok(());
        }
        Err(CodecError::new(format!(
            "the body is not what the service sent: its {} checksum is {computed}, but `{}` says {value}",
            algorithm.name, algorithm.header
        )))
    }
}

/// A body that ends with an error if its checksum is not the expected one.
pub(crate) struct ValidatedBody<F> {
    stream: ByteStream,
    /// `None` after the end.
    expected: Option<Expected>,
    /// Makes the error of a mismatch.
    error: F,
}

impl<F: Fn(CodecError) -> StreamError> ValidatedBody<F> {
    pub(crate) fn new(stream: ByteStream, expected: Expected, error: F) -> Self {
        Self { stream, expected: Some(expected), error }
    }
}

impl<F: Fn(CodecError) -> StreamError + Unpin> Body for ValidatedBody<F> {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.stream).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let (Some(data), Some(expected)) = (frame.data_ref(), &mut this.expected) {
                    expected.update(data);
                }
            }
            Some(Err(_)) => this.expected = None,
            None => {
                if let Some(Err(error)) = this.expected.take().map(Expected::check) {
                    return Poll::Ready(Some(Err((this.error)(error))));
                }
            }
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.stream.size_hint()
    }
}
