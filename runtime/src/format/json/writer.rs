//! Writes values as JSON.

use super::{lexer::NESTED, scan};
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Place, Structure, Value, Writer, base64, number},
    format::{
        Selection,
        depth::{MAX_DEPTH, too_deep},
    },
    schema::{Member, Schema, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::io::Write as _;

/// A JSON text that grows; the first problem is kept.
pub(super) struct JsonWriter {
    out: Vec<u8>,
    error: Option<CodecError>,
    depth: usize,
}

impl JsonWriter {
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

    /// The chosen members of a structure, as an object.
    pub(super) fn object(&mut self, value: &dyn Structure, selection: Selection<'_>) {
        self.inside(b'{', b'}', |out| {
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
        });
    }

    /// An object that says which error it is and, after that, has the members of its data.
    pub(super) fn error(
        &mut self,
        words: &[(&str, &str)],
        data: Option<&dyn Structure>,
        selection: Selection<'_>,
    ) {
        self.inside(b'{', b'}', |out| {
            for (count, (key, value)) in words.iter().enumerate() {
                out.comma(count);
                out.text(key);
                out.out.push(b':');
                out.text(value);
            }
            if let Some(data) = data {
                data.write(&mut Members { out, schema: data.schema(), selection, count: words.len() });
            }
        });
    }

    fn inside(&mut self, open: u8, close: u8, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.refuse(too_deep(NESTED));
        }
        self.depth += 1;
        self.out.push(open);
        write(self);
        self.out.push(close);
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

    fn comma(&mut self, position: usize) {
        if position > 0 {
            self.out.push(b',');
        }
    }

    /// Text in quotes.
    fn text(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        if let Some(word) = scan::short_quoted(rest) {
            let end = self.out.len() + rest.len() + 2;
            self.out.extend_from_slice(&word);
            return self.out.truncate(end);
        }
        self.out.push(b'"');
        loop {
            let (plain, special) = rest.split_at(scan::length(rest));
            self.out.extend_from_slice(plain);
            let Some((&byte, after)) = special.split_first() else { break };
            self.escape(byte);
            rest = after;
        }
        self.out.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x8 => b'b',
            0xc => b'f',
            b'"' | b'\\' => byte,
            _ => return self.print(format_args!("\\u{byte:04x}")),
        };
        self.out.extend_from_slice(&[b'\\', letter]);
    }

    fn print(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        _ = self.out.write_fmt(text);
    }

    /// Text that needs no escaping, in quotes where it is no number.
    fn number(&mut self, quoted: bool, print: impl FnOnce(&mut Vec<u8>)) {
        if quoted {
            self.out.push(b'"');
        }
        print(&mut self.out);
        if quoted {
            self.out.push(b'"');
        }
    }
}

impl Writer for JsonWriter {
    fn null(&mut self, _: &'static Member) {
        self.out.extend_from_slice(b"null");
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        number::integer(value, |digits| self.out.extend_from_slice(digits.as_bytes()));
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.number(!value.is_finite(), |out| {
            number::float(value, |text| out.extend_from_slice(text.as_bytes()));
        });
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.number(!value.is_finite(), |out| {
            number::double(value, |text| out.extend_from_slice(text.as_bytes()));
        });
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.number(true, |out| out.extend_from_slice(base64::encode(value).as_bytes()));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        let format = at.timestamp_format_or(TimestampFormat::EpochSeconds);
        match value.format(format) {
            Ok(text) => self.number(format != TimestampFormat::EpochSeconds, |out| {
                out.extend_from_slice(text.as_bytes());
            }),
            Err(error) => self.refuse(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        if let Err(error) = serde_json::to_writer(&mut self.out, value) {
            self.refuse(CodecError::expected("a document", error));
        }
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.object(value, Selection::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a list"));
        };
        self.inside(b'[', b']', |out| {
            for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
                out.comma(index);
                out.part(|| Place::Index(index), |out| item.write(element, out));
            }
        });
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a map"));
        };
        self.inside(b'{', b'}', |out| {
            for (index, (key, item)) in (0..value.len()).filter_map(|index| value.entry(index)).enumerate() {
                out.comma(index);
                out.text(key);
                out.out.push(b':');
                out.part(|| Place::Key(key.to_owned()), |out| item.write(element, out));
            }
        });
    }

    fn refuse(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}

/// Takes the members of an object in turn.
struct Members<'a> {
    out: &'a mut JsonWriter,
    schema: &'static Schema,
    selection: Selection<'a>,
    count: usize,
}

impl Members<'_> {
    fn write(&mut self, member: &'static Member, value: &dyn Value) {
        self.out.comma(self.count);
        self.count += 1;
        self.out.text(member.body_name());
        self.out.out.push(b':');
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
