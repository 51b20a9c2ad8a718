//! CBOR (RFC 8949) as the protocol `smithy-rpc-v2-cbor` uses it: byte strings for blobs, tag 1 for timestamps, and the names that
//! members have in the model as keys.
//!
//! The output is what other clients write too. The input may use every form of the format: indefinite lengths, numbers of any
//! width, redundant tags.

mod lexer;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

use super::members::MemberFilter;
use crate::{
    codec::{CodecError, Reader as _, Strictness, Structure},
    schema::Member,
};
use std::borrow::Cow;
use writer::CborWriter;

/// Writes the selected members of `value` as a map.
pub(crate) fn write_members(value: &dyn Structure, filter: MemberFilter<'_>) -> Result<Vec<u8>, CodecError> {
    let mut writer = CborWriter::new();
    writer.object(value, filter);
    writer.finish()
}

/// Writes an error as a map: these fields, and all members of its data.
pub(crate) fn write_error(
    fields: &[(&str, &str)],
    data: Option<&dyn Structure>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = CborWriter::new();
    writer.error(fields, data);
    writer.finish()
}

/// Reads the selected members of the map in `input`. Empty input and null are an empty map.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    strictness: Strictness,
    predicate: fn(&Member) -> bool,
) -> Result<(), CodecError> {
    if input.is_empty() {
        return Ok(());
    }
    let mut reader = reader::reader(input, strictness);
    if !reader.null()? {
        reader.members(into, predicate)?;
    }
    reader.finish()
}

/// Returns the strings under these keys of the map in `input`, up to the first problem.
pub(crate) fn strings<'a, const N: usize>(input: &'a [u8], keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
    reader::reader(input, Strictness::Lenient).strings(keys)
}
