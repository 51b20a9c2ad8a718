//! EventBody out of bytes, as they come.

use super::{AROUND, FrameError, Limits, Message, PRELUDE, crc::crc32, header};
use bytes::{Buf as _, Bytes, BytesMut};

/// Takes frames from a stream of bytes that may be split anywhere.
///
/// Where [`next_message`](Self::next_message) is asked until it has none, and only then is more pushed, it holds no more than
/// one frame and what was pushed last: a frame that says it is longer than the limits allow is refused when its first twelve
/// bytes are there. After an error there is no way to find the next frame, so the error stays.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: BytesMut,
    limits: Limits,
    failed: Option<FrameError>,
}

/// The two lengths that a frame begins with.
#[derive(Clone, Copy)]
struct Prelude {
    total: usize,
    headers: usize,
}

impl Decoder {
    /// A decoder with other limits than the default ones.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Adds the bytes that come next.
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

    /// The next message; `None` where more bytes are needed.
    pub fn next_message(&mut self) -> Result<Option<Message>, FrameError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.decode().inspect_err(|error| {
            self.failed = Some(error.clone());
            self.buffer = BytesMut::new();
        })
    }

    /// There are no more bytes: an error where they ended inside a frame.
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
        let computed = crc32(&bytes[..PRELUDE - 4]);
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

/// The message in `frame`, the lengths of which have been checked.
fn read(mut frame: Bytes, headers: usize) -> Result<Message, FrameError> {
    let end = frame.split_off(frame.len().saturating_sub(4));
    let stated = end.first_chunk().map_or(0, |sum| u32::from_be_bytes(*sum));
    let computed = crc32(&frame);
    if computed != stated {
        return Err(FrameError::MessageChecksum { computed, stated });
    }
    let mut payload = frame.split_off(PRELUDE);
    let headers = header::read_all(&payload.split_to(headers))?;
    Ok(Message { headers, payload })
}
