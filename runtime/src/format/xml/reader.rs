//! Reads values from XML.

use super::{cursor::Cursor, escape, names};
use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure, base64, text::TextReader},
    format::depth::{MAX_DEPTH, too_deep_at},
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Reads the value that an element is.
pub(super) struct XmlReader<'a> {
    cursor: Cursor<'a>,
    /// How many more elements with a meaning may be entered.
    depth: usize,
}

impl<'a> XmlReader<'a> {
    /// What reads the element that the cursor is in.
    pub(super) fn new(cursor: Cursor<'a>) -> Self {
        Self { cursor, depth: MAX_DEPTH }
    }

    /// Fails where anything is left behind the root.
    pub(super) fn finish(mut self) -> Result<(), CodecError> {
        self.cursor.finish()
    }

    /// The members of this element that `belongs` names; other elements are passed over.
    pub(super) fn members(
        &mut self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        self.attributes(schema, into)?;
        self.inside(|reader| {
            let (mut next, mut chosen) = (0, None);
            while reader.cursor.child()? {
                let found = names::find_element(schema, reader.cursor.full_name(), next);
                let found = found.filter(|(_, member)| belongs(member));
                let case = found.map_or(usize::MAX, |(index, _)| index);
                if schema.union && *chosen.get_or_insert(case) != case {
                    return Err(reader.cursor.unexpected(ONE, format_args!("several of {}", schema.name)));
                }
                match found.and_then(|(index, member)| Some((index, member, into.slot(index)?))) {
                    Some((index, member, slot)) => {
                        next = index + usize::from(!member.flattened);
                        slot.read(member, reader).map_err(|error| error.in_member(member.name))?;
                    }
                    None if schema.union => {
                        into.unknown(reader.cursor.name());
                        reader.cursor.skip()?;
                    }
                    None => reader.cursor.skip()?,
                }
            }
            match chosen {
                None if schema.union => Err(reader.cursor.unexpected(ONE, "none")),
                _ => Ok(()),
            }
        })
    }

    /// The members that are attributes of the start tag.
    fn attributes(&mut self, schema: &'static Schema, into: &mut dyn Structure) -> Result<(), CodecError> {
        for attribute in self.cursor.attributes().into_iter().flatten() {
            let attribute = attribute.map_err(|error| {
                let place = self.cursor.place();
                CodecError::expected("an attribute", format_args!("{error}, of the tag at byte {place}"))
            })?;
            let Some((index, member)) = names::find_attribute(schema, attribute.key.0) else { continue };
            let Some(slot) = into.slot(index) else { continue };
            let read = escape::attribute_value(&attribute.value)
                .and_then(|text| slot.read(member, &mut TextReader::of(text)));
            read.map_err(|error| error.in_member(member.name))?;
        }
        Ok(())
    }

    /// Reads inside of an element that has others in it.
    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| too_deep_at("elements", self.cursor.place()))?;
        read(self)?;
        self.depth += 1;
        Ok(())
    }

    /// One entry of a map: this element.
    fn entry(
        &mut self,
        key_at: &'static Member,
        value_at: &'static Member,
        into: &mut dyn Mapping,
    ) -> Result<(), CodecError> {
        let (key_name, value_name) = (key_at.wire_name_or("key"), value_at.wire_name_or("value"));
        let mut key = None;
        // Where the value comes first, it is read when the key is known.
        let mut ahead = None;
        while self.cursor.child()? {
            if self.cursor.is_at(key_name) && key.is_none() {
                key = Some(self.cursor.text()?.into_owned());
            } else if self.cursor.is_at(value_name) && ahead.is_none() {
                if let Some(key) = key.take() {
                    into.insert(key, value_at, self)?;
                    return self.cursor.skip();
                }
                ahead = Some(self.cursor.place());
                self.cursor.skip()?;
            } else {
                self.cursor.skip()?;
            }
        }
        let Some(key) = key else {
            return Err(self
                .cursor
                .unexpected("an entry of a map", format_args!("none with a <{key_name}>")));
        };
        let mut cursor = ahead.map_or_else(|| Cursor::new(b"<empty/>"), |place| self.cursor.again(place));
        cursor.root()?;
        into.insert(key, value_at, &mut XmlReader { cursor, depth: self.depth })
    }

    /// A scalar, as every place that is plain text has it.
    fn scalar(&mut self) -> Result<TextReader<'a>, CodecError> {
        self.cursor.text().map(TextReader::of)
    }
}

/// What an element that is a union must be.
const ONE: &str = "a union with exactly one member";

impl Reader for XmlReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        let nil = self.cursor.attributes().into_iter().flatten().flatten().any(|attribute| {
            attribute.key.0.ends_with(":nil") && matches!(attribute.value.as_ref(), "true" | "1")
        });
        if nil {
            self.cursor.skip()?;
        }
        Ok(nil)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.scalar()?.boolean(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        self.scalar()?.integer(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.scalar()?.double(at)
    }

    fn string(&mut self, _: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.cursor.text()
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        let text = self.cursor.text()?;
        let text = text.trim_ascii();
        if !text.bytes().any(|byte| byte.is_ascii_whitespace()) {
            return base64::decode(text);
        }
        // In lines, as mail has it.
        base64::decode(&text.split_ascii_whitespace().collect::<String>())
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        self.scalar()?.timestamp(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        self.scalar()?.document(at)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.members(into, |_| true)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        if names::is_flattened(at) {
            return into.push(element, self);
        }
        into.clear();
        let name = element.wire_name_or("member");
        self.inside(|reader| {
            while reader.cursor.enter_child(name)? {
                into.push(element, reader)?;
            }
            Ok(())
        })
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let Target::Map(key_at, value_at) = at.target else {
            return Err(CodecError::expected(at.expected(), "a map to read it into"));
        };
        if names::is_flattened(at) {
            return self.inside(|reader| reader.entry(key_at, value_at, into));
        }
        into.clear();
        self.inside(|reader| {
            while reader.cursor.enter_child("entry")? {
                reader.inside(|reader| reader.entry(key_at, value_at, into))?;
            }
            Ok(())
        })
    }
}
