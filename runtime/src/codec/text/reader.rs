//! Reads values from plain text.

use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure, base64, number, truncated_quote},
    schema::{Member, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// The texts that one value was written as.
pub(crate) enum Texts<'a> {
    /// Of a scalar.
    One(Cow<'a, str>),
    /// Of the elements of a list.
    List(Vec<Cow<'a, str>>),
    /// Of the values of a map, by their keys.
    Map(Vec<(String, Texts<'a>)>),
}

/// Reads one value from its texts.
pub(crate) struct TextReader<'a>(Texts<'a>);

impl<'a> TextReader<'a> {
    /// The value that these texts say.
    pub(crate) fn new(texts: Texts<'a>) -> Self {
        Self(texts)
    }

    /// The scalar that this text says.
    pub(crate) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self(Texts::One(text.into()))
    }

    /// The text of a scalar. One element of a list stands for itself.
    fn text(&self, at: &'static Member) -> Result<&str, CodecError> {
        match &self.0 {
            Texts::One(text) => Ok(text),
            Texts::List(texts) => match texts.as_slice() {
                [text] => Ok(text),
                _ => Err(CodecError::expected(at.expected(), format_args!("{} values", texts.len()))),
            },
            Texts::Map(_) => Err(CodecError::expected(at.expected(), "several named values")),
        }
    }
}

impl Reader for TextReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        match self.text(at)?.trim() {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(CodecError::expected("true or false", truncated_quote(other))),
        }
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        let text = self.text(at)?.trim();
        text.parse().map_err(|_| CodecError::expected(at.expected(), truncated_quote(text)))
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        let text = self.text(at)?.trim();
        number::named(text).map_or_else(|| number::finite(text), Ok)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.text(at).map(Cow::Borrowed)
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        base64::decode(self.text(at)?.trim())
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        Ok(Timestamp::parse_any(self.text(at)?.trim())?)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        serde_json::from_str(self.text(at)?).map_err(|error| CodecError::expected("a document", error))
    }

    fn structure(&mut self, at: &'static Member, _: &mut dyn Structure) -> Result<(), CodecError> {
        Err(CodecError::expected(at.expected(), "plain text"))
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        into.clear();
        match &self.0 {
            Texts::One(text) => into.push(element, &mut TextReader::of(&**text)),
            Texts::List(texts) => {
                texts.iter().try_for_each(|text| into.push(element, &mut TextReader::of(&**text)))
            }
            Texts::Map(_) => Err(CodecError::expected("a list", "several named values")),
        }
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let (Target::Map(_, element), Texts::Map(entries)) = (at.target, &mut self.0) else {
            return Err(CodecError::expected(at.expected(), "plain text"));
        };
        into.clear();
        for (key, texts) in std::mem::take(entries) {
            into.insert(key, element, &mut TextReader(texts))?;
        }
        Ok(())
    }
}
