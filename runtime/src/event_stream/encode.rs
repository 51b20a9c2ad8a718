//! Writes events and errors as messages.

use super::{exception, frame::Message, writer::PartWriter};
use crate::{
    codec::{CodecError, MemberWriter, Structure, Value},
    error::ServiceError,
    operation::OperationSchema,
    schema::Schema,
};

/// Writes `event`, a union, as a message: an exception if the variant is an error.
pub(super) fn event(
    operation: &'static OperationSchema,
    event: &dyn Structure,
) -> Result<Message, CodecError> {
    let mut writer = VariantWriter { operation, schema: event.schema(), message: None };
    event.write(&mut writer);
    writer
        .message
        .unwrap_or_else(|| Err(CodecError::expected("an event of the model", format_args!("{event:?}"))))
}

struct VariantWriter {
    operation: &'static OperationSchema,
    schema: &'static Schema,
    message: Option<Result<Message, CodecError>>,
}

impl MemberWriter for VariantWriter {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        let kind = if exception::is_exception(self.operation, member) {
            [(":message-type", "exception"), (":exception-type", member.name)]
        } else {
            [(":message-type", "event"), (":event-type", member.name)]
        };
        let mut writer = PartWriter::new(self.operation);
        value.write(member, &mut writer);
        self.message = Some(writer.finish(kind).map_err(|error| error.in_schema_member(member)));
    }
}

/// Writes `error` as a service does: as an exception if it has data.
pub(super) fn error(
    operation: &'static OperationSchema,
    union: &'static Schema,
    error: &ServiceError,
) -> Result<Message, CodecError> {
    let code = error.code().unwrap_or("InternalError");
    let Some(data) = error.data() else {
        let message = Message::default().with(":message-type", "error").with(":error-code", code);
        return Ok(message.with(":error-message", error.message().unwrap_or_default()));
    };
    let name = data.schema().name;
    let case = union.members.iter().find(|member| member.schema().is_some_and(|schema| schema.name == name));
    let mut writer = PartWriter::new(operation);
    writer.members(data);
    writer.finish([(":message-type", "exception"), (":exception-type", case.map_or(code, |case| case.name))])
}

/// Writes the members of `value` besides the stream as a message, for protocols that have no other place for them.
pub(super) fn initial(
    operation: &'static OperationSchema,
    event_type: &str,
    value: &dyn Structure,
) -> Result<Message, CodecError> {
    let protocol = operation.service.protocol;
    let mut message = Message::new(protocol.write_document(operation, value)?);
    message = message.with(":message-type", "event").with(":event-type", event_type);
    Ok(message.with(":content-type", protocol.document_type()))
}
