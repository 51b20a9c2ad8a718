//! CBOR, as the protocol `smithy-rpc-v2-cbor` has it: `RFC 8949`, byte strings for blobs, tag 1 for timestamps, and members
//! by the names that the model has for them, whatever other names it knows.
//!
//! What is written is what other clients write too; what is read may be anything that the format allows: indefinite lengths,
//! numbers of any width, tags that say nothing new.

mod lexer;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

use super::Selection;
use crate::codec::{CodecError, Reader as _, Structure};
use reader::CborReader;
use std::borrow::Cow;
use writer::CborWriter;

/// The selected members of `value` as one map.
pub(crate) fn write_members(value: &dyn Structure, selection: Selection<'_>) -> Result<Vec<u8>, CodecError> {
    let mut writer = CborWriter::new();
    writer.object(value, selection);
    writer.finish()
}

/// An error as one map: these keys with their words, and all members of its data.
pub(crate) fn write_error(
    words: &[(&str, &str)],
    data: Option<&dyn Structure>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = CborWriter::new();
    writer.error(words, data);
    writer.finish()
}

/// Reads the members that belong to the map in `input`; all are absent where it is empty or null.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    belongs: fn(&crate::schema::Member) -> bool,
) -> Result<(), CodecError> {
    if input.is_empty() {
        return Ok(());
    }
    let mut reader = CborReader::new(input);
    if !reader.null()? {
        reader.object(into, belongs)?;
    }
    reader.finish()
}

/// The strings under these keys of the map in `input`, as far as it is one and has them.
pub(crate) fn strings<'a, const N: usize>(input: &'a [u8], keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
    CborReader::new(input).strings(keys)
}
