//! JSON, as the JSON protocols and the documents of others have it: `RFC 8259`, blobs in base64, timestamps as numbers of
//! seconds unless the model says otherwise, and the special floating-point numbers as strings.

mod lexer;
mod reader;
mod scan;
#[cfg(test)]
mod tests;
mod writer;

use super::Selection;
use crate::{
    codec::{CodecError, Reader as _, Structure, Value},
    schema::Member,
};
use reader::JsonReader;
use std::borrow::Cow;
use writer::JsonWriter;

/// The selected members of `value` as one object.
pub(crate) fn write_members(value: &dyn Structure, selection: Selection<'_>) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    writer.object(value, selection);
    writer.finish()
}

/// An error as one object: these keys with their words, and the selected members of its data.
pub(crate) fn write_error(
    words: &[(&str, &str)],
    data: Option<&dyn Structure>,
    selection: Selection<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    writer.error(words, data, selection);
    writer.finish()
}

/// One value as a text of its own.
pub(crate) fn write_value(at: &'static Member, value: &dyn Value) -> Result<Vec<u8>, CodecError> {
    let mut writer = JsonWriter::new();
    value.write(at, &mut writer);
    writer.finish()
}

/// Reads the members that belong to the object in `input`; all are absent where it is empty or null.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    belongs: fn(&Member) -> bool,
) -> Result<(), CodecError> {
    if input.trim_ascii().is_empty() {
        return Ok(());
    }
    let mut reader = JsonReader::new(input);
    if !reader.null()? {
        reader.object(into, belongs)?;
    }
    reader.finish()
}

/// Reads the one value that `input` is.
pub(crate) fn read_value(input: &[u8], at: &'static Member, into: &mut dyn Value) -> Result<(), CodecError> {
    let mut reader = JsonReader::new(input);
    into.read(at, &mut reader)?;
    reader.finish()
}

/// The strings under these keys of the object in `input`, as far as it is one and has them.
pub(crate) fn strings<'a, const N: usize>(input: &'a [u8], keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
    JsonReader::new(input).strings(keys)
}
