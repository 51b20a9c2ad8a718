//! Bodies: a document of the members that are bound to nothing else, or one member alone.

use super::direction::Direction;
use crate::{
    codec::{CodecError, MemberWriter, Structure, Value},
    format::MemberFilter,
    operation::{OperationSchema, ResponseBody},
    protocol::payload::{RawReader, RawWriter},
    schema::{Member, Schema, Target},
};
use bytes::Bytes;

/// How documents are written and read: all in which the REST protocols differ.
pub(in crate::protocol) trait BodyFormat: Sync {
    /// The media type of a document.
    fn content_type(&self) -> &'static str;

    /// The selected members of `value`, to which `at` refers, as one document.
    fn write_members(
        &self,
        operation: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Structure,
        filter: MemberFilter<'_>,
    ) -> Result<Vec<u8>, CodecError>;

    /// The value of a member that is the whole body, as a document.
    fn write_payload(
        &self,
        operation: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, CodecError>;

    /// What stands for a structure that is the whole body and unset.
    fn unset_payload(&self) -> &'static [u8];

    /// Reads the members that belong to the document; `body` is not empty.
    fn read_members(
        &self,
        body: &[u8],
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError>;

    /// Reads the member that is the whole body; `body` is not empty.
    fn read_payload(&self, body: &[u8], at: &'static Member, into: &mut dyn Value) -> Result<(), CodecError>;
}

/// A body and its media type, if it has one.
pub(super) struct Content {
    pub(super) body: Bytes,
    pub(super) kind: Option<&'static str>,
}

const NONE: Content = Content { body: Bytes::new(), kind: None };

/// The body of a message that carries `value`, to which `at` refers.
pub(super) fn write(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    at: &'static Member,
    value: &dyn Structure,
    filter: MemberFilter<'_>,
) -> Result<Content, CodecError> {
    let schema = value.schema();
    if let Some((index, member)) = schema.payload() {
        let mut payload = Payload { format, operation, schema, index, content: Ok(NONE) };
        value.write(&mut payload);
        return payload.content.map_err(|error| error.in_member(member.name));
    }
    if !schema.members.iter().any(|member| filter.includes(member)) {
        return Ok(NONE);
    }
    let body = format.write_members(operation, at, value, filter)?;
    if body.is_empty() {
        return Ok(NONE);
    }
    Ok(Content { body: body.into(), kind: Some(format.content_type()) })
}

/// A body as it came.
pub(super) struct Incoming {
    pub(super) operation: &'static OperationSchema,
    pub(super) direction: Direction,
    pub(super) request_id: Option<String>,
    pub(super) body: ResponseBody,
}

/// Reads the body of a message.
pub(super) fn read(
    format: &dyn BodyFormat,
    incoming: Incoming,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    let schema = into.schema();
    if let Some((index, member)) = schema.payload() {
        let Some(slot) = into.member_mut(index) else { return Ok(()) };
        return read_payload(format, incoming, member, slot).map_err(|error| error.in_member(member.name));
    }
    // What nobody asks for need not be readable.
    let belongs = incoming.direction.is_in_body();
    if !schema.members.iter().any(belongs) {
        return Ok(());
    }
    let body = incoming.body.whole()?;
    if body.trim_ascii().is_empty() {
        return Ok(());
    }
    format.read_members(&body, into, belongs)
}

fn read_payload(
    format: &dyn BodyFormat,
    incoming: Incoming,
    at: &'static Member,
    into: &mut dyn Value,
) -> Result<(), CodecError> {
    let Incoming { operation, request_id, body, .. } = incoming;
    if let Target::Stream | Target::Events(_) = at.target {
        return into.read(at, &mut RawReader::new(operation, request_id, body));
    }
    let body = body.whole()?;
    match at.target {
        _ if body.is_empty() => Ok(()),
        Target::Blob | Target::String => {
            into.read(at, &mut RawReader::new(operation, None, ResponseBody::Bytes(body)))
        }
        _ if body.trim_ascii().is_empty() => Ok(()),
        _ => format.read_payload(&body, at, into),
    }
}

/// Takes the one member that is the whole body.
struct Payload<'a> {
    format: &'a dyn BodyFormat,
    operation: &'static OperationSchema,
    schema: &'static Schema,
    index: usize,
    content: Result<Content, CodecError>,
}

impl Payload<'_> {
    fn write(&self, at: &'static Member, value: &dyn Value) -> Result<Content, CodecError> {
        let kind = match at.target {
            Target::Events(_) => "application/vnd.amazon.eventstream",
            Target::Blob | Target::Stream => "application/octet-stream",
            Target::String => "text/plain",
            _ => self.format.content_type(),
        };
        let body = match at.target {
            _ if value.is_absent() => return Ok(self.unset(at)),
            // The client takes the stream itself.
            Target::Stream | Target::Events(_) => Bytes::new(),
            Target::Blob | Target::String => RawWriter::bytes(at, value)?,
            _ => self.format.write_payload(self.operation, at, value)?.into(),
        };
        Ok(Content { body, kind: Some(kind) })
    }

    fn unset(&self, at: &'static Member) -> Content {
        let body = self.format.unset_payload();
        match at.target {
            Target::Structure(schema) if !schema().union && !body.is_empty() => {
                Content { body: Bytes::from_static(body), kind: Some(self.format.content_type()) }
            }
            _ => NONE,
        }
    }
}

impl MemberWriter for Payload<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        if let Some(at) = self.schema.members.get(index).filter(|_| index == self.index) {
            self.content = self.write(at, value);
        }
    }
}
