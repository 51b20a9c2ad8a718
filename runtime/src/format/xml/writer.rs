//! Writes values as XML.

use super::{
    escape,
    names::{element_name, is_flattened},
};
use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer, base64, number},
    format::{
        depth::{MAX_DEPTH, too_deep},
        members::{DocumentWriter, MemberFilter},
    },
    schema::{Member, Namespace, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;

/// Writes an XML document.
pub(super) struct XmlWriter {
    out: String,
    /// The name of the element or attribute that the next value becomes.
    name: &'static str,
    /// Whether attributes are written, and not elements.
    attributes: bool,
    error: Option<CodecError>,
    depth: usize,
}

impl XmlWriter {
    /// Starts a document whose root has this name if a value is written as the root.
    pub(super) fn new(root: &'static str) -> Self {
        Self { out: String::new(), name: root, attributes: false, error: None, depth: 0 }
    }

    /// Returns the document, or the first error.
    pub(super) fn finish(self) -> Result<Vec<u8>, CodecError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out.into_bytes()),
        }
    }

    /// Writes an element with the selected members of a structure. Returns their number.
    pub(super) fn members(
        &mut self,
        name: &str,
        namespace: Option<Namespace>,
        value: &dyn Structure,
        filter: MemberFilter<'_>,
    ) -> usize {
        if !self.descend(name) {
            return 0;
        }
        self.start_tag(name, namespace);
        let mut count = 0;
        // Attributes go into the start tag, whatever their order in the model.
        if value.schema().members.iter().any(|member| member.attribute) {
            self.attributes = true;
            count = self.write_members(value, filter, 0);
            self.attributes = false;
        }
        self.out.push('>');
        count += self.write_structure(value, filter);
        self.end_tag(name);
        self.depth -= 1;
        count
    }

    /// Writes an element of text.
    pub(super) fn text_element(&mut self, name: &'static str, text: &str) {
        self.start_tag(name, None);
        self.out.push('>');
        if let Some(error) = unrepresentable(text) {
            self.keep_error(error.in_member(name));
        }
        escape::push_text(text, &mut self.out);
        self.end_tag(name);
    }

    /// Writes an element around the elements that `write` writes.
    pub(super) fn element(
        &mut self,
        name: &str,
        namespace: Option<Namespace>,
        write: impl FnOnce(&mut Self),
    ) {
        if self.descend(name) {
            self.start_tag(name, namespace);
            self.out.push('>');
            write(self);
            self.end_tag(name);
            self.depth -= 1;
        }
    }

    /// Writes a start tag that is open for attributes.
    fn start_tag(&mut self, name: &str, namespace: Option<Namespace>) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some(Namespace { prefix, uri }) = namespace {
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            escape::push_attribute(uri, &mut self.out);
            self.out.push('"');
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Whether an element with child elements may be written here; if so, the depth increases.
    fn descend(&mut self, name: &str) -> bool {
        if self.depth == MAX_DEPTH || self.attributes {
            self.keep_error(if self.attributes {
                CodecError::expected("plain text, as it is an attribute", format_args!("<{name}>"))
            } else {
                too_deep("elements")
            });
            return false;
        }
        self.depth += 1;
        true
    }

    /// Writes text that needs no escaping, as an element or attribute.
    fn unescaped(&mut self, at: &'static Member, write: impl FnOnce(&mut String)) {
        let name = self.name;
        if self.attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            write(&mut self.out);
            self.out.push('"');
        } else {
            self.start_tag(name, at.namespace);
            self.out.push('>');
            write(&mut self.out);
            self.end_tag(name);
        }
    }

    fn text(&mut self, at: &'static Member, text: &str) {
        if let Some(error) = unrepresentable(text) {
            self.keep_error(error);
        }
        let push = if self.attributes { escape::push_attribute } else { escape::push_text };
        self.unescaped(at, |out| push(text, out));
    }

    /// Calls `write` to write a value as the element `name`.
    fn named(
        &mut self,
        name: &'static str,
        segment: impl FnOnce() -> PathSegment,
        write: impl FnOnce(&mut Self),
    ) {
        self.name = name;
        self.at(segment, write);
    }

    fn items(&mut self, name: &'static str, element: &'static Member, value: &dyn List) {
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            self.named(name, || PathSegment::Index(index), |out| item.write(element, out));
        }
    }

    fn entries(
        &mut self,
        name: &'static str,
        namespace: Option<Namespace>,
        (key_at, value_at): (&'static Member, &'static Member),
        value: &dyn Mapping,
    ) {
        for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
            self.element(name, namespace, |out| {
                let segment = || PathSegment::Key(key.to_owned());
                out.named(key_at.wire_name_or("key"), segment, |out| out.text(key_at, key));
                out.named(value_at.wire_name_or("value"), segment, |out| item.write(value_at, out));
            });
        }
    }
}

