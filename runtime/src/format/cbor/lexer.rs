//! Splits CBOR into items.

use crate::{codec::CodecError, format::depth::too_deep_at};
use minicbor::{Decoder, decode};
use std::{borrow::Cow, fmt};

/// What may be nested, for error messages.
pub(super) const NESTED: &str = "arrays and maps";

/// Ends an array, map or string of indefinite length.
pub(super) const BREAK: u8 = 0xff;

/// A position in a CBOR document. Every method consumes what it returns and the tags before it, and fails if something else
/// comes next.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    input: &'a [u8],
    offset: usize,
}

/// The kind of the next item, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Null or undefined.
    Null,
    Boolean,
    Integer,
    /// A floating-point number of 16, 32 or 64 bits.
    Float,
    Bytes,
    Text,
    Array,
    Map,
    /// A simple value without a meaning.
    Simple,
    Break,
    /// A byte that no item starts with, or the start of a truncated tag.
    Other(u8),
    End,
}

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Integer(i128),
    Float(f64),
}

/// The number of items that are left in an array or map; `None` if a break ends it.
pub(super) struct Remaining(Option<u64>);

impl Remaining {
    /// Returns the number of items that the input announces, which may be wrong.
    pub(super) fn len_hint(&self) -> Option<usize> {
        self.0.and_then(|count| usize::try_from(count).ok())
    }
}

