//! Writes values as CBOR.

use super::lexer::NESTED;
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Place, Structure, Value, Writer},
    format::{
        Selection,
        depth::{MAX_DEPTH, too_deep},
    },
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;

/// The kinds of items, in the upper three bits of their first bytes.
const UNSIGNED: u8 = 0x00;
const NEGATIVE: u8 = 0x20;
const BYTES: u8 = 0x40;
const TEXT: u8 = 0x60;
const ARRAY: u8 = 0x80;
const MAP: u8 = 0xa0;
const TAG: u8 = 0xc0;

/// A map that does not say how many entries it has, and what ends it.
const BEGIN_MAP: u8 = 0xbf;
const BREAK: u8 = 0xff;

/// The tag of seconds since 1970.
const EPOCH: u64 = 1;

/// A CBOR text that grows; the first problem is kept.
pub(super) struct CborWriter {
    out: Vec<u8>,
    error: Option<CodecError>,
    depth: usize,
}

impl CborWriter {
    pub(super) fn new() -> Self {
        Self { out: Vec::with_capacity(256), error: None, depth: 0 }
    }

    /// The text, if nothing went wrong.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    /// The chosen members of a structure, as a map of indefinite length: how many there are is known when they are written.
    pub(super) fn object(&mut self, value: &dyn Structure, selection: Selection<'_>) {
        self.inside(|out| {
            out.out.push(BEGIN_MAP);
            let schema = value.schema();
            let mut members = Members { out, schema, selection, count: 0 };
            value.write(&mut members);
            if let (true, 0 | 2..) = (schema.union, members.count) {
                let count = members.count;
                out.refuse(CodecError::expected(
                    "a union with exactly one member set, of those that the model knows",
                    format_args!("{count} of {}", schema.name),
                ));
            }
            out.out.push(BREAK);
        });
    }

    /// A map that says which error it is and, after that, has the members of its data.
    pub(super) fn error(&mut self, words: &[(&str, &str)], data: Option<&dyn Structure>) {
        self.inside(|out| {
            out.out.push(BEGIN_MAP);
            for (key, value) in words {
                out.text(key);
                out.text(value);
            }
            if let Some(data) = data {
                data.write(&mut Members { out, schema: data.schema(), selection: Selection::ALL, count: 0 });
            }
            out.out.push(BREAK);
        });
    }

    /// An array of so many items, which `write` writes.
    fn array(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.inside(|out| {
            out.head(ARRAY, length as u64);
            write(out);
        });
    }

    /// A map of so many entries, which `write` writes.
    fn map_of(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.inside(|out| {
            out.head(MAP, length as u64);
            write(out);
        });
    }

    fn plain_null(&mut self) {
        self.out.push(0xf6);
    }

    fn plain_boolean(&mut self, value: bool) {
        self.out.push(if value { 0xf5 } else { 0xf4 });
    }

    fn plain_integer(&mut self, value: i64) {
        // Those below zero are counted from -1.
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, (!value).cast_unsigned()),
        }
    }

    /// In 32 bits where these are exact. Never in 16: servers are to read that, but no AWS client sends it.
    fn plain_double(&mut self, value: f64) {
        #[allow(clippy::cast_possible_truncation)]
        let narrow = value as f32;
        let exact = f64::from(narrow).to_bits() == value.to_bits() || value.is_nan();
        if exact { self.single(narrow) } else { self.wide(value) }
    }

    fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    fn json_value(&mut self, value: &Document) {
        match value {
            Document::Null => self.plain_null(),
            Document::Bool(value) => self.plain_boolean(*value),
            Document::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => self.plain_integer(whole),
                (None, Some(whole)) => self.head(UNSIGNED, whole),
                (None, None) => self.plain_double(number.as_f64().unwrap_or(f64::NAN)),
            },
            Document::String(text) => self.text(text),
            Document::Array(items) => self.array(items.len(), |out| {
                for item in items {
                    out.json_value(item);
                }
            }),
            Document::Object(entries) => self.map_of(entries.len(), |out| {
                for (key, value) in entries {
                    out.text(key);
                    out.json_value(value);
                }
            }),
        }
    }

    fn single(&mut self, value: f32) {
        self.item(0xfa, value.to_be_bytes());
    }

    fn wide(&mut self, value: f64) {
        self.item(0xfb, value.to_be_bytes());
    }

    /// The first byte of an item, which has its kind in the upper three bits, with a number: in the lower five, or in as few bytes
    /// behind it as hold it.
    fn head(&mut self, kind: u8, number: u64) {
        if let Ok(number) = u8::try_from(number) {
            match number {
                0..0x18 => self.out.push(kind | number),
                _ => self.item(kind | 0x18, [number]),
            }
        } else if let Ok(number) = u16::try_from(number) {
            self.item(kind | 0x19, number.to_be_bytes());
        } else if let Ok(number) = u32::try_from(number) {
            self.item(kind | 0x1a, number.to_be_bytes());
        } else {
            self.item(kind | 0x1b, number.to_be_bytes());
        }
    }

    fn item<const N: usize>(&mut self, first: u8, rest: [u8; N]) {
        self.out.reserve(1 + N);
        self.out.push(first);
        self.out.extend_from_slice(&rest);
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.refuse(too_deep(NESTED));
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Writes a part; if something goes wrong there, that was the place.
    fn part(&mut self, place: impl FnOnce() -> Place, write: impl FnOnce(&mut Self)) {
        let before = self.error.is_some();
        write(self);
        if !before && let Some(error) = self.error.take() {
            self.error = Some(error.within(place()));
        }
    }
}

impl Writer for CborWriter {
    fn null(&mut self, _: &'static Member) {
        self.plain_null();
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.plain_boolean(value);
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.plain_integer(value);
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.single(value);
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.plain_double(value);
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.head(BYTES, value.len() as u64);
        self.out.extend_from_slice(value);
    }

    /// Whatever format the model names: this protocol has one only.
    fn timestamp(&mut self, _: &'static Member, value: Timestamp) {
        self.head(TAG, EPOCH);
        match value.nanoseconds() {
            0 => self.plain_integer(value.seconds()),
            _ => self.wide(value.to_f64()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.json_value(value);
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.object(value, Selection::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a list"));
        };
        self.array(value.len(), |out| {
            for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
                out.part(|| Place::Index(index), |out| item.write(element, out));
            }
        });
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a map"));
        };
        self.map_of(value.len(), |out| {
            for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
                out.text(key);
                out.part(|| Place::Key(key.to_owned()), |out| item.write(element, out));
            }
        });
    }

    fn refuse(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}

/// Takes the members of a map in turn.
struct Members<'a> {
    out: &'a mut CborWriter,
    schema: &'static Schema,
    selection: Selection<'a>,
    count: usize,
}

impl Members<'_> {
    fn write(&mut self, member: &'static Member, value: &dyn Value) {
        self.count += 1;
        self.out.text(member.name);
        self.out.part(|| Place::Member(member.name), |out| value.write(member, out));
    }
}

impl MemberWriter for Members<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        // Streams are not part of a document: who sends the request takes them.
        let streams = matches!(member.target, Target::Stream | Target::Events(_));
        if streams || !self.selection.takes(member) {
            return;
        }
        if !value.is_absent() {
            self.write(member, value);
        } else if let Some(token) = self.selection.token(member) {
            self.write(member, &token);
        }
    }

    fn wants_absent(&self) -> bool {
        self.selection.tokens.is_some()
    }
}
