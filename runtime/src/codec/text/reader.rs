//! Reads values from plain text.

use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure, base64, document, number, truncated_quote},
    schema::{Member, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// A value as plain text.
pub(crate) enum TextValue<'a> {
    Scalar(Cow<'a, str>),
    /// The elements of a list.
    List(Vec<Cow<'a, str>>),
    /// The entries of a map.
    Map(Vec<(String, TextValue<'a>)>),
}

/// Reads a value from plain text.
pub(crate) struct TextReader<'a>(TextValue<'a>);

impl<'a> TextReader<'a> {
    /// Reads this value.
    pub(crate) fn new(value: TextValue<'a>) -> Self {
        Self(value)
    }

    /// Reads a scalar.
    pub(crate) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self(TextValue::Scalar(text.into()))
    }

    /// Returns the text of a scalar, or of a list's only element.
    fn text(&self, at: &'static Member) -> Result<&str, CodecError> {
        match &self.0 {
            TextValue::Scalar(text) => Ok(text),
            TextValue::List(texts) => match texts.as_slice() {
                [text] => Ok(text),
                _ => Err(CodecError::expected(at.expected(), format_args!("{} values", texts.len()))),
            },
            TextValue::Map(_) => Err(CodecError::expected(at.expected(), "several named values")),
        }
    }
}

impl Reader for TextReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        // Some servers write `True`.
        match self.text(at)?.trim() {
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            other => Err(CodecError::expected("true or false", truncated_quote(other))),
        }
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        let text = self.text(at)?.trim();
        number::parse_integer(text).map_err(|_| CodecError::expected(at.expected(), truncated_quote(text)))
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        let text = self.text(at)?.trim();
        number::named(text).map_or_else(|| number::parse_float(text), Ok)
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
        let text = self.text(at)?.as_bytes();
        document::parse(text).map_err(|error| CodecError::expected("a document", error))
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
            TextValue::Scalar(text) => into.push(element, &mut TextReader::of(&**text)),
            TextValue::List(texts) => {
                texts.iter().try_for_each(|text| into.push(element, &mut TextReader::of(&**text)))
            }
            TextValue::Map(_) => Err(CodecError::expected("a list", "several named values")),
        }
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let (Target::Map(_, element), TextValue::Map(entries)) = (at.target, &mut self.0) else {
            return Err(CodecError::expected(at.expected(), "plain text"));
        };
        into.clear();
        for (key, texts) in std::mem::take(entries) {
            into.insert(key, element, &mut TextReader(texts))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use serde_json::json;

    #[test]
    fn whole_numbers_may_have_a_point_or_an_exponent() {
        static AT: Member = schema::integer("Count");
        for (text, value) in
            [("7", Some(7)), (" 1.0 ", Some(1)), ("1e3", Some(1000)), ("1.5", None), ("", None)]
        {
            assert_eq!(TextReader::of(text).integer(&AT).ok(), value, "{text}");
        }
        let error = TextReader::of("1.5").integer(&AT).unwrap_err().to_string();
        assert_eq!(error, "expected a 32-bit integer, found \"1.5\"");
    }

    #[test]
    fn documents_may_have_a_byte_order_mark_and_lone_surrogates() {
        static AT: Member = schema::document("Document");
        let text = "\u{feff}{\"a\":\"\\ud83d\"}";
        assert_eq!(TextReader::of(text).document(&AT).unwrap(), json!({ "a": "\u{fffd}" }));
    }
}
