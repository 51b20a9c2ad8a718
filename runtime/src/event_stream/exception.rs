//! Errors that come as messages of a stream.

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

/// The status that stands for the errors of a stream which the model gives none: it was one of a success.
const STATUS: u16 = 200;

/// The error that a message of the type `exception` carries: with its data, where the union, the operation or the service
/// has a shape for it.
pub(super) fn modeled(
    operation: &'static OperationSchema,
    request_id: Option<String>,
    message: &Message,
    union: &'static Schema,
) -> Error {
    let name = decode::text(message, ":exception-type").unwrap_or_default();
    let schema = find(operation, union, name);
    let status = schema.and_then(|schema| schema.status).unwrap_or(STATUS);
    let said = said(operation, message);
    let mut error = ServiceError::new(status)
        .with_code(schema.map_or(name, |schema| schema.code))
        .with_request_id(request_id);
    if let Some(schema) = schema {
        let mut data = (schema.empty)();
        fill(operation, message, said.as_deref(), &mut *data);
        error = error.with_modeled(data);
    }
    let error = error.with_message(said);
    Error::from(error).in_operation(operation.service.id, operation.name)
}

/// The error that a message of the type `error` carries, in its headers.
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

/// The error's description, by the name of the union's member or the code.
fn find(
    operation: &'static OperationSchema,
    union: &'static Schema,
    name: &str,
) -> Option<&'static ErrorSchema> {
    let shape = decode::member(union.members, name).and_then(|(_, member)| member.schema());
    shape.and_then(|shape| operation.error(shape.name)).or_else(|| operation.error(name))
}

/// Reads the error's data. What cannot be read of it is no reason to hide the error.
fn fill(
    operation: &'static OperationSchema,
    message: &Message,
    said: Option<&str>,
    into: &mut dyn Structure,
) {
    // Services do not agree with their models on whether it is `message` or `Message`.
    let mut members = into.schema().members.iter().enumerate();
    let member = members.find(|(_, member)| member.name.eq_ignore_ascii_case("message"));
    if let (Some((index, member)), Some(said)) = (member, said)
        && let Some(slot) = into.member_mut(index)
    {
        let part = Part::Header(&said.into());
        _ = slot.read(member, &mut PartReader { operation, part });
    }
    _ = decode::members(operation, message, into);
}

/// What the exception says of itself.
fn said(operation: &'static OperationSchema, message: &Message) -> Option<String> {
    let mut said = Said::default();
    decode::members(operation, message, &mut said).ok()?;
    said.0.into_iter().flatten().next()
}

/// Any exception, as far as its message goes.
#[derive(Debug, Default)]
struct Said([Option<String>; 2]);

static SAID: Schema = Schema {
    name: "Exception",
    members: &[string("message"), string("Message")],
    fields: &["message", "Message"],
    union: false,
};

impl Structure for Said {
    fn schema(&self) -> &'static Schema {
        &SAID
    }

    fn schema_of() -> &'static Schema {
        &SAID
    }

    fn type_name(&self) -> &'static str {
        SAID.name
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

/// Whether the union's member is an exception: a shape that is one of the errors.
pub(super) fn is_exception(operation: &'static OperationSchema, member: &'static Member) -> bool {
    let Some(shape) = member.schema() else { return false };
    let mut errors = operation.errors.iter().chain(operation.service.errors);
    errors.any(|error| (error.schema)().name == shape.name)
}
