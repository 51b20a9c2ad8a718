//! Walks through a document.

use super::{escape, names};
use crate::codec::{CodecError, truncated, truncated_quote};
use quick_xml::{
    Reader as Events,
    events::{BytesRef, BytesStart, Event, attributes::Attributes},
};
use std::{borrow::Cow, fmt};

/// A document that is read once, from the front. What comes next is what stands between the start tag that was read last and
/// its end tag; whoever reads it reads the end tag too.
pub(super) struct Cursor<'a> {
    document: &'a [u8],
    events: Events<&'a [u8]>,
    /// The byte of the document where the events begin.
    origin: usize,
    /// The byte where the event that was read last begins.
    place: usize,
    /// The start tag that was read last.
    tag: BytesStart<'a>,
}

impl<'a> Cursor<'a> {
    /// In front of the document.
    pub(super) fn new(document: &'a [u8]) -> Self {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        Self::from(document, if document.starts_with(MARK) { MARK.len() } else { 0 })
    }

    /// In front of the element of the same document that begins at this byte.
    pub(super) fn again(&self, place: usize) -> Self {
        Self::from(self.document, place)
    }

    fn from(document: &'a [u8], origin: usize) -> Self {
        let mut events = Events::from_reader(document.get(origin..).unwrap_or_default());
        events.config_mut().expand_empty_elements = true;
        Self { document, events, origin, place: origin, tag: BytesStart::new("") }
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
                    return Err(self.unexpected("an XML document", truncated_quote(&text)));
                }
                Event::Text(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                _ => {
                    return Err(self.unexpected("an XML document", "text or an end tag before its root"));
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
                _ => return Err(self.unexpected("the document's end", "more behind its root")),
            }
        }
    }

    /// The name of the start tag that was read last, without its prefix.
    pub(super) fn name(&self) -> &str {
        names::local_name(self.tag.name().0)
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
                Event::GeneralRef(reference) => _ = self.resolve(&reference)?,
                Event::Eof => return Err(self.truncated()),
                _ => {}
            }
        }
    }

    /// Goes into the first element of this name inside this one; false where there is none, behind the end tag.
    pub(super) fn enter_child(&mut self, name: &str) -> Result<bool, CodecError> {
        while self.child()? {
            if self.is_at(name) {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }

    /// The byte where the start tag that was read last begins.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// The rest of the document, from the start tag that was read last.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.document.get(self.place..).unwrap_or_default()
    }

    /// The error that something else is at the place that was read last.
    pub(super) fn unexpected(&self, expected: &str, found: impl fmt::Display) -> CodecError {
        CodecError::expected(expected, format_args!("{found} at byte {}", self.place))
    }

    /// Passes over what is left of this element.
    pub(super) fn skip(&mut self) -> Result<(), CodecError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.event()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::GeneralRef(reference) => _ = self.resolve(&reference)?,
                Event::Eof => return Err(self.truncated()),
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
                    text.to_mut().push(self.resolve(&reference)?);
                    continue;
                }
                Event::End(_) => return Ok(text),
                Event::Start(tag) => {
                    let found = format_args!("the element <{}>", element_name_of(&tag));
                    return Err(self.unexpected("text", found));
                }
                Event::Eof => return Err(self.truncated()),
                _ => continue,
            };
            if text.is_empty() {
                text = piece;
            } else {
                text.to_mut().push_str(&piece);
            }
        }
    }

    /// Whether the start tag that was read last has this name, with or without a prefix.
    pub(super) fn is_at(&self, name: &str) -> bool {
        names::matches(self.tag.name().0, name)
    }

    /// The name of the start tag that was read last.
    pub(super) fn full_name(&self) -> &str {
        self.tag.name().0
    }

    /// The attributes of the start tag that was read last; `None` where it has none.
    pub(super) fn attributes(&self) -> Option<Attributes<'_>> {
        let mut attributes = (!self.tag.attributes_raw().is_empty()).then(|| self.tag.attributes())?;
        // Telling that one is there twice would take time squared.
        attributes.with_checks(false);
        Some(attributes)
    }

    fn event(&mut self) -> Result<Event<'a>, CodecError> {
        self.place = self.byte(self.events.buffer_position());
        match self.events.read_event() {
            // Nothing that is declared there is used by any service; it could blow up the document.
            Ok(Event::DocType(_)) => Err(self.unexpected("XML without a document type", "<!DOCTYPE")),
            Ok(event) => Ok(event),
            Err(error) => Err(CodecError::expected(
                "well-formed XML",
                format_args!("at byte {}: {}", self.byte(self.events.error_position()), truncated(error)),
            )),
        }
    }

    fn byte(&self, position: u64) -> usize {
        usize::try_from(position).unwrap_or(usize::MAX).saturating_add(self.origin)
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<char, CodecError> {
        escape::resolve(reference)
            .ok_or_else(|| self.unexpected(escape::REFERENCE, truncated_quote(reference)))
    }

    fn truncated(&self) -> CodecError {
        self.unexpected("the end tags of all elements", "the end of the document")
    }
}

fn element_name_of(tag: &BytesStart<'_>) -> String {
    truncated_quote(tag.name().0).trim_matches('"').to_owned()
}
