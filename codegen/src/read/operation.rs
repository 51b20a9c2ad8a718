//! `operations`.

use super::object::Object;
use super::traits::{deprecated, only_string, reference, reference_of, single};
use crate::json::Json;
use crate::model::{Checksum, Operation, Pointer, Reference};
use crate::source::Source;
use indexmap::IndexMap;

/// Reads `operations`.
pub(super) fn operations(source: &mut Source, document: &mut Object) -> IndexMap<String, Operation> {
    let Some(object) = document.required_object(source, "operations") else { return IndexMap::new() };
    object.into_entries().filter_map(|(at, name, json)| Some((name, operation(source, at, json)?))).collect()
}

fn operation(source: &mut Source, at: Pointer, json: Json) -> Option<Operation> {
    let mut object = Object::new(source, at, json)?;
    let (output, result_wrapper) = output(source, &mut object);
    let http = http(source, &mut object);
    let operation = Operation {
        at: object.at.clone(),
        name: object.required(source, "name").unwrap_or_default(),
        input: input(source, &mut object),
        output,
        result_wrapper,
        errors: errors(source, &mut object),
        documentation: object.optional(source, "documentation"),
        deprecated: deprecated(source, &mut object),
        auth_type: object.optional(source, "authtype"),
        auth: object.strings(source, "auth"),
        unsigned_payload: object.bool_flag(source, "unsignedPayload"),
        host_prefix: only_string(source, &mut object, ["endpoint", "hostPrefix"]),
        idempotent: object.bool_flag(source, "idempotent"),
        readonly: object.bool_flag(source, "readonly"),
        checksum_required: object.bool_flag(source, "httpChecksumRequired"),
        checksum: checksum(source, &mut object),
        compression: compression(source, &mut object),
        static_context_params: single(source, &mut object, ["staticContextParams", "value"]),
        operation_context_params: single(source, &mut object, ["operationContextParams", "path"]),
        endpoint_discovery: endpoint_discovery(source, &mut object),
        endpoint_operation: object.bool_flag(source, "endpointoperation"),
        ..http
    };
    object.finish(source);
    Some(operation)
}

/// Reads `http`, as an operation with only these fields.
fn http(source: &mut Source, object: &mut Object) -> Operation {
    let Some(mut http) = object.required_object(source, "http") else {
        // This is reported; the defaults are valid, so that no other error follows.
        return Operation { method: "POST".to_owned(), request_uri: "/".to_owned(), ..Operation::default() };
    };
    let part = Operation {
        method: http.required(source, "method").unwrap_or_else(|| "POST".to_owned()),
        request_uri: http.required(source, "requestUri").unwrap_or_else(|| "/".to_owned()),
        response_code: http.optional(source, "responseCode"),
        ..Operation::default()
    };
    http.finish(source);
    part
}

fn input(source: &mut Source, object: &mut Object) -> Option<Reference> {
    let at = object.at.key("input");
    let json = object.take_json("input")?;
    reference(source, at, json)
}

fn output(source: &mut Source, object: &mut Object) -> (Option<Reference>, Option<String>) {
    let Some(mut output) = object.optional_object(source, "output") else { return (None, None) };
    // That the result is wrapped is said by `resultWrapper`.
    output.ignore(&["wrapper"]);
    let wrapper = output.optional(source, "resultWrapper");
    let reference = reference_of(source, &mut output);
    output.finish(source);
    (reference, wrapper)
}

fn errors(source: &mut Source, object: &mut Object) -> Vec<Reference> {
    let elements = object.elements(source, "errors");
    elements
        .filter_map(|(at, json)| {
            let mut error = Object::new(source, at, json)?;
            // Older models repeat here what the error's shape has.
            error.ignore(&["exception", "error", "fault"]);
            let reference = reference_of(source, &mut error);
            error.finish(source);
            reference
        })
        .collect()
}

fn checksum(source: &mut Source, object: &mut Object) -> Option<Checksum> {
    let mut checksum = object.optional_object(source, "httpChecksum")?;
    let read = Checksum {
        at: checksum.at.clone(),
        request_algorithm_member: checksum.optional(source, "requestAlgorithmMember"),
        request_checksum_required: checksum.bool_flag(source, "requestChecksumRequired"),
        request_validation_mode_member: checksum.optional(source, "requestValidationModeMember"),
        response_algorithms: checksum.strings(source, "responseAlgorithms"),
    };
    checksum.finish(source);
    Some(read)
}

fn compression(source: &mut Source, object: &mut Object) -> Vec<String> {
    let Some(mut compression) = object.optional_object(source, "requestcompression") else {
        return Vec::new();
    };
    let encodings = compression.strings(source, "encodings");
    compression.finish(source);
    encodings
}

fn endpoint_discovery(source: &mut Source, object: &mut Object) -> Option<bool> {
    let mut discovery = object.optional_object(source, "endpointdiscovery")?;
    let required = discovery.bool_flag(source, "required");
    discovery.finish(source);
    Some(required)
}
