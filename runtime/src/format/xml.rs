//! XML, as the XML protocols have it: one element for each member, text for every scalar, blobs in base64, timestamps as
//! date-times unless the model says otherwise. Namespaces are written as the model says, and do not matter when read.

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

use super::Selection;
use crate::{
    codec::{CodecError, Structure, Value, text::TextReader},
    schema::{Member, Namespace, Schema, Target},
};
use cursor::Cursor;
use reader::XmlReader;
use writer::XmlWriter;

/// The selected members of `value` as a document. Without any that is set, there is no document.
pub(crate) fn write_members(
    root: &'static str,
    namespace: Option<Namespace>,
    value: &dyn Structure,
    selection: Selection<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new(root);
    let count = writer.members(root, namespace, value, selection);
    let document = writer.finish()?;
    Ok(if count == 0 { Vec::new() } else { document })
}

/// One value as a document.
pub(crate) fn write_value(
    root: &'static str,
    at: &'static Member,
    value: &dyn Value,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new(root);
    value.write(at, &mut writer);
    writer.finish()
}

/// All members of `value` inside of these elements, of which the outermost is in the namespace.
pub(crate) fn write_inside(
    root: &str,
    wrapper: Option<&str>,
    namespace: Option<Namespace>,
    value: &dyn Structure,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = XmlWriter::new("");
    match wrapper {
        Some(name) => writer.inside(root, namespace, |writer| {
            writer.members(name, None, value, Selection::ALL);
        }),
        None => _ = writer.members(root, namespace, value, Selection::ALL),
    }
    writer.finish()
}

/// Reads the members that belong to the document in `input`; all are absent where it is empty.
pub(crate) fn read_members(
    input: &[u8],
    into: &mut dyn Structure,
    belongs: fn(&Member) -> bool,
) -> Result<(), CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? {
        return Ok(());
    }
    if let Some((index, member)) = unwrapped(cursor.name(), into.schema(), belongs)
        && let Some(slot) = into.slot(index)
        && let Some(text) = Cursor::new(cursor.rest()).root_text()
    {
        // Without text there is no value: S3 says so of its oldest region.
        return if text.is_empty() { Ok(()) } else { slot.read(member, &mut TextReader::of(text)) };
    }
    let mut reader = XmlReader::new(cursor);
    reader.members(into, belongs)?;
    reader.finish()
}

/// The only member of a document that is no more than its root, as S3's answer to `GetBucketLocation` is.
fn unwrapped(
    root: &str,
    schema: &'static Schema,
    belongs: fn(&Member) -> bool,
) -> Option<(usize, &'static Member)> {
    let mut members = schema.members.iter().enumerate().filter(|(_, member)| belongs(member));
    let only = members
        .next()
        .filter(|(_, member)| matches!(member.target, Target::String) && element_name(member) == root);
    only.filter(|_| members.next().is_none())
}

/// Whether the document's root has this name.
pub(crate) fn is_root(input: &[u8], name: &str) -> bool {
    let mut cursor = Cursor::new(input);
    matches!(cursor.root(), Ok(true)) && cursor.name() == name
}

/// Reads the one value that the document in `input` is; its root may have any name.
pub(crate) fn read_value(input: &[u8], at: &'static Member, into: &mut dyn Value) -> Result<(), CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? {
        return Ok(());
    }
    let mut reader = XmlReader::new(cursor);
    into.read(at, &mut reader)?;
    reader.finish()
}

/// Reads all members from the first element of this name inside the document's root. Tells whether there is one.
pub(crate) fn read_inside(input: &[u8], name: &str, into: &mut dyn Structure) -> Result<bool, CodecError> {
    let mut cursor = Cursor::new(input);
    if !cursor.root()? || !cursor.enter_child(name)? {
        return Ok(false);
    }
    XmlReader::new(cursor).members(into, |_| true)?;
    Ok(true)
}
