//! The texts among the members of a structure, found by the members' names.

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

/// What becomes of a text that is found: another one, or `None` where it stays.
type Change<'a> = dyn FnMut(&'static Member, &str) -> Option<String> + 'a;

/// The text of the member that the model calls `name`, as it goes over the wire: of bytes in a string, their base64.
/// `None` where there is no such member, it is no text, or unset.
pub fn text(structure: &mut dyn Structure, name: &str) -> Option<String> {
    let (member, slot) = find(structure, name)?;
    read(member, slot).ok().flatten()
}

/// Sets the member that the model calls `name`. Nothing happens where there is no such member that is text.
///
/// Fails where the member's type does not take the text.
pub fn set_text(structure: &mut dyn Structure, name: &str, text: &str) -> Result<(), CodecError> {
    find(structure, name).map_or(Ok(()), |(member, slot)| write(member, slot, text))
}

/// Unsets the member that the model calls `name`, where there is such a member that is text and may be absent.
pub fn clear(structure: &mut dyn Structure, name: &str) -> Result<(), CodecError> {
    let Some((member, slot)) = find(structure, name).filter(|(_, slot)| !slot.is_absent()) else {
        return Ok(());
    };
    slot.read(member, &mut Edit { change: None })
}

/// Hands every text in `structure` to `change`, those in structures and lists within it too, but not those in maps and unions.
///
/// Fails where a member's type does not take its new text.
pub fn each_text(structure: &mut dyn Structure, change: &mut Change<'_>) -> Result<(), CodecError> {
    let schema: &'static Schema = structure.schema();
    if schema.union {
        // To look at the cases of a union is to choose one.
        return Ok(());
    }
    for (index, member) in schema.members.iter().enumerate() {
        if let Some(slot) = structure.member_mut(index) {
            visit(member, slot, change).map_err(|error| error.in_member(member.name))?;
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

fn read(member: &'static Member, slot: &dyn Value) -> Result<Option<String>, CodecError> {
    if slot.is_absent() {
        return Ok(None);
    }
    TextWriter::texts(member, slot, TimestampFormat::DateTime).map(|texts| Some(texts.concat()))
}

fn write(member: &'static Member, slot: &mut dyn Value, text: &str) -> Result<(), CodecError> {
    slot.read(member, &mut TextReader::of(text)).map_err(|error| error.in_member(member.name))
}

fn visit(member: &'static Member, slot: &mut dyn Value, change: &mut Change<'_>) -> Result<(), CodecError> {
    match member.target {
        _ if slot.is_absent() => Ok(()),
        Target::String => match read(member, slot)?.and_then(|text| change(member, &text)) {
            Some(text) => slot.read(member, &mut TextReader::of(text)),
            None => Ok(()),
        },
        Target::Structure(_) | Target::List(_) => slot.read(member, &mut Edit { change: Some(change) }),
        _ => Ok(()),
    }
}

/// A reader that reads nothing: values show it what they are made of, which it then changes in place. Without a change it is
/// null.
struct Edit<'a, 'c> {
    change: Option<&'a mut Change<'c>>,
}

impl Reader for Edit<'_, '_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(self.change.is_none())
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        match &mut self.change {
            Some(change) => each_text(into, change),
            None => Ok(()),
        }
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let (Target::List(element), Some(change)) = (at.target, &mut self.change) else { return Ok(()) };
        for index in 0..into.len() {
            if let Some(item) = into.item_mut(index) {
                visit(element, item, change)?;
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

/// What a value is told that cannot be unset, or is made of something else than its description says.
fn nothing<T>(at: &Member) -> Result<T, CodecError> {
    Err(CodecError::expected(at.expected(), "nothing"))
}
