//! Traits: what a reference and a shape may both say.

use super::object::{Object, value};
use crate::json::Json;
use crate::model::{Deprecated, Pointer, Reference, Traits};
use crate::source::Source;

/// Reads the traits of a reference or shape.
pub(super) fn traits(source: &mut Source, object: &mut Object) -> Traits {
    // Constraints that the service itself checks: a client that enforced them would refuse what a newer service accepts.
    object.ignore(&["min", "max", "pattern"]);
    Traits {
        documentation: object.optional(source, "documentation"),
        location: object.optional(source, "location"),
        location_name: object.optional(source, "locationName"),
        query_name: object.optional(source, "queryName"),
        xml_namespace: xml_namespace(source, object),
        xml_attribute: object.bool_flag(source, "xmlAttribute"),
        flattened: object.bool_flag(source, "flattened"),
        streaming: object.bool_flag(source, "streaming"),
        requires_length: object.bool_flag(source, "requiresLength"),
        sensitive: object.bool_flag(source, "sensitive"),
        json_value: object.bool_flag(source, "jsonvalue"),
        idempotency_token: object.bool_flag(source, "idempotencyToken"),
        host_label: object.bool_flag(source, "hostLabel"),
        event_payload: object.bool_flag(source, "eventpayload"),
        event_header: object.bool_flag(source, "eventheader"),
        timestamp_format: object.optional(source, "timestampFormat"),
        context_param: context_param(source, object),
        deprecated: deprecated(source, object),
        boxed: object.bool_flag(source, "box"),
        sparse: object.bool_flag(source, "sparse"),
        values: object.strings(source, "enum"),
    }
}

/// Reads a reference to a shape.
pub(super) fn reference(source: &mut Source, at: Pointer, json: Json) -> Option<Reference> {
    let mut object = Object::new(source, at, json)?;
    let reference = reference_of(source, &mut object);
    object.finish(source);
    reference
}

/// Reads a reference from an object that may have further keys.
pub(super) fn reference_of(source: &mut Source, object: &mut Object) -> Option<Reference> {
    let shape = object.required(source, "shape");
    let traits = traits(source, object);
    Some(Reference { at: object.at.clone(), shape: shape?, traits })
}

/// Reads `deprecated`, `deprecatedMessage` and `deprecatedSince`.
pub(super) fn deprecated(source: &mut Source, object: &mut Object) -> Option<Deprecated> {
    let deprecated = object.bool_flag(source, "deprecated");
    let message = object.optional(source, "deprecatedMessage");
    let since = object.optional(source, "deprecatedSince");
    deprecated.then_some(Deprecated { message, since })
}

/// `xmlNamespace` is an object with `uri` and perhaps `prefix`, or the URI alone.
fn xml_namespace(source: &mut Source, object: &mut Object) -> Option<(Option<String>, String)> {
    let at = object.at.key("xmlNamespace");
    let json = object.take_json("xmlNamespace")?;
    if let Json::String(uri) = json {
        return Some((None, uri));
    }
    let mut namespace = Object::new(source, at, json)?;
    let prefix = namespace.optional(source, "prefix");
    let uri = namespace.required(source, "uri");
    namespace.finish(source);
    Some((prefix, uri?))
}

fn context_param(source: &mut Source, object: &mut Object) -> Option<String> {
    let mut param = object.optional_object(source, "contextParam")?;
    let name = param.required(source, "name");
    param.finish(source);
    name
}

/// Reads objects that hold one value under one key, by name, such as `staticContextParams`.
pub(super) fn single<T: super::object::FromJson>(
    source: &mut Source,
    object: &mut Object,
    [outer, inner]: [&'static str; 2],
) -> indexmap::IndexMap<String, T> {
    let entries = object.entries(source, outer);
    entries
        .filter_map(|(at, name, json)| {
            let mut entry = Object::new(source, at, json)?;
            let json = entry.required(source, inner);
            entry.finish(source);
            Some((name, json?))
        })
        .collect()
}

/// Reads the only string of a nested object, such as `hostPrefix` of `endpoint`.
pub(super) fn only_string(
    source: &mut Source,
    object: &mut Object,
    [outer, inner]: [&'static str; 2],
) -> Option<String> {
    let mut object = object.optional_object(source, outer)?;
    let json = object.take_json(inner);
    let at = object.at.key(inner);
    object.finish(source);
    value(source, &at, json?)
}
