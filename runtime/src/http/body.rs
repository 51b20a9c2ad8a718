//! Request bodies.

use crate::stream::{ByteStream, StreamError};
use bytes::Bytes;
use std::{fmt, sync::Arc};

/// The body of a request.
#[non_exhaustive]
pub enum RequestBody {
    /// All bytes, in memory. Can be sent any number of times.
    Bytes(Bytes),
    /// A stream that the function creates anew for each attempt.
    Replayable(Arc<dyn Fn() -> ByteStream + Send + Sync>),
    /// A stream that can be sent once.
    Once(ByteStream),
    /// The frames of an event stream, which are signed one by one. Can be sent once.
    Events(Box<dyn EventFrames>),
}

/// Signs one frame of an event stream: returns the frame that carries the given one and its signature. Called with no bytes
/// at the end, for the frame that closes a signed stream.
pub type FrameSigner = Box<dyn FnMut(Bytes) -> Result<Bytes, StreamError> + Send>;

/// The frames of an event stream that is sent as a body.
pub trait EventFrames: fmt::Debug + Send {
    /// Returns the frames as a stream of bytes, each replaced by what `signer` makes of it, if there is a signer.
    fn into_stream(self: Box<Self>, signer: Option<FrameSigner>) -> ByteStream;
}

impl RequestBody {
    /// Returns the content if it is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether the body is in memory and has no bytes.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    /// Returns a copy that can be sent too, or `None` if the body can be sent only once.
    pub fn try_clone(&self) -> Option<Self> {
        match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Replayable(create) => Some(Self::Replayable(create.clone())),
            Self::Once(_) | Self::Events(_) => None,
        }
    }

    /// Returns the body as one stream. The frames of an event stream are not signed.
    pub fn into_stream(self) -> ByteStream {
        match self {
            Self::Bytes(bytes) => bytes.into(),
            Self::Replayable(create) => create(),
            Self::Once(stream) => stream,
            Self::Events(frames) => frames.into_stream(None),
        }
    }

    /// Replaces the bytes of the body by what `wrap` makes of them, such as a stream that counts, hashes or compresses. A
    /// body that can be sent again still can: `wrap` is called for each attempt. Event streams stay as they are.
    pub fn wrap(&mut self, wrap: impl Fn(ByteStream) -> ByteStream + Send + Sync + 'static) {
        *self = match std::mem::take(self) {
            Self::Bytes(bytes) => Self::Replayable(Arc::new(move || wrap(bytes.clone().into()))),
            Self::Replayable(create) => Self::Replayable(Arc::new(move || wrap(create()))),
            Self::Once(stream) => Self::Once(wrap(stream)),
            events @ Self::Events(_) => events,
        };
    }
}

impl Default for RequestBody {
    /// No bytes.
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Replayable(_) => f.write_str("Replayable(..)"),
            Self::Once(_) => f.write_str("Once(..)"),
            Self::Events(_) => f.write_str("Events(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_in_memory_stay_replayable_when_they_are_wrapped() {
        let mut body = RequestBody::from("bytes");
        body.wrap(|stream| stream);
        let again = body.try_clone().unwrap();
        assert_eq!(body.into_stream().buffered().unwrap(), "bytes");
        assert_eq!(again.into_stream().buffered().unwrap(), "bytes");
        assert!(RequestBody::Once("bytes".into()).try_clone().is_none());
    }
}
