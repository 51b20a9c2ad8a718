//! Documents, which are JSON values: each has one form in CBOR. What JSON lacks is read as the JSON protocols write it.

use super::{
    lexer::{Kind, Lexer, Number},
    writer::CborWriter,
};
use crate::{
    codec::CodecError,
    format::{base64, number},
};
use serde_json::{Map, Number as JsonNumber, Value as Document};

/// Reads the next item, which may hold `depth` more arrays and maps in each other.
pub(super) fn read(lexer: &mut Lexer<'_>, depth: usize) -> Result<Document, CodecError> {
    match lexer.peek() {
        Kind::Null => lexer.null().map(|()| Document::Null),
        Kind::Boolean => lexer.boolean("a boolean").map(Document::Bool),
        Kind::Integer | Kind::Float => lexer.number("a number").map(number_of),
        Kind::Bytes => Ok(Document::String(base64::encode(&lexer.bytes("bytes")?))),
        Kind::Text => Ok(Document::String(lexer.text("a string")?.into_owned())),
        Kind::Array => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut left, mut items) = (lexer.array("an array")?, Vec::new());
            while lexer.more(&mut left)? {
                items.push(read(lexer, depth)?);
            }
            Ok(Document::Array(items))
        }
        Kind::Map => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut left, mut entries) = (lexer.map("a map")?, Map::new());
            while let Some(key) = lexer.key(&mut left)? {
                entries.insert(key.into_owned(), read(lexer, depth)?);
            }
            Ok(Document::Object(entries))
        }
        Kind::Simple | Kind::Break | Kind::Other(_) | Kind::End => Err(lexer.unexpected("a document")),
    }
}

/// The nearest number that JSON has, or the name of a special one.
fn number_of(value: Number) -> Document {
    #[allow(clippy::cast_precision_loss)]
    let wide = match value {
        Number::Integer(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(whole), _) => return whole.into(),
            (_, Ok(whole)) => return whole.into(),
            _ => whole as f64,
        },
        Number::Float(wide) => wide,
    };
    match JsonNumber::from_f64(wide) {
        Some(number) => Document::Number(number),
        None => number::special(wide).map_or(Document::Null, Document::from),
    }
}

/// Writes any JSON value.
pub(super) fn write(value: &Document, out: &mut CborWriter) {
    match value {
        Document::Null => out.plain_null(),
        Document::Bool(value) => out.plain_boolean(*value),
        Document::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => out.plain_integer(whole),
            (None, Some(whole)) => out.unsigned(whole),
            (None, None) => out.plain_double(number.as_f64().unwrap_or(f64::NAN)),
        },
        Document::String(text) => out.text(text),
        Document::Array(items) => out.array(items.len(), |out| {
            for item in items {
                write(item, out);
            }
        }),
        Document::Object(entries) => out.map_of(entries.len(), |out| {
            for (key, value) in entries {
                out.text(key);
                write(value, out);
            }
        }),
    }
}
