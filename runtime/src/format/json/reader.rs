//! Reads values from JSON.

use super::lexer::{First, Kind, Lexer};
use crate::{
    codec::{CodecError, Strictness, base64, number, truncated_quote},
    format::{
        budget::{Budget, DocumentPart},
        document_reader::{DocumentLexer, DocumentReader},
    },
    schema::{Member, Schema},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

pub(super) type JsonReader<'a> = DocumentReader<'a, Lexer<'a>>;

/// Returns what reads the document in `input`.
pub(super) fn reader(input: &[u8], strictness: Strictness) -> JsonReader<'_> {
    DocumentReader::new(Lexer::new(input), input.len(), strictness)
}

impl<'a> DocumentLexer<'a> for Lexer<'a> {
    type Remaining = First;

    #[inline]
    fn is_null(&mut self) -> bool {
        self.peek() == Kind::Null
    }

    fn null(&mut self) -> Result<(), CodecError> {
        Lexer::null(self)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        Lexer::boolean(self, at.expected())
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        number::parse_integer(self.number(at.expected())?)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        if self.peek() != Kind::String {
            return number::parse_float(self.number(at.expected())?);
        }
        let text = Lexer::string(self, "a number")?;
        number::named(&text).ok_or_else(|| {
            CodecError::expected("a number, \"NaN\", \"Infinity\" or \"-Infinity\"", truncated_quote(&text))
        })
    }

    #[inline]
    fn is_string(&mut self) -> bool {
        self.peek() == Kind::String
    }

    #[inline]
    fn string(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        Lexer::string(self, expected)
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        base64::decode(&Lexer::string(self, "a blob, as a string in base64")?)
    }

    /// Services do not all follow their models: a number or any of the formats is accepted.
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        match self.peek() {
            Kind::Number => Ok(Timestamp::parse(self.number(at.expected())?, TimestampFormat::EpochSeconds)?),
            _ => Ok(Timestamp::parse_any(&Lexer::string(self, at.expected())?)?),
        }
    }

    fn document(&mut self, depth: usize, budget: &mut Budget) -> Result<Document, CodecError> {
        let text = Lexer::skip(self, depth)?;
        spend_document(text, budget)?;
        super::document(text)
    }

    fn start_list(&mut self, expected: &str) -> Result<First, CodecError> {
        self.open(Kind::Array, expected)
    }

    #[inline]
    fn next_element(&mut self, first: &mut First) -> Result<bool, CodecError> {
        self.element(first)
    }

    fn start_map(&mut self, expected: &str) -> Result<First, CodecError> {
        self.open(Kind::Object, expected)
    }

    #[inline]
    fn next_key(&mut self, first: &mut First) -> Result<Option<Cow<'a, str>>, CodecError> {
        self.key(first)
    }

    fn skip(&mut self, depth: usize) -> Result<(), CodecError> {
        Lexer::skip(self, depth).map(drop)
    }

    fn end(&mut self) -> Result<(), CodecError> {
        Lexer::end(self)
    }

    fn too_deep(&self) -> CodecError {
        Lexer::too_deep(self)
    }

    fn len_hint(_: &First) -> Option<usize> {
        None
    }

    /// Most services keep the model's order and some reverse it, so the members next to the last one are compared first.
    fn find_member(schema: &'static Schema, key: &str, next: usize) -> Option<(usize, &'static Member)> {
        let has_key = |member: &Member| member.body_name() == key;
        let at = |index: usize| {
            schema.members.get(index).filter(|member| has_key(member)).map(|member| (index, member))
        };
        let near = at(next).or_else(|| at(next.checked_sub(2)?));
        near.or_else(|| schema.members.iter().enumerate().find(|(_, member)| has_key(member)))
    }
}

/// Takes the memory of a JSON value before it is made: of its objects, and of the values that commas and brackets begin.
fn spend_document(text: &[u8], budget: &mut Budget) -> Result<(), CodecError> {
    let (mut in_string, mut is_escaped) = (false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => budget.spend_document(DocumentPart::Object)?,
            b'[' | b',' if !in_string => budget.spend_document(DocumentPart::Value)?,
            _ => {}
        }
    }
    Ok(())
}
