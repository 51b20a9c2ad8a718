//! Moves through a document.

use super::{escape, names};
use crate::codec::{CodecError, truncated, truncated_quote};
use quick_xml::{
    Reader as Events,
    events::{BytesRef, BytesStart, Event, attributes::Attributes},
};
use std::{borrow::Cow, fmt};

/// A position in a document, which is read once, from the front. It is inside the element of the last start tag; methods that
/// read the element read its end tag too.
pub(super) struct Cursor<'a> {
    document: &'a [u8],
    events: Events<&'a [u8]>,
    /// The byte of the document at which the events start.
    origin: usize,
    /// The byte at which the last event starts.
    offset: usize,
    /// The last start tag.
    tag: BytesStart<'a>,
    /// Whether the document is not well-formed, so that the rest of it cannot be read.
    malformed: bool,
}

impl<'a> Cursor<'a> {
    /// Returns a position before the document.
    pub(super) fn new(document: &'a [u8]) -> Self {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        Self::from(document, if document.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 })
    }

    /// Returns a position before the element of the same document that starts at this byte.
    pub(super) fn at_element(&self, offset: usize) -> Self {
        Self::from(self.document, offset)
    }

    fn from(document: &'a [u8], origin: usize) -> Self {
        let mut events = Events::from_reader(document.get(origin..).unwrap_or_default());
        events.config_mut().expand_empty_elements = true;
        Self { document, events, origin, offset: origin, tag: BytesStart::new(""), malformed: false }
    }

    /// Enters the root. Returns false if the document is empty.
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

    /// Returns the text of the root, if it has no child elements.
    pub(super) fn root_text(mut self) -> Option<Cow<'a, str>> {
        let text = self.root().and_then(|_| self.text()).ok()?;
        self.finish().ok().map(|()| text)
    }

    /// Fails if anything but comments follows the root.
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Comment(_) | Event::PI(_) => {}
                _ => return Err(self.unexpected("the end of the document", "more after its root")),
            }
        }
    }

    /// Returns the name of the last start tag, without its prefix.
    pub(super) fn name(&self) -> &str {
        names::local_name(self.tag.name().0)
    }

    /// Enters the next child element. Returns false, after the end tag, if there is none.
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

    /// Enters the next child element of this name. Returns false, after the end tag, if there is none.
    pub(super) fn enter_child(&mut self, name: &str) -> Result<bool, CodecError> {
        while self.child()? {
            if self.is_named(name) {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }

    /// Returns the length of the document in bytes.
    pub(super) fn length(&self) -> usize {
        self.document.len()
    }

    /// Whether the rest of the document cannot be read after an error.
    pub(super) fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// Returns the byte at which the last tag starts.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the rest of the document, from the last start tag.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.document.get(self.offset..).unwrap_or_default()
    }

    /// Returns the error that something else was read last.
    pub(super) fn unexpected(&self, expected: &str, found: impl fmt::Display) -> CodecError {
        CodecError::expected(expected, format_args!("{found} at byte {}", self.offset))
    }

    /// Skips the rest of this element.
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

    /// Reads the text of this element. Fails if it has child elements, and skips it then.
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
                    let error = self.unexpected("text", found);
                    self.skip()?;
                    self.skip()?;
                    return Err(error);
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

    /// Whether the last start tag has this name, with or without a prefix.
    pub(super) fn is_named(&self, name: &str) -> bool {
        names::matches(self.tag.name().0, name)
    }

    /// Returns the name of the last start tag.
    pub(super) fn full_name(&self) -> &str {
        self.tag.name().0
    }

    /// Returns the attributes of the last start tag, if there are any.
    pub(super) fn attributes(&self) -> Option<Attributes<'_>> {
        let mut attributes = (!self.tag.attributes_raw().is_empty()).then(|| self.tag.attributes())?;
        // A check for duplicates would take quadratic time.
        attributes.with_checks(false);
        Some(attributes)
    }

    fn event(&mut self) -> Result<Event<'a>, CodecError> {
        self.offset = self.absolute(self.events.buffer_position());
        match self.events.read_event() {
            // No service uses declarations, and entities could expand without limit.
            Ok(Event::DocType(_)) => {
                self.malformed = true;
                Err(self.unexpected("XML without a document type", "<!DOCTYPE"))
            }
            Ok(event) => Ok(event),
            Err(error) => {
                self.malformed = true;
                let position = self.absolute(self.events.error_position());
                let found = format_args!("at byte {position}: {}", truncated(error));
                Err(CodecError::expected("well-formed XML", found))
            }
        }
    }

    fn absolute(&self, position: u64) -> usize {
        usize::try_from(position).unwrap_or(usize::MAX).saturating_add(self.origin)
    }

    fn resolve(&mut self, reference: &BytesRef<'_>) -> Result<char, CodecError> {
        escape::resolve(reference).ok_or_else(|| {
            self.malformed = true;
            self.unexpected(escape::REFERENCE, truncated_quote(reference))
        })
    }

    fn truncated(&mut self) -> CodecError {
        self.malformed = true;
        self.unexpected("the end tags of all elements", "the end of the document")
    }
}

fn element_name_of(tag: &BytesStart<'_>) -> String {
    truncated_quote(tag.name().0).trim_matches('"').to_owned()
}
