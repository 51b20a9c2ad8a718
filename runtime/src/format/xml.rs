//! XML as the AWS protocols use it: one element for each member, text for every scalar, blobs in base64, timestamps as
//! date-times unless the model gives another format. Namespaces are written as in the model, and ignored when read.

mod cursor;
mod error_document;
mod escape;
mod names;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use error_document::{Envelope, ErrorDocument, ErrorFields};
pub(super) use names::element_name;

use super::members::MemberFilter;
use crate::{
    codec::{CodecError, Strictness, Structure, Value, text::TextReader},
    schema::{Member, Namespace, Schema, Target},
};
use cursor::Cursor;
use reader::XmlReader;
use writer::XmlWriter;

/// Writes the selected members of `value` as a document. The document is empty if none is set.
pub(crate) fn write_members(
    root: &'static str,
    namespace: Option<Namespace>,
    value: &dyn Structure,
    filter: MemberFilter<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new(root);
    let count = writer.members(root, namespace, value, filter);
    let document = writer.finish()?;
    Ok(if count == 0 { Vec::new() } else { document })
}

/// Writes one value as a document.
pub(crate) fn write_value(
    root: &'static str,
    at: &'static Member,
    value: &dyn Value,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new(root);
    value.write(at, &mut writer);
    writer.finish()
}

/// Writes all members of `value` inside these elements, the outermost of which is in the namespace.
pub(crate) fn write_nested(
    root: &str,
    wrapper: Option<&str>,
    namespace: Option<Namespace>,
    value: &dyn Structure,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new("");
    match wrapper {
        Some(name) => writer.element(root, namespace, |writer| {
            writer.members(name, None, value, MemberFilter::ALL);
        }),
        None => _ = writer.members(root, namespace, value, MemberFilter::ALL),
    }
    writer.finish()
}

/// Reads the selected members from the document in `input`. Empty input is an empty document.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    strictness: Strictness,
    predicate: fn(&Member) -> bool,
) -> Result<(), CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? {
        return Ok(());
    }
    if let Some((index, member)) = sole_text_member(cursor.name(), into.schema(), predicate)
        && let Some(value) = into.member_mut(index)
        && let Some(text) = Cursor::new(cursor.rest()).root_text()
    {
        // S3 reports its oldest region as an empty root, which is no value.
        return if text.is_empty() { Ok(()) } else { value.read(member, &mut TextReader::of(text)) };
    }
    let mut reader = XmlReader::new(cursor, strictness);
    reader.members(into, predicate)?;
    reader.finish()
}

/// Returns the only member of a document that consists of its root, as S3's response to `GetBucketLocation` does.
fn sole_text_member(
    root: &str,
    schema: &'static Schema,
    predicate: fn(&Member) -> bool,
) -> Option<(usize, &'static Member)> {
    let mut members = schema.members.iter().enumerate().filter(|(_, member)| predicate(member));
    let only = members
        .next()
        .filter(|(_, member)| matches!(member.target, Target::String) && element_name(member) == root);
    only.filter(|_| members.next().is_none())
}

/// Returns the name of the document's root, without its prefix. `None` if the document is empty.
pub(crate) fn root_name(input: &[u8]) -> Result<Option<String>, CodecError> {
    let mut cursor = Cursor::new(input);
    Ok(cursor.root()?.then(|| cursor.name().to_owned()))
}

/// Whether the document's root has a child element of this name.
pub(crate) fn has_child(input: &[u8], name: &str) -> bool {
    let mut cursor = Cursor::new(input);
    matches!(cursor.root(), Ok(true)) && matches!(cursor.enter_child(name), Ok(true))
}

/// Reads the document in `input` as one value. The root may have any name.
pub(crate) fn read_value(
    input: &[u8],
    at: &'static Member,
    strictness: Strictness,
    into: &mut dyn Value,
) -> Result<(), CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? {
        return Ok(());
    }
    let mut reader = XmlReader::new(cursor, strictness);
    into.read(at, &mut reader)?;
    reader.finish()
}

/// Reads all members of a response from the first element of this name inside the document's root. Returns whether there is one.
pub(crate) fn read_nested(input: &[u8], name: &str, into: &mut dyn Structure) -> Result<bool, CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? || !cursor.enter_child(name)? {
        return Ok(false);
    }
    let mut reader = XmlReader::new(cursor, Strictness::Lenient);
    reader.members(into, |_| true)?;
    reader.skip()?;
    reader.finish()?;
    Ok(true)
}
