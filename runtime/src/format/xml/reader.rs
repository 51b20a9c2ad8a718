//! Reads values from XML.

use super::{DEPTH, find, is_flat};
use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure},
    format::{base64, number::shown, text::TextReader},
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use quick_xml::{
    Reader as Events,
    events::{BytesRef, BytesStart, Event},
};
use serde_json::Value as Document;
use std::borrow::Cow;

/// A document that is read once, from the front. A value is what stands between the start tag that was read last and its end
/// tag; whoever reads the value reads the end tag too.
pub(super) struct XmlReader<'a> {
    input: &'a [u8],
    events: Events<&'a [u8]>,
    /// Where the event that was read last begins.
    place: usize,
    /// The start tag that was read last.
    tag: BytesStart<'a>,
    /// How many more elements with a meaning may be entered.
    depth: usize,
}

impl<'a> XmlReader<'a> {
    /// In front of the document.
    pub(super) fn new(input: &'a [u8]) -> Self {
        let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
        let mut events = Events::from_reader(input);
        events.config_mut().expand_empty_elements = true;
        Self { input, events, place: 0, tag: BytesStart::new(""), depth: DEPTH }
    }

    /// Goes into the root; false where the document is empty.
    pub(super) fn root(&mut self) -> Result<bool, CodecError> {
        loop {
            match self.event()? {
                Event::Start(tag) => {
                    self.tag = tag;
                    return Ok(true);
                }
                Event::Eof => return Ok(false),
                Event::Text(text) if !text.trim_ascii().is_empty() => {
                    return Err(CodecError::expected("an XML document", shown(&text)));
                }
                Event::Text(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                _ => {
                    return Err(CodecError::expected(
                        "an XML document",
                        "text or an end tag before its root",
                    ));
                }
            }
        }
    }

    /// The text that is all of the root, if there is no element in it.
    pub(super) fn root_text(mut self) -> Option<Cow<'a, str>> {
        let text = self.root().and_then(|_| self.text()).ok()?;
        self.finish().ok().map(|()| text)
    }

    /// Fails where anything is left behind the root.
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Comment(_) | Event::PI(_) => {}
                _ => return Err(CodecError::expected("the document's end", "more behind its root")),
            }
        }
    }

    /// The name of the start tag that was read last, without its prefix.
    pub(super) fn name(&self) -> &str {
        find::local(self.tag.name().0)
    }

    /// Goes to the next element inside this one, or behind this one's end tag.
    pub(super) fn child(&mut self) -> Result<bool, CodecError> {
        loop {
            match self.event()? {
                Event::Start(tag) => {
                    self.tag = tag;
                    return Ok(true);
                }
                Event::End(_) => return Ok(false),
                Event::GeneralRef(reference) => _ = resolve(&reference)?,
                Event::Eof => return Err(truncated()),
                _ => {}
            }
        }
    }

    /// Goes into the first element of this name inside this one; false where there is none, behind the end tag.
    pub(super) fn enter_child(&mut self, name: &str) -> Result<bool, CodecError> {
        while self.child()? {
            if find::is_named(self.tag.name().0, name) {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }

    /// The rest of the document, from the start tag that was read last.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.input.get(self.place..).unwrap_or_default()
    }

    /// Passes over what is left of this element.
    pub(super) fn skip(&mut self) -> Result<(), CodecError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.event()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::GeneralRef(reference) => _ = resolve(&reference)?,
                Event::Eof => return Err(truncated()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The text of this element, which has no other elements in it.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, CodecError> {
        let mut text = Cow::Borrowed("");
        loop {
            let piece = match self.event()? {
                Event::Text(piece) => piece.xml10_content(),
                Event::CData(piece) => piece.xml10_content(),
                Event::GeneralRef(reference) => {
                    text.to_mut().push(resolve(&reference)?);
                    continue;
                }
                Event::End(_) => return Ok(text),
                Event::Start(tag) => {
                    return Err(CodecError::expected(
                        "text",
                        format_args!("the element <{}>", shown_name(&tag)),
                    ));
                }
                Event::Eof => return Err(truncated()),
                _ => continue,
            };
            if text.is_empty() {
                text = piece;
            } else {
                text.to_mut().push_str(&piece);
            }
        }
    }

    /// The members of this element that `belongs` names; other elements are passed over.
    pub(super) fn members(
        &mut self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        if !self.tag.attributes_raw().is_empty() {
            self.attributes(schema, into)?;
        }
        self.inside(|reader| {
            let (mut next, mut chosen) = (0, None);
            while reader.child()? {
                let found = find::element(schema, reader.tag.name().0, next);
                let found = found.filter(|(_, member)| belongs(member));
                let case = found.map_or(usize::MAX, |(index, _)| index);
                if schema.union && *chosen.get_or_insert(case) != case {
                    return Err(several(schema));
                }
                match found.and_then(|(index, member)| Some((index, member, into.slot(index)?))) {
                    Some((index, member, slot)) => {
                        next = index + usize::from(!member.flattened);
                        slot.read(member, reader).map_err(|error| error.in_member(member.name))?;
                    }
                    None if schema.union => {
                        into.unknown(reader.name());
                        reader.skip()?;
                    }
                    None => reader.skip()?,
                }
            }
            match chosen {
                None if schema.union => Err(CodecError::expected("a union with exactly one member", "none")),
                _ => Ok(()),
            }
        })
    }

    /// The members that are attributes of the start tag.
    fn attributes(&mut self, schema: &'static Schema, into: &mut dyn Structure) -> Result<(), CodecError> {
        // Telling that one is there twice would take time squared.
        for attribute in self.tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| CodecError::expected("an attribute", error))?;
            let Some((index, member)) = find::attribute(schema, attribute.key.0) else { continue };
            let Some(slot) = into.slot(index) else { continue };
            let read = attribute_text(&attribute.value)
                .and_then(|text| slot.read(member, &mut TextReader::of(text)));
            read.map_err(|error| error.in_member(member.name))?;
        }
        Ok(())
    }

    /// Reads inside of an element that has others in it.
    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.depth = self
            .depth
            .checked_sub(1)
            .ok_or_else(|| CodecError::new(format!("elements lie more than {DEPTH} deep in each other")))?;
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
        while self.child()? {
            let name = self.tag.name().0;
            if find::is_named(name, key_name) && key.is_none() {
                key = Some(self.text()?.into_owned());
            } else if find::is_named(name, value_name) && ahead.is_none() {
                if let Some(key) = key.take() {
                    into.insert(key, value_at, self)?;
                    return self.skip();
                }
                ahead = Some(self.rest());
                self.skip()?;
            } else {
                self.skip()?;
            }
        }
        let Some(key) = key else {
            return Err(CodecError::expected("an entry of a map", format_args!("none with a <{key_name}>")));
        };
        let mut value = XmlReader::new(ahead.unwrap_or(b"<empty/>"));
        value.depth = self.depth;
        value.root()?;
        into.insert(key, value_at, &mut value)
    }

    /// A scalar, as every place that is plain text has it.
    fn scalar(&mut self) -> Result<TextReader<'a>, CodecError> {
        self.text().map(TextReader::of)
    }

    fn event(&mut self) -> Result<Event<'a>, CodecError> {
        self.place = usize::try_from(self.events.buffer_position()).unwrap_or(usize::MAX);
        match self.events.read_event() {
            // Nothing that is declared there is used by any service; it could blow up the document.
            Ok(Event::DocType(_)) => Err(CodecError::expected("XML without a document type", "<!DOCTYPE")),
            Ok(event) => Ok(event),
            Err(error) => Err(CodecError::expected(
                "well-formed XML",
                format_args!("at byte {}: {error}", self.events.error_position()),
            )),
        }
    }
}

