//! Reads values from XML.

use super::{cursor::Cursor, escape, names};
use crate::{
    codec::{CodecError, List, Mapping, Reader, Strictness, Structure, base64, text::TextReader},
    format::{
        budget::Budget,
        depth::{MAX_DEPTH, too_deep_at},
    },
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Reads values from elements.
pub(super) struct XmlReader<'a> {
    cursor: Cursor<'a>,
    /// How many levels of elements that are values may still be entered.
    depth: usize,
    budget: Budget,
    strictness: Strictness,
}

impl<'a> XmlReader<'a> {
    /// Returns what reads the element that the cursor is in.
    pub(super) fn new(cursor: Cursor<'a>, strictness: Strictness) -> Self {
        Self { budget: Budget::of(cursor.length()), cursor, depth: MAX_DEPTH, strictness }
    }

    /// Skips the rest of the element around the one that was read.
    pub(super) fn skip(&mut self) -> Result<(), CodecError> {
        self.cursor.skip()
    }

    /// Fails if anything but comments follows the root.
    pub(super) fn finish(mut self) -> Result<(), CodecError> {
        self.cursor.finish()
    }

    /// Reads the members of this element that `predicate` selects, and skips other elements.
    pub(super) fn members(
        &mut self,
        into: &mut dyn Structure,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        self.attributes(schema, into)?;
        self.nest(|reader| {
            let (mut next, mut chosen) = (0, None);
            while reader.cursor.child()? {
                let found = names::find_element(schema, reader.cursor.full_name(), next);
                let found = found.filter(|(_, member)| predicate(member));
                let found_index = found.map_or(usize::MAX, |(index, _)| index);
                if schema.union && *chosen.get_or_insert(found_index) != found_index {
                    return Err(reader
                        .cursor
                        .unexpected(ONE_MEMBER, format_args!("several of {}", schema.name)));
                }
                match found.and_then(|(index, member)| Some((index, member, into.member_mut(index)?))) {
                    Some((index, member, value)) => {
                        next = index + usize::from(!member.flattened);
                        if let Err(error) = value.read(member, reader)
                            && (schema.union
                                || reader.cursor.is_malformed()
                                || !reader.strictness.clear_optional_scalar(member, value))
                        {
                            return Err(error.in_schema_member(member));
                        }
                    }
                    None if schema.union => {
                        into.unknown(reader.cursor.name());
                        reader.cursor.skip()?;
                    }
                    None => reader.cursor.skip()?,
                }
            }
            match chosen {
                None if schema.union => Err(reader.cursor.unexpected(ONE_MEMBER, "none")),
                _ => Ok(()),
            }
        })
    }

    /// Reads the members that are attributes of the start tag.
    fn attributes(&mut self, schema: &'static Schema, into: &mut dyn Structure) -> Result<(), CodecError> {
        for attribute in self.cursor.attributes().into_iter().flatten() {
            let attribute = attribute.map_err(|error| {
                let offset = self.cursor.offset();
                CodecError::expected("an attribute", format_args!("{error}, in the tag at byte {offset}"))
            })?;
            let Some((index, member)) = names::find_attribute(schema, attribute.key.0) else { continue };
            let Some(value) = into.member_mut(index) else { continue };
            let text =
                escape::attribute_value(&attribute.value).map_err(|error| error.in_schema_member(member))?;
            if let Err(error) = value.read(member, &mut TextReader::of(text))
                && !self.strictness.clear_optional_scalar(member, value)
            {
                return Err(error.in_schema_member(member));
            }
        }
        Ok(())
    }

    /// Reads an element with child elements.
    fn nest(&mut self, read: impl FnOnce(&mut Self) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.depth =
            self.depth.checked_sub(1).ok_or_else(|| too_deep_at("elements", self.cursor.offset()))?;
        read(self)?;
        self.depth += 1;
        Ok(())
    }

    /// Reads this element as an entry of a map.
    fn entry(
        &mut self,
        key_at: &'static Member,
        value_at: &'static Member,
        into: &mut dyn Mapping,
    ) -> Result<(), CodecError> {
        let (key_name, value_name) = (key_at.wire_name_or("key"), value_at.wire_name_or("value"));
        let mut key = None;
        self.budget.spend(into.entry_size())?;
        // If the value comes first, it is read when the key is known.
        let mut skipped_value = None;
        while self.cursor.child()? {
            if self.cursor.is_named(key_name) && key.is_none() {
                key = Some(self.cursor.text()?.into_owned());
            } else if self.cursor.is_named(value_name) && skipped_value.is_none() {
                if let Some(key) = key.take() {
                    into.insert(key, value_at, self)?;
                    return self.cursor.skip();
                }
                skipped_value = Some(self.cursor.offset());
                self.cursor.skip()?;
            } else {
                self.cursor.skip()?;
            }
        }
        let Some(key) = key else {
            return Err(self
                .cursor
                .unexpected("an entry of a map", format_args!("an entry without a <{key_name}>")));
        };
        let mut cursor =
            skipped_value.map_or_else(|| Cursor::new(b"<empty/>"), |offset| self.cursor.at_element(offset));
        cursor.root()?;
        let mut reader =
            XmlReader { cursor, depth: self.depth, budget: self.budget, strictness: self.strictness };
        into.insert(key, value_at, &mut reader)?;
        self.budget = reader.budget;
        Ok(())
    }

    /// Returns a reader of the scalar as plain text.
    fn scalar(&mut self) -> Result<TextReader<'a>, CodecError> {
        self.cursor.text().map(TextReader::of)
    }
}

/// What is expected of an element that is a union.
const ONE_MEMBER: &str = "a union with exactly one member";

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
        // Base64 in lines, as MIME has it.
        base64::decode(&text.split_ascii_whitespace().collect::<String>())
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        self.scalar()?.timestamp(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        self.scalar()?.document(at)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.budget.spend(into.boxed_size())?;
        self.members(into, |_| true)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        if names::is_flattened(at) {
            self.budget.spend(into.element_size())?;
            return into.push(element, self);
        }
        into.clear();
        let name = element.wire_name_or("member");
        self.nest(|reader| {
            while reader.cursor.enter_child(name)? {
                reader.budget.spend(into.element_size())?;
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
            return self.nest(|reader| reader.entry(key_at, value_at, into));
        }
        into.clear();
        self.nest(|reader| {
            while reader.cursor.enter_child("entry")? {
                reader.nest(|reader| reader.entry(key_at, value_at, into))?;
            }
            Ok(())
        })
    }
}
