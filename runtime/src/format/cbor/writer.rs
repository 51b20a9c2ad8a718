//! Writes values as CBOR.

use super::{document, lexer};
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Place, Structure, Value, Writer},
    format::Selection,
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use minicbor::{Encoder, data::IanaTag};
use serde_json::Value as Document;

/// A CBOR text that grows; the first problem is kept. Writing to memory does not fail, so that what the encoder returns says
/// nothing.
pub(super) struct CborWriter {
    out: Encoder<Vec<u8>>,
    error: Option<CodecError>,
    depth: usize,
}

impl CborWriter {
    pub(super) fn new() -> Self {
        Self { out: Encoder::new(Vec::new()), error: None, depth: 0 }
    }

    /// The text, if nothing went wrong.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out.into_writer()),
        }
    }

    /// The chosen members of a structure, as a map of indefinite length: how many there are is known when they are written.
    pub(super) fn object(&mut self, value: &dyn Structure, selection: Selection<'_>) {
        self.inside(|out| {
            _ = out.out.begin_map();
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
            _ = out.out.end();
        });
    }

    /// A map that says which error it is and, after that, has the members of its data.
    pub(super) fn error(&mut self, words: &[(&str, &str)], data: Option<&dyn Structure>) {
        self.inside(|out| {
            _ = out.out.begin_map();
            for (key, value) in words {
                out.text(key);
                out.text(value);
            }
            if let Some(data) = data {
                data.write(&mut Members { out, schema: data.schema(), selection: Selection::ALL, count: 0 });
            }
            _ = out.out.end();
        });
    }

    /// An array of so many items, which `write` writes.
    pub(super) fn array(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.inside(|out| {
            _ = out.out.array(length as u64);
            write(out);
        });
    }

    /// A map of so many entries, which `write` writes.
    pub(super) fn map_of(&mut self, length: usize, write: impl FnOnce(&mut Self)) {
        self.inside(|out| {
            _ = out.out.map(length as u64);
            write(out);
        });
    }

    pub(super) fn plain_null(&mut self) {
        _ = self.out.null();
    }

    pub(super) fn plain_boolean(&mut self, value: bool) {
        _ = self.out.bool(value);
    }

    pub(super) fn plain_integer(&mut self, value: i64) {
        _ = self.out.i64(value);
    }

    /// A whole number beyond those with a sign.
    pub(super) fn unsigned(&mut self, value: u64) {
        _ = self.out.u64(value);
    }

    /// In 32 bits where these are exact. Never in 16: servers are to read that, but no AWS client sends it.
    pub(super) fn plain_double(&mut self, value: f64) {
        #[allow(clippy::cast_possible_truncation)]
        let narrow = value as f32;
        let exact = f64::from(narrow).to_bits() == value.to_bits() || value.is_nan();
        _ = if exact { self.out.f32(narrow) } else { self.out.f64(value) };
    }

    pub(super) fn text(&mut self, text: &str) {
        _ = self.out.str(text);
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth == lexer::DEPTH {
            return self.refuse(lexer::too_deep());
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
        _ = self.out.f32(value);
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.plain_double(value);
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        _ = self.out.bytes(value);
    }

    /// Whatever format the model names: this protocol has one only.
    fn timestamp(&mut self, _: &'static Member, value: Timestamp) {
        _ = self.out.tag(IanaTag::Timestamp);
        match value.nanoseconds() {
            0 => self.plain_integer(value.seconds()),
            _ => _ = self.out.f64(value.to_f64()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        document::write(value, self);
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
