//! Writes values as JSON.

use super::{lexer::NESTED, scan};
use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer, base64, number},
    format::{
        depth::{MAX_DEPTH, too_deep},
        members::{DocumentWriter, MemberFilter},
    },
    schema::{Member, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::io::Write as _;

/// Writes a JSON document.
pub(super) struct JsonWriter {
    out: Vec<u8>,
    error: Option<CodecError>,
    depth: usize,
}

impl JsonWriter {
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

    /// Writes the selected members of a structure as an object.
    pub(super) fn object(&mut self, value: &dyn Structure, filter: MemberFilter<'_>) {
        self.nest(b'{', b'}', |out| _ = out.write_structure(value, filter));
    }

    /// Writes an object of these fields and, after them, the selected members of the error's data.
    pub(super) fn error(
        &mut self,
        fields: &[(&str, &str)],
        data: Option<&dyn Structure>,
        filter: MemberFilter<'_>,
    ) {
        self.nest(b'{', b'}', |out| {
            for (position, (key, value)) in fields.iter().enumerate() {
                out.key(position, key);
                out.text(value);
            }
            if let Some(data) = data {
                out.write_members(data, filter, fields.len());
            }
        });
    }

    fn nest(&mut self, open: u8, close: u8, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.keep_error(too_deep(NESTED));
        }
        self.depth += 1;
        self.out.push(open);
        write(self);
        self.out.push(close);
        self.depth -= 1;
    }

    fn comma(&mut self, position: usize) {
        if position > 0 {
            self.out.push(b',');
        }
    }

    fn key(&mut self, position: usize, key: &str) {
        self.comma(position);
        self.text(key);
        self.out.push(b':');
    }

    /// Writes text in quotes, escaped.
    fn text(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        if let Some(word) = scan::short_quoted(rest) {
            let end = self.out.len() + rest.len() + 2;
            self.out.extend_from_slice(&word);
            return self.out.truncate(end);
        }
        self.out.push(b'"');
        loop {
            let (plain, special) = rest.split_at(scan::plain_len(rest));
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
            _ => {
                // Writing to memory does not fail.
                _ = write!(self.out, "\\u{byte:04x}");
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', letter]);
    }

    /// Writes text that needs no escaping, in quotes if `quoted`.
    fn unescaped(&mut self, quoted: bool, write: impl FnOnce(&mut Vec<u8>)) {
        if quoted {
            self.out.push(b'"');
        }
        write(&mut self.out);
        if quoted {
            self.out.push(b'"');
        }
    }
}

impl DocumentWriter for JsonWriter {
    fn error_mut(&mut self) -> &mut Option<CodecError> {
        &mut self.error
    }

    fn write_member(&mut self, position: usize, member: &'static Member, value: &dyn Value) {
        self.key(position, member.body_name());
        self.in_member(member, |out| value.write(member, out));
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
        self.unescaped(!value.is_finite(), |out| {
            number::float(value, |text| out.extend_from_slice(text.as_bytes()));
        });
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.unescaped(!value.is_finite(), |out| {
            number::double(value, |text| out.extend_from_slice(text.as_bytes()));
        });
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.unescaped(true, |out| out.extend_from_slice(base64::encode(value).as_bytes()));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        let format = at.timestamp_format_or(TimestampFormat::EpochSeconds);
        match value.format(format) {
            Ok(text) => self.unescaped(format != TimestampFormat::EpochSeconds, |out| {
                out.extend_from_slice(text.as_bytes());
            }),
            Err(error) => self.keep_error(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        if let Err(error) = serde_json::to_writer(&mut self.out, value) {
            self.keep_error(CodecError::expected("a document", error));
        }
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.object(value, MemberFilter::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a list"));
        };
        self.nest(b'[', b']', |out| {
            for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
                out.comma(index);
                out.at(|| PathSegment::Index(index), |out| item.write(element, out));
            }
        });
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a map"));
        };
        self.nest(b'{', b'}', |out| {
            for (index, (key, item)) in (0..value.len()).filter_map(|index| value.entry(index)).enumerate() {
                out.key(index, key);
                out.at(|| PathSegment::Key(key.to_owned()), |out| item.write(element, out));
            }
        });
    }

    fn fail(&mut self, error: CodecError) {
        self.keep_error(error);
    }
}
