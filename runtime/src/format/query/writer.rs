//! Writes values as a form.

use super::dialect::Dialect;
use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer, base64, number},
    format::{
        depth::{MAX_DEPTH, too_deep},
        members::{DocumentWriter, MemberFilter},
    },
    percent::RESERVED,
    schema::{Member, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use percent_encoding::utf8_percent_encode;
use serde_json::Value as Document;

/// Writes a form.
pub(super) struct FormWriter {
    dialect: Dialect,
    out: String,
    /// The name of the next scalar, percent-encoded.
    name: String,
    error: Option<CodecError>,
    depth: usize,
}

impl FormWriter {
    /// Starts a form with the action and the version of the API.
    pub(super) fn new(dialect: Dialect, action: &str, version: &str) -> Self {
        let mut out = String::with_capacity(256);
        out.push_str("Action=");
        out.extend(utf8_percent_encode(action, RESERVED));
        out.push_str("&Version=");
        out.extend(utf8_percent_encode(version, RESERVED));
        Self { dialect, out, name: String::new(), error: None, depth: 0 }
    }

    /// Returns the form, or the first error.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out.into_bytes()),
        }
    }

    /// Writes the selected members of a structure.
    pub(super) fn members(&mut self, value: &dyn Structure, filter: MemberFilter<'_>) {
        if self.depth == MAX_DEPTH {
            return self.keep_error(too_deep("structures"));
        }
        self.depth += 1;
        self.write_structure(value, filter);
        self.depth -= 1;
    }

    /// Appends `name` to the name of the next scalar while `write` runs.
    fn with_name(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let parent = self.name.len();
        if parent > 0 {
            self.name.push('.');
        }
        self.name.extend(utf8_percent_encode(name, RESERVED));
        write(self);
        self.name.truncate(parent);
    }

    /// Writes the name of a parameter.
    fn parameter(&mut self) {
        self.out.push('&');
        self.out.push_str(&self.name);
        self.out.push('=');
    }

    fn text(&mut self, text: &str) {
        self.parameter();
        self.out.extend(utf8_percent_encode(text, RESERVED));
    }

    /// Writes text that needs no encoding.
    fn unencoded(&mut self, write: impl FnOnce(&mut String)) {
        self.parameter();
        write(&mut self.out);
    }

    fn items(&mut self, element: &'static Member, value: &dyn List) {
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            self.at(
                || PathSegment::Index(index),
                |out| out.with_name(&number(index), |out| item.write(element, out)),
            );
        }
    }

    fn entries(&mut self, (key_at, value_at): (&'static Member, &'static Member), value: &dyn Mapping) {
        for (index, (key, item)) in (0..value.len()).filter_map(|index| value.entry(index)).enumerate() {
            self.at(
                || PathSegment::Key(key.to_owned()),
                |out| {
                    out.with_name(&number(index), |out| {
                        out.with_name(key_at.wire_name_or("key"), |out| out.text(key));
                        out.with_name(value_at.wire_name_or("value"), |out| item.write(value_at, out));
                    });
                },
            );
        }
    }
}

/// Returns the name of the element or entry at `index`: they count from one.
fn number(index: usize) -> String {
    (index + 1).to_string()
}

impl DocumentWriter for FormWriter {
    fn error_mut(&mut self) -> &mut Option<CodecError> {
        &mut self.error
    }

    fn write_member(&mut self, _: usize, member: &'static Member, value: &dyn Value) {
        let name = self.dialect.member_name(member);
        self.in_member(member, |out| out.with_name(&name, |out| value.write(member, out)));
    }

    fn contains(&self, _: &Member) -> bool {
        true
    }
}

impl Writer for FormWriter {
    fn null(&mut self, _: &'static Member) {
        self.parameter();
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.unencoded(|out| out.push_str(if value { "true" } else { "false" }));
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.unencoded(|out| number::integer(value, |digits| out.push_str(digits)));
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.unencoded(|out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.unencoded(|out| number::double(value, |text| out.push_str(text)));
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.text(&base64::encode(value));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        match value.format(at.timestamp_format_or(TimestampFormat::DateTime)) {
            Ok(text) => self.text(&text),
            Err(error) => self.keep_error(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.text(&value.to_string());
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.members(value, MemberFilter::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a list"));
        };
        match self.dialect {
            // An empty parameter lets callers empty a list.
            Dialect::Query if value.is_empty() => self.parameter(),
            Dialect::Query if !at.flattened => {
                self.with_name(element.wire_name_or("member"), |out| out.items(element, value));
            }
            Dialect::Query | Dialect::Ec2 => self.items(element, value),
        }
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(key_at, value_at) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a map"));
        };
        if at.flattened {
            self.entries((key_at, value_at), value);
        } else {
            self.with_name("entry", |out| out.entries((key_at, value_at), value));
        }
    }

    fn fail(&mut self, error: CodecError) {
        self.keep_error(error);
    }
}
