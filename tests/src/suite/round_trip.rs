//! Runs one case as a round trip: the data of one side tests the other.

use super::compare::same_value;
use crate::{
    dynamic::{DynamicError, DynamicStructure, Model},
    ordered_json::OrderedJson,
};
use myrina::{
    codec::{CodecError, Structure as _},
    error::{ErrorSchema, ServiceError},
    operation::{OperationSchema, Protocol, RequestOptions},
    schema::Schema,
};
use serde_json::Value;

/// Checks that a protocol reads the case's input from the request that it makes of it.
pub fn input_round_trip(
    group: &OrderedJson,
    case: &OrderedJson,
    protocol: &'static dyn Protocol,
) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    let schema = operation.input.schema().unwrap_or(DynamicStructure::schema_of());
    let settings = RequestOptions::new(&|| "token".to_owned());
    let request = protocol
        .write_request(
            operation,
            &DynamicStructure::of(schema, case.get("params")).map_err(in_words)?,
            &settings,
        )
        .map_err(in_words)?;
    let mut read = DynamicStructure::new(schema);
    protocol.read_request(operation, &request, &mut read).map_err(in_words)?;
    let mut read = read.into_json();
    if let Some(members) = read.as_object_mut() {
        members.retain(|_, value| value != "token");
    }
    same("input", read, schema, case.get("params"))
}

/// Checks that a protocol reads the case's output or error from the response that it makes of it.
pub fn output_round_trip(
    group: &OrderedJson,
    case: &OrderedJson,
    protocol: &'static dyn Protocol,
) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    if let Some(error) = case.get("errorCode").text().and_then(|code| operation.error(code)) {
        return error_back(case, operation, error, protocol);
    }
    let schema = operation.output.schema().unwrap_or(DynamicStructure::schema_of());
    let output = DynamicStructure::of(schema, case.get("result")).map_err(in_words)?;
    let response = protocol.write_response(operation, &output, 200).map_err(in_words)?;
    let mut read = DynamicStructure::new(schema);
    protocol.read_response(operation, response, &mut read).map_err(in_words)?;
    same("output", read.into_json(), schema, case.get("result"))
}

fn error_back(
    case: &OrderedJson,
    operation: &'static OperationSchema,
    schema: &'static ErrorSchema,
    protocol: &'static dyn Protocol,
) -> Result<(), String> {
    let mut data = DynamicError::new(schema);
    data.data = DynamicStructure::of((schema.schema)(), case.get("error")).map_err(in_words)?;
    let error = ServiceError::of(data).with_request_id(Some("id".to_owned()));
    let response = protocol.write_error(operation, &error).map_err(in_words)?;
    let mut read = protocol.read_error(operation, response);
    if (read.status(), read.code(), read.request_id()) != (error.status(), error.code(), error.request_id()) {
        return Err(format!("expected {error:?}, found {read:?}"));
    }
    let data = read.modeled_mut::<DynamicError>().ok_or("the error has no data")?;
    let data = std::mem::replace(&mut data.data, DynamicStructure::empty());
    same("error", data.into_json(), (schema.schema)(), case.get("error"))
}

/// The error as the suites' runner says it. By value, as `map_err` has it.
#[allow(clippy::needless_pass_by_value)]
fn in_words(error: CodecError) -> String {
    error.to_string()
}

/// Compares what was read with what was written, as far as a wire can tell.
fn same(what: &str, mut read: Value, schema: &'static Schema, written: &OrderedJson) -> Result<(), String> {
    let mut written = DynamicStructure::of(schema, written).map_err(in_words)?.into_json();
    prune(&mut read);
    prune(&mut written);
    same_value(what, &read, &written)
}

/// Takes out what is empty: not every protocol can tell it from what is not there.
pub fn prune(value: &mut Value) {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(prune);
            items.retain(|item| !empty(item));
        }
        Value::Object(members) => {
            members.values_mut().for_each(prune);
            members.retain(|_, member| !empty(member));
        }
        _ => {}
    }
}
