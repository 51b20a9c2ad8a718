//! Writes members as the parts of a message.

use super::frame::{HeaderValue, Message};
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Structure, Value, Writer},
    operation::OperationSchema,
    schema::{Member, Schema},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;

/// Writes the structure of an event as the headers and the payload of a message.
pub(super) struct PartWriter {
    operation: &'static OperationSchema,
    part: Part,
    headers: Vec<(String, HeaderValue)>,
    /// With its media type.
    payload: Option<(Bytes, &'static str)>,
    error: Option<CodecError>,
}

/// The part that is written next.
#[derive(Clone, Copy)]
enum Part {
    Event,
    Header,
    Payload,
}

impl PartWriter {
    pub(super) fn new(operation: &'static OperationSchema) -> Self {
        Self { operation, part: Part::Event, headers: Vec::new(), payload: None, error: None }
    }

    /// Writes the structure of an event or exception.
    pub(super) fn members(&mut self, value: &dyn Structure) {
        let schema = value.schema();
        value.write(&mut Members { schema, writer: self });
        let mut members = schema.members.iter();
        let only_headers =
            !schema.members.is_empty() && schema.members.iter().all(|member| member.event_header);
        if !only_headers && !members.any(|member| member.event_payload) {
            self.document(value);
        }
    }

    /// Returns the message, with the headers of its type first.
    pub(super) fn finish(self, kind: [(&str, &str); 2]) -> Result<Message, CodecError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut message = Message::default();
        for (name, value) in kind {
            message = message.with(name, value);
        }
        if let Some((payload, media_type)) = self.payload {
            message = message.with(":content-type", media_type);
            message.payload = payload;
        }
        message.headers.extend(self.headers);
        Ok(message)
    }

    fn document(&mut self, value: &dyn Structure) {
        let protocol = self.operation.service.protocol;
        match protocol.write_document(self.operation, value) {
            Ok(bytes) => self.payload = Some((bytes, protocol.document_type())),
            Err(error) => self.fail(error),
        }
    }

    fn header(&mut self, at: &'static Member, value: HeaderValue) {
        if matches!(self.part, Part::Header) {
            self.headers.push((at.wire_name().to_owned(), value));
        } else {
            self.wrong_binding(at);
        }
    }

    fn wrong_binding(&mut self, at: &'static Member) {
        let part = match self.part {
            Part::Event => "an event, which must be a structure",
            Part::Header => "a header of an event",
            Part::Payload => "the payload of an event",
        };
        self.fail(CodecError::new(format!("{} cannot be {part}", at.expected())));
    }
}

struct Members<'a> {
    schema: &'static Schema,
    writer: &'a mut PartWriter,
}

impl MemberWriter for Members<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        self.writer.part = match member {
            _ if value.is_absent() => return,
            member if member.event_header => Part::Header,
            member if member.event_payload => Part::Payload,
            _ => return,
        };
        let no_error = self.writer.error.is_none();
        value.write(member, self.writer);
        if no_error {
            self.writer.error = self.writer.error.take().map(|error| error.in_schema_member(member));
        }
    }
}

impl Writer for PartWriter {
    fn null(&mut self, _: &'static Member) {}

    fn boolean(&mut self, at: &'static Member, value: bool) {
        self.header(at, HeaderValue::Bool(value));
    }

    fn integer(&mut self, at: &'static Member, value: i64) {
        let narrow = matches!(at.target, crate::schema::Target::Integer).then(|| i32::try_from(value).ok());
        self.header(at, narrow.flatten().map_or(HeaderValue::Long(value), HeaderValue::Int));
    }

    fn float(&mut self, at: &'static Member, _: f32) {
        self.wrong_binding(at);
    }

    fn double(&mut self, at: &'static Member, _: f64) {
        self.wrong_binding(at);
    }

    fn string(&mut self, at: &'static Member, value: &str) {
        match self.part {
            Part::Payload => self.payload = Some((Bytes::copy_from_slice(value.as_bytes()), "text/plain")),
            _ => self.header(at, value.into()),
        }
    }

    fn blob(&mut self, at: &'static Member, value: &Bytes) {
        match self.part {
            Part::Payload => self.payload = Some((value.clone(), "application/octet-stream")),
            _ => self.header(at, HeaderValue::Bytes(value.clone())),
        }
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        self.header(at, HeaderValue::Timestamp(value));
    }

    fn document(&mut self, at: &'static Member, _: &Document) {
        self.wrong_binding(at);
    }

    fn structure(&mut self, at: &'static Member, value: &dyn Structure) {
        match self.part {
            Part::Event => self.members(value),
            Part::Payload => self.document(value),
            Part::Header => self.wrong_binding(at),
        }
    }

    fn list(&mut self, at: &'static Member, _: &dyn List) {
        self.wrong_binding(at);
    }

    fn map(&mut self, at: &'static Member, _: &dyn Mapping) {
        self.wrong_binding(at);
    }

    fn fail(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}