/// Returns the error of text that XML cannot represent.
fn unrepresentable(text: &str) -> Option<CodecError> {
    let expected = "text without the character U+0000, which XML cannot represent";
    text.contains('\0').then(|| CodecError::expected(expected, "it"))
}

impl DocumentWriter for XmlWriter {
    fn error_mut(&mut self) -> &mut Option<CodecError> {
        &mut self.error
    }

    fn write_member(&mut self, _: usize, member: &'static Member, value: &dyn Value) {
        self.name = element_name(member);
        self.in_member(member, |out| value.write(member, out));
    }

    fn contains(&self, member: &Member) -> bool {
        !matches!(member.target, Target::Stream | Target::Events(_)) && member.attribute == self.attributes
    }
}

impl Writer for XmlWriter {
    fn null(&mut self, _: &'static Member) {
        let name = self.name;
        let namespace = Namespace { prefix: "xsi", uri: "http://www.w3.org/2001/XMLSchema-instance" };
        self.start_tag(name, Some(namespace));
        self.out.push_str(" xsi:nil=\"true\">");
        self.end_tag(name);
    }

    fn boolean(&mut self, at: &'static Member, value: bool) {
        self.unescaped(at, |out| out.push_str(if value { "true" } else { "false" }));
    }

    fn integer(&mut self, at: &'static Member, value: i64) {
        self.unescaped(at, |out| number::integer(value, |digits| out.push_str(digits)));
    }

    fn float(&mut self, at: &'static Member, value: f32) {
        self.unescaped(at, |out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, at: &'static Member, value: f64) {
        self.unescaped(at, |out| number::double(value, |text| out.push_str(text)));
    }

    fn string(&mut self, at: &'static Member, value: &str) {
        self.text(at, value);
    }

    fn blob(&mut self, at: &'static Member, value: &Bytes) {
        self.unescaped(at, |out| out.push_str(&base64::encode(value)));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        let format = at.timestamp_format_or(TimestampFormat::DateTime);
        let mut written = Ok(());
        self.unescaped(at, |out| written = value.write(format, out));
        if let Err(error) = written {
            self.keep_error(error.into());
        }
    }

    fn document(&mut self, at: &'static Member, value: &Document) {
        self.text(at, &value.to_string());
    }

    fn structure(&mut self, at: &'static Member, value: &dyn Structure) {
        self.members(self.name, at.namespace, value, MemberFilter::ALL);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a list"));
        };
        let name = self.name;
        if is_flattened(at) {
            return self.items(name, element, value);
        }
        self.element(name, at.namespace, |out| out.items(element.wire_name_or("member"), element, value));
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(key_at, value_at) = at.target else {
            return self.keep_error(CodecError::expected(at.expected(), "a map"));
        };
        let name = self.name;
        if is_flattened(at) {
            return self.entries(name, at.namespace, (key_at, value_at), value);
        }
        self.element(name, at.namespace, |out| out.entries("entry", None, (key_at, value_at), value));
    }

    fn fail(&mut self, error: CodecError) {
        self.keep_error(error);
    }
}
