//! Writes values as CBOR.

use super::lexer::{BREAK, NESTED};
use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer},
    format::{
        depth::{MAX_DEPTH, too_deep},
        members::{DocumentWriter, MemberFilter},
    },
    schema::{Member, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;

/// The major types of items, in the upper three bits of the first byte.
const UNSIGNED: u8 = 0x00;
const NEGATIVE: u8 = 0x20;
const BYTES: u8 = 0x40;
const TEXT: u8 = 0x60;
const ARRAY: u8 = 0x80;
const MAP: u8 = 0xa0;
const TAG: u8 = 0xc0;

/// Starts a map of indefinite length, which a break ends.
const INDEFINITE_MAP: u8 = 0xbf;

/// The tag of seconds since 1970.
const EPOCH_TIME: u64 = 1;

/// Writes a CBOR document.
pub(super) struct CborWriter {
    out: Vec<u8>,
    error: Option<CodecError>,
    depth: usize,
}

impl CborWriter {
    pub(super) fn new() -> Self {
        Self { out: Vec::with_capacity(256), error: None, depth: 0 }
    }

    /// Returns the document, or the first error.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    /// Writes the selected members of a structure as a map of indefinite length, as their number is not known in advance.
    pub(super) fn object(&mut self, value: &dyn Structure, filter: MemberFilter<'_>) {
        self.nest(|out| {
            out.out.push(INDEFINITE_MAP);
            out.write_structure(value, filter);
            out.out.push(BREAK);
        });
    }

    /// Writes a map of these fields and, after them, all members of the error's data.
    pub(super) fn error(&mut self, fields: &[(&str, &str)], data: Option<&dyn Structure>) {
        self.nest(|out| {
            out.out.push(INDEFINITE_MAP);
            for (key, value) in fields {
                out.text(key);
                out.text(value);
            }
            if let Some(data) = data {
                out.write_members(data, MemberFilter::ALL, fields.len());
            }
            out.out.push(BREAK);
        });
    }

    fn nest(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.keep_error(too_deep(NESTED));
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Writes an array of `length` items, which `write` writes.
    fn array(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.nest(|out| {
            out.head(ARRAY, length as u64);
            write(out);
        });
    }

    /// Writes a map of `length` entries, which `write` writes.
    fn definite_map(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.nest(|out| {
            out.head(MAP, length as u64);
            write(out);
        });
    }

    fn json_value(&mut self, value: &Document) {
        match value {
            Document::Null => self.null_item(),
            Document::Bool(value) => self.boolean_item(*value),
            Document::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => self.integer_item(whole),
                (None, Some(whole)) => self.head(UNSIGNED, whole),
                (None, None) => self.shortest_float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Document::String(text) => self.text(text),
            Document::Array(items) => self.array(items.len(), |out| {
                for item in items {
                    out.json_value(item);
                }
            }),
            Document::Object(entries) => self.definite_map(entries.len(), |out| {
                for (key, value) in entries {
                    out.text(key);
                    out.json_value(value);
                }
            }),
        }
    }

    fn null_item(&mut self) {
        self.out.push(0xf6);
    }

    fn boolean_item(&mut self, value: bool) {
        self.out.push(if value { 0xf5 } else { 0xf4 });
    }

    fn integer_item(&mut self, value: i64) {
        // Negative numbers count from -1.
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, (!value).cast_unsigned()),
        }
    }

    /// Writes 32 bits if they are exact, or else 64. Never 16: servers must read those, but no AWS client sends them.
    fn shortest_float(&mut self, value: f64) {
        #[allow(clippy::cast_possible_truncation)]
        let narrow = value as f32;
        let exact = f64::from(narrow).to_bits() == value.to_bits() || value.is_nan();
        if exact { self.float32(narrow) } else { self.float64(value) }
    }

    fn float32(&mut self, value: f32) {
        self.item(0xfa, value.to_be_bytes());
    }

    fn float64(&mut self, value: f64) {
        self.item(0xfb, value.to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes the head of an item: its major type in the upper three bits of the first byte, and the argument in the lower five
    /// or in as few bytes after it as hold it.
    fn head(&mut self, major_type: u8, argument: u64) {
        if let Ok(argument) = u8::try_from(argument) {
            match argument {
                0..0x18 => self.out.push(major_type | argument),
                _ => self.item(major_type | 0x18, [argument]),
            }
        } else if let Ok(argument) = u16::try_from(argument) {
            self.item(major_type | 0x19, argument.to_be_bytes());
        } else if let Ok(argument) = u32::try_from(argument) {
            self.item(major_type | 0x1a, argument.to_be_bytes());
        } else {
            self.item(major_type | 0x1b, argument.to_be_bytes());
        }
    }

    fn item<const N: usize>(&mut self, first: u8, rest: [u8; N]) {
        self.out.reserve(1 + N);
        self.out.push(first);
        self.out.extend_from_slice(&rest);
    }
}

impl DocumentWriter for CborWriter {
    fn error_mut(&mut self) -> &mut Option<CodecError> {
        &mut self.error
    }

    fn write_member(&mut self, _: usize, member: &'static Member, value: &dyn Value) {
        self.text(member.name);
        self.in_member(member, |out| value.write(member, out));
    }
}

impl Writer for CborWriter {
    fn null(&mut self, _: &'static Member) {
        self.null_item();
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.boolean_item(value);
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.integer_item(value);
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.float32(value);
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.shortest_float(value);
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.head(BYTES, value.len() as u64);
        self.out.extend_from_slice(value);
    }

    /// The protocol has only this format: `timestampFormat` of the model does not apply.
    fn timestamp(&mut self, _: &'static Member, value: Timestamp) {
        self.head(TAG, EPOCH_TIME);
        match value.nanoseconds() {
            0 => self.integer_item(value.seconds()),
            _ => self.float64(value.to_f64()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.json_value(value);
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.object(value, MemberFilter::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a list"));
        };
        self.array(value.len(), |out| {
            for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
                out.at(|| PathSegment::Index(index), |out| item.write(element, out));
            }
        });
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a map"));
        };
        self.definite_map(value.len(), |out| {
            for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
                out.text(key);
                out.at(|| PathSegment::Key(key.to_owned()), |out| item.write(element, out));
            }
        });
    }

    fn fail(&mut self, error: CodecError) {
        self.keep_error(error);
    }
}
