//! Writes values as a form.

use super::Dialect;
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Place, Structure, Value, Writer, base64, number},
    format::{
        Selection,
        depth::{MAX_DEPTH, too_deep},
    },
    percent::RESERVED,
    schema::{Member, Schema, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use percent_encoding::utf8_percent_encode;
use serde_json::Value as Document;

/// A form that grows; the first problem is kept.
pub(super) struct FormWriter {
    dialect: Dialect,
    out: String,
    /// The name of the next scalar, encoded.
    name: String,
    error: Option<CodecError>,
    depth: usize,
}

impl FormWriter {
    /// A form for this action of the interface of this version.
    pub(super) fn new(dialect: Dialect, action: &str, version: &str) -> Self {
        let mut out = String::with_capacity(256);
        out.push_str("Action=");
        out.extend(utf8_percent_encode(action, RESERVED));
        out.push_str("&Version=");
        out.extend(utf8_percent_encode(version, RESERVED));
        Self { dialect, out, name: String::new(), error: None, depth: 0 }
    }

    /// The text, if nothing went wrong.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out.into_bytes()),
        }
    }

    /// The chosen members of a structure.
    pub(super) fn members(&mut self, value: &dyn Structure, selection: Selection<'_>) {
        if self.depth == MAX_DEPTH {
            return self.refuse(too_deep("structures"));
        }
        self.depth += 1;
        let schema = value.schema();
        let mut members = Members { out: self, schema, selection, count: 0 };
        value.write(&mut members);
        let count = members.count;
        self.depth -= 1;
        if let (true, 0 | 2..) = (schema.union, count) {
            self.refuse(CodecError::expected(
                "a union with exactly one member set, of those that the model knows",
                format_args!("{count} of {}", schema.name),
            ));
        }
    }

    /// Writes a part under its name, which stands behind the name of the whole; if something goes wrong there, that was the
    /// place.
    fn part(&mut self, name: &str, place: impl FnOnce() -> Place, write: impl FnOnce(&mut Self)) {
        let before = self.error.is_some();
        self.under(name, write);
        if !before && let Some(error) = self.error.take() {
            self.error = Some(error.within(place()));
        }
    }

    fn under(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let whole = self.name.len();
        if whole > 0 {
            self.name.push('.');
        }
        self.name.extend(utf8_percent_encode(name, RESERVED));
        write(self);
        self.name.truncate(whole);
    }

    /// The name of a parameter.
    fn begin(&mut self) {
        self.out.push('&');
        self.out.push_str(&self.name);
        self.out.push('=');
    }

    fn text(&mut self, text: &str) {
        self.begin();
        self.out.extend(utf8_percent_encode(text, RESERVED));
    }

    /// Text that is of digits and letters only.
    fn plain(&mut self, print: impl FnOnce(&mut String)) {
        self.begin();
        print(&mut self.out);
    }

    fn items(&mut self, element: &'static Member, value: &dyn List) {
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            self.part(&number(index), || Place::Index(index), |out| item.write(element, out));
        }
    }

    fn entries(&mut self, at: (&'static Member, &'static Member), value: &dyn Mapping) {
        let (key_at, value_at) = at;
        for (index, (key, item)) in (0..value.len()).filter_map(|index| value.entry(index)).enumerate() {
            self.part(
                &number(index),
                || Place::Key(key.to_owned()),
                |out| {
                    out.under(key_at.wire_name_or("key"), |out| out.text(key));
                    out.under(value_at.wire_name_or("value"), |out| item.write(value_at, out));
                },
            );
        }
    }
}

/// What the form calls the element or entry at `index`.
fn number(index: usize) -> String {
    (index + 1).to_string()
}

impl Writer for FormWriter {
    fn null(&mut self, _: &'static Member) {
        self.begin();
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.plain(|out| out.push_str(if value { "true" } else { "false" }));
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.plain(|out| number::integer(value, |digits| out.push_str(digits)));
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.plain(|out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.plain(|out| number::double(value, |text| out.push_str(text)));
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
            Err(error) => self.refuse(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.text(&value.to_string());
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.members(value, Selection::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a list"));
        };
        match self.dialect {
            // So a list can be emptied.
            Dialect::Query if value.is_empty() => self.begin(),
            Dialect::Query if !at.flattened => {
                self.under(element.wire_name_or("member"), |out| out.items(element, value));
            }
            Dialect::Query | Dialect::Ec2 => self.items(element, value),
        }
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(key_at, value_at) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a map"));
        };
        if at.flattened {
            self.entries((key_at, value_at), value);
        } else {
            self.under("entry", |out| out.entries((key_at, value_at), value));
        }
    }

    fn refuse(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}

/// Takes the members of a structure in turn.
struct Members<'a> {
    out: &'a mut FormWriter,
    schema: &'static Schema,
    selection: Selection<'a>,
    count: usize,
}

impl Members<'_> {
    fn write(&mut self, member: &'static Member, value: &dyn Value) {
        self.count += 1;
        let name = self.out.dialect.name(member);
        self.out.part(&name, || Place::Member(member.name), |out| value.write(member, out));
    }
}

impl MemberWriter for Members<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        if !self.selection.takes(member) {
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
