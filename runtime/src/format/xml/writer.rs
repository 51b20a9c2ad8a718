//! Writes values as XML.

use super::{
    escape,
    names::{element_name, is_flattened},
};
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Place, Structure, Value, Writer, base64, number},
    format::{
        Selection,
        depth::{MAX_DEPTH, too_deep},
    },
    schema::{Member, Namespace, Schema, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;

/// A document that grows; the first problem is kept.
pub(super) struct XmlWriter {
    out: String,
    /// The element or attribute that the next value becomes.
    name: &'static str,
    /// The next value is an attribute's.
    attribute: bool,
    error: Option<CodecError>,
    depth: usize,
}

impl XmlWriter {
    /// A document whose root is called so.
    pub(super) fn new(root: &'static str) -> Self {
        Self { out: String::new(), name: root, attribute: false, error: None, depth: 0 }
    }

    /// The text, if nothing went wrong.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out.into_bytes()),
        }
    }

    /// An element with the chosen members of a structure; their number.
    pub(super) fn members(
        &mut self,
        name: &str,
        namespace: Option<Namespace>,
        value: &dyn Structure,
        selection: Selection<'_>,
    ) -> usize {
        let schema = value.schema();
        if !self.deeper(name) {
            return 0;
        }
        self.start(name, namespace);
        let mut members = Members { out: self, schema, selection, attributes: true, count: 0 };
        // Attributes stand in the start tag, wherever the model has them.
        if schema.members.iter().any(|member| member.attribute) {
            value.write(&mut members);
        }
        let attributes = members.count;
        self.out.push('>');
        let count = attributes + self.content(value, selection);
        self.end(name);
        self.depth -= 1;
        count
    }

    /// The chosen members of a structure that are elements, inside of whatever is open; their number.
    pub(super) fn content(&mut self, value: &dyn Structure, selection: Selection<'_>) -> usize {
        let schema = value.schema();
        let mut members = Members { out: self, schema, selection, attributes: false, count: 0 };
        value.write(&mut members);
        let count = members.count;
        if let (true, 0 | 2..) = (schema.union, count) {
            self.refuse(CodecError::expected(
                "a union with exactly one member set, of those that the model knows",
                format_args!("{count} of {}", schema.name),
            ));
        }
        count
    }

    /// A start tag, open for attributes.
    fn start(&mut self, name: &str, namespace: Option<Namespace>) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some(Namespace { prefix, uri }) = namespace {
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            escape::attribute(uri, &mut self.out);
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element that has nothing but text.
    pub(super) fn leaf(&mut self, name: &'static str, text: &str) {
        self.start(name, None);
        self.out.push('>');
        if let Some(error) = unspeakable(text) {
            self.refuse(error.in_member(name));
        }
        escape::text(text, &mut self.out);
        self.end(name);
    }

    /// An element that is not a value of its own.
    pub(super) fn inside(&mut self, name: &str, namespace: Option<Namespace>, write: impl FnOnce(&mut Self)) {
        if self.deeper(name) {
            self.start(name, namespace);
            self.out.push('>');
            write(self);
            self.end(name);
            self.depth -= 1;
        }
    }

    fn deeper(&mut self, name: &str) -> bool {
        if self.depth == MAX_DEPTH || self.attribute {
            let error = if self.attribute {
                CodecError::expected("plain text, as it is an attribute", format_args!("<{name}>"))
            } else {
                too_deep("elements")
            };
            self.refuse(error);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Text that needs no escaping, as an element or an attribute.
    fn scalar(&mut self, at: &'static Member, print: impl FnOnce(&mut String)) {
        let name = self.name;
        if self.attribute {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            print(&mut self.out);
            self.out.push('"');
        } else {
            self.start(name, at.namespace);
            self.out.push('>');
            print(&mut self.out);
            self.end(name);
        }
    }

    fn text(&mut self, at: &'static Member, text: &str) {
        if let Some(error) = unspeakable(text) {
            self.refuse(error);
        }
        let escape = if self.attribute { escape::attribute } else { escape::text };
        self.scalar(at, |out| escape(text, out));
    }

    /// Writes a part; if something goes wrong there, that was the place.
    fn part(&mut self, name: &'static str, place: impl FnOnce() -> Place, write: impl FnOnce(&mut Self)) {
        let before = self.error.is_some();
        self.name = name;
        write(self);
        if !before && let Some(error) = self.error.take() {
            self.error = Some(error.within(place()));
        }
    }

    fn items(&mut self, name: &'static str, element: &'static Member, value: &dyn List) {
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            self.part(name, || Place::Index(index), |out| item.write(element, out));
        }
    }

    fn entries(
        &mut self,
        entry: &'static str,
        namespace: Option<Namespace>,
        at: (&'static Member, &'static Member),
        value: &dyn Mapping,
    ) {
        let (key_at, value_at) = at;
        for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
            self.inside(entry, namespace, |out| {
                let place = || Place::Key(key.to_owned());
                out.part(key_at.wire_name_or("key"), place, |out| out.text(key_at, key));
                out.part(value_at.wire_name_or("value"), place, |out| item.write(value_at, out));
            });
        }
    }
}

