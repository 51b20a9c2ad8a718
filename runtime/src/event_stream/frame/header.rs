//! The headers of a frame.

use super::{FrameError, HeaderProblem};
use crate::time::Timestamp;
use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};

/// The longest name, in bytes.
const NAME_LIMIT: usize = u8::MAX as usize;
/// The longest string or byte array, in bytes.
const VALUE_LIMIT: usize = u16::MAX as usize;

/// The value of a header, of one of the ten types in the encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderValue {
    /// A boolean. `true` and `false` are two types in the encoding.
    Bool(bool),
    /// An 8-bit integer.
    Byte(i8),
    /// A 16-bit integer.
    Short(i16),
    /// A 32-bit integer.
    Int(i32),
    /// A 64-bit integer.
    Long(i64),
    /// At most 65,535 bytes.
    Bytes(Bytes),
    /// Text of at most 65,535 bytes.
    String(String),
    /// A point in time, in milliseconds.
    Timestamp(Timestamp),
    /// A UUID.
    Uuid([u8; 16]),
}

impl HeaderValue {
    /// Returns the text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Describes the value for error messages.
    pub(crate) fn found(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a boolean header",
            Self::Byte(_) | Self::Short(_) | Self::Int(_) | Self::Long(_) => "a header with a whole number",
            Self::Bytes(_) => "a header with bytes",
            Self::String(_) => "a header with text",
            Self::Timestamp(_) => "a header with a point in time",
            Self::Uuid(_) => "a header with a UUID",
        }
    }
}

impl From<&str> for HeaderValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for HeaderValue {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

/// Appends a header to `out`.
pub(super) fn write(name: &str, value: &HeaderValue, out: &mut BytesMut) -> Result<(), FrameError> {
    if name.is_empty() {
        return Err(FrameError::Header { offset: out.len(), problem: HeaderProblem::NoName });
    }
    let too_long = |_| FrameError::TooLong { part: "a header's name", length: name.len(), limit: NAME_LIMIT };
    out.put_u8(u8::try_from(name.len()).map_err(too_long)?);
    out.put_slice(name.as_bytes());
    match value {
        HeaderValue::Bool(true) => out.put_u8(0),
        HeaderValue::Bool(false) => out.put_u8(1),
        HeaderValue::Byte(number) => fixed(2, number.to_be_bytes(), out),
        HeaderValue::Short(number) => fixed(3, number.to_be_bytes(), out),
        HeaderValue::Int(number) => fixed(4, number.to_be_bytes(), out),
        HeaderValue::Long(number) => fixed(5, number.to_be_bytes(), out),
        HeaderValue::Bytes(bytes) => sized(6, bytes, out)?,
        HeaderValue::String(text) => sized(7, text.as_bytes(), out)?,
        HeaderValue::Timestamp(time) => fixed(8, time.to_millis().to_be_bytes(), out),
        HeaderValue::Uuid(bytes) => fixed(9, *bytes, out),
    }
    Ok(())
}

fn fixed<const N: usize>(kind: u8, bytes: [u8; N], out: &mut BytesMut) {
    out.put_u8(kind);
    out.put_slice(&bytes);
}

fn sized(kind: u8, bytes: &[u8], out: &mut BytesMut) -> Result<(), FrameError> {
    let too_long =
        |_| FrameError::TooLong { part: "a header's value", length: bytes.len(), limit: VALUE_LIMIT };
    let length = u16::try_from(bytes.len()).map_err(too_long)?;
    out.put_u8(kind);
    out.put_u16(length);
    out.put_slice(bytes);
    Ok(())
}

/// Decodes `bytes`, which contain headers only.
pub(super) fn read_all(bytes: &Bytes) -> Result<Vec<(String, HeaderValue)>, FrameError> {
    let mut rest = bytes.clone();
    let mut headers = Vec::new();
    while !rest.is_empty() {
        let offset = bytes.len() - rest.len();
        headers.push(read(&mut rest).map_err(|problem| FrameError::Header { offset, problem })?);
    }
    Ok(headers)
}

fn read(rest: &mut Bytes) -> Result<(String, HeaderValue), HeaderProblem> {
    let [length] = array(rest)?;
    if length == 0 {
        return Err(HeaderProblem::NoName);
    }
    let name = text(take(rest, length.into())?).ok_or(HeaderProblem::Name)?;
    let [kind] = array(rest)?;
    Ok((name, read_value(kind, rest)?))
}

fn read_value(kind: u8, rest: &mut Bytes) -> Result<HeaderValue, HeaderProblem> {
    Ok(match kind {
        0 => HeaderValue::Bool(true),
        1 => HeaderValue::Bool(false),
        2 => HeaderValue::Byte(i8::from_be_bytes(array(rest)?)),
        3 => HeaderValue::Short(i16::from_be_bytes(array(rest)?)),
        4 => HeaderValue::Int(i32::from_be_bytes(array(rest)?)),
        5 => HeaderValue::Long(i64::from_be_bytes(array(rest)?)),
        6 => HeaderValue::Bytes(read_sized(rest)?),
        7 => HeaderValue::String(text(read_sized(rest)?).ok_or(HeaderProblem::Text)?),
        8 => HeaderValue::Timestamp(Timestamp::from_millis(i64::from_be_bytes(array(rest)?))),
        9 => HeaderValue::Uuid(array(rest)?),
        _ => return Err(HeaderProblem::Type(kind)),
    })
}

fn read_sized(rest: &mut Bytes) -> Result<Bytes, HeaderProblem> {
    let length = u16::from_be_bytes(array(rest)?);
    take(rest, length.into())
}

fn take(rest: &mut Bytes, length: usize) -> Result<Bytes, HeaderProblem> {
    if rest.len() < length { Err(HeaderProblem::CutOff) } else { Ok(rest.split_to(length)) }
}

fn array<const N: usize>(rest: &mut Bytes) -> Result<[u8; N], HeaderProblem> {
    let array = *rest.first_chunk().ok_or(HeaderProblem::CutOff)?;
    rest.advance(N);
    Ok(array)
}

fn text(bytes: Bytes) -> Option<String> {
    String::from_utf8(bytes.into()).ok()
}