fn truncated() -> CodecError {
    CodecError::expected("the end tags of all elements", "the end of the document")
}

/// The character that a reference means: the five of XML, and numbers.
fn resolve(reference: &BytesRef<'_>) -> Result<char, CodecError> {
    let named = match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    named.ok_or_else(|| {
        CodecError::expected("a character reference, or one of the five entities of XML", shown(reference))
    })
}

/// The value of an attribute, with its references resolved and white space made spaces.
fn attribute_text(raw: &str) -> Result<String, CodecError> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(place) = rest.find(['&', '\t', '\n', '\r']) {
        let (plain, special) = rest.split_at(place);
        text.push_str(plain);
        let Some(reference) = special.strip_prefix('&') else {
            text.push(' ');
            rest = special.strip_prefix("\r\n").or_else(|| special.get(1..)).unwrap_or_default();
            continue;
        };
        let (name, after) = reference.split_once(';').unwrap_or((reference, ""));
        text.push(resolve(&BytesRef::new(name))?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

fn several(schema: &'static Schema) -> CodecError {
    CodecError::expected("a union with exactly one member", format_args!("several of {}", schema.name))
}

fn shown_name(tag: &BytesStart<'_>) -> String {
    shown(tag.name().0).trim_matches('"').to_owned()
}

impl Reader for XmlReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        if self.tag.attributes_raw().is_empty() {
            return Ok(false);
        }
        let nil = self.tag.attributes().with_checks(false).flatten().any(|attribute| {
            attribute.key.0.ends_with(":nil") && matches!(attribute.value.as_ref(), "true" | "1")
        });
        if nil {
            self.skip()?;
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
        self.text()
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        let text = self.text()?;
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
        if is_flat(at) {
            return into.push(element, self);
        }
        into.clear();
        let name = element.wire_name_or("member");
        self.inside(|reader| {
            while reader.enter_child(name)? {
                into.push(element, reader)?;
            }
            Ok(())
        })
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let Target::Map(key_at, value_at) = at.target else {
            return Err(CodecError::expected(at.expected(), "a map to read it into"));
        };
        if is_flat(at) {
            return self.inside(|reader| reader.entry(key_at, value_at, into));
        }
        into.clear();
        self.inside(|reader| {
            while reader.enter_child("entry")? {
                reader.inside(|reader| reader.entry(key_at, value_at, into))?;
            }
            Ok(())
        })
    }
}
