//! JSON (RFC 8259) as the AWS protocols use it: blobs in base64, timestamps as seconds since 1970 unless the model gives another
//! format, and special floating-point numbers as strings.

mod lexer;
mod reader;
mod scan;
#[cfg(test)]
mod tests;
mod writer;

use super::members::MemberFilter;
use crate::{
    codec::{CodecError, Reader as _, Strictness, Structure, Value, document},
    schema::Member,
};
use std::borrow::Cow;
use writer::JsonWriter;

/// Writes the selected members of `value` as an object.
pub(crate) fn write_members(value: &dyn Structure, filter: MemberFilter<'_>) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    writer.object(value, filter);
    writer.finish()
}

/// Writes an error as an object: these fields, and the selected members of its data.
pub(crate) fn write_error(
    fields: &[(&str, &str)],
    data: Option<&dyn Structure>,
    filter: MemberFilter<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    writer.error(fields, data, filter);
    writer.finish()
}

/// Writes one value as a document.
pub(crate) fn write_value(at: &'static Member, value: &dyn Value) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    value.write(at, &mut writer);
    writer.finish()
}

/// Reads the selected members of the object in `input`. Empty input and null are an empty object.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    strictness: Strictness,
    predicate: fn(&Member) -> bool,
) -> Result<(), CodecError> {
    if document::without_mark(input).trim_ascii().is_empty() {
        return Ok(());
    }
    let mut reader = reader::reader(input, strictness);
    if !reader.null()? {
        reader.members(into, predicate)?;
    }
    reader.finish()
}

/// Reads the document in `input` as one value.
pub(crate) fn read_value(
    input: &[u8],
    at: &'static Member,
    strictness: Strictness,
    into: &mut dyn Value,
) -> Result<(), CodecError> {
    let mut reader = reader::reader(input, strictness);
    into.read(at, &mut reader)?;
    reader.finish()
}

/// Reads any JSON value. A lone surrogate becomes U+FFFD.
pub(crate) fn document(text: &[u8]) -> Result<serde_json::Value, CodecError> {
    document::parse(text).map_err(|error| CodecError::expected("a document", error))
}

/// Returns the strings under these keys of the object in `input`, up to the first problem.
pub(crate) fn strings<'a, const N: usize>(input: &'a [u8], keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
    reader::reader(input, Strictness::Lenient).strings(keys)
}