/// What is wrong with text that XML has no way to say.
fn unspeakable(text: &str) -> Option<CodecError> {
    let expected = "text without the character U+0000, which XML cannot hold";
    text.contains('\0').then(|| CodecError::expected(expected, "it"))
}

impl Writer for XmlWriter {
    fn null(&mut self, _: &'static Member) {
        let name = self.name;
        self.start(name, Some(Namespace { prefix: "xsi", uri: "http://www.w3.org/2001/XMLSchema-instance" }));
        self.out.push_str(" xsi:nil=\"true\"></");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn boolean(&mut self, at: &'static Member, value: bool) {
        self.scalar(at, |out| out.push_str(if value { "true" } else { "false" }));
    }

    fn integer(&mut self, at: &'static Member, value: i64) {
        self.scalar(at, |out| number::integer(value, |digits| out.push_str(digits)));
    }

    fn float(&mut self, at: &'static Member, value: f32) {
        self.scalar(at, |out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, at: &'static Member, value: f64) {
        self.scalar(at, |out| number::double(value, |text| out.push_str(text)));
    }

    fn string(&mut self, at: &'static Member, value: &str) {
        self.text(at, value);
    }

    fn blob(&mut self, at: &'static Member, value: &Bytes) {
        self.scalar(at, |out| out.push_str(&base64::encode(value)));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        let format = at.timestamp_format_or(TimestampFormat::DateTime);
        let mut written = Ok(());
        self.scalar(at, |out| written = value.write(format, out));
        if let Err(error) = written {
            self.refuse(error.into());
        }
    }

    fn document(&mut self, at: &'static Member, value: &Document) {
        self.text(at, &value.to_string());
    }

    fn structure(&mut self, at: &'static Member, value: &dyn Structure) {
        self.members(self.name, at.namespace, value, Selection::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a list"));
        };
        let name = self.name;
        if is_flattened(at) {
            return self.items(name, element, value);
        }
        self.inside(name, at.namespace, |out| out.items(element.wire_name_or("member"), element, value));
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(key_at, value_at) = at.target else {
            return self.refuse(CodecError::expected(at.expected(), "a map"));
        };
        let name = self.name;
        if is_flattened(at) {
            return self.entries(name, at.namespace, (key_at, value_at), value);
        }
        self.inside(name, at.namespace, |out| out.entries("entry", None, (key_at, value_at), value));
    }

    fn refuse(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}

/// Takes the members of a structure in turn.
struct Members<'a> {
    out: &'a mut XmlWriter,
    schema: &'static Schema,
    selection: Selection<'a>,
    /// Whether those that are attributes are wanted, or those that are not.
    attributes: bool,
    count: usize,
}

impl Members<'_> {
    fn write(&mut self, member: &'static Member, value: &dyn Value) {
        self.count += 1;
        self.out.attribute = self.attributes;
        let place = || Place::Member(member.name);
        self.out.part(element_name(member), place, |out| value.write(member, out));
        self.out.attribute = false;
    }
}

impl MemberWriter for Members<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        // Streams are not part of a document: who sends the request takes them.
        let streams = matches!(member.target, Target::Stream | Target::Events(_));
        if streams || member.attribute != self.attributes || !self.selection.takes(member) {
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
