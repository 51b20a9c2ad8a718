//! The items of a CBOR text, pulled one by one from bytes.

use crate::{codec::CodecError, format::depth::too_deep_at};
use minicbor::{Decoder, decode};
use std::{borrow::Cow, fmt};

/// What may be nested, for error messages.
pub(super) const NESTED: &str = "arrays and maps";

/// Ends an array, map or string that did not say its length.
const BREAK: u8 = 0xff;

/// A place in a CBOR text. Every call passes over what it returns, and the tags before it; and fails at what is not CBOR.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    input: &'a [u8],
    at: usize,
}

/// What the next item is, told from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Null, and what CBOR calls undefined.
    Null,
    Boolean,
    Integer,
    /// A floating-point number of 16, 32 or 64 bits.
    Float,
    Bytes,
    Text,
    Array,
    Map,
    /// A simple value of no known meaning.
    Simple,
    Break,
    /// No item begins so, or it is a tag that is cut off.
    Other(u8),
    End,
}

/// A number, which CBOR has of two kinds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Integer(i128),
    Float(f64),
}

/// What is to come of an array or map: so many items, or all up to the break.
pub(super) struct Left(Option<u64>);

impl Left {
    /// How many items there are to be, as far as the input says.
    pub(super) fn claimed(&self) -> usize {
        self.0.and_then(|count| usize::try_from(count).ok()).unwrap_or_default()
    }
}

