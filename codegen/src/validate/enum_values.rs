//! Checks values of closed sets, such as protocols and locations: an unknown one would be ignored silently.

use crate::model::{Model, Pointer, Traits};
use crate::protocol;
use crate::source::Source;

/// Where a member may be sent.
const LOCATIONS: [&str; 5] = ["uri", "querystring", "header", "headers", "statusCode"];
/// How a timestamp may be written.
const TIMESTAMPS: [&str; 3] = ["iso8601", "rfc822", "unixTimestamp"];
/// The methods that the catalogue uses, and the two more that HTTP clients know.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"];
/// What a parameter of the endpoint rules may be.
const PARAMETERS: [&str; 3] = ["string", "boolean", "stringArray"];

pub(super) fn check(model: &Model, source: &mut Source) {
    protocols(model, source);
    for (name, parameter) in &model.client_context_params {
        let at = parameter.at.key("type");
        validate_enum_value(
            source,
            &at,
            &parameter.kind,
            &format!("type of the parameter `{name}`"),
            &PARAMETERS,
        );
    }
    for operation in model.operations.values() {
        validate_enum_value(
            source,
            &operation.at.key("http").key("method"),
            &operation.method,
            "method",
            &METHODS,
        );
        for reference in operation.input.iter().chain(&operation.output).chain(&operation.errors) {
            traits(source, &reference.at, &reference.traits);
        }
    }
    for shape in model.shapes.values() {
        traits(source, &shape.at, &shape.traits);
        for reference in shape.kind.references() {
            traits(source, &reference.at, &reference.traits);
        }
    }
}

/// A model may name protocols that are newer than this generator, beside one that it knows.
fn protocols(model: &Model, source: &mut Source) {
    let metadata = &model.metadata;
    let known: Vec<&str> = protocol::model_names().collect();
    if metadata.protocols.iter().any(|protocol| known.contains(&protocol.as_str())) {
        return;
    }
    if metadata.protocols.is_empty() {
        // A missing protocol was reported as such.
        if !metadata.protocol.is_empty() {
            validate_enum_value(source, &metadata.at.key("protocol"), &metadata.protocol, "protocol", &known);
        }
        return;
    }
    for (index, protocol) in metadata.protocols.iter().enumerate() {
        validate_enum_value(source, &metadata.at.key("protocols").index(index), protocol, "protocol", &known);
    }
}

fn traits(source: &mut Source, at: &Pointer, traits: &Traits) {
    if let Some(location) = &traits.location {
        validate_enum_value(source, &at.key("location"), location, "location", &LOCATIONS);
    }
    if let Some(format) = &traits.timestamp_format {
        validate_enum_value(source, &at.key("timestampFormat"), format, "timestamp format", &TIMESTAMPS);
    }
}

/// Reports a value that is not one of the allowed ones.
pub(super) fn validate_enum_value(source: &mut Source, at: &Pointer, word: &str, what: &str, words: &[&str]) {
    if words.contains(&word) {
        return;
    }
    let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let help = source.did_you_mean(word, words.iter().copied(), format!("expected one of {list}"));
    source.report(at, format!("unknown {what} `{word}`"), help);
}
