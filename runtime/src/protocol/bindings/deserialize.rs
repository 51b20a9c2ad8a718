//! Fills the members that are bound to the parts of a message other than its body.

use super::{direction::Direction, header, uri::Target};
use crate::{
    codec::{
        CodecError, Structure, Value,
        text::{TextReader, Texts},
    },
    schema::{self, Location, Member, Schema},
};
use ::http::HeaderMap;

/// The parts of a message as they came.
pub(super) struct Source<'a> {
    status: Option<u16>,
    headers: &'a HeaderMap,
    target: Target,
}

impl<'a> Source<'a> {
    /// The parts of a response.
    pub(super) fn response(status: u16, headers: &'a HeaderMap) -> Self {
        Self { status: Some(status), headers, target: Target::default() }
    }

    /// The parts of a request.
    pub(super) fn request(target: Target, headers: &'a HeaderMap) -> Self {
        Self { status: None, headers, target }
    }
}

/// Reads every member of `into` that the source has something for.
pub(super) fn fill(
    source: &Source<'_>,
    direction: Direction,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    let schema = into.schema();
    for (index, member) in schema.members.iter().enumerate() {
        let place = direction.location(member);
        if let (false, Some(slot)) =
            (matches!(place, Location::Body | Location::Payload), into.member_mut(index))
        {
            read(source, place, schema, member, slot).map_err(|error| error.in_member(member.name))?;
        }
    }
    Ok(())
}

fn read(
    source: &Source<'_>,
    place: Location,
    schema: &'static Schema,
    member: &'static Member,
    slot: &mut dyn Value,
) -> Result<(), CodecError> {
    let reader = match place {
        Location::Header => header::reader(source.headers, member)?,
        Location::Headers => Some(header::prefixed(source.headers, member.wire_name_or(""))),
        Location::StatusCode => source.status.map(|status| TextReader::of(status.to_string())),
        Location::Label => source.target.label(member.wire_name()).map(TextReader::of),
        Location::Query => query(source, schema, member).map(TextReader::new),
        Location::Body | Location::Payload => None,
    };
    reader.map_or(Ok(()), |mut reader| slot.read(member, &mut reader))
}

/// The texts of a parameter's member, or of the map that takes all parameters without a member of their own.
fn query<'a>(source: &'a Source<'_>, schema: &Schema, member: &Member) -> Option<Texts<'a>> {
    let target = &source.target;
    let schema::Target::Map(_, element) = member.target else {
        let texts = target.values(member.wire_name());
        return (!texts.is_empty()).then_some(Texts::List(texts));
    };
    let bound = |name: &str| {
        let mut members =
            schema.members.iter().filter(|member| !matches!(member.target, schema::Target::Map(..)));
        members.any(|member| member.location == Location::Query && member.wire_name() == name)
    };
    let mut entries: Vec<(String, Texts<'a>)> = Vec::new();
    for (name, value) in target.query.iter().filter(|(name, _)| !bound(name)) {
        let listed = matches!(element.target, schema::Target::List(_));
        if entries.iter().all(|(other, _)| other != name) {
            let texts = if listed { Texts::List(target.values(name)) } else { Texts::One(value.into()) };
            entries.push((name.clone(), texts));
        }
    }
    (!entries.is_empty()).then_some(Texts::Map(entries))
}
