//! Bodies of messages: a document of the members without another binding, or a single member.

use super::direction::Direction;
use crate::{
    codec::{CodecError, MemberWriter, Strictness, Structure, Value},
    format::MemberFilter,
    operation::{OperationSchema, ResponseBody},
    protocol::{
        foreign_error::html_page,
        payload::{PayloadReader, PayloadWriter},
    },
    schema::{Member, Schema, Target},
};
use ::http::HeaderMap;
use bytes::Bytes;

/// The format of documents, which is the only difference between the REST protocols.
pub(in crate::protocol) trait BodyFormat: Sync {
    /// The media type of a document.
    fn content_type(&self) -> &'static str;

    /// Writes the selected members of `value`, to which `at` refers, as a document.
    fn write_members(
        &self,
        operation: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Structure,
        filter: MemberFilter<'_>,
    ) -> Result<Vec<u8>, CodecError>;

    /// Writes the value of a member that is the whole body as a document.
    fn write_payload(
        &self,
        operation: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, CodecError>;

    /// The body for a structure that is the whole body and is not set.
    fn unset_payload(&self) -> &'static [u8];

    /// Reads the selected members from a document, which is not empty.
    fn read_members(
        &self,
        body: &[u8],
        into: &mut dyn Structure,
        strictness: Strictness,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError>;

    /// Reads the member that is the whole body, which is not empty.
    fn read_payload(
        &self,
        body: &[u8],
        at: &'static Member,
        strictness: Strictness,
        into: &mut dyn Value,
    ) -> Result<(), CodecError>;
}

/// A body that was written. Its media type is `None` if it has no content.
pub(super) struct OutgoingBody {
    pub(super) bytes: Bytes,
    pub(super) media_type: Option<&'static str>,
}

const EMPTY: OutgoingBody = OutgoingBody { bytes: Bytes::new(), media_type: None };

/// Writes the body of a message for `value`, to which `at` refers.
pub(super) fn write(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    at: &'static Member,
    value: &dyn Structure,
    filter: MemberFilter<'_>,
) -> Result<OutgoingBody, CodecError> {
    let schema = value.schema();
    if let Some((index, member)) = schema.payload() {
        let mut payload = Payload { format, operation, schema, index, body: Ok(EMPTY) };
        value.write(&mut payload);
        return payload.body.map_err(|error| error.in_schema_member(member));
    }
    if !schema.members.iter().any(|member| filter.includes(member)) {
        return Ok(EMPTY);
    }
    let document = format.write_members(operation, at, value, filter)?;
    if document.is_empty() {
        return Ok(EMPTY);
    }
    Ok(OutgoingBody { bytes: document.into(), media_type: Some(format.content_type()) })
}

/// A body that was received.
pub(super) struct IncomingBody<'a> {
    pub(super) operation: &'static OperationSchema,
    pub(super) direction: Direction,
    /// Those of a response.
    pub(super) headers: Option<&'a HeaderMap>,
    pub(super) body: ResponseBody,
}

/// Reads the body of a message.
pub(super) fn read(
    format: &dyn BodyFormat,
    incoming: IncomingBody<'_>,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    let schema = into.schema();
    if let Some((index, member)) = schema.payload() {
        let Some(value) = into.member_mut(index) else { return Ok(()) };
        return read_payload(format, incoming, member, value).map_err(|error| error.in_schema_member(member));
    }
    // Without members to read, the body may be malformed.
    let predicate = incoming.direction.is_in_body();
    if !schema.members.iter().any(predicate) {
        return match incoming.body {
            ResponseBody::Bytes(body) if incoming.direction == Direction::Response => {
                html_page(&body).map_or(Ok(()), Err)
            }
            _ => Ok(()),
        };
    }
    let document = incoming.body.into_bytes()?;
    if document.trim_ascii().is_empty() {
        return Ok(());
    }
    format.read_members(&document, into, incoming.direction.strictness(), predicate)
}

fn read_payload(
    format: &dyn BodyFormat,
    incoming: IncomingBody<'_>,
    at: &'static Member,
    into: &mut dyn Value,
) -> Result<(), CodecError> {
    let IncomingBody { operation, direction, headers, body } = incoming;
    if let Target::Stream | Target::Events(_) = at.target {
        return into.read(at, &mut PayloadReader::new(operation, headers, body));
    }
    let bytes = body.into_bytes()?;
    match at.target {
        _ if bytes.is_empty() => Ok(()),
        Target::Blob | Target::String => {
            into.read(at, &mut PayloadReader::new(operation, None, ResponseBody::Bytes(bytes)))
        }
        _ if bytes.trim_ascii().is_empty() => Ok(()),
        _ => format.read_payload(&bytes, at, direction.strictness(), into),
    }
}

/// Writes the member that is the whole body.
struct Payload<'a> {
    format: &'a dyn BodyFormat,
    operation: &'static OperationSchema,
    schema: &'static Schema,
    index: usize,
    body: Result<OutgoingBody, CodecError>,
}

impl Payload<'_> {
    fn write(&self, at: &'static Member, value: &dyn Value) -> Result<OutgoingBody, CodecError> {
        let media_type = match at.target {
            Target::Events(_) => "application/vnd.amazon.eventstream",
            Target::Blob | Target::Stream => "application/octet-stream",
            Target::String => "text/plain",
            _ => self.format.content_type(),
        };
        let bytes = match at.target {
            _ if value.is_absent() => return Ok(self.unset(at)),
            // The client sends the stream.
            Target::Stream | Target::Events(_) => Bytes::new(),
            Target::Blob | Target::String => PayloadWriter::bytes(at, value)?,
            _ => self.format.write_payload(self.operation, at, value)?.into(),
        };
        Ok(OutgoingBody { bytes, media_type: Some(media_type) })
    }

    fn unset(&self, at: &'static Member) -> OutgoingBody {
        let bytes = self.format.unset_payload();
        match at.target {
            Target::Structure(schema) if !schema().union && !bytes.is_empty() => OutgoingBody {
                bytes: Bytes::from_static(bytes),
                media_type: Some(self.format.content_type()),
            },
            _ => EMPTY,
        }
    }
}

impl MemberWriter for Payload<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        if let Some(at) = self.schema.members.get(index).filter(|_| index == self.index) {
            self.body = self.write(at, value);
        }
    }
}
