//! Reads and changes the string members of a structure, by their names in the model.

use crate::{
    codec::{
        CodecError, List, Mapping, Reader, Structure, Value,
        text::{TextReader, TextWriter},
    },
    schema::{Member, Schema, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Returns the new text of a member, or `None` to keep it.
type Change<'a> = dyn FnMut(&'static Member, &str) -> Option<String> + 'a;

/// Returns the text of the member `name` as it is sent: in base64, if bytes are sent as a string. `None` if there is no such
/// member, or it is not a string, or unset.
pub fn text(structure: &mut dyn Structure, name: &str) -> Option<String> {
    let (member, value) = find(structure, name)?;
    read(member, value).ok().flatten()
}

/// Sets the member `name`. Does nothing if there is no such member, or it is not a string.
///
/// Fails if the type of the member does not accept the text.
pub fn set_text(structure: &mut dyn Structure, name: &str, text: &str) -> Result<(), CodecError> {
    find(structure, name).map_or(Ok(()), |(member, value)| write(member, value, text))
}

/// Unsets the member `name`, if there is one that is a string. A required member becomes empty.
pub fn clear(structure: &mut dyn Structure, name: &str) {
    if let Some((_, value)) = find(structure, name) {
        value.reset();
    }
}

/// Calls `change` with every string in `structure`, also within structures and lists, but not within maps and unions.
///
/// Fails if the type of a member does not accept its new text.
pub fn each_text(structure: &mut dyn Structure, change: &mut Change<'_>) -> Result<(), CodecError> {
    let schema: &'static Schema = structure.schema();
    if schema.union {
        // Access to a case of a union would select it.
        return Ok(());
    }
    for (index, member) in schema.members.iter().enumerate() {
        if let Some(value) = structure.member_mut(index) {
            visit(member, value, change).map_err(|error| error.in_schema_member(member))?;
        }
    }
    Ok(())
}

fn find<'s>(structure: &'s mut dyn Structure, name: &str) -> Option<(&'static Member, &'s mut dyn Value)> {
    let schema: &'static Schema = structure.schema();
    let is_it = |member: &Member| member.name == name && matches!(member.target, Target::String);
    let index = schema.members.iter().position(is_it).filter(|_| !schema.union)?;
    Some((schema.members.get(index)?, structure.member_mut(index)?))
}

fn read(member: &'static Member, value: &dyn Value) -> Result<Option<String>, CodecError> {
    if value.is_absent() {
        return Ok(None);
    }
    TextWriter::texts(member, value, TimestampFormat::DateTime).map(|texts| Some(texts.concat()))
}

fn write(member: &'static Member, value: &mut dyn Value, text: &str) -> Result<(), CodecError> {
    value.read(member, &mut TextReader::of(text)).map_err(|error| error.in_schema_member(member))
}

fn visit(member: &'static Member, value: &mut dyn Value, change: &mut Change<'_>) -> Result<(), CodecError> {
    match member.target {
        _ if value.is_absent() => Ok(()),
        Target::String => match read(member, value)?.and_then(|text| change(member, &text)) {
            Some(text) => value.read(member, &mut TextReader::of(text)),
            None => Ok(()),
        },
        Target::Structure(_) | Target::List(_) => value.read(member, &mut Edit { change }),
        _ => Ok(()),
    }
}

/// A reader without input. A value that is read from it shows its parts, which are then changed in place.
struct Edit<'a, 'c> {
    change: &'a mut Change<'c>,
}

impl Reader for Edit<'_, '_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        each_text(into, self.change)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else { return Ok(()) };
        for index in 0..into.len() {
            if let Some(item) = into.item_mut(index) {
                visit(element, item, self.change)?;
            }
        }
        Ok(())
    }

    fn map(&mut self, _: &'static Member, _: &mut dyn Mapping) -> Result<(), CodecError> {
        Ok(())
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        nothing(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        nothing(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        nothing(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        nothing(at)
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        nothing(at)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        nothing(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        nothing(at)
    }
}

/// The error of a value that is not what its schema says.
fn nothing<T>(at: &Member) -> Result<T, CodecError> {
    Err(CodecError::expected(at.expected(), "nothing"))
}
