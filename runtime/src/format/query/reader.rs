//! Reads values from a form.

use super::dialect::Dialect;
use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure, text::TextReader, truncated_quote},
    format::depth::MAX_DEPTH,
    schema::{Member, Target},
    time::Timestamp,
};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value as Document;
use std::{borrow::Cow, collections::BTreeMap};

/// Reads all members of a structure.
pub(super) fn read(dialect: Dialect, form: &[u8], into: &mut dyn Structure) -> Result<(), CodecError> {
    let form = std::str::from_utf8(form).map_err(|error| {
        CodecError::expected("a form in UTF-8", format_args!("other bytes at byte {}", error.valid_up_to()))
    })?;
    let mut root = Node::default();
    let mut offset = 0;
    for pair in form.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !pair.is_empty() {
            root.insert(&decode(name, offset)?, decode(value, offset + pair.len() - value.len())?, offset)?;
        }
        offset += pair.len() + 1;
    }
    FormReader { dialect, node: &root }.members(into)
}

/// Decodes the text at this byte.
fn decode(text: &str, offset: usize) -> Result<String, CodecError> {
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| {
        let found = format_args!("{} at byte {offset}", truncated_quote(&text));
        CodecError::expected("percent-encoded text in UTF-8", found)
    })
}

/// The parameters whose names start with the same parts: the value of that name, and the parameters with more parts.
#[derive(Default)]
struct Node {
    value: Option<String>,
    parts: BTreeMap<Part, Node>,
}

/// A part of a name. Numbers, which are the elements of lists, sort numerically.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u32),
    Name(String),
}

impl Part {
    fn of(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Number)
    }
}

impl Node {
    /// Inserts the parameter at this byte, unless there is one of the same name.
    fn insert(&mut self, name: &str, value: String, offset: usize) -> Result<(), CodecError> {
        let mut node = self;
        for (depth, part) in name.split('.').enumerate() {
            // A list or map takes up to three parts of the name.
            if depth == 3 * MAX_DEPTH {
                let max = 3 * MAX_DEPTH;
                return Err(CodecError::new(format!("the name at byte {offset} has more than {max} parts")));
            }
            node = node.parts.entry(Part::of(part)).or_default();
        }
        node.value.get_or_insert(value);
        Ok(())
    }

    fn part(&self, name: &str) -> Option<&Self> {
        self.parts.get(&Part::of(name))
    }

    /// Iterates over the elements of a list or the entries of a map.
    fn numbered(&self) -> impl Iterator<Item = &Self> {
        self.parts.iter().filter(|(part, _)| matches!(part, Part::Number(_))).map(|(_, node)| node)
    }
}

/// Reads a value from the parameters whose names start with the value's.
struct FormReader<'a> {
    dialect: Dialect,
    node: &'a Node,
}

impl<'a> FormReader<'a> {
    fn of(&self, node: &'a Node) -> Self {
        Self { dialect: self.dialect, node }
    }

    fn members(&self, into: &mut dyn Structure) -> Result<(), CodecError> {
        let schema = into.schema();
        let mut count = 0;
        for (index, member) in schema.members.iter().enumerate() {
            let Some(node) = self.node.part(&self.dialect.member_name(member)) else { continue };
            let Some(value) = into.member_mut(index) else { continue };
            count += 1;
            value.read(member, &mut self.of(node)).map_err(|error| error.in_schema_member(member))?;
        }
        match count {
            0 | 2.. if schema.union => {
                Err(CodecError::expected("a union with exactly one member", format_args!("{count} members")))
            }
            _ => Ok(()),
        }
    }

    /// Returns a reader of the scalar as plain text.
    fn scalar(&self, at: &'static Member) -> Result<TextReader<'a>, CodecError> {
        self.text(at).map(TextReader::of)
    }

    fn text(&self, at: &'static Member) -> Result<&'a str, CodecError> {
        self.node.value.as_deref().ok_or_else(|| CodecError::expected(at.expected(), "parts of a value"))
    }
}

impl Reader for FormReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.scalar(at)?.boolean(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        self.scalar(at)?.integer(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.scalar(at)?.double(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.text(at).map(Cow::Borrowed)
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        self.scalar(at)?.blob(at)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        self.scalar(at)?.timestamp(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        self.scalar(at)?.document(at)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.members(into)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        into.clear();
        let named = self.dialect == Dialect::Query && !at.flattened;
        let items = if named { self.node.part(element.wire_name_or("member")) } else { Some(self.node) };
        items.into_iter().flat_map(Node::numbered).try_for_each(|item| into.push(element, &mut self.of(item)))
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let Target::Map(key_at, value_at) = at.target else {
            return Err(CodecError::expected(at.expected(), "a map to read it into"));
        };
        into.clear();
        let (key_name, value_name) = (key_at.wire_name_or("key"), value_at.wire_name_or("value"));
        let entries = if at.flattened { Some(self.node) } else { self.node.part("entry") };
        for entry in entries.into_iter().flat_map(Node::numbered) {
            let Some(key) = entry.part(key_name) else {
                return Err(CodecError::expected(
                    "an entry of a map",
                    format_args!("an entry without a {key_name}"),
                ));
            };
            let key = self.of(key).text(key_at)?.to_owned();
            // An empty structure has no parameters.
            let value =
                entry.part(value_name).unwrap_or(const { &Node { value: None, parts: BTreeMap::new() } });
            into.insert(key, value_at, &mut self.of(value))?;
        }
        Ok(())
    }
}