impl<'a> Lexer<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, offset: 0 }
    }

    /// Skips tags, which repeat what the member's type says, and returns the kind of the next item.
    #[inline]
    pub(super) fn peek(&mut self) -> Kind {
        loop {
            match self.byte() {
                Some(0xc0..=0xd7) => self.offset += 1,
                Some(0xd8..=0xdb) if self.skip_tag() => {}
                Some(byte) => return Kind::of(byte),
                None => return Kind::End,
            }
        }
    }

    /// Fails if anything is left.
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the document")),
        }
    }

    /// Reads null or undefined.
    pub(super) fn null(&mut self) -> Result<(), CodecError> {
        self.expect(Kind::Null, "null")?;
        self.offset += 1;
        Ok(())
    }

    /// Reads a boolean.
    pub(super) fn boolean(&mut self, expected: &str) -> Result<bool, CodecError> {
        self.expect(Kind::Boolean, expected)?;
        self.decode(expected, Decoder::bool)
    }

    /// Reads the next number if it is an unsigned integer of 32 bits, as seconds since 1970 are.
    #[inline]
    pub(super) fn next_uint32(&mut self) -> Option<u32> {
        let (0x1a, rest) = self.input.get(self.offset..)?.split_first()? else { return None };
        let seconds = rest.first_chunk()?;
        self.offset += 5;
        Some(u32::from_be_bytes(*seconds))
    }

    /// Reads the next number if it is a float of 64 bits, as measurements are.
    #[inline]
    pub(super) fn next_float64(&mut self) -> Option<f64> {
        let (&[0xfb, rest @ ..], _) = self.input.get(self.offset..)?.split_first_chunk::<9>()? else {
            return None;
        };
        self.offset += 9;
        Some(f64::from_be_bytes(rest))
    }

    /// Reads a number of either kind and any width.
    pub(super) fn number(&mut self, expected: &str) -> Result<Number, CodecError> {
        match (self.peek(), self.byte()) {
            (Kind::Integer, Some(first)) => {
                let argument = i128::from(self.argument(expected)?);
                // From 0x20 on, negative numbers, which count from -1.
                Ok(Number::Integer(if first < 0x20 { argument } else { -1 - argument }))
            }
            (Kind::Float, Some(0xf9)) => self.half(expected).map(Number::Float),
            (Kind::Float, Some(0xfa)) => self.decode(expected, Decoder::f64).map(Number::Float),
            (Kind::Float, Some(_)) => self.argument(expected).map(|bits| Number::Float(f64::from_bits(bits))),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Reads a string, borrowed if it has a definite length.
    pub(super) fn text(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        self.expect(Kind::Text, expected)?;
        if self.byte() != Some(0x7f) {
            return self.decode(expected, Decoder::str).map(Cow::Borrowed);
        }
        self.decode(expected, |decoder| decoder.str_iter()?.collect::<Result<String, _>>()).map(Cow::Owned)
    }

    /// Reads bytes, borrowed if they have a definite length.
    pub(super) fn bytes(&mut self, expected: &str) -> Result<Cow<'a, [u8]>, CodecError> {
        self.expect(Kind::Bytes, expected)?;
        if self.byte() != Some(0x5f) {
            return self.decode(expected, Decoder::bytes).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        self.decode(expected, |decoder| {
            decoder.bytes_iter()?.try_for_each(|chunk| chunk.map(|chunk| whole.extend_from_slice(chunk)))
        })?;
        Ok(Cow::Owned(whole))
    }

    /// Enters an array.
    pub(super) fn array(&mut self, expected: &str) -> Result<Remaining, CodecError> {
        self.expect(Kind::Array, expected)?;
        self.decode(expected, Decoder::array).map(Remaining)
    }

    /// Enters a map.
    pub(super) fn map(&mut self, expected: &str) -> Result<Remaining, CodecError> {
        self.expect(Kind::Map, expected)?;
        self.decode(expected, Decoder::map).map(Remaining)
    }

    /// Whether the array or map has another element or entry. Consumes its end.
    pub(super) fn more(&mut self, remaining: &mut Remaining) -> Result<bool, CodecError> {
        match (&mut remaining.0, self.byte()) {
            (Some(0), _) => Ok(false),
            (None, Some(BREAK)) => {
                self.offset += 1;
                Ok(false)
            }
            (_, None) => Err(self.unexpected("an element")),
            (Some(count), _) => {
                *count -= 1;
                Ok(true)
            }
            (None, _) => Ok(true),
        }
    }

    /// Reads the key of a map's next entry, or the map's end: `None`.
    pub(super) fn key(&mut self, remaining: &mut Remaining) -> Result<Option<Cow<'a, str>>, CodecError> {
        if self.more(remaining)? { self.text("a string as a key").map(Some) } else { Ok(None) }
    }

    /// Skips the next item, in which arrays and maps may be nested `depth` levels deep.
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), CodecError> {
        let kind = self.peek();
        match kind {
            Kind::Null => self.null(),
            Kind::Boolean => self.boolean("").map(drop),
            Kind::Integer | Kind::Float => self.number("a number").map(drop),
            Kind::Bytes => self.bytes("bytes").map(drop),
            Kind::Text => self.text("a string").map(drop),
            Kind::Simple => self.decode("a simple value", Decoder::simple).map(drop),
            Kind::Array | Kind::Map => self.skip_nested(kind, depth),
            Kind::Break | Kind::Other(_) | Kind::End => Err(self.unexpected("a value")),
        }
    }

    /// Returns the error that something else comes next.
    pub(super) fn unexpected(&mut self, expected: &str) -> CodecError {
        let found = self.peek();
        CodecError::expected(expected, format_args!("{found} at byte {}", self.offset))
    }

    /// Returns the error that the next item is nested too deep.
    pub(super) fn too_deep(&self) -> CodecError {
        too_deep_at(NESTED, self.offset)
    }

    fn skip_nested(&mut self, kind: Kind, depth: usize) -> Result<(), CodecError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.too_deep()) };
        let mut remaining = if kind == Kind::Array { self.array("an array")? } else { self.map("a map")? };
        while self.more(&mut remaining)? {
            self.skip(depth)?;
            if kind == Kind::Map {
                self.skip(depth)?;
            }
        }
        Ok(())
    }

    fn expect(&mut self, kind: Kind, expected: &str) -> Result<(), CodecError> {
        if self.peek() == kind { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn byte(&self) -> Option<u8> {
        self.input.get(self.offset).copied()
    }

    /// Skips a tag, unless it is truncated.
    fn skip_tag(&mut self) -> bool {
        self.argument("a tag").is_ok()
    }

    /// Reads the argument of an item's head, which is in the lower five bits of the first byte or in the one, two, four or eight
    /// bytes after it. Measurements consist mostly of such numbers, so that this is faster than minicbor matters.
    fn argument(&mut self, expected: &str) -> Result<u64, CodecError> {
        let start = self.offset;
        let Some((first, rest)) = self.input.get(start..).and_then(<[u8]>::split_first) else {
            return Err(self.unexpected(expected));
        };
        let (argument, length) = match first & 0x1f {
            small @ 0..24 => (Some(u64::from(small)), 0),
            24 => (rest.first().map(|byte| u64::from(*byte)), 1),
            25 => (rest.first_chunk().map(|bytes| u64::from(u16::from_be_bytes(*bytes))), 2),
            26 => (rest.first_chunk().map(|bytes| u64::from(u32::from_be_bytes(*bytes))), 4),
            27 => (rest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes)), 8),
            _ => (None, 0),
        };
        match argument {
            Some(argument) => {
                self.offset += 1 + length;
                Ok(argument)
            }
            None => Err(truncated(expected, start)),
        }
    }

    /// Reads an item whose kind is known; it may still be truncated, or not be UTF-8.
    fn decode<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&mut Decoder<'a>) -> Result<T, decode::Error>,
    ) -> Result<T, CodecError> {
        let mut decoder = Decoder::new(self.input);
        decoder.set_position(self.offset);
        let read = read(&mut decoder).map_err(|error| invalid(expected, &error, self.offset));
        self.offset = decoder.position();
        read
    }

    /// Reads a float of 16 bits: one for the sign, five for the exponent, ten for the fraction. minicbor needs another crate for it.
    fn half(&mut self, expected: &str) -> Result<f64, CodecError> {
        let start = self.offset;
        let &[_, high, low] = self
            .input
            .get(start..)
            .unwrap_or_default()
            .first_chunk()
            .ok_or_else(|| truncated(expected, start))?;
        self.offset += 3;
        let bits = u16::from_be_bytes([high, low]);
        let fraction = f64::from(bits & 0x3ff);
        let size = match bits >> 10 & 0x1f {
            0 => fraction * 2_f64.powi(-24),
            0x1f if fraction == 0.0 => f64::INFINITY,
            0x1f => f64::NAN,
            exponent => (1024.0 + fraction) * 2_f64.powi(i32::from(exponent) - 25),
        };
        Ok(if bits >> 15 == 1 { -size } else { size })
    }
}