impl<'a> Lexer<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, at: 0 }
    }

    /// What comes next. Tags before it are passed over: they say how to take what its member's type says already.
    #[inline]
    pub(super) fn peek(&mut self) -> Kind {
        loop {
            match self.byte() {
                Some(0xc0..=0xd7) => self.at += 1,
                Some(0xd8..=0xdb) if self.pass_tag() => {}
                Some(byte) => return Kind::of(byte),
                None => return Kind::End,
            }
        }
    }

    /// Fails where anything is left.
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the document")),
        }
    }

    /// Null or undefined.
    pub(super) fn null(&mut self) -> Result<(), CodecError> {
        self.expect(Kind::Null, "null")?;
        self.pass(1);
        Ok(())
    }

    /// True or false.
    pub(super) fn boolean(&mut self, expected: &str) -> Result<bool, CodecError> {
        self.expect(Kind::Boolean, expected)?;
        self.pull(expected, Decoder::bool)
    }

    /// The whole number that comes next, if it is of 32 bits, as seconds since 1970 are.
    #[inline]
    pub(super) fn plain_seconds(&mut self) -> Option<u32> {
        let (0x1a, rest) = self.input.get(self.at..)?.split_first()? else { return None };
        let seconds = rest.first_chunk()?;
        self.at += 5;
        Some(u32::from_be_bytes(*seconds))
    }

    /// The number that comes next, if it is of 64 bits, as measurements are.
    #[inline]
    pub(super) fn plain_double(&mut self) -> Option<f64> {
        let (&[0xfb, rest @ ..], _) = self.input.get(self.at..)?.split_first_chunk::<9>()? else {
            return None;
        };
        self.at += 9;
        Some(f64::from_be_bytes(rest))
    }

    /// A number of either kind and any width.
    pub(super) fn number(&mut self, expected: &str) -> Result<Number, CodecError> {
        match (self.peek(), self.byte()) {
            (Kind::Integer, Some(first)) => {
                let argument = i128::from(self.argument(expected)?);
                // From 0x20 on, those below zero, counted from -1.
                Ok(Number::Integer(if first < 0x20 { argument } else { -1 - argument }))
            }
            (Kind::Float, Some(0xf9)) => self.half(expected).map(Number::Float),
            (Kind::Float, Some(0xfa)) => self.pull(expected, Decoder::f64).map(Number::Float),
            (Kind::Float, Some(_)) => self.argument(expected).map(|bits| Number::Float(f64::from_bits(bits))),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A string, borrowed where it is in one piece.
    pub(super) fn text(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        self.expect(Kind::Text, expected)?;
        if self.byte() != Some(0x7f) {
            return self.pull(expected, Decoder::str).map(Cow::Borrowed);
        }
        self.pull(expected, |decoder| decoder.str_iter()?.collect::<Result<String, _>>()).map(Cow::Owned)
    }

    /// Bytes, borrowed where they are in one piece.
    pub(super) fn bytes(&mut self, expected: &str) -> Result<Cow<'a, [u8]>, CodecError> {
        self.expect(Kind::Bytes, expected)?;
        if self.byte() != Some(0x5f) {
            return self.pull(expected, Decoder::bytes).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        self.pull(expected, |decoder| {
            decoder.bytes_iter()?.try_for_each(|piece| piece.map(|piece| whole.extend_from_slice(piece)))
        })?;
        Ok(Cow::Owned(whole))
    }

    /// Enters an array.
    pub(super) fn array(&mut self, expected: &str) -> Result<Left, CodecError> {
        self.expect(Kind::Array, expected)?;
        self.pull(expected, Decoder::array).map(Left)
    }

    /// Enters a map.
    pub(super) fn map(&mut self, expected: &str) -> Result<Left, CodecError> {
        self.expect(Kind::Map, expected)?;
        self.pull(expected, Decoder::map).map(Left)
    }

    /// Whether an array or map has a next element or entry; its end is passed over.
    pub(super) fn more(&mut self, left: &mut Left) -> Result<bool, CodecError> {
        match (&mut left.0, self.byte()) {
            (Some(0), _) => Ok(false),
            (None, Some(BREAK)) => {
                self.pass(1);
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

    /// The key of a map's next entry; `None` where the map ends, which is passed over.
    pub(super) fn key(&mut self, left: &mut Left) -> Result<Option<Cow<'a, str>>, CodecError> {
        if self.more(left)? { self.text("a string as a key").map(Some) } else { Ok(None) }
    }

    /// Passes over the next item, which may hold `depth` more arrays and maps in each other.
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), CodecError> {
        let kind = self.peek();
        match kind {
            Kind::Null => self.null(),
            Kind::Boolean => self.boolean("").map(drop),
            Kind::Integer | Kind::Float => self.number("a number").map(drop),
            Kind::Bytes => self.bytes("bytes").map(drop),
            Kind::Text => self.text("a string").map(drop),
            Kind::Simple => self.pull("a simple value", Decoder::simple).map(drop),
            Kind::Array | Kind::Map => self.skip_inside(kind, depth),
            Kind::Break | Kind::Other(_) | Kind::End => Err(self.unexpected("a value")),
        }
    }

    /// The error that something else is here.
    pub(super) fn unexpected(&mut self, expected: &str) -> CodecError {
        let found = self.peek();
        CodecError::expected(expected, format_args!("{found} at byte {}", self.at))
    }

    /// The error that this lies too deep.
    pub(super) fn too_deep(&self) -> CodecError {
        too_deep_at(NESTED, self.at)
    }

    fn skip_inside(&mut self, kind: Kind, depth: usize) -> Result<(), CodecError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.too_deep()) };
        let mut left = if kind == Kind::Array { self.array("an array")? } else { self.map("a map")? };
        while self.more(&mut left)? {
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
        self.input.get(self.at).copied()
    }

    fn pass(&mut self, count: usize) {
        self.at += count;
    }

    /// Passes over a tag that is whole.
    fn pass_tag(&mut self) -> bool {
        self.argument("a tag").is_ok()
    }

    /// The number that an item has in the lower five bits of its first byte, or in the one, two, four or eight bytes behind it. Most
    /// of what measurements are made of is read here.
    fn argument(&mut self, expected: &str) -> Result<u64, CodecError> {
        let start = self.at;
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
                self.pass(1 + length);
                Ok(argument)
            }
            None => Err(cut_off(expected, start)),
        }
    }

    /// The item whose first byte has been looked at: it may still be cut off, or not be text.
    fn pull<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&mut Decoder<'a>) -> Result<T, decode::Error>,
    ) -> Result<T, CodecError> {
        let mut decoder = Decoder::new(self.input);
        decoder.set_position(self.at);
        let read = read(&mut decoder).map_err(|error| broken(expected, &error, self.at));
        self.at = decoder.position();
        read
    }

    /// A number of 16 bits: one for the sign, five for the exponent, ten for the fraction.
    fn half(&mut self, expected: &str) -> Result<f64, CodecError> {
        let start = self.at;
        let &[_, high, low] = self
            .input
            .get(start..)
            .unwrap_or_default()
            .first_chunk()
            .ok_or_else(|| cut_off(expected, start))?;
        self.pass(3);
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

/// The error of an item that begins well.
fn broken(expected: &str, error: &decode::Error, start: usize) -> CodecError {
    if error.is_end_of_input() {
        return cut_off(expected, start);
    }
    CodecError::expected(expected, format_args!("{error} in the item at byte {start}"))
}

fn cut_off(expected: &str, start: usize) -> CodecError {
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
