//! Reads values from CBOR.

use super::lexer::{Kind, Lexer, Number, Remaining};
use crate::{
    codec::{CodecError, Strictness, base64, number},
    format::{
        budget::{Budget, DocumentPart},
        document_reader::{DocumentLexer, DocumentReader},
    },
    schema::{Member, Schema},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

pub(super) type CborReader<'a> = DocumentReader<'a, Lexer<'a>>;

/// Returns what reads the document in `input`.
pub(super) fn reader(input: &[u8], strictness: Strictness) -> CborReader<'_> {
    DocumentReader::new(Lexer::new(input), input.len(), strictness)
}

impl<'a> DocumentLexer<'a> for Lexer<'a> {
    type Remaining = Remaining;

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
        match self.number(at.expected())? {
            Number::Integer(whole) => {
                i64::try_from(whole).map_err(|_| CodecError::expected("an integer of at most 64 bits", whole))
            }
            Number::Float(float) => number::parse_integer(&float.to_string()),
        }
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        if let Some(value) = self.next_float64() {
            return Ok(value);
        }
        #[allow(clippy::cast_precision_loss)]
        self.number(at.expected()).map(|number| match number {
            Number::Integer(whole) => whole as f64,
            Number::Float(float) => float,
        })
    }

    #[inline]
    fn is_string(&mut self) -> bool {
        self.peek() == Kind::Text
    }

    #[inline]
    fn string(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError> {
        self.text(expected)
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        self.bytes(at.expected()).map(|bytes| bytes.into_owned().into())
    }

    /// Services do not all follow their models: a number or any of the text formats is accepted.
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        if let Some(seconds) = self.next_uint32() {
            return Ok(Timestamp::new(seconds.into(), 0));
        }
        if self.peek() == Kind::Text {
            return Ok(Timestamp::parse_any(&self.text(at.expected())?)?);
        }
        match self.number(at.expected())? {
            Number::Integer(seconds) => i64::try_from(seconds)
                .map(|seconds| Timestamp::new(seconds, 0))
                .map_err(|_| CodecError::expected("seconds of at most 64 bits", seconds)),
            Number::Float(seconds) => Ok(Timestamp::from_f64(seconds)?),
        }
    }

    fn document(&mut self, depth: usize, budget: &mut Budget) -> Result<Document, CodecError> {
        read_document(self, depth, budget)
    }

    fn start_list(&mut self, expected: &str) -> Result<Remaining, CodecError> {
        self.array(expected)
    }

    #[inline]
    fn next_element(&mut self, remaining: &mut Remaining) -> Result<bool, CodecError> {
        self.more(remaining)
    }

    fn start_map(&mut self, expected: &str) -> Result<Remaining, CodecError> {
        self.map(expected)
    }

    #[inline]
    fn next_key(&mut self, remaining: &mut Remaining) -> Result<Option<Cow<'a, str>>, CodecError> {
        self.key(remaining)
    }

    fn skip(&mut self, depth: usize) -> Result<(), CodecError> {
        Lexer::skip(self, depth)
    }

    fn end(&mut self) -> Result<(), CodecError> {
        Lexer::end(self)
    }

    fn too_deep(&self) -> CodecError {
        Lexer::too_deep(self)
    }

    fn len_hint(remaining: &Remaining) -> Option<usize> {
        remaining.len_hint()
    }

    /// Keys are the members' names in the model. Most services keep the model's order, so the member after the last one is
    /// compared first.
    fn find_member(schema: &'static Schema, key: &str, next: usize) -> Option<(usize, &'static Member)> {
        match schema.members.get(next) {
            Some(member) if member.name == key => Some((next, member)),
            _ => schema.members.iter().enumerate().find(|(_, member)| member.name == key),
        }
    }
}

/// Reads a JSON value. What JSON lacks becomes what the JSON protocols write for it.
fn read_document(lexer: &mut Lexer<'_>, depth: usize, budget: &mut Budget) -> Result<Document, CodecError> {
    let kind = lexer.peek();
    budget.spend_document(if kind == Kind::Map { DocumentPart::Object } else { DocumentPart::Value })?;
    match kind {
        Kind::Null => lexer.null().map(|()| Document::Null),
        Kind::Boolean => lexer.boolean("a boolean").map(Document::Bool),
        Kind::Integer | Kind::Float => lexer.number("a number").map(json_number),
        Kind::Bytes => Ok(Document::String(base64::encode(&lexer.bytes("bytes")?))),
        Kind::Text => Ok(Document::String(lexer.text("a string")?.into_owned())),
        Kind::Array => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut remaining, mut items) = (lexer.array("an array")?, Vec::new());
            while lexer.more(&mut remaining)? {
                items.push(read_document(lexer, depth, budget)?);
            }
            Ok(Document::Array(items))
        }
        Kind::Map => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut remaining, mut entries) = (lexer.map("a map")?, serde_json::Map::new());
            while let Some(key) = lexer.key(&mut remaining)? {
                entries.insert(key.into_owned(), read_document(lexer, depth, budget)?);
            }
            Ok(Document::Object(entries))
        }
        Kind::Simple | Kind::Break | Kind::Other(_) | Kind::End => Err(lexer.unexpected("a document")),
    }
}

/// Returns the nearest number that JSON can represent, or the name of a special one.
fn json_number(value: Number) -> Document {
    #[allow(clippy::cast_precision_loss)]
    let float = match value {
        Number::Integer(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(whole), _) => return whole.into(),
            (_, Ok(whole)) => return whole.into(),
            _ => whole as f64,
        },
        Number::Float(float) => float,
    };
    match serde_json::Number::from_f64(float) {
        Some(number) => Document::Number(number),
        None => number::special(float).map_or(Document::Null, Document::from),
    }
}