impl Kind {
    fn of(byte: u8) -> Self {
        match byte {
            0x00..=0x1b | 0x20..=0x3b => Self::Integer,
            0x40..=0x5b | 0x5f => Self::Bytes,
            0x60..=0x7b | 0x7f => Self::Text,
            0x80..=0x9b | 0x9f => Self::Array,
            0xa0..=0xbb | 0xbf => Self::Map,
            0xe0..=0xf3 | 0xf8 => Self::Simple,
            0xf4 | 0xf5 => Self::Boolean,
            0xf6 | 0xf7 => Self::Null,
            0xf9..=0xfb => Self::Float,
            BREAK => Self::Break,
            other => Self::Other(other),
        }
    }
}

/// Returns the error of an item that starts correctly.
fn invalid(expected: &str, error: &decode::Error, start: usize) -> CodecError {
    if error.is_end_of_input() {
        return truncated(expected, start);
    }
    CodecError::expected(expected, format_args!("{error} in the item at byte {start}"))
}

fn truncated(expected: &str, start: usize) -> CodecError {
    CodecError::expected(expected, format_args!("the end of the input in the item at byte {start}"))
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a floating-point number",
            Self::Bytes => "a byte string",
            Self::Text => "a string",
            Self::Array => "an array",
            Self::Map => "a map",
            Self::Simple => "a simple value",
            Self::Break => "a break",
            Self::End => "the end of the input",
            Self::Other(byte) => return write!(f, "byte 0x{byte:02x}"),
        })
    }
}
