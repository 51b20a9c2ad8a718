//! Fills the members that are bound to the parts of a message other than its body.

use super::{Direction, header};
use crate::{
    codec::{CodecError, Structure, Value},
    format::text::TextReader,
    schema::{Location, Member},
};
use ::http::HeaderMap;

/// The parts of a message as they came.
pub(super) struct Source<'a> {
    /// The status code of a response.
    pub(super) status: Option<u16>,
    /// The header fields.
    pub(super) headers: &'a HeaderMap,
}

/// Reads every member of `into` that the source has something for.
pub(super) fn fill(
    source: &Source<'_>,
    direction: Direction,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    for (index, member) in into.schema().members.iter().enumerate() {
        let place = direction.place(member);
        if let (false, Some(slot)) = (matches!(place, Location::Body | Location::Payload), into.slot(index)) {
            read(source, place, member, slot).map_err(|error| error.in_member(member.name))?;
        }
    }
    Ok(())
}

fn read(
    source: &Source<'_>,
    place: Location,
    member: &'static Member,
    slot: &mut dyn Value,
) -> Result<(), CodecError> {
    let reader = match place {
        Location::Header => header::reader(source.headers, member)?,
        Location::Headers => Some(header::prefixed(source.headers, member.wire_name_or(""))),
        Location::StatusCode => source.status.map(|status| TextReader::of(status.to_string())),
        _ => None,
    };
    reader.map_or(Ok(()), |mut reader| slot.read(member, &mut reader))
}
