//! The encoding of messages: `application/vnd.amazon.eventstream`.
//!
//! A frame is: its length and the length of its headers, 4 bytes each; the CRC-32 of these 8; the headers; the payload; the
//! CRC-32 of all that. Numbers have their most significant byte first. The specification is a part of Smithy's, "Amazon Event
//! Stream Specification".

mod crc;
mod decoder;
mod error;
mod header;

pub use decoder::Decoder;
pub use error::{FrameError, HeaderProblem};
pub use header::HeaderValue;

use bytes::{BufMut as _, Bytes, BytesMut};

/// The bytes before the headers: two lengths and a checksum.
const PRELUDE: usize = 12;
/// The bytes beside headers and payload.
const AROUND: usize = PRELUDE + 4;

/// One message of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The names and values of the headers, as they follow each other.
    pub headers: Vec<(String, HeaderValue)>,
    /// The payload.
    pub payload: Bytes,
}

/// How long the parts of a frame may be, in bytes. The default ones are those of AWS: 128 KiB of headers and 24 MiB of payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// All headers together.
    pub headers: usize,
    /// The payload.
    pub payload: usize,
}

impl Message {
    /// A message without headers.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self { headers: Vec::new(), payload: payload.into() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The value of the first header with this name.
    pub fn header(&self, name: &str) -> Option<&HeaderValue> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The frame. Fails where a header's name is empty or has more than 255 bytes, its value has more than 65,535, or the
    /// whole is beyond the default [`Limits`].
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
        frame.put_u32(crc::crc32(&frame));
        frame.put_slice(&headers);
        frame.put_slice(&self.payload);
        frame.put_u32(crc::crc32(&frame));
        Ok(frame.freeze())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { headers: 128 << 10, payload: 24 << 20 }
    }
}

impl Limits {
    /// The same with another limit for the payload.
    #[must_use]
    pub fn payload(mut self, bytes: usize) -> Self {
        self.payload = bytes;
        self
    }

    /// The same with another limit for the headers.
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
