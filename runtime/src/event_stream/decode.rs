//! Reads events and errors from messages.

use super::{
    MessageStream, exception,
    frame::{HeaderValue, Message},
    message_stream::response_error,
    reader::{Part, PartReader},
};
use crate::{
    codec::{CodecError, Strictness, Structure, truncated_quote},
    error::Error,
    operation::OperationSchema,
    schema::{Member, Target},
};

/// What a message contained.
pub(super) enum Content {
    /// An event.
    Event,
    /// The members of the output besides the stream.
    Initial,
}

/// The event type of the message with the members of the output besides the stream.
pub(super) const INITIAL_RESPONSE: &str = "initial-response";

/// Reads the event in `message` of `source` into `event`, the union. Returns an error in the message as `Err`.
pub(super) fn event(
    operation: &'static OperationSchema,
    source: &MessageStream,
    message: &Message,
    event: &mut dyn Structure,
) -> Result<Content, Error> {
    let read = match text(message, ":message-type") {
        Ok("event") => read_event(operation, message, event),
        Ok("exception") => {
            return Err(exception::modeled(operation, source.request_id(), message, event.schema()));
        }
        Ok("error") => return Err(exception::unmodeled(operation, source.request_id(), message)),
        Ok(other) => Err(CodecError::expected(
            "`event`, `exception` or `error` in the header `:message-type`",
            truncated_quote(other),
        )),
        Err(error) => Err(error),
    };
    read.map_err(|error| response_error(operation, source.request_id(), error))
}

/// Returns whether `message` contains the members of the output besides the stream.
pub(super) fn is_initial(message: &Message) -> bool {
    matches!(text(message, ":event-type"), Ok(INITIAL_RESPONSE))
}

fn read_event(
    operation: &'static OperationSchema,
    message: &Message,
    event: &mut dyn Structure,
) -> Result<Content, CodecError> {
    let name = text(message, ":event-type")?;
    let Some((index, member)) = member(event.schema().members, name) else {
        if is_initial(message) {
            return Ok(Content::Initial);
        }
        event.unknown(name);
        return Ok(Content::Event);
    };
    if let Some(value) = event.member_mut(index) {
        let mut reader = PartReader { operation, part: Part::Message(message) };
        value.read(member, &mut reader).map_err(|error| error.in_schema_member(member))?;
    }
    Ok(Content::Event)
}

/// Returns the member of a union with this name, and its index.
pub(super) fn member(members: &'static [Member], name: &str) -> Option<(usize, &'static Member)> {
    members.iter().enumerate().find(|(_, member)| member.name == name)
}

/// Reads the structure of an event or exception from the headers and the payload.
pub(super) fn members(
    operation: &'static OperationSchema,
    message: &Message,
    into: &mut dyn Structure,
) -> Result<(), CodecError> {
    let members = into.schema().members;
    let implicit = !members.iter().any(|member| member.event_payload);
    if implicit && !message.payload.is_empty() && members.iter().any(|member| !member.event_header) {
        operation.service.protocol.read_document(operation, &message.payload, into)?;
    }
    for (index, member) in members.iter().enumerate() {
        let Some(part) = part(message, member) else { continue };
        let Some(value) = into.member_mut(index) else { continue };
        if let Err(error) = value.read(member, &mut PartReader { operation, part })
            && (member.event_payload || !Strictness::Lenient.clear_optional_scalar(member, value))
        {
            return Err(error.in_schema_member(member));
        }
    }
    Ok(())
}

/// Returns the part of `message` that is bound to this member.
fn part<'a>(message: &'a Message, member: &'static Member) -> Option<Part<'a>> {
    if member.event_header {
        return message.header(member.wire_name()).map(Part::Header);
    }
    let raw = matches!(member.target, Target::Blob | Target::String);
    (member.event_payload && (raw || !message.payload.is_empty())).then_some(Part::Payload(&message.payload))
}

/// Returns the text of a required header.
pub(super) fn text<'a>(message: &'a Message, name: &str) -> Result<&'a str, CodecError> {
    match message.header(name) {
        Some(HeaderValue::String(text)) => Ok(text),
        Some(other) => Err(CodecError::expected(&format!("text in the header `{name}`"), other.found())),
        None => Err(CodecError::new(format!("the message has no header `{name}`"))),
    }
}
