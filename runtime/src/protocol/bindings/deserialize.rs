//! Reads the members that are bound to other parts of a message than its body.

use super::{direction::Direction, header, uri::ParsedUri};
use crate::{
    codec::{
        CodecError, Structure, Value,
        text::{TextReader, TextValue},
    },
    schema::{Location, Member, Schema, Target},
};
use ::http::HeaderMap;

/// The parts of a received message before its body.
pub(super) struct ReceivedHead<'a> {
    status: Option<u16>,
    headers: &'a HeaderMap,
    uri: ParsedUri,
}

impl<'a> ReceivedHead<'a> {
    pub(super) fn request(uri: ParsedUri, headers: &'a HeaderMap) -> Self {
        Self { status: None, headers, uri }
    }

    pub(super) fn response(status: u16, headers: &'a HeaderMap) -> Self {
        Self { status: Some(status), headers, uri: ParsedUri::default() }
    }
}

/// Reads the members of `into` that are bound to parts of the head and are present there. Returns the first error; the members
/// after it are read too.
pub(super) fn read_members(
    head: &ReceivedHead<'_>,
    direction: Direction,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    let schema = into.schema();
    let mut result = Ok(());
    for (index, member) in schema.members.iter().enumerate() {
        let location = direction.location(member);
        if matches!(location, Location::Body | Location::Payload) {
            continue;
        }
        let Some(value) = into.member_mut(index) else { continue };
        if let Err(error) = read_member(head, location, schema, member, value)
            && !direction.strictness().clear_optional_scalar(member, value)
        {
            result = result.and(Err(error.in_schema_member(member)));
        }
    }
    result
}

fn read_member(
    head: &ReceivedHead<'_>,
    location: Location,
    schema: &'static Schema,
    member: &'static Member,
    value: &mut dyn Value,
) -> Result<(), CodecError> {
    let reader = match location {
        Location::Header => header::reader(head.headers, member)?,
        Location::Headers => Some(header::prefix_reader(head.headers, member.wire_name_or(""))),
        Location::StatusCode => head.status.map(|status| TextReader::of(status.to_string())),
        Location::Label => head.uri.label(member.wire_name()).map(TextReader::of),
        Location::Query => query_value(&head.uri, schema, member).map(TextReader::new),
        Location::Body | Location::Payload => None,
    };
    reader.map_or(Ok(()), |mut reader| value.read(member, &mut reader))
}

/// Returns the value of the member's query parameter, or the parameters without a member of their own if the member is a map.
fn query_value<'a>(uri: &'a ParsedUri, schema: &Schema, member: &Member) -> Option<TextValue<'a>> {
    let Target::Map(_, element) = member.target else {
        let texts = uri.values(member.wire_name());
        return (!texts.is_empty()).then_some(TextValue::List(texts));
    };
    let is_bound = |name: &str| {
        let mut members = schema.members.iter().filter(|member| !matches!(member.target, Target::Map(..)));
        members.any(|member| member.location == Location::Query && member.wire_name() == name)
    };
    let is_list = matches!(element.target, Target::List(_));
    let mut entries: Vec<(String, TextValue<'a>)> = Vec::new();
    for (name, value) in uri.query.iter().filter(|(name, _)| !is_bound(name)) {
        if entries.iter().all(|(other, _)| other != name) {
            let value =
                if is_list { TextValue::List(uri.values(name)) } else { TextValue::Scalar(value.into()) };
            entries.push((name.clone(), value));
        }
    }
    (!entries.is_empty()).then_some(TextValue::Map(entries))
}
