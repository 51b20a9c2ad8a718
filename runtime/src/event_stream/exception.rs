//! Errors in messages of a stream.

use super::{
    decode,
    frame::Message,
    reader::{Part, PartReader},
};
use crate::{
    codec::{MemberWriter, Structure, Value},
    error::{Error, ErrorSchema, ServiceError},
    operation::OperationSchema,
    schema::{Member, Schema, string},
};

/// The status of errors for which the model has none: the response was successful.
const STATUS: u16 = 200;

/// Returns the error in a message of the type `exception`, with its data if the union, the operation or the service has a shape
/// for it.
pub(super) fn modeled(
    operation: &'static OperationSchema,
    request_id: Option<String>,
    message: &Message,
    union: &'static Schema,
) -> Error {
    let name = decode::text(message, ":exception-type").unwrap_or_default();
    let schema = find(operation, union, name);
    let status = schema.and_then(|schema| schema.status).unwrap_or(STATUS);
    let text = message_of(operation, message);
    let mut error = ServiceError::new(status)
        .with_code(schema.map_or(name, |schema| schema.code))
        .with_request_id(request_id);
    if let Some(schema) = schema {
        let mut data = (schema.empty)();
        fill(operation, message, text.as_deref(), &mut *data);
        error = error.with_modeled(data);
    }
    let error = error.with_message(text);
    Error::from(error).in_operation(operation.service.id, operation.name)
}

/// Returns the error in the headers of a message of the type `error`.
pub(super) fn unmodeled(
    operation: &'static OperationSchema,
    request_id: Option<String>,
    message: &Message,
) -> Error {
    let text = |name| decode::text(message, name).ok();
    let error = ServiceError::new(STATUS)
        .with_code(text(":error-code").unwrap_or_default())
        .with_message(text(":error-message").map(str::to_owned))
        .with_request_id(request_id);
    Error::from(error).in_operation(operation.service.id, operation.name)
}

/// Returns the schema of the error, by the name of the union's member or the code.
fn find(
    operation: &'static OperationSchema,
    union: &'static Schema,
    name: &str,
) -> Option<&'static ErrorSchema> {
    let shape = decode::member(union.members, name).and_then(|(_, member)| member.schema());
    shape.and_then(|shape| operation.error(shape.name)).or_else(|| operation.error(name))
}

/// Reads the data of the error. Data that cannot be read is ignored, because the error itself matters more.
fn fill(
    operation: &'static OperationSchema,
    message: &Message,
    text: Option<&str>,
    into: &mut dyn Structure,
) {
    // Some services send `Message` where their model has `message`, or the reverse.
    let mut members = into.schema().members.iter().enumerate();
    let member = members.find(|(_, member)| member.name.eq_ignore_ascii_case("message"));
    if let (Some((index, member)), Some(text)) = (member, text)
        && let Some(value) = into.member_mut(index)
    {
        let part = Part::Header(&text.into());
        _ = value.read(member, &mut PartReader { operation, part });
    }
    _ = decode::members(operation, message, into);
}

/// Returns the message of the exception.
fn message_of(operation: &'static OperationSchema, message: &Message) -> Option<String> {
    let mut error = ErrorMessage::default();
    decode::members(operation, message, &mut error).ok()?;
    error.0.into_iter().flatten().next()
}

/// The message member of any exception.
#[derive(Debug, Default)]
struct ErrorMessage([Option<String>; 2]);

static SCHEMA: Schema =
    Schema::structure("Exception", &[string("message"), string("Message")], &["message", "Message"]);

impl Structure for ErrorMessage {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn schema_of() -> &'static Schema {
        &SCHEMA
    }

    fn type_name(&self) -> &'static str {
        SCHEMA.name
    }

    fn write(&self, out: &mut dyn MemberWriter) {
        for (index, text) in self.0.iter().enumerate() {
            out.member(index, text);
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.get_mut(index).map(|text| text as &mut dyn Value)
    }

    fn empty() -> Self {
        Self::default()
    }

    fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Returns whether a member of the union is an exception: whether its shape is an error.
pub(super) fn is_exception(operation: &'static OperationSchema, member: &'static Member) -> bool {
    let Some(shape) = member.schema() else { return false };
    let mut errors = operation.errors.iter().chain(operation.service.errors);
    errors.any(|error| (error.schema)().name == shape.name)
}
