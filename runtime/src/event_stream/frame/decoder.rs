//! Decodes frames from bytes that arrive in pieces.

use super::{AROUND, FrameError, Limits, Message, PRELUDE, header};
use bytes::{Buf as _, Bytes, BytesMut};

/// Decodes frames from a stream of bytes that may be split anywhere.
///
/// If you push bytes only after [`next_message`](Self::next_message) returned `None`, the decoder holds no more than one frame
/// and the bytes pushed last: a frame that exceeds the limits is an error as soon as its first twelve bytes are there. After an
/// error the next frame cannot be found, so the error is returned from then on.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: BytesMut,
    limits: Limits,
    failed: Option<FrameError>,
}

/// The two lengths at the start of a frame.
#[derive(Clone, Copy)]
struct Prelude {
    total: usize,
    headers: usize,
}

impl Decoder {
    /// Creates a decoder with these limits.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Adds the next bytes.
    pub fn push(&mut self, bytes: Bytes) {
        if self.failed.is_some() {
            return;
        }
        if self.buffer.is_empty() {
            self.buffer = BytesMut::from(bytes);
        } else {
            self.buffer.extend_from_slice(&bytes);
        }
    }

    /// Returns the next message, or `None` if more bytes are needed.
    pub fn next_message(&mut self) -> Result<Option<Message>, FrameError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.decode().inspect_err(|error| {
            self.failed = Some(error.clone());
            self.buffer = BytesMut::new();
        })
    }

    /// Ends the input. Fails if it ended within a frame.
    pub fn end(&self) -> Result<(), FrameError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let prelude = self.buffer.first_chunk().map(|prelude| Prelude::read(prelude, self.limits));
        let total = prelude.transpose()?.map(|prelude| prelude.total);
        match self.buffer.len() {
            0 => Ok(()),
            received => Err(FrameError::Truncated { received, total }),
        }
    }

    fn decode(&mut self) -> Result<Option<Message>, FrameError> {
        let Some(prelude) = self.buffer.first_chunk() else { return Ok(None) };
        let prelude = Prelude::read(prelude, self.limits)?;
        if self.buffer.len() < prelude.total {
            return Ok(None);
        }
        read(self.buffer.split_to(prelude.total).freeze(), prelude.headers).map(Some)
    }
}

impl Prelude {
    fn read(bytes: &[u8; PRELUDE], limits: Limits) -> Result<Self, FrameError> {
        let mut rest = bytes.as_slice();
        let (total, headers, stated) = (rest.get_u32(), rest.get_u32(), rest.get_u32());
        let computed = crc32fast::hash(&bytes[..PRELUDE - 4]);
        if computed != stated {
            return Err(FrameError::PreludeChecksum { computed, stated });
        }
        let wrong = FrameError::Lengths { total, headers };
        let (total, headers) = (total as usize, headers as usize);
        let payload = total.checked_sub(AROUND).and_then(|rest| rest.checked_sub(headers)).ok_or(wrong)?;
        limits.check(headers, payload)?;
        Ok(Self { total, headers })
    }
}

/// Decodes `frame`, whose lengths are checked.
fn read(mut frame: Bytes, headers: usize) -> Result<Message, FrameError> {
    let end = frame.split_off(frame.len().saturating_sub(4));
    let stated = end.first_chunk().map_or(0, |sum| u32::from_be_bytes(*sum));
    let computed = crc32fast::hash(&frame);
    if computed != stated {
        return Err(FrameError::MessageChecksum { computed, stated });
    }
    let mut payload = frame.split_off(PRELUDE);
    let headers = header::read_all(&payload.split_to(headers))?;
    Ok(Message { headers, payload })
}
