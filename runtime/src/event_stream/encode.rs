//! Messages out of events and errors.

use super::{exception, frame::Message, writer::PartWriter};
use crate::{
    codec::{CodecError, MemberWriter, Structure, Value},
    error::ServiceError,
    operation::OperationSchema,
    schema::Schema,
};

/// The message that carries `event`, a union: an exception where the case is an error's shape.
pub(super) fn event(
    operation: &'static OperationSchema,
    event: &dyn Structure,
) -> Result<Message, CodecError> {
    let mut case = Case { operation, schema: event.schema(), message: None };
    event.write(&mut case);
    case.message.unwrap_or_else(|| {
        Err(CodecError::expected("one of the events that the model has", format_args!("{event:?}")))
    })
}

struct Case {
    operation: &'static OperationSchema,
    schema: &'static Schema,
    message: Option<Result<Message, CodecError>>,
}

impl MemberWriter for Case {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        let kind = if exception::is_exception(self.operation, member) {
            [(":message-type", "exception"), (":exception-type", member.name)]
        } else {
            [(":message-type", "event"), (":event-type", member.name)]
        };
        let mut writer = PartWriter::new(self.operation);
        value.write(member, &mut writer);
        self.message = Some(writer.finish(kind).map_err(|error| error.in_member(member.name)));
    }
}

/// The message that carries `error`, as a service sends it: an exception where it has data.
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
    let shape = data.schema().name;
    let case = union.members.iter().find(|member| member.schema().is_some_and(|schema| schema.name == shape));
    let mut writer = PartWriter::new(operation);
    writer.members(data);
    writer.finish([(":message-type", "exception"), (":exception-type", case.map_or(code, |case| case.name))])
}

/// The message that carries the members of `value` beside the stream, where a protocol has no other place for them.
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
