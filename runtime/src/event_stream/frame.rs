//! The encoding of messages: `application/vnd.amazon.eventstream`.
//!
//! A frame consists of its length and the length of its headers, 4 bytes each; the CRC-32 of these 8 bytes; the headers; the
//! payload; and the CRC-32 of all of it. Numbers are big-endian. The specification is Smithy's "Amazon Event Stream
//! Specification".

mod decoder;
mod error;
mod header;

pub use decoder::Decoder;
pub use error::{FrameError, HeaderProblem};
pub use header::HeaderValue;

use bytes::{BufMut as _, Bytes, BytesMut};
use std::fmt;

/// The bytes before the headers: two lengths and a checksum.
const PRELUDE: usize = 12;
/// The bytes besides headers and payload.
const AROUND: usize = PRELUDE + 4;

/// A message of a stream. `Debug` shows the headers that every stream has, and leaves out the values of the others and the content
/// of the payload, which may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The names and values of the headers, in order.
    pub headers: Vec<(String, HeaderValue)>,
    /// The payload.
    pub payload: Bytes,
}

/// The most bytes that the parts of a frame may have. The defaults are those of AWS: 128 KiB of headers, 24 MiB of payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// All headers together.
    pub headers: usize,
    /// The payload.
    pub payload: usize,
}

impl Message {
    /// Creates a message without headers.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self { headers: Vec::new(), payload: payload.into() }
    }

    /// Appends a header.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the value of the first header with this name.
    pub fn header(&self, name: &str) -> Option<&HeaderValue> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Encodes the message. Fails if a header's name is empty or longer than 255 bytes, its value is longer than 65,535 bytes, or
    /// the message exceeds the default [`Limits`].
    pub fn encode(&self) -> Result<Bytes, FrameError> {
        let mut headers = BytesMut::new();
        for (name, value) in &self.headers {
            header::write(name, value, &mut headers)?;
        }
        Limits::default().check(headers.len(), self.payload.len())?;
        let total = AROUND + headers.len() + self.payload.len();
        let mut frame = BytesMut::with_capacity(total);
        frame.put_u32(length(total)?);
        frame.put_u32(length(headers.len())?);
        frame.put_u32(crc32fast::hash(&frame));
        frame.put_slice(&headers);
        frame.put_slice(&self.payload);
        frame.put_u32(crc32fast::hash(&frame));
        Ok(frame.freeze())
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut message = f.debug_struct("Message");
        for (name, value) in &self.headers {
            match value {
                HeaderValue::String(text) if name.starts_with(':') => message.field(name, text),
                _ => message.field(name, &format_args!("(hidden)")),
            };
        }
        message.field("payload", &format_args!("{} bytes", self.payload.len())).finish()
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { headers: 128 << 10, payload: 24 << 20 }
    }
}

impl Limits {
    /// Sets the limit for the payload.
    #[must_use]
    pub fn payload(mut self, bytes: usize) -> Self {
        self.payload = bytes;
        self
    }

    /// Sets the limit for the headers.
    #[must_use]
    pub fn headers(mut self, bytes: usize) -> Self {
        self.headers = bytes;
        self
    }

    fn check(self, headers: usize, payload: usize) -> Result<(), FrameError> {
        if headers > self.headers {
            return Err(FrameError::TooLong { part: "headers", length: headers, limit: self.headers });
        }
        if payload > self.payload {
            return Err(FrameError::TooLong { part: "a payload", length: payload, limit: self.payload });
        }
        Ok(())
    }
}

fn length(length: usize) -> Result<u32, FrameError> {
    u32::try_from(length).map_err(|_| FrameError::TooLong {
        part: "a frame",
        length,
        limit: u32::MAX as usize,
    })
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn debug_leaves_out_what_may_be_secret() {
        let message = Message::new("secret").with(":event-type", "chunk").with("name", "secret");
        assert_eq!(
            format!("{message:?}"),
            "Message { :event-type: \"chunk\", name: (hidden), payload: 6 bytes }"
        );
    }
}
